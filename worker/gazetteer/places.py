"""A place form is one spelling in running text, in one case, and the regions it means.

The columns of a language's `places.tsv`:

- `form`: as in running text, Unicode normal form C, with its own capitals, plain apostrophe (matching maps ’ and ʼ
  to it). A form of several words is one phrase with single spaces. A word of a name has a capital ("mar Negro"):
  without that rule "сході" (east) would be found in Luhansk. English possessives (`'s`) are not in the table, German
  genitives are. Adjectives may be small where a language writes them so ("obwód kurski").
- `kind`: `name` (a noun) or `adjective` (only with a head word: "Курской" + "области", "Charkiwer" + "Gebiet").
- `alone`: codes when it stands alone ("Kyiv" is the city), `-` if it never does; several separated by commas.
- `region`: codes when a word for a region stands beside it ("Kyiv" + "region" is the oblast), `-` if none.
- `note`: marks of `MARKS`, separated by spaces, then optionally a colon and a remark for people.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast, get_args

import msgspec

from worker.gazetteer.region import regions
from worker.gazetteer.table import TableError, rows

PlaceKind = Literal["name", "adjective"]
COLUMNS = ("form", "kind", "alone", "region", "note")
KINDS = frozenset(get_args(PlaceKind))
MARKS = {
    "needs-head": (
        "also an ordinary word, a person or another thing: a place only beside a word for a region or town, "
        "in a list of places, or after a preposition of place"
    ),
    "region-only": (
        "districts of other regions bear this name (Київський in Kharkiv, Приморський in Odesa): `region` holds "
        "beside a word for a whole region, not beside a word for a district"
    ),
    "held": "a name that only those who hold the place give it (ДНР): what comes there comes from the other side",
    "taken": (
        "a town behind the Russian lines since 2014 or 2022: drones that come there are Ukraine's, unless a text "
        "says whose they are"
    ),
    "government": "a capital that also stands for its government: as the subject of speaking or deciding no place",
}


class PlaceForm(msgspec.Struct, frozen=True, kw_only=True):
    """One spelling and what it means; `alone` and `region` are sorted codes, empty where it means nothing there."""

    form: str
    kind: PlaceKind
    alone: tuple[str, ...]
    region: tuple[str, ...]
    marks: frozenset[str] = frozenset()
    remark: str = ""

    @property
    def needs_head(self) -> bool:
        """Whether the form counts as a place only with support (see `MARKS`)."""
        return "needs-head" in self.marks

    @property
    def region_only(self) -> bool:
        """Whether `region` holds only beside a word for a whole region (see `MARKS`)."""
        return "region-only" in self.marks

    @property
    def held(self) -> bool:
        """Whether only those who hold the place call it so."""
        return "held" in self.marks

    @property
    def taken(self) -> bool:
        """Whether the place is a town behind the Russian lines (see `MARKS`)."""
        return "taken" in self.marks

    @property
    def government(self) -> bool:
        """Whether the form may mean a government instead of a city."""
        return "government" in self.marks


def places(path: Path) -> tuple[PlaceForm, ...]:
    """All place forms of one language's table, sorted by form.

    Raises `TableError`, naming file and line, for: an unknown code, kind or mark; a form twice (so also one form
    with two meanings); a form that is out of order, begins with a small letter or has another apostrophe than `'`;
    an adjective that stands alone; a form without any meaning.
    """
    meanings: dict[tuple[str, ...], _Meaning] = {}
    found: list[PlaceForm] = []
    previous = ""
    for line, (form, *columns) in rows(path, COLUMNS):
        # "mer d'Azov": elision writes a small word before the name.
        if columns[0] != "adjective" and not any(word[:1].isupper() for word in form.replace("'", " ").split()):
            raise TableError(path, line, f"{form!r} must begin with a capital letter, or one of its words must")
        if form <= previous:
            if form == previous:
                raise TableError(path, line, f"{form!r} appears twice")
            raise TableError(path, line, f"{form!r} must stand before {previous!r} (sorted by code point)")
        previous = form
        if "’" in form or "ʼ" in form or "  " in form:
            raise TableError(path, line, f"{form!r} must have the plain apostrophe and single spaces")
        key = tuple(columns)
        meaning = meanings.get(key)
        if meaning is None:
            meaning = meanings[key] = _meaning(path, line, form, *columns)
        kind, alone, region, marks, remark = meaning
        found.append(PlaceForm(form=form, kind=kind, alone=alone, region=region, marks=marks, remark=remark))
    return tuple(found)


# What the columns after the form say. All case forms of a town share one, so each is checked once.
_Meaning = tuple[PlaceKind, tuple[str, ...], tuple[str, ...], frozenset[str], str]


def _meaning(path: Path, line: int, form: str, kind: str, alone: str, region: str, note: str) -> _Meaning:
    if kind not in KINDS:
        raise TableError(path, line, f"unknown kind {kind!r}; one of {', '.join(sorted(KINDS))}")
    if kind == "adjective" and alone != "-":
        raise TableError(path, line, f"the adjective {form!r} cannot stand alone")
    if alone == region == "-":
        raise TableError(path, line, f"{form!r} means no region")
    marks, _, remark = note.partition(":")
    for mark in marks.split():
        if mark not in MARKS:
            raise TableError(path, line, f"unknown mark {mark!r}; one of {', '.join(MARKS)}; a remark follows a colon")
    return (
        cast("PlaceKind", kind),
        _codes(path, line, alone),
        _codes(path, line, region),
        frozenset(marks.split()),
        remark.strip(),
    )


def _codes(path: Path, line: int, column: str) -> tuple[str, ...]:
    if column == "-":
        return ()
    codes = tuple(column.split(","))
    for code in codes:
        if code not in regions():
            raise TableError(path, line, f"unknown region code {code!r}")
    if list(codes) != sorted(set(codes)):
        raise TableError(path, line, f"the codes {column} must be sorted and each appear once")
    return codes
