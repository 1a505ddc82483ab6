"""Who has subscribed to what, and who may grant it."""
