"""Four days of invented articles, played to a real worker on a real broker, and a view of what it makes of them."""
