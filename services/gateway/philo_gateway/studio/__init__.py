"""The studio page and the pages of the API itself: files that come with gateway, and nothing from elsewhere."""
