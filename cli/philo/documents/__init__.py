"""Documents that follow from the code and are kept beside it: written by a command, compared by a check."""
