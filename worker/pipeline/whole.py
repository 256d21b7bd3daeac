"""The whole way from articles to final tallies in memory: what the stream does, without a stream."""

from __future__ import annotations

from collections.abc import Collection

from worker.codec import MessageError
from worker.model import Tally, WindowSize
from worker.pipeline.arrivals import Arrival, understand
from worker.pipeline.editions import ArticleRecord, compare, remember, split_by_front
from worker.pipeline.reconciler import Reconciler


class Whole:
    """Articles taken in one by one, in any order and as often as they come, and what they add up to.

    Args:
        reconciler: holds the claims; its zone and retention are those of the tallies.
    """

    def __init__(self, reconciler: Reconciler) -> None:
        self._reconciler = reconciler
        self._records: dict[str, ArticleRecord] = {}

    def take_in(self, arrival: Arrival) -> None:
        """Count one edition of an article, in place of an older one; older or equal ones change nothing.

        Raises:
            MessageError: extraction failed; the stream puts such a message aside, and nothing is counted of it.
        """
        record = self._records.get(arrival.article_id)
        if compare(record, arrival.edition) != "newer":
            return
        try:
            claims = understand(arrival)
        except Exception as error:  # whatever a text breaks, the others still count
            raise MessageError("internal_error", f"extraction failed: {type(error).__name__}") from error
        record = self._records[arrival.article_id] = remember(record, claims)
        for entry in split_by_front(claims, record.fronts):
            self._reconciler.put(entry)

    def tallies(self, sizes: Collection[WindowSize]) -> list[Tally]:
        """Compute the tallies of every window that is kept, by size and key; revision 0, for nothing was published."""
        self._reconciler.expire()
        found = [
            tally
            for window in self._reconciler.all_windows()
            if window.size in sizes
            for tally in self._reconciler.tallies(window).values()
        ]
        return sorted(found, key=lambda tally: (tally.window.size, tally.key))
