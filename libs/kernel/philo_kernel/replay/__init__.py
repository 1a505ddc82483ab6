"""Facts run once more: nothing leaves the process meanwhile."""
