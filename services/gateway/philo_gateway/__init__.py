"""One origin for clients: projects, jobs and the way of a job through all services."""
