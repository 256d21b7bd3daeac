"""Headers of what is published: CloudEvents in binary mode, and the trace that led here."""

from __future__ import annotations

from datetime import datetime

from worker.stream.outbox import Headers
from worker.tracing import Trace

SOURCE = b"drone-tally"


def headers(event_type: str, event_id: str, time: datetime | None, trace: Trace | None = None) -> Headers:
    """Make the headers of one message.

    Args:
        event_type: what it is, such as `drone.claims.v1`.
        event_id: the same for a repetition of the same message, so that consumers can drop it.
        time: event time; the wall clock would differ between repetitions.
        trace: the one to pass on.
    """
    made = [
        ("ce_specversion", b"1.0"),
        ("ce_id", event_id.encode()),
        ("ce_source", SOURCE),
        ("ce_type", event_type.encode()),
        ("content-type", b"application/json"),
    ]
    if time is not None:
        made.append(("ce_time", time.isoformat().replace("+00:00", "Z").encode()))
    if trace is not None:
        made += trace.headers()
    return made
