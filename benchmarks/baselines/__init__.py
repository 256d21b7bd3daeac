"""What one writes in an afternoon instead of this program: the same texts, the same score."""
