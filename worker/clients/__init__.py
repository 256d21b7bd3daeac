"""What commands and the demo do at the brokers: set topics up, ask for rights, read to the end, send and confirm."""
