"""Films are made while their makers are killed."""
