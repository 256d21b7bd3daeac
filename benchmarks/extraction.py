"""What it costs to read an article, on one core, by kind of article; how the cost grows with length; load time, memory.

Run: `python -m benchmarks.extraction`. Four kinds of articles of about 3 kB, per language:

- other: ordinary news that name no drone; nearly all of a news stream.
- story: an ordinary report of an attack (`stories/`), in which most sentences count nothing.
- mixed: a third of a bulletin, then ordinary news.
- bulletin: texts of the lexicon's corpus joined: nearly every sentence counts something, more than in any real text.

The machine is measured too: `words` is how many times as long an article takes as cutting it into words with one
regular expression does. That ratio holds on other machines, and on busy ones, where microseconds do not.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import worker.lexicon
from worker.extract import extract
from worker.extract.gate import may_be_relevant
from worker.lexicon import languages
from worker.model import Article
from worker.text import normalise

_BYTES = 3_000
_ROUNDS = 15
_PUBLISHED = datetime(2025, 7, 31, 12, tzinfo=UTC)
_LEXICON = Path(worker.lexicon.__file__).parent
_STORIES = Path(__file__).parent / "stories"
_AIMS = {"other": 25, "story": 500, "mixed": 500}  # microseconds
_WORD = re.compile(r"\w+")
_MEGABYTE = 1_000_000
_HOSTILE = {
    "counts": "12 drones, 5 shot down, ",
    "wholes": "of 5 drones 3 ",
    "denials": "No dead after drones. ",
    "places": "drone over Kyiv, Kharkiv and Odesa regions, ",
    "times": "drone from 10:00 to 11:00 on 5 May ",
    "brackets": "drone ((((",
    "quotes": 'drone "“„',
    "bullets": "drone\n• ",
    "dashes": "drone – 5 – ",
}
_LOAD = """
import resource, time
before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
from worker.extract import extract
from worker.lexicon import languages
from worker.model import Article
for language in languages():
    extract(Article(id="a", title="drone шахед Drohne dron", language=language))
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(f"load: {time.process_time() - started:.2f} s, {used / 1024:.0f} MB for {len(languages())} languages")
"""


def _article(name: str, language: str, body: str, title: str = "") -> Article:
    return Article(id=name, title=title, body=body, language=language, published_at=_PUBLISHED)


def _size(text: str) -> int:
    return len(text.encode())


def _stories(language: str) -> tuple[list[Article], str]:
    """Return the story of a language, and those of its paragraphs that name no drone."""
    path = _STORIES / f"{language}.txt"
    if not path.exists():
        return [], ""
    title, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    ordinary = [part for part in body.split("\n\n") if not may_be_relevant(normalise(part))]
    return [_article("story", language, body, title)], "\n\n".join(ordinary)


def _bulletins(language: str, dense: int, filler: str) -> list[Article]:
    """Return articles of 3 kB: `dense` bytes of texts that count drones, then what fills them up."""
    found: list[Article] = []
    body = ""
    with (_LEXICON / language / "corpus.jsonl").open(encoding="utf-8") as lines:
        for text in map(json.loads, lines):
            if text["relevant"]:
                body += f"{text['title']}\n\n{text['body']}\n\n"
            if _size(body) >= dense:
                found.append(_article(f"bulletin {len(found)}", language, _filled(body, filler)))
                body = ""
    return found


def _filled(body: str, filler: str) -> str:
    while filler and _size(body) < _BYTES:
        body += f"{filler}\n\n"
    return body.encode()[: max(_BYTES, _size(body) - _size(filler))].decode(errors="ignore") if filler else body


def _kinds(language: str) -> dict[str, list[Article]]:
    stories, ordinary = _stories(language)
    kinds = {"story": stories, "bulletin": _bulletins(language, _BYTES, "")}
    if ordinary:
        kinds["other"] = [_article("other", language, _filled("", ordinary))]
        kinds["mixed"] = _bulletins(language, _BYTES // 3, ordinary)
    return kinds


def _shortest(*works: Callable[[], object]) -> list[float]:
    """CPU seconds of the fastest of several runs of each, by turns: what others do on the machine only ever adds."""
    best = [float("inf")] * len(works)
    for _ in range(_ROUNDS):
        for position, work in enumerate(works):
            started = time.process_time()
            work()
            best[position] = min(best[position], time.process_time() - started)
    return best


def _cost(article: Article) -> list[float]:
    """Return the seconds to read an article, and those to cut it into words."""
    text = article.title + article.body
    return _shortest(lambda: extract(article), lambda: [word.lower() for word in _WORD.findall(text)])


def _report(language: str, kind: str, articles: Sequence[Article]) -> None:
    costs = [_cost(article) for article in articles]
    seconds, words = sum(cost for cost, _ in costs) / len(costs), sum(cost for _, cost in costs) / len(costs)
    size = sum(_size(article.title + article.body) for article in articles) / len(articles)
    claims = sum(len(extract(article).claims) for article in articles) / len(articles)
    aim = f"{_AIMS[kind]:>6,} µs" if kind in _AIMS else "     none"
    print(
        f"{language:<9}{kind:<9}{seconds * 1e6:>8,.0f} µs{aim}{1 / seconds:>10,.0f}/s"
        f"{size:>8,.0f} B{claims:>8.1f}{seconds / words:>8.1f}"
    )


def _growth(piece: str, language: str) -> float:
    """Return how many times as long the eightfold text takes; eight is linear."""
    short, long = (_article("g", language, piece * (size // len(piece))) for size in (4_000, 32_000))
    seconds = _shortest(lambda: extract(long), lambda: extract(short))
    return seconds[0] / seconds[1]


def main() -> None:
    """Print the figures."""
    subprocess.run([sys.executable, "-c", _LOAD], check=True)  # noqa: S603 - this very program
    print(f"{'':<9}{'kind':<9}{'cost':>11}{'aim':>9}{'articles':>12}{'size':>10}{'claims':>8}{'words':>8}")
    for kind in ("other", "story", "mixed", "bulletin"):
        for language in languages():
            articles = _kinds(language).get(kind)
            if articles:
                _report(language, kind, articles)
    print(f"{'hostile':<12}{'1 MB':>9}{'8 × length':>13}   (aims: 250 ms, 8)")
    for name, piece in _HOSTILE.items():
        hostile = _article("h", "en", piece * (_MEGABYTE // len(piece)))
        started = time.process_time()
        extract(hostile)
        seconds = time.process_time() - started
        print(f"{name:<12}{seconds * 1e3:>6,.0f} ms{_growth(piece, 'en'):>11.1f} ×")
    print(f"memory in the end: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
