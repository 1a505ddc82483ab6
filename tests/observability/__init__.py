"""What is asked of figures: that it is there, that it can be read, and that it says the truth."""
