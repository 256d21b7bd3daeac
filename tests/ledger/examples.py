"""The worked examples of docs/reconciliation.md: read from its tables, drawn, and counted.

`python -m tests.ledger.examples` draws the pictures in the page anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from worker.model import ArticleClaims, Claim, Edition, Measure, Period, Qualifier, Quantity, Scope, Span
from worker.pipeline.archive import Archive

PAGE = Path(__file__).parents[2] / "docs" / "reconciliation.md"
ZONE = ZoneInfo("Europe/Kyiv")
MAY = 2025, 5
WIDTH = 56
_TIME = r"(\d{1,2}) May (\d\d):(\d\d)"
_WORDS: dict[str, Qualifier] = {"more than": "more_than", "at least": "at_least", "about": "about", "up to": "up_to"}


@dataclass(frozen=True)
class Row:
    """One claim of an example, as its table says it."""

    name: str
    article: str
    published: datetime
    claimant: str
    says: str
    where: str
    when: str
    whole: str

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when to when; None if undated."""
        found = [moment(*match) for match in re.findall(_TIME, self.when)]
        if not found:
            return None
        return (found[0], found[-1] if len(found) > 1 else found[0] + timedelta(minutes=1))

    @property
    def vague(self) -> bool:
        """Whether the period is in brackets: meant by the words, not given by the clock."""
        return "(" in self.when


@dataclass(frozen=True)
class Example:
    """One section of the page: claims, what comes of them, what is set aside."""

    title: str
    rows: tuple[Row, ...]
    cells: tuple[tuple[str, ...], ...]
    aside: dict[str, str]
    picture: str

    @property
    def front(self) -> str:
        return "RU>UA" if any(" RU>UA" in cell[0] for cell in self.cells) else "UA>RU"

    def archive(self) -> Archive:
        """The ledger after all articles of the example."""
        book = Archive(ZONE, str, timedelta(days=2))
        for article in dict.fromkeys(row.article for row in self.rows):
            rows = [row for row in self.rows if row.article == article]
            book.put(
                ArticleClaims(
                    article_id=article,
                    published_at=rows[0].published,
                    language="en",
                    source=f"{article}.example",
                    claims=tuple(claim for row in rows for claim in [self._claim(row)]),
                    front=self.front,
                    edition=Edition(version=0),
                )
            )
        return book

    def _claim(self, row: Row) -> Claim:
        attacker, defender = self.front.split(">")
        said = re.fullmatch(r"(?:(more than|at least|about|up to) )?(\d+) ([a-z_]+)", row.says)
        assert said, row.says
        number, measure = int(said[2]), said[3]
        qualifier: Qualifier = _WORDS.get(said[1] or "", "exact")
        low = {"more_than": number + 1, "up_to": 0}.get(qualifier, number)
        high = None if qualifier in ("more_than", "at_least") else number
        scope: Scope = "each" if row.where.startswith("each of ") else "total"
        regions = () if row.where == "front" else tuple(sorted(re.findall(r"[A-Z]{2,3}-[A-Z0-9]+", row.where)))
        period = None
        if row.span:
            basis, precision = ("relative", "part_of_day") if row.vague else ("explicit", "minute")
            period = Period(start=row.span[0], end=row.span[1], basis=basis, precision=precision)  # type: ignore[arg-type]
        return Claim(
            claim_id=row.name,
            measure=_measure(measure),
            weapon="drone",
            quantity=Quantity(low=low, high=high, qualifier=qualifier),
            attacker=attacker,
            defender=defender,
            regions=regions,
            scope=scope,
            period=period,
            status="current",
            part_of=row.whole or None,
            source=row.claimant,
            span=Span(field="body", start=0, end=1, text=row.says),
        )


def _measure(name: str) -> Measure:
    return name  # type: ignore[return-value] # the ledger refuses no word, but the counts would differ


def moment(day: str, hour: str, minute: str) -> datetime:
    return datetime(*MAY, int(day), int(hour), int(minute), tzinfo=ZONE).astimezone(UTC)


def read(text: str) -> list[Example]:
    """Read all sections under "Worked examples"."""
    part = text.split("\n## Worked examples\n", 1)[1].split("\n## ", 1)[0]
    return [_example(section) for section in part.split("\n### ")[1:]]


def _example(section: str) -> Example:
    tables = [_table(block) for block in re.findall(r"(?:^\|.*\n)+", section + "\n", re.M)]
    rows = tuple(
        Row(name, article, moment(*re.findall(_TIME, published)[0]), claimant, says, where, when, whole)
        for name, article, published, claimant, says, where, when, whole in tables[0]
    )
    aside = dict(re.findall(r"(\d+) \(`([a-z_]+)`\)", section))
    picture = re.search(r"```text\n(.*?)```", section, re.S)
    return Example(section.split("\n", 1)[0], rows, tuple(tables[1]), aside, picture[1] if picture else "")


def _table(block: str) -> list[tuple[str, ...]]:
    lines = [
        tuple(cell.strip().strip("`") for cell in line.strip().strip("|").split("|")) for line in block.splitlines()
    ]
    return lines[2:]


def drawn(example: Example) -> str:
    """The claims of an example over time: one bar each, `=` by the clock, `~` where the hours are only meant."""
    spans = [row.span for row in example.rows if row.span]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    scale = (last - first) / WIDTH
    label = max(len(f"{row.name} {row.claimant} {row.where}") for row in example.rows)
    ends = sorted({end for row in example.rows if row.span and row.span[1] - row.span[0] > scale for end in row.span})
    axis = [" "] * (WIDTH + 14)
    free = 0
    for end in ends:
        at = round((end - first) / scale)
        if at >= free:
            text = f"{end.astimezone(ZONE):%H:%M}"
            axis[at : at + len(text)] = text
            free = at + len(text) + 1
    lines = [" " * (label + 2) + "".join(axis).rstrip()]
    for row in example.rows:
        number = re.sub(r" [a-z_]+$", "", row.says)
        bar = " " * 4 + f"{number} undated"
        if row.span:
            left, right = (round((t - first) / scale) for t in row.span)
            width = max(right - left, 1)
            line = "~" if row.vague else "="
            bar = " " * left + (
                f" {number} ".center(width - 2, line).join("||") if width > len(number) + 3 else f"| {number}"
            )
        lines.append(f"{f'{row.name} {row.claimant} {row.where}':{label}}  {bar}".rstrip())
    return "\n".join(lines) + "\n"


def day_of(cell: str) -> date:
    found = re.search(r"(\d{1,2}) May", cell)
    return date(*MAY, int(found[1]) if found else 21)


def redraw() -> None:
    """Put the pictures into the page."""
    text = PAGE.read_text(encoding="utf-8")
    for example in read(text):
        start = text.index(f"### {example.title}\n")
        opening = text.index("```text\n", start) + len("```text\n")
        closing = text.index("```", opening)
        text = text[:opening] + drawn(example) + text[closing:]
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    redraw()
