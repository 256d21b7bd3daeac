"""Where something was: place names, which of them belong to a number, and parts of wholes by place."""
