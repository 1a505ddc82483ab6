"""Sessions: what a client calls a piece of work, and the films and scenes that belong to it."""
