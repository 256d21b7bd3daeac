"""The commands: one module per group, each importing what is heavy only when it runs."""
