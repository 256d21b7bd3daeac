"""Cells → tallies per window: what is published, absolute and in a fixed order."""

from worker.ledger.wording import midnight
from worker.tally.tallies import Scene, day_tallies, key_of, week_tallies
from worker.tally.window import weeks_of, window

__all__ = ["Scene", "day_tallies", "key_of", "midnight", "week_tallies", "weeks_of", "window"]
