"""Who attacked whom, who says so, and what the whole text is about."""
