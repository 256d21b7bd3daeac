"""Every regular expression the worker compiles, looked at by regexploit: none takes a text apart in too many ways."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

from regexploit.ast.sre import SreOpParser
from regexploit.redos import find

from tests.report import Report

# Run in a process of its own, so that expressions are met as they are compiled, those made of word lists too.
PROGRAM = """
import json, re, sys
found = {}
compiled = re._compiler.compile
def noticed(pattern, flags=0):
    frame = sys._getframe(1)
    while frame and "/re/" in frame.f_code.co_filename:
        frame = frame.f_back
    name = frame.f_code.co_filename if frame else ""
    if isinstance(pattern, (str, bytes)) and "/worker/" in name:
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        found[text] = (int(flags), isinstance(pattern, bytes), name.rsplit("/worker/")[-1])
    return compiled(pattern, flags)
re._compiler.compile = noticed
import importlib, pkgutil
import worker
for module in pkgutil.walk_packages(worker.__path__, "worker."):
    if not module.name.endswith(("__main__", "tether")):
        importlib.import_module(module.name)
from datetime import UTC, datetime
from worker.extract import explain
from worker.lexicon import languages
from worker.model import Article
text = "12 drones, дронов, дронів, Drohnen, dronów shot down over Kursk on 5 May at 20:00 &amp; <p>gone</p> +++"
for language in languages():
    explain(Article(id="a", title=text, body=text, language=language, published_at=datetime(2025, 5, 21, tzinfo=UTC)))
print(json.dumps(found))
"""
ROOT = Path(__file__).parents[2]
_DANGEROUS = 2  # a power of the length: from there on regexploit itself reports


class _Parser(SreOpParser):  # type: ignore[misc]
    """Takes possessive repetition, which never looks twice, for greedy: it finds more than there is, not less."""

    def from_POSSESSIVE_REPEAT(self, argument: object) -> object:  # noqa: N802 (named after the operation)
        return self.from_MAX_REPEAT(argument)


def _starriness(pattern: str, flags: int) -> int:
    return max((redos.starriness for redos in find(_Parser().parse_sre(pattern, re.RegexFlag(flags)))), default=0)


def _written() -> dict[str, str]:
    """Every expression that stands in the source as it is, also where only a command compiles it; and its file."""
    found = {}
    for file in sorted((ROOT / "worker").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re")),
                    args=[ast.Constant(value=(str() | bytes()) as text), *_],
                    keywords=[],
                ) if "\n" not in str(text):
                    found[text if isinstance(text, str) else text.decode("latin-1")] = file.name
    return found


def test_no_expression_of_the_worker_can_be_made_to_backtrack(report: Report) -> None:
    assert _starriness(r"(a+)+$", 0) > _DANGEROUS
    assert _starriness(r"a*a*a*b", 0) > _DANGEROUS
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert len(found) > 20
    found |= {text: (0, False, where) for text, where in _written().items() if text not in found}
    bad = {pattern: where for pattern, (flags, _, where) in found.items() if _starriness(pattern, flags) > _DANGEROUS}
    report(
        "regexploit over every expression that is compiled, those made of word lists too",
        "none that backtracks",
        f"{len(found)} expressions, {len(bad)} that backtrack: {bad}" if bad else f"{len(found)} expressions, 0",
        not bad,
    )
