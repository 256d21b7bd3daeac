"""deploy/, .github/ and docs/operate: what can be proved of them without containers, a cluster or a network."""
