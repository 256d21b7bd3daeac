"""Words that mean one thing or another by what stands beside them: "over 100", "over Kursk", a town named as a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worker.extract.units import Unit

_UNSETTLED = ("qualifier", "vague")
# What "over", "до" may stand before as a word of how much or until when.
_MEASURED = ("number", "vague", "clock", "part", "weekday", "relative")


def settle(result: list[Unit]) -> None:
    """Decide words that depend on their neighbours: "over 100" and "over Kursk"; places that need support."""
    for index, unit in enumerate(result):
        if unit.place is None and unit.kind not in _UNSETTLED:
            continue
        if unit.has("vague", "200") and index and result[index - 1].kind == "qualifier":
            unit.kind, unit.number = "number", 100  # "about a hundred", not "hundreds"
        following = result[index + 1] if index + 1 < len(result) else None
        if unit.kind == "qualifier":
            near = [
                other
                for other in result[index + 1 : index + 4]
                if other.kind in _MEASURED or other.has("particle", "half", "third", "quarter")
            ]
            if not near or (following is not None and following.kind in ("place", "nation") and following.capital):
                unit.kind, unit.value = "preposition", "at"
        elif unit.place is not None and unit.place.needs_head and unit.kind in ("place", "word"):
            before = result[index - 1] if index else None
            named = following is not None and following.kind == "word" and following.capital  # "Vladimir Smirnov"
            supported = any(
                other is not None
                and (
                    other.kind == "head"
                    or (other.kind == "place" and not named)
                    or other.has("preposition", "at", "to")
                )
                for other in (before, following)
            )
            unit.kind = "place" if supported else "word"
            if not supported:
                unit.place = None
