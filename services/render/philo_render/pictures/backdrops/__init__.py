"""One backdrop a file."""
