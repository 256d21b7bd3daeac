"""The worker of the demo: a process of its own, as in production, that never outlives this one."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Self

from prometheus_client.parser import text_string_to_metric_families

import worker
from worker.broker.child import Child
from worker.broker.scratch import ScratchFolder
from worker.connection import UnavailableError
from worker.settings import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.settings import Settings

_READY_SECONDS = 60.0
_STOP_SECONDS = 6.0


class Crew:
    """Runs `python -m worker worker` with its own environment and asks its pages how far it is.

    Args:
        settings: those of the worker; `http_port` must be a real port.
        environment: the environment it gets, see `environment_for`.
    """

    def __init__(self, settings: Settings, environment: Mapping[str, str]) -> None:
        self.pages = f"http://{settings.http_host}:{settings.http_port}"
        self._claims_topic = settings.claims_topic
        self._folder = ScratchFolder()
        self._process = Child(
            (sys.executable, "-m", "worker", "worker"),
            log=self._folder.path / "worker.log",
            folder=Path(worker.__file__).parent.parent,
            environment=environment,
        )

    def start(self) -> None:
        """Start the worker, without waiting until it is ready."""
        self._process.start()

    def wait_until_ready(self) -> None:
        """Wait until it is ready to count.

        Raises:
            UnavailableError: it ended, or is not ready in time.
        """
        deadline = time.monotonic() + _READY_SECONDS
        while self._page("/readyz") is None:
            self.require_alive()
            if time.monotonic() > deadline:
                raise UnavailableError(f"the worker is not ready; its log ends:{self._process.last_words(1)}")
            time.sleep(0.1)

    def has_counted(self, messages: int) -> bool:
        """Tell whether it has taken in so many messages and has nothing left to do.

        Raises:
            UnavailableError: it ended.
        """
        self.require_alive()
        page = self._page("/metrics")
        if page is None:
            return False
        taken_in = lag = 0.0
        reconciling = False  # a topic has a lag from its first commit on; before, nothing is known of it
        for family in text_string_to_metric_families(page):
            for sample in family.samples:
                if sample.name == "dronetally_articles_total":
                    taken_in += sample.value
                elif sample.name == "dronetally_consumer_lag_records":
                    lag += sample.value
                    reconciling |= sample.labels["topic"] == self._claims_topic
        return taken_in >= messages and reconciling and lag == 0

    def require_alive(self) -> None:
        """Make sure that the worker still runs.

        Raises:
            UnavailableError: it ended.
        """
        if self._process.pid is None:
            raise UnavailableError(f"the worker has ended; its log ends:{self._process.last_words(1)}")

    def stop(self) -> None:
        """End the worker and remove its log."""
        self._process.stop(_STOP_SECONDS)
        self._folder.remove()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _page(self, path: str) -> str | None:
        """Read a page; None while it is not there or says no."""
        try:
            with urllib.request.urlopen(self.pages + path, timeout=2) as answer:  # noqa: S310 (our own address) # nosec B310
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError):
            return None


def environment_for(overrides: Mapping[str, object], inherit: bool) -> dict[str, str]:
    """Make the environment of the worker: this one's, its own settings instead of what was set for others.

    Args:
        overrides: settings by name.
        inherit: keep this process's settings beneath them, for a broker that needs a user's credentials.
    """
    kept = {name: value for name, value in os.environ.items() if inherit or not name.startswith(PREFIX)}
    return kept | {PREFIX + name.upper(): str(value) for name, value in overrides.items()}
