"""The pages a reader finds, and what in them can be checked: links, names, commands, generated tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (
    ROOT / "README.md",
    ROOT / "SECURITY.md",
    ROOT / "schemas" / "README.md",
    ROOT / "tests" / "corpus" / "README.md",
    *sorted(ROOT.glob("docs/**/*.md")),
)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!\\)!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#{1,6} +(.*)$", re.MULTILINE)


def name_of(path: Path) -> str:
    """Name a page in the output of a test run."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    """Read a page."""
    return path.read_text(encoding="utf-8")


def links(text: str) -> Iterator[str]:
    """Yield the targets of all links that are not examples of code."""
    for found in _LINK.finditer(_CODE.sub("", _FENCE.sub("", text))):
        yield found[1]


def anchors(text: str) -> set[str]:
    """List the anchors that headings make."""
    return {_anchor(found[1]) for found in _HEADING.finditer(_FENCE.sub("", text))}


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each fenced block: its language, which may be empty, and its lines."""
    for found in _FENCE.finditer(text):
        yield found[1], found[2]


def code(text: str) -> Iterator[str]:
    """Yield what stands as code: each line of a block without its comment, and what is between back-ticks."""
    for language, block in blocks(text):
        if language in ("", "sh"):
            for line in block.replace("\\\n", " ").splitlines():
                yield re.sub(r"\s+#\s.*$|^#\s.*$", "", line)
    yield from _CODE.findall(_FENCE.sub("", text))


def _anchor(heading: str) -> str:
    plain = _LINK.sub("", heading).replace("`", "").strip().lower()
    kept = "".join(c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN")
    return kept.replace(" ", "-")
