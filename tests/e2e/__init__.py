"""Films made by the running services, judged from outside."""
