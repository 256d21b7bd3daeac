"""The house drawn from its imports: layers, one importer of faust, a core without clock, environment or chance."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORKER = ROOT / "worker"
MODULES = sorted(WORKER.rglob("*.py"))
PURE = ("text", "lexicon", "gazetteer", "extract", "ledger", "tally", "pipeline")
PURE_MODULES = [path for path in MODULES if path.relative_to(WORKER).parts[0] in (*PURE, "model.py", "codec.py")]
LINES = 400

IMPURE_MODULES = {"asyncio", "logging", "os", "random", "secrets", "socket", "subprocess", "threading", "time", "uuid"}
IMPURE_BUILTINS = {"input", "open", "print"}
IMPURE_CALLS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("os", "environ"),
    ("os", "getenv"),
    ("sys", "argv"),
}


def name_of(path: Path) -> str:
    return path.relative_to(WORKER).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def impurities(source: str) -> list[str]:
    """What in a module depends on more than its arguments."""
    tree = ast.parse(source)
    found = [name for name in imported(tree) if name.split(".")[0] in IMPURE_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if (owner, node.attr) in IMPURE_CALLS:
                found.append(f"{owner}.{node.attr}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("print", "input", "open")
        ):
            found.append(node.func.id)
    return found


def test_the_layers_hold() -> None:
    program = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run([program, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", PURE_MODULES, ids=name_of)
def test_the_core_knows_no_clock_no_environment_and_no_chance(path: Path) -> None:
    assert impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.time()",
        "from time import monotonic",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.now(None)",
        "from datetime import date\nf = date.today",
        "import os.path",
        "from random import Random",
        "def f():\n    import uuid",
        "open('x')",
    ],
)
def test_the_search_for_impurities_finds_them(source: str) -> None:
    assert impurities(source)


def test_every_pure_package_is_there() -> None:
    assert {path.relative_to(WORKER).parts[0] for path in PURE_MODULES} == {*PURE, "model.py", "codec.py"}


def test_only_the_stream_imports_faust() -> None:
    importers = {
        path.relative_to(WORKER).parts[0]
        for path in MODULES
        if any(name.split(".")[0] in ("faust", "mode") for name in imported(ast.parse(path.read_text("utf-8"))))
    }
    assert importers == {"stream"}


def test_the_environment_of_settings_is_read_in_one_place() -> None:
    readers = {
        name_of(path)
        for path in MODULES
        if path.relative_to(WORKER).parts[0] not in ("broker", "demo", "cli")  # they start programs, and tell sources
        and any(
            isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    }
    assert readers == {"settings.py"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_fits_in_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_in_its_first_line_what_it_is(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text
    assert text.splitlines()[0][-1] in ".:?"


def test_the_command_line_starts_without_the_heavy_parts() -> None:
    """`--help` answers at once because what a command needs is imported when it runs."""
    program = "import sys, worker.cli.main; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"faust", "mode", "aiokafka", "highspy", "pydantic", "rich", "numpy"}
