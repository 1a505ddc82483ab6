"""Short messages: one port, and those who carry them."""
