"""Two ways to fetch jars from Maven Central: the machine's `mvn`, else the Python package `jgo`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree  # writes, reads nothing # nosec B405

from worker.broker.child import Child
from worker.broker.interface import BrokerUnavailableError, Say
from worker.broker.jars import Jar, Resolver

DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
FIRST_ANSWER_SECONDS = 25.0
"""How long `mvn` may go without a first downloaded file; its own limits add up to minutes without a network."""
WHOLE_SECONDS = 900.0


def resolvers() -> tuple[Resolver, ...]:
    """What this machine has, the better one first: `mvn` knows the user's mirrors and proxies."""
    return (*((with_mvn,) if shutil.which("mvn") else ()), *((with_jgo,) if find_spec("jgo") else ()))


def with_mvn(jars: Sequence[Jar], folder: Path, say: Say) -> None:
    """Let Maven copy exactly these jars into the folder, with its own checksum verification on."""
    say(f"fetching {len(jars)} jars of Apache Kafka with mvn, about 45 MB, once")
    program = shutil.which("mvn") or "mvn"
    pom, log = folder / "pom.xml", folder / "mvn.log"
    pom.write_bytes(maven_project(jars))
    mvn = Child(
        [
            program,
            "--batch-mode",
            "--strict-checksums",
            f"--file={pom}",
            f"{DEPENDENCY_PLUGIN}:copy-dependencies",
            "-Dmdep.useRepositoryLayout=true",
            f"-DoutputDirectory={folder}",
        ],
        log=log,
        folder=folder,
    )
    started = time.monotonic()
    mvn.start()
    try:
        while not mvn.wait(0.2):
            waited = time.monotonic() - started
            if waited > FIRST_ANSWER_SECONDS and b"Downloaded" not in log.read_bytes():
                raise BrokerUnavailableError(f"mvn had no answer within {FIRST_ANSWER_SECONDS:.0f} s")
            if waited > WHOLE_SECONDS:
                raise BrokerUnavailableError(f"mvn was not done within {WHOLE_SECONDS:.0f} s")
    finally:
        mvn.stop(grace_seconds=5)
    if mvn.exit_code != 0:
        errors = [line for line in log.read_text("utf-8", "replace").splitlines() if line.startswith("[ERROR]")]
        raise BrokerUnavailableError(f"mvn failed: {errors[0][:200] if errors else mvn.last_words(3)}")


def maven_project(jars: Sequence[Jar]) -> bytes:
    """A project that depends on exactly these jars: each excludes what it would bring along."""
    project = ElementTree.Element("project", xmlns="http://maven.apache.org/POM/4.0.0")
    for name, text in (("modelVersion", "4.0.0"), ("groupId", "local"), ("artifactId", "jars"), ("version", "1")):
        ElementTree.SubElement(project, name).text = text
    dependencies = ElementTree.SubElement(project, "dependencies")
    for jar in jars:
        dependency = ElementTree.SubElement(dependencies, "dependency")
        for name, text in (("groupId", jar.group), ("artifactId", jar.artifact), ("version", jar.version)):
            ElementTree.SubElement(dependency, name).text = text
        exclusion = ElementTree.SubElement(ElementTree.SubElement(dependency, "exclusions"), "exclusion")
        for name in ("groupId", "artifactId"):
            ElementTree.SubElement(exclusion, name).text = "*"
    return ElementTree.tostring(project)


def with_jgo(jars: Sequence[Jar], folder: Path, say: Say) -> None:
    """Let jgo download exactly these jars, four at a time; their checksums are verified by the caller."""
    from jgo.maven import MavenContext

    say(f"fetching {len(jars)} jars of Apache Kafka with jgo, about 45 MB, once")
    repository = MavenContext(repo_cache=folder, local_repos=[], timeout=5)

    def fetch(jar: Jar) -> None:
        component = repository.project(jar.group, jar.artifact).at_version(jar.version)
        component.artifact().resolve()

    try:
        fetch(jars[0])  # alone, so that a machine without a network is told so after one attempt
        with ThreadPoolExecutor(max_workers=4, thread_name_prefix="jgo") as several:
            list(several.map(fetch, jars[1:]))
    except (OSError, RuntimeError) as reason:  # what jgo and requests beneath it raise
        raise BrokerUnavailableError(f"jgo failed: {type(reason).__name__}: {str(reason)[:200]}") from reason
