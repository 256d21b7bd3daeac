"""An example of a downstream consumer: reads the published tallies from their beginning and shows them on one page."""
