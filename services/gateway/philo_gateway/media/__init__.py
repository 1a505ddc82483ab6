"""What jobs made, streamed from the object store under signed, expiring addresses."""
