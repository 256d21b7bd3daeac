"""What the pages point to is there: files, headings, modules, settings, targets of make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, anchors, code, links, name_of, text_of
from worker.settings import PREFIX, SECRETS, Settings

_SETTING = re.compile(rf"\b{PREFIX}[A-Z_]+\b")
_OURS = {f"{PREFIX}TEST_FAULTS", f"{PREFIX}TEST_REPORT"}
_PATH = re.compile(r"^(?:worker|tests|schemas|docs|deploy|benchmarks)/[\w./-]+$")
_TARGETS = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page, text_of(page)) == []


def test_a_broken_link_is_seen() -> None:
    page = ROOT / "README.md"
    text = "[a](nowhere.md) [b](docs/contract.md#no-such-heading) [c](docs/contract.md#topics) [d](#gone)\n## Here"
    assert broken_links(page, text) == ["nowhere.md", "docs/contract.md#no-such-heading", "#gone"]


def broken_links(page: Path, text: str) -> list[str]:
    broken = []
    for link in links(text):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue  # the tests reach nothing outside
        path = page.parent / target if target else page
        there = path.exists() and path.resolve().is_relative_to(ROOT)
        if not there or (anchor and anchor not in anchors(text if not target else text_of(path))):
            broken.append(link)
    return broken


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_named_files_are_there(page: Path) -> None:
    named = {each for each in code(text_of(page)) if _PATH.match(each)}
    places = (ROOT, page.parent)
    assert [name for name in sorted(named) if not any((place / name).exists() for place in places)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_named_settings_are_settings(page: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | _OURS
    known |= {f"{PREFIX}{name.upper()}_FILE" for name in SECRETS}
    assert [name for name in _SETTING.findall(text_of(page)) if name not in known and not name.endswith("_")] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_named_targets_can_be_made(page: Path) -> None:
    asked = {found[1] for each in code(text_of(page)) if (found := re.match(r"^make ([a-z-]+)", each.strip()))}
    assert asked <= _TARGETS
