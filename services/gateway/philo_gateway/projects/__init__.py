"""Projects: folders of a user's jobs."""
