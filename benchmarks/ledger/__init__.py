"""What the ledger costs: time per article at any size, memory and changelog per claim, recovery of a worker."""
