"""How well claims agree with labels."""
