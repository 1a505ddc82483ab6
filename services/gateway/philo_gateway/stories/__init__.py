"""A job's whole story over all services, for operators."""
