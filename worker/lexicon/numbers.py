"""Number words: several in a row make one number, German ones grow together into one word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from worker.lexicon.model import Word


def compound_numbers(exact: Mapping[str, Word]) -> Iterator[tuple[int, str]]:
    """Yield (number, word) for 21 to 999 written as one word, unit before ten: "hundertsiebenundzwanzig"."""
    names: dict[int, str] = {}
    for form, word in exact.items():
        if word.kind == "number":
            names.setdefault(int(word.value), form)
    if 100 not in names:
        return
    below: dict[int, str] = {number: names[number] for number in range(1, 20) if number in names}
    below[1] = "ein"
    for ten in range(20, 100, 10):
        below[ten] = names[ten]
        for unit in range(1, 10):
            below[ten + unit] = f"{below[unit]}und{names[ten]}"
            yield ten + unit, below[ten + unit]
    hundred = names[100]
    for hundreds in range(1, 10):
        for prefix in {below[hundreds], ""} if hundreds == 1 else {below[hundreds]}:
            yield hundreds * 100, prefix + hundred
            for rest, form in below.items():
                for joiner in ("", "und"):
                    yield hundreds * 100 + rest, f"{prefix}{hundred}{joiner}{'eins' if rest == 1 else form}"


def compose(values: Sequence[int]) -> int | None:
    """Return the number that a row of number words says ("two hundred and forty": 2, 100, 40), None if it is not one.

    A smaller number before hundred or thousand multiplies, a smaller one behind adds; everything else is a list.
    """
    total, current, last = 0, 0, 0
    for position, value in enumerate(values):
        if value in (100, 1000) and position and 0 < current < value:
            current *= value
        elif position and (value >= last or last % 10 or (10 <= value < 20 and 10 <= last < 100)):
            return None
        else:
            current += value
        last = value
        if value == 1000:
            total, current = total + current, 0
            last = 1000
    return total + current
