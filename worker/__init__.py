"""drone-tally: counts of drone attacks from news articles, kept right on a Kafka stream."""

__version__ = "0.1.0"
