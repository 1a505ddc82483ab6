"""One look a file; they are found by name."""
