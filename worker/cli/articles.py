"""A file of articles taken through the whole pipeline in memory: what `tally` and `why` both begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from worker.cli.lines import Complaints, lines

if TYPE_CHECKING:
    from worker.pipeline.reconciler import Reconciler
    from worker.pipeline.whole import Whole
    from worker.settings import Settings


def take_in(
    file: str, reconciler: Reconciler, settings: Settings, now: datetime | None, complaints: Complaints
) -> Whole:
    """Count every article of a file into a reconciler, and return the pipeline it went through.

    Args:
        file: JSON lines; `-` is standard input.
        reconciler: takes the claims.
        settings: how far after its arrival an article may be dated.
        now: when all of them arrived; default: now.
        complaints: is told of lines that can't be read.
    """
    from worker import codec
    from worker.cli.languages import load_languages
    from worker.codec import MessageError
    from worker.pipeline.arrivals import read
    from worker.pipeline.whole import Whole
    from worker.pipeline.written import message_of

    load_languages()
    arrived_at = now or datetime.now(UTC)
    whole = Whole(reconciler)
    for number, line in lines(file, codec.MAX_BYTES):
        try:
            message = message_of(line)
            whole.take_in(read(message.key, message.value, message.headers, arrived_at, settings.future_tolerance))
        except MessageError as error:
            complaints.add(number, error)
    return whole
