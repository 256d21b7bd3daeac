"""Spans of what the worker does with a message, for OpenTelemetry, if asked for; else only the trace that is passed on.

Where spans go, how many and under which name is said by OpenTelemetry's own variables, such as
OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_TRACES_SAMPLER.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from worker import __version__
from worker.connection import ConfigurationError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

    from worker.settings import Settings

PARENT: Final = "traceparent"
STATE: Final = "tracestate"
_TRACEPARENT = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]{0,200})?")
_STATE = re.compile(rb"[a-z0-9][a-z0-9_*/@-]{0,255}=[ -+\--<>-~]{0,255}[!-+\--<>-~]")
_MOST_STATES = 32
_LONGEST_STATES = 512
_MOST_LINKS = 64
_CLOSE_SECONDS = 3.0
_CLOSE_PART = 0.25
"""Of the time for the end of the worker, where that is short."""


class Trace(NamedTuple):
    """Where a message stands in a trace, in the two headers of W3C Trace Context.

    Attributes:
        parent: `traceparent`: the trace and the span that wrote the message.
        state: `tracestate`: what the tracing systems on the way want to find again, the latest first; or None.
    """

    parent: bytes
    state: bytes | None = None

    def headers(self) -> list[tuple[str, bytes]]:
        """Write it as headers of a message."""
        return [(name, value) for name, value in ((PARENT, self.parent), (STATE, self.state)) if value is not None]


class Tracer(Protocol):
    """Makes spans, and tells what to pass on."""

    def span(
        self, stage: str, came_from: Sequence[Trace], **attributes: str | int
    ) -> AbstractContextManager[Trace | None]:
        """Enter a stage of the work.

        Args:
            stage: its name, such as `intake`.
            came_from: the trace of each message that is worked on; the last is the parent, others are linked.
            attributes: what a reader of the span wants to know; no text of an article.

        Returns:
            A context whose value is the trace to pass on, if there is any.
        """

    def close(self) -> None:
        """Send what is still kept; blocks, but for seconds at most, whether or not anybody takes it."""


class _Untraced:
    """Passes on the trace that came, and makes no spans."""

    def span(
        self, stage: str, came_from: Sequence[Trace], **attributes: str | int
    ) -> AbstractContextManager[Trace | None]:
        del stage, attributes
        return nullcontext(came_from[-1] if came_from else None)

    def close(self) -> None:
        """Nothing is kept."""


UNTRACED: Final[Tracer] = _Untraced()


def received(headers: Mapping[str, bytes | None]) -> Trace | None:
    """Read the trace of a message as W3C Trace Context has it; what is none is not passed on.

    A `tracestate` means nothing without its `traceparent`. One that is too long keeps its first entries, which are the
    latest; one that is malformed is dropped alone.
    """
    parent = headers.get(PARENT)
    if parent is None or not _TRACEPARENT.fullmatch(parent):
        return None
    return Trace(parent, _states(headers.get(STATE) or b""))


def _states(written: bytes) -> bytes | None:
    """Take over what tracing systems noted, if all of it is well formed, cut after the last entry that fits."""
    entries = [entry for part in written.split(b",") if (entry := part.strip(b" \t"))]
    names = {entry.partition(b"=")[0] for entry in entries}
    if len(entries) > _MOST_STATES or len(names) < len(entries) or not all(map(_STATE.fullmatch, entries)):
        return None
    kept = b""
    for entry in entries:
        longer = kept + b"," + entry if kept else entry
        if len(longer) > _LONGEST_STATES:
            break
        kept = longer
    return kept or None


def tracer(settings: Settings) -> Tracer:
    """Make the tracer the settings ask for.

    Raises:
        ConfigurationError: spans are wanted, and the extra `tracing` is not installed.
    """
    if not settings.tracing:
        return UNTRACED
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ModuleNotFoundError as error:
        raise ConfigurationError(f"tracing needs the package {error.name}; install drone-tally[tracing]") from None
    ours = Resource({"service.name": settings.app_id, "service.version": __version__})
    provider = TracerProvider(resource=ours.merge(OTELResourceDetector().detect()))  # its variables win
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return _Spans(provider, min(_CLOSE_SECONDS, _CLOSE_PART * settings.shutdown_timeout))


class _Spans:
    """Makes spans of OpenTelemetry."""

    def __init__(self, provider: TracerProvider, close_seconds: float) -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._close_seconds = close_seconds
        self._tracer = provider.get_tracer("drone-tally", __version__)
        self._headers = TraceContextTextMapPropagator()

    @contextmanager
    def span(self, stage: str, came_from: Sequence[Trace], **attributes: str | int) -> Iterator[Trace | None]:
        from opentelemetry.trace import Link, SpanKind, Status, StatusCode, get_current_span, set_span_in_context

        contexts = [
            self._headers.extract({name: value.decode() for name, value in trace.headers()})
            for trace in came_from[-_MOST_LINKS:]
        ]
        links = [Link(get_current_span(context).get_span_context()) for context in contexts[:-1]]
        with self._tracer.start_span(
            stage,
            context=contexts[-1] if contexts else None,
            kind=SpanKind.CONSUMER,
            links=links,
            attributes={"messaging.system": "kafka", **attributes},
            record_exception=False,  # with what caused it, which may quote an article
            set_status_on_exception=False,
        ) as span:
            carrier: dict[str, str] = {}
            self._headers.inject(carrier, set_span_in_context(span))
            try:
                yield received({name: value.encode() for name, value in carrier.items()})
            except Exception as error:
                span.set_status(Status(StatusCode.ERROR, getattr(error, "reason", type(error).__name__)))
                raise

    def close(self) -> None:
        closing = threading.Thread(target=self._provider.shutdown, name="spans-closing", daemon=True)
        closing.start()
        closing.join(self._close_seconds)
