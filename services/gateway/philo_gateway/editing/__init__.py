"""Films made of films: a scene done otherwise, another voice or shape for all of it, another form of the file."""
