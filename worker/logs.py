"""Logging set up once: JSON lines or human ones to stderr, never raw control characters, never debug of libraries.

faust spends a tenth of its time on discarded debug calls, so levels below INFO are switched off for good unless asked
for.
"""

from __future__ import annotations

import logging
import sys
import unicodedata
from typing import Any

import structlog

UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_SEVERAL_LINES = ("exception", "stack")
_REPEAT_SECONDS = 10.0
_QUIET = (
    *("faust", "mode", "aiokafka", "kafka", "asyncio", "opentelemetry", "httpx", "httpx2", "httpcore", "httpcore2"),
    *("worker.stream.consumer", "worker.stream.store", "worker.stream.topology"),
)
"""Libraries, and our classes that derive from theirs and log in our name what they would in their own."""

_WIRE = ("aiokafka.conn",)
"""What it says at DEBUG is every request as it goes to the brokers, passwords and tokens of a login included."""


def configure(log_format: str, level: str, *, colours: bool = True) -> None:
    """Send all logs, the libraries' included, to stderr.

    Args:
        log_format: `json`, `human`, or `auto`: human on a terminal.
        level: least level that is logged, such as `INFO`; libraries log warnings and worse.
        colours: whether a terminal may be given any.
    """
    human = log_format == "human" or (log_format == "auto" and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _printable,
    ]
    renderer: Any = (
        structlog.dev.ConsoleRenderer(
            colors=colours and sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        if human
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Repetitions())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *((_indented,) if human else ()),
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)
    for name in _WIRE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.disable(logging.NOTSET if level == "DEBUG" else logging.DEBUG)


class _Repetitions(logging.Filter):
    """Lets a message of a library through once in a while: without a broker they repeat one all the time."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether this record is not a repetition; `record.msg` is the text before its values are filled in."""
        if record.name.split(".")[0] not in _QUIET:
            return True
        what = (record.name, str(record.msg)[:100])
        if record.created - self._said.get(what, 0.0) < _REPEAT_SECONDS:
            return False
        self._said[what] = record.created
        return True


def printable(text: str) -> str:
    """Escape control, format and bidirectional characters, so that no text can rewrite a terminal or a log.

    Line feeds and tabs stay; whoever writes single lines replaces them.
    """
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in UNPRINTABLE else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def _printable(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Escape keys and texts; values of other types are shown by their `repr`, which escapes, or as ASCII in JSON."""
    return {
        _line(key): (printable(value) if key in _SEVERAL_LINES else _line(value)) if isinstance(value, str) else value
        for key, value in event.items()
    }


def _line(text: str) -> str:
    return printable(text).replace("\n", "\\n")


def _indented(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Move a traceback to the right, so that no line of an exception's text passes for a log line of its own."""
    return {
        key: value.replace("\n", "\n    ") if key in _SEVERAL_LINES and isinstance(value, str) else value
        for key, value in event.items()
    }
