"""A film from the command line: asked for, watched, fetched."""
