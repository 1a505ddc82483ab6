"""Where jobs stand in the queue, and how long they will take."""
