"""Building the illustration pack, by hand."""
