"""From clean sentences to scenes: where to cut, what to call them, what to show, how they feel."""
