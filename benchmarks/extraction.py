"""How fast articles are read on one core: relevant ones of about 3 kB, others, and a hostile megabyte.

Run: `python -m benchmarks.extraction`. The texts are those of the lexicon's corpora, joined per language.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import worker.lexicon
from worker.extract import extract
from worker.lexicon import languages
from worker.model import Article

_BYTES = 3_000
_ROUNDS = 5
_PUBLISHED = datetime(2025, 6, 18, 7, 30, tzinfo=UTC)
_FOLDER = Path(worker.lexicon.__file__).parent
_PROSE = {
    "de": "Der Stadtrat stritt über die neue Straßenbahn und verschob die Abstimmung auf das Frühjahr. ",
    "en": "The council argued about the new tram line and put the vote off until the spring. ",
    "ru": "Городской совет спорил о новой трамвайной линии и отложил голосование до весны. ",
    "uk": "Міська рада сперечалася про нову трамвайну лінію та відклала голосування до весни. ",
}
_HOSTILE = {"counts": "12 drones, 5 shot down, ", "wholes": "of 5 drones 3 ", "denials": "No dead after drones. "}


def _relevant(language: str, dense: int) -> list[Article]:
    """Articles of about 3 kB: `dense` bytes in which nearly every sentence counts something, then ordinary prose."""
    found: list[Article] = []
    body = ""
    with (_FOLDER / language / "corpus.jsonl").open(encoding="utf-8") as lines:
        for text in map(json.loads, lines):
            if text["relevant"]:
                body += f"{text['title']}\n\n{text['body']}\n\n"
            if len(body.encode()) >= dense:
                while len(body.encode()) < _BYTES:
                    body += _PROSE[language]
                found.append(Article(id=str(len(found)), body=body, language=language, published_at=_PUBLISHED))
                body = ""
    return found


def _seconds(articles: Sequence[Article]) -> float:
    """CPU seconds of one pass, the best of several."""
    best = float("inf")
    for _ in range(_ROUNDS):
        started = time.process_time()
        for article in articles:
            extract(article)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Print the figures."""
    for language in languages():
        for dense in (_BYTES, _BYTES // 3):
            articles = _relevant(language, dense)
            seconds = _seconds(articles)
            size = sum(len(article.body.encode()) for article in articles)
            claims = sum(len(extract(article).claims) for article in articles) / len(articles)
            print(
                f"{language}: {len(articles) / seconds:,.0f} relevant articles/s of {size / len(articles):,.0f} bytes "
                f"and {claims:.0f} claims, {size / seconds / 1e6:.2f} MB/s"
            )
    articles = [Article(id="o", body=(_PROSE["en"] * 40)[:_BYTES], language="en", published_at=_PUBLISHED)] * 1_000
    print(f"irrelevant: {_seconds(articles) / len(articles) * 1e6:,.0f} µs")
    for name, piece in _HOSTILE.items():
        hostile = Article(id="h", body=piece * (1_000_000 // len(piece)), language="en", published_at=_PUBLISHED)
        print(f"hostile {name}: {_seconds([hostile]) * 1e3:,.0f} ms per megabyte")


if __name__ == "__main__":
    main()
