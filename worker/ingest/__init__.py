"""Articles as they lie about, in feeds, saved pages and plain texts, made into the articles that are sent.

What is read here is hostile: sizes are limited before parsing, nothing is fetched, and what comes out is checked once
more by whoever sends it, like any other article.
"""

from worker.ingest.kinds import Kind, UnreadableError, kind_of, read

__all__ = ["Kind", "UnreadableError", "kind_of", "read"]
