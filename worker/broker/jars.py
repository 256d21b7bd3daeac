"""The jars of Apache Kafka: fetched once, verified against pinned checksums, kept in the user's cache folder.

`jars.sha256` is the one place that pins them: the paths are those of a Maven repository, so they also name the exact
version of each jar, and `sha256sum --check` reads the file. What a resolver delivers is believed only as far as these
checksums go, whichever resolver and whichever mirror it was.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from worker.broker.interface import BrokerUnavailableError, Say, silent

Resolver = Callable[[Sequence["Jar"], Path, Say], None]
"""Puts the jars into a folder laid out as a Maven repository; BrokerUnavailableError if it cannot."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One pinned jar: its path in a Maven repository and the SHA-256 of its bytes in hexadecimal."""

    path: str
    sha256: str

    @property
    def group(self) -> str:
        """The Maven group id."""
        return ".".join(self.path.split("/")[:-3])

    @property
    def artifact(self) -> str:
        """The Maven artifact id."""
        return self.path.split("/")[-3]

    @property
    def version(self) -> str:
        """The version."""
        return self.path.split("/")[-2]


def pinned_jars() -> tuple[Jar, ...]:
    """The jars of the pinned Kafka and of everything it needs at run time."""
    lines = Path(__file__).with_name("jars.sha256").read_text("ascii").splitlines()
    return tuple(Jar(path, sha256) for sha256, path in (line.split() for line in lines))


def kafka_version(jars: Sequence[Jar]) -> str:
    """The version of the Kafka server among these jars."""
    return next(jar.version for jar in jars if jar.artifact == "kafka_2.13")


def cache_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where fetched programs are kept: below XDG_CACHE_HOME if that is set, else in the system's usual place."""
    environment = os.environ if environment is None else environment
    if chosen := environment.get("XDG_CACHE_HOME"):
        return Path(chosen) / "drone-tally"
    usual = Path("Library") / "Caches" if sys.platform == "darwin" else Path(".cache")
    return Path.home() / usual / "drone-tally"


def cached_jars(jars: Sequence[Jar], cache: Path, resolvers: Sequence[Resolver], say: Say = silent) -> tuple[Path, ...]:
    """The files of these jars, from the cache or fetched into it by the first resolver that can.

    The folder in the cache appears by one rename after all checksums are found right, so an interrupted download is
    never taken for a whole one; a lock makes a second starter wait for the first. BrokerUnavailableError with every
    resolver's reason if none could.
    """
    pins = hashlib.sha256("".join(jar.sha256 for jar in jars).encode()).hexdigest()[:8]
    folder = cache / f"kafka-{kafka_version(jars)}-{pins}"
    cached = tuple(folder / jar.path for jar in jars)
    if folder.is_dir() and not _wrong(jars, folder):
        return cached  # without the lock: who only looks need not wait for others who do
    cache.mkdir(parents=True, exist_ok=True)
    with _only_one(cache / f"{folder.name}.lock", say):
        if folder.is_dir():
            wrong = _wrong(jars, folder)
            if not wrong:
                return cached
            say(f"the cached Kafka jars are damaged ({wrong[0]}); fetching them again")
            shutil.rmtree(folder)
        _fetch(jars, folder, resolvers, say)
    return cached


def _fetch(jars: Sequence[Jar], folder: Path, resolvers: Sequence[Resolver], say: Say) -> None:
    for leftover in folder.parent.glob(f".{folder.name}-*"):  # of a fetch that was killed: the lock is ours now
        shutil.rmtree(leftover, ignore_errors=True)
    reasons = []
    for resolver in resolvers:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as staging:
            try:
                resolver(jars, Path(staging), say)
            except BrokerUnavailableError as reason:
                reasons.append(str(reason))
                continue
            if wrong := _wrong(jars, Path(staging)):
                reasons.append(f"wrong checksum or missing: {', '.join(wrong)}")
                continue
            Path(staging).rename(folder)
            Path(staging).mkdir()  # what the context manager removes
            return
    raise BrokerUnavailableError(
        f"Apache Kafka {kafka_version(jars)} is not in {folder.parent} and could not be fetched: "
        + ("; ".join(reasons) or "there is neither the program mvn nor the Python package jgo")
    )


def _wrong(jars: Sequence[Jar], folder: Path) -> list[str]:
    """The jars that are missing from the folder or differ from their checksum."""
    return [jar.path for jar in jars if _sha256(folder / jar.path) != jar.sha256]


def _sha256(file: Path) -> str | None:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None


@contextmanager
def _only_one(lock: Path, say: Say) -> Iterator[None]:
    """Hold the lock file; the system gives it free when its holder ends in whatever way."""
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another start that fetches Apache Kafka")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
