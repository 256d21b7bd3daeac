"""Other ways to do what the worker does, each as one would reasonably write it, all around the same core."""
