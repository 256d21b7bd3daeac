"""Regions of a statement: the whole front is the empty tuple, and two pairs of codes are one place."""

from __future__ import annotations

from typing import Final

Regions = tuple[str, ...]
"""Sorted region codes; empty means the whole front."""

FRONT: Final[Regions] = ()
ELSEWHERE: Final = "?"
"""Stands for all the regions that nobody names: one is enough, since nobody tells them apart."""

# One name in the news, two codes: "the Moscow region" of the Russian ministry, "Kyiv" of an agency.
PAIRS: Final = (frozenset({"RU-MOS", "RU-MOW"}), frozenset({"UA-30", "UA-32"}))


def places(regions: Regions) -> tuple[Regions, ...]:
    """The places that a list of codes names: each code one, but the codes of a pair together one."""
    left = set(regions)
    found: list[Regions] = []
    for pair in PAIRS:
        if pair <= left:
            found.append(tuple(sorted(pair)))
            left -= pair
    return (*found, *((region,) for region in sorted(left)))


def said_regions(claimant: str, regions: tuple[str, ...]) -> Regions:
    """The codes a claimant means.

    The Russian ministry's Moscow region is always oblast and city together; a mayor or governor of one half of such
    a pair, quoted about both, speaks of that half.
    """
    codes = set(regions)
    if codes in PAIRS and claimant.startswith("local:") and claimant[6:] in codes:
        return (claimant[6:],)
    if claimant == "RU-MOD" and "RU-MOS" in codes:
        codes.add("RU-MOW")
    return tuple(sorted(codes))
