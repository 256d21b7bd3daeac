"""What numbers count: by rule, by reckoning, by people named, by what surrounds them; and which count nothing."""
