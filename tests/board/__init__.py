"""The board: what it keeps, what it answers, and the page itself in a real browser."""
