"""What any service could not handle, for operators: one list of all, and the way back."""
