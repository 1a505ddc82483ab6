"""How a script would be told, before anything is made of it."""
