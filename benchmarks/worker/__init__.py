"""The whole worker on a real broker beside peers that do the same, and beside itself: rows of docs/performance.md."""
