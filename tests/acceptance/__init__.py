"""Tests, importable by their path so that equal file names do not clash."""
