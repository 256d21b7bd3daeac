"""Coverage-guided fuzzing of extraction: `make fuzz`, or `python -m tests.fuzz.extraction [libFuzzer options]`.

A text is made of the words of one language, numbers, marks and raw characters, as the fuzzer's bytes decide. What must
hold: no exception, every span exact with its number in it, no period that ends before it begins, parts of claims that
exist, and the same claims when read again.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import cache

import atheris

with atheris.instrument_imports(include=["worker.extract", "worker.text"]):
    from worker.extract import extract
    from worker.extract.evaluation.particulars import span_holds

from worker.lexicon import languages, lexicon
from worker.model import Article

_PUBLISHED = datetime(2025, 6, 18, 7, 30, tzinfo=UTC)
_MARKS = (",", ".", ":", ";", "–", "-", "(", ")", "\n", "\n\n", "•", '"', "…", "!", "/", "&nbsp;", "<p>", "\u00ad")
_NUMBERS = ("1", "2", "7", "12", "1 000", "1.110", "34.", "20:00", "5–6", "+3", "12х", "136", "2025", "0")
_LONGEST = 60


@cache
def _words(language: str) -> tuple[str, ...]:
    known = lexicon(language)
    names = (place.capitalize() for place in sorted(known.places))
    return (*sorted(known.exact), *sorted(known.stems), *names)


def _text(data: atheris.FuzzedDataProvider, language: str) -> str:
    words = _words(language)
    pieces: list[str] = []
    for _ in range(data.ConsumeIntInRange(0, _LONGEST)):
        kind = data.ConsumeIntInRange(0, 7)
        if kind < 4:
            pieces.append(words[data.ConsumeIntInRange(0, len(words) - 1)])
        elif kind == 4:
            pieces.append(_NUMBERS[data.ConsumeIntInRange(0, len(_NUMBERS) - 1)])
        elif kind < 7:
            pieces.append(_MARKS[data.ConsumeIntInRange(0, len(_MARKS) - 1)])
        else:
            pieces.append(data.ConsumeUnicodeNoSurrogates(8))
    return " ".join(pieces)


def one_input(raw: bytes) -> None:
    """Read one text and hold it to the laws."""
    data = atheris.FuzzedDataProvider(raw)
    names = languages()
    language = names[data.ConsumeIntInRange(0, len(names) - 1)]
    title = _text(data, language) if data.ConsumeBool() else ""
    article = Article(id="a", title=title, body=_text(data, language), language=language, published_at=_PUBLISHED)
    found = extract(article)
    known = {claim.claim_id for claim in found.claims}
    for claim in found.claims:
        if not span_holds(claim, article, found.language):
            raise AssertionError(f"span without its number: {claim}")
        if claim.period is not None and claim.period.start >= claim.period.end:
            raise AssertionError(f"a period that ends before it begins: {claim}")
        if claim.part_of is not None and claim.part_of not in known:
            raise AssertionError(f"a part of nothing: {claim}")
    if extract(article) != found:
        raise AssertionError("read again it says something else")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
