"""One module per agent: what is done with a batch of events of one topic."""
