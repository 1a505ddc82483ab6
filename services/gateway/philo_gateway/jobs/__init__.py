"""Jobs: the aggregate, its process manager, its HTTP surface."""
