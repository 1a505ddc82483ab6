"""Paper-cut props, a family a file."""
