"""The slow exact model that the project keeps beside it, if it is there, with what this ledger adds to it.

The model takes articles as they come. The ledger expects misreadings among them (docs/decisions/misread-claims.md);
`Amended` says the same in the model's words, so that all the rest can be compared with it.
"""

from __future__ import annotations

import importlib.util
import itertools
from copy import copy
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import gmpy2
import pytest

PATH = Path(__file__).parents[2].parent / "shared" / "acceptance" / "reference.py"
TELLING = 20


def reference() -> ModuleType:
    """The reference model as a module; skips the test where it is missing."""
    if not PATH.exists():
        pytest.skip("the reference model is not beside this checkout")
    spec = importlib.util.spec_from_file_location("reference_model", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.F = gmpy2.mpq  # type: ignore[attr-defined]  # as exact as Python's fractions, in a third of the time
    amend(module)
    return module


def amend(model: Any) -> None:
    """Put `Amended` in the place of the model's ledger."""
    whole_front = model.ALL
    lead = model.BASIS.index("lead")
    pairs = [tuple(sorted(pair)) for pair in model.ONE_PLACE]

    def military(who: str) -> bool:
        return who != "media" and not who.startswith("local:")

    def unsaid(regions: Any, period: Any) -> Any:
        return SimpleNamespace(measure="launched", regions=regions, period=period)

    def founded(c: Any) -> Any:
        return c.period[0] == c.period[1], c.p[2], c.p[1] - c.p[0], c.p[0], c.p[1]

    def by_day(c: Any) -> bool:
        return bool(c.p[2]) and c.period[1] - c.period[0] > model.LONGEST

    def best_of(chain: list[Any]) -> Any:
        """The best-founded; a day gives way to a night over one of its midnights that is no mere hint."""
        best = min(chain, key=founded)
        nights = [
            c
            for c in chain
            if by_day(best) and not by_day(c) and c.p[2] <= lead and any(c.p[0] < m < c.p[1] for m in best.p[:2])
        ]
        return tuple(min(nights or [best], key=founded).p[:2])

    class Told(model.Claim):  # type: ignore[misc]
        def __init__(self, art: Any, c: Any, zone: Any) -> None:
            super().__init__(art, c, zone)
            self.joined = not c.get("period")  # it has a time only from others

    class Amended(model.Ledger):  # type: ignore[misc]
        def statements(self, family: tuple[str, ...]) -> list[Any]:
            """The model's own statements, read with other periods and regions."""
            super().statements(family)  # aligns the periods: `c.p`
            cs = [c for c in self.claims if c.measure in family and not c.floating and c.q]
            cs = [c for c in cs if not self.subtype(c, cs)]
            self.read_again(cs)
            found: dict[Any, Any] = {}
            cs = self.added_up(cs)
            for c in cs:
                each = [tuple(p) for p in self.places(c.named)] if c.scope == "each" else [c.named]
                for regions in each:
                    s = model.Statement(c, regions, c.rep)
                    s.clock = not c.period[2]
                    if self.echo(c, cs):
                        s.lo -= 1
                    if hasattr(c, "pieces"):
                        s.lo = s.hi = s.point = c.pieces
                        s.at = c.since
                    if c.scope == "rest":
                        others = [x for x in cs if x.parent is c.parent is not None and x.regions != whole_front]
                        s.siblings = tuple(sorted({r for x in others for r in x.regions}))
                    old = found.setdefault((s.slot, s.value), s)
                    old.ids |= s.ids
                    old.outlets |= s.outlets
                    old.at = min(old.at, s.at)
                    old.point = s.point if old.point is None else old.point
                    old.clock |= s.clock
            return list(found.values())

        def echo(self, c: Any, cs: list[Any]) -> bool:
            """Who says "more than 298" where 298 is told exactly repeats that number."""
            return c.q["qualifier"] == "more_than" and any(
                x.number() == c.q["low"] - 1 >= TELLING
                and (x.measure, x.named) == (c.measure, c.named)
                and model.over(x.rep, c.rep)
                for x in cs
            )

        def added_up(self, cs: list[Any]) -> list[Any]:
            """Two numbers that one article gives for one slot are one number in pieces."""
            slots: dict[Any, list[Any]] = {}
            for c in cs:
                drones = c.number() is not None and c.measure in model.DRONES and c.weapon != "decoy"
                if drones and c.scope == "total" and c.named != whole_front and military(c.who):
                    slots.setdefault((c.who, c.measure, tuple(c.named), c.rep), []).append(c)
            for slot in slots.values():
                self.add_up(slot)
            return cs

        def add_up(self, slot: list[Any]) -> None:
            said: dict[str, set[int]] = {}
            for c in slot:
                said.setdefault(c.art, set()).add(c.number())
            parts = {(c.art, c.parent.number()) for c in slot if c.parent in slot}
            free = {c.number() for c in slot}
            first = {n: min((c.at, c.art, c.id) for c in slot if c.number() == n) for n in free}
            for article, numbers in sorted(said.items(), key=lambda a: (-len(a[1]), sorted(first[n] for n in a[1]))):
                if len(numbers) > 1 and numbers <= free and not any(a == article for a, _ in parts):
                    free -= numbers
                    for c in slot:
                        if c.number() in numbers:
                            c.pieces = sum(numbers)
                            c.since = max(first[n] for n in numbers)[0]

        def one_claimant(self, sts: list[Any]) -> Any:
            """As in the model, but a value that only says less does not stand in for one that gives way."""
            slots: dict[Any, list[Any]] = {}
            for s in sts:
                slots.setdefault(s.slot, []).append(s)
            options: list[list[list[Any]]] = []
            for slot in sorted(slots, key=str):
                values = sorted(
                    slots[slot],
                    key=lambda s: (
                        not self.doubtful(s, slots[s.slot]),
                        s.at,
                        s.lo == s.hi,
                        s.lo,
                        s.hi is None,
                        s.hi or 0,
                    ),
                    reverse=True,
                )
                options.append([self.agreeing(values[i:]) for i in range(len(values))] + [[]])
            for defects in range(4):
                good = []
                for combo in itertools.combinations(range(len(options)), defects):
                    for picks in itertools.product(*[range(1, len(options[i])) for i in combo]):
                        choice = dict(zip(combo, picks, strict=True))
                        kept = [s for i, o in enumerate(options) for s in o[choice.get(i, 0)]]
                        if self.feasible(kept):
                            good.append((self.price(options, choice), kept, [options[i][0][0] for i in combo]))
                if good:
                    _, kept, hurt = min(good, key=lambda g: g[0])
                    for h in hurt:
                        self.conflicts |= h.ids
                    return kept
            raise RuntimeError("more than three contradictions in one claimant's statements")

        def doubtful(self, s: Any, values: list[Any]) -> bool:
            """One outlet's lower number beside several's, or one that only stands beside another in its texts."""
            if s.point is None:
                return False
            exact = [v for v in values if v.lo == v.hi]
            final = military(s.who) and s.measure in model.DRONES
            higher = [v for v in exact if v.lo > s.point or (final and v.lo != s.point)]
            lone = len(s.outlets) == 1 and any(len(v.outlets) >= 3 for v in higher)
            return (
                lone
                or (final and s.lo != s.hi and bool(exact))
                or any(
                    s.lo == s.hi
                    and all(v.lo in self.beside(c) for c in self.carriers(s))
                    and any(s.lo not in self.beside(c) for c in self.carriers(v))
                    for v in exact
                )
            )

        def carriers(self, s: Any) -> list[Any]:
            return [c for c in self.claims if c.id in s.ids]

        def beside(self, c: Any) -> set[int]:
            """The other numbers that the same text gives for the whole front and the same hours."""

            def alone(x: Any) -> bool:
                plain = x.regions == whole_front and x.number() is not None and x.part_of is None
                return plain and x.measure in model.DRONES and not x.joined

            same = [
                x.number()
                for x in self.claims
                if alone(x)
                and (x.art, x.who, x.measure, x.weapon) == (c.art, c.who, c.measure, c.weapon)
                and x.period[:2] == c.period[:2]
                and x.status != "historic"
            ]
            return {*same} - {c.number()} if alone(c) and c.status != "historic" else set()

        def agreeing(self, values: list[Any]) -> list[Any]:
            kept, low, high = [values[0]], values[0].lo, values[0].hi
            for s in values[1:]:
                both = min((x for x in (high, s.hi) if x is not None), default=None)
                if both is None or max(low, s.lo) <= both:
                    kept.append(s)
                    low, high = max(low, s.lo), both
            return kept

        def price(self, options: list[list[list[Any]]], choice: dict[int, int]) -> Any:
            hurt = [options[i][0][0] for i in choice]
            gone = sum(
                not options[i][k] or any(options[i][k][0] is s for s in options[i][0]) for i, k in choice.items()
            )
            sizes = sorted(-h.size for h in hurt)
            return (
                gone,
                sizes,
                sum(len(h.outlets) for h in hurt),
                sorted(h.at for h in hurt),
                str([h.slot for h in hurt]),
                sum(not options[i][k] for i, k in choice.items()),
            )

        def quoted(self, m: str, g: Any, mine: list[Any], who: str) -> Any:
            exact = [s for s in mine if s.point is not None and s.lo == s.hi]
            said = [s for s in mine if not any(self.covers(e, s) for e in exact)]
            inside = self.inside_totals(said)
            self.quoting = m, inside if self.world(inside, points=True).ok else said
            return super().quoted(m, g, self.quoting[1], who)

        def inside_totals(self, said: list[Any]) -> list[Any]:
            """Vague figures of regions as parts of the one total of the front that their hours touch."""
            found, shot = [], ("intercepted", "suppressed")
            for s in said:
                totals = {
                    t.period
                    for t in said
                    if t.regions == whole_front != s.regions
                    and (t.measure == s.measure or (t.measure == "neutralised" and s.measure in shot))
                    and t.slot[2] == s.slot[2]
                    and s.lo <= t.lo == t.hi
                    and model.over(t.period, s.period)
                }
                within = any(
                    (o.measure, o.regions, o.slot[2]) == (s.measure, s.regions, s.slot[2])
                    and o.period != s.period
                    and model.inside(o.period, s.period)
                    for o in said
                )
                moves = not s.clock and len(totals) == 1 and not within and not model.inside(s.period, *totals)
                found.append(s)
                if moves:
                    found[-1] = copy(s)
                    (found[-1].period,) = totals
            return found

        def rows(self, sts: list[Any], points: bool = False, closed: Any = ()) -> Any:
            """A military's launches in hours in which it only intercepts; a total closes only what it counts."""
            stated: list[Any] = vars(self)["sts"]
            spoken = [s.period for s in stated if s.measure == "launched"]
            if spoken:
                counted = [s for s in stated if s.measure in model.DRONES and military(s.who)]
                cuts = sorted({t for s in stated for t in s.period})
                self.sts = stated + [
                    unsaid(s.regions, a)
                    for a in itertools.pairwise(cuts)
                    for s in counted
                    if model.inside(a, s.period) and not any(model.inside(a, p) for p in spoken)
                ]
            found = super().rows(sts, points)
            self.sts = stated
            if isinstance(closed, list):
                m, mine = self.quoting
                shot = ("intercepted", "suppressed")
                counts = {
                    "neutralised": (*shot, m),
                    "intercepted": (m, "neutralised"),
                    "suppressed": (m, "neutralised"),
                }
                totals = [s.period for s in mine if s.regions == whole_front and s.measure in counts.get(m, (m,))]
                for a in self.slices:
                    if not any(model.inside(a, p) for p in totals):
                        for part in shot if m == "neutralised" else (m,):
                            nothing = self.sum(part, ("?",), a)
                            found += [(nothing, 0, 0)] if nothing else []
            return found

        def covers(self, e: Any, s: Any) -> bool:
            if e.slot[:5] != s.slot[:5] or not model.over(e.period, s.period):
                return False
            if s.lo != s.hi:
                return bool(s.lo <= e.lo and (s.hi is None or e.lo <= s.hi))
            nested = model.inside(s.period, e.period) or model.inside(e.period, s.period)
            return not nested and not s.clock and s.lo < e.lo

        def subtype(self, c: Any, cs: list[Any]) -> bool:
            p = c.parent
            return (
                p is not None and p.measure == c.measure and p in cs and p.regions == c.regions and p.p[:2] == c.p[:2]
            )

        def read_again(self, cs: list[Any]) -> None:
            for c in cs:
                c.named = c.regions
            for c, x in itertools.product(cs, cs):
                telling = (x.number() or 0) >= TELLING and x.regions in pairs and x.number() == c.number()
                same = (x.who, x.measure, x.weapon) == (c.who, c.measure, c.weapon) and not c.who.startswith("local:")
                if telling and same and len(c.regions) == 1 and c.regions[0] in x.regions and model.over(x.p, c.p):
                    c.named = x.regions
            for c in cs:
                c.like, c.rep = [c], tuple(c.p[:2])
            groups: dict[Any, list[Any]] = {}
            for c in cs:
                if c.number() is not None:
                    groups.setdefault((c.who, c.measure, c.named, c.scope, c.weapon, c.number()), []).append(c)
            for group in groups.values():
                for chain in self.chains(group):
                    rep = best_of(chain)
                    for c in chain:
                        c.like, c.rep = chain, rep
            for c in cs:
                c.bound = False
                about = c.q["qualifier"] == "about" and c.q["low"] == c.q["high"]
                bound = c.q["low"] != c.q["high"] and c.measure in model.DRONES
                if c.period[2] and c.q["low"] >= TELLING and (about or bound):
                    low, high = c.q["low"] * 9 // 10, -(-c.q["low"] * 11 // 10)
                    if bound:
                        low = c.q["low"] - (c.q["qualifier"] == "more_than")
                        high = min(high, c.q["high"] or high)
                    near = [
                        (abs(x.number() - c.q["low"]), x.rep)
                        for x in cs
                        if x.number() is not None
                        and low <= x.number() <= high
                        and (about or x.period[2])
                        and (x.who, x.measure, x.named, x.scope, x.weapon)
                        == (c.who, c.measure, c.named, c.scope, c.weapon)
                        and model.over(x.p, c.p)
                    ]
                    if near:
                        c.rep, c.bound = min(near)[1], bound
            targets: dict[Any, set[Any]] = {}
            for c in cs:
                if c.regions == whole_front and c.p[2] and not c.bound:
                    targets.setdefault((c.who, c.p[:2]), set()).add(c.rep)
            follow = {c.id: targets.get((c.who, c.rep), set()) for c in cs if all(x.p[2] for x in c.like)}
            for c in cs:
                if len(follow.get(c.id, ())) == 1:
                    (c.rep,) = follow[c.id]
            done: set[str] = set()
            for c in sorted(cs, key=lambda c: (self.depth(c), c.at, c.id)):
                if c.id not in done and c.parent in cs and c.parent.p[:2] == c.p[:2]:
                    for x in c.like:
                        x.rep = c.parent.rep
                        done.add(x.id)
            self.part_what_follows([c for c in cs if c.measure in model.DRONES])

        def part_what_follows(self, cs: list[Any]) -> None:
            told: dict[Any, list[Any]] = {}
            for c in cs:
                told.setdefault((c.who, c.rep), []).append(c)
            clock = {key for key, group in told.items() if not all(c.period[2] for c in group)}
            for who, early in sorted(told.keys() - clock):
                for other, late in sorted(told.keys() - clock):
                    known = (who, early) in told and (other, late) in told
                    if known and other == who and self.after(early, late) and self.corrected(told, who, early, late):
                        told[who, early] += told.pop((other, late))
            ends = {}
            for (who, (start, end)), group in told.items():
                if (who, (start, end)) not in clock:
                    first = min(c.at for c in group)
                    cuts = [end]
                    for other, (a, b) in told:
                        if other != who or not start < a < end:
                            continue
                        if (other, (a, b)) in clock:
                            window = told[other, (a, b)]
                            more = end - a <= model.VAGUE and (self.more(window, group) or self.full(window, group))
                            cuts += [a] if more or (a < first <= b and b - a <= model.VAGUE) else []
                        else:
                            cuts += [a] if self.after((start, end), (a, b)) else []
                    for c in group:
                        ends[c.id] = (start, min(cuts))
            for c in cs:
                c.rep = ends.get(c.id, c.rep)

        def after(self, one: Any, other: Any) -> bool:
            return bool(one[0] < other[0] < one[1] < other[1] and one[1] - other[0] <= model.VAGUE)

        def corrected(self, told: Any, who: str, early: Any, late: Any) -> bool:
            """Two totals of the front of 20 and more that differ by a tenth at most."""
            return any(
                c.regions == x.regions == whole_front
                and c.measure == x.measure
                and c.weapon != "decoy" != x.weapon
                and min(c.number() or 0, x.number() or 0) >= TELLING
                and 10 * abs(c.number() - x.number()) <= max(c.number(), x.number())
                for c in told[who, early]
                for x in told[who, late]
            )

        def more(self, window: list[Any], night: list[Any]) -> bool:
            """Some region has more in a window than in the night around it, but not the whole front."""
            inner, outer = self.counted(window), self.counted(night)
            places = {key[1] for key in inner.keys() & outer.keys() if min(inner[key]) > max(outer[key])}
            return bool(places) and whole_front not in places

        def full(self, window: list[Any], night: list[Any]) -> bool:
            """The night's list leaves no room in its total for regions that only the window names."""
            inner, outer = self.counted(window), self.counted(night)
            for measure in {m for m, place in outer if place == whole_front}:
                listed = sum(max(n) for (m, place), n in outer.items() if m == measure and len(place) == 1)
                others = [key for key in inner.keys() - outer.keys() if key[0] == measure and len(key[1]) == 1]
                beyond = sum(min(inner[key]) for key in others)
                if beyond and listed <= max(outer[measure, whole_front]) < listed + beyond:
                    return True
            return False

        def counted(self, cs: list[Any]) -> dict[Any, list[int]]:
            found: dict[Any, list[int]] = {}
            for c in cs:
                if c.number() is not None and c.weapon != "decoy" and c.scope != "rest":
                    for place in [tuple(p) for p in self.places(c.regions)] if c.scope == "each" else [c.regions]:
                        found.setdefault((c.measure, place), []).append(c.number())
            return found

        def depth(self, c: Any) -> int:
            return 0 if c.parent is None else 1 + self.depth(c.parent)

        def too_early(self, group: list[Any]) -> set[Any]:
            """The vague periods of a count of drones that was told before each short window with it was over."""
            windows = {c.p[:2] for c in group if not c.p[2]}
            told = {p: min(c.at for c in group if c.p[2] and c.p[:2] == p) for p in {c.p[:2] for c in group if c.p[2]}}
            return {
                p
                for p, at in told.items()
                if group[0].measure in model.DRONES
                and windows
                and all(p[0] < a < min(p[1], at) and at <= b <= a + model.VAGUE for a, b in windows)
            }

        def chains(self, group: list[Any]) -> list[list[Any]]:
            found: list[list[Any]] = []
            sooner = self.too_early(group) if group[0].number() < TELLING else set()
            if sooner:
                late = [c for c in group if c.p[:2] not in sooner or not c.p[2]]
                return self.chains(late) + self.chains([c for c in group if c not in late])
            for c in sorted(group, key=lambda c: c.p[:2]):
                if found and any(model.over(c.p, x.p) for x in found[-1]):
                    found[-1].append(c)
                else:
                    found.append([c])
            if len(found) == 1 or group[0].number() < TELLING:
                return found
            clocked = [chain for chain in found if any(not c.p[2] for c in chain)]
            vague = [chain for chain in found if chain not in clocked]
            if not clocked:
                return [group]
            early: list[list[Any]] = []
            for chain in vague:
                a = chain[0].p

                def gap(other: list[Any], a: Any = a) -> Any:
                    b = other[0].p
                    return max(a[0] - b[1], b[0] - a[1]), b[:2]

                told = min(c.at for c in chain)
                begun = [other for other in clocked if other[0].p[0] < told]
                if begun:
                    min(begun, key=gap).extend(chain)
                else:
                    early.append(chain)
            return clocked + early

    usable = model.usable

    def meant_within(c: Any) -> None:
        """A part that was read with vaguer hours, reaching beyond its whole, has those of its whole."""
        whole = None if vars(c).get("settled") else c.parent
        c.settled = True
        if whole is None:
            return
        meant_within(whole)
        if (
            c.period
            and whole.period
            and (c.measure, c.who, c.status) == (whole.measure, whole.who, whole.status)
            and whole.period[0] <= c.period[0] < whole.period[1] < c.period[1]
            and 0 < whole.period[2] <= c.period[2]
            and (whole.period[2] < c.period[2] or whole.period[1] - whole.period[0] < c.period[1] - c.period[0])
        ):
            c.period = whole.period

    def usable_as_meant(c: Any) -> Any:
        meant_within(c)
        return usable(c)

    home = model.home

    def own_day(c: Any, placed: list[Any]) -> Any:
        """What the clock dates is not known to lie inside hours that nobody gives."""
        return home(c, [t for t in placed if not t.period[2] or c.period[2]])

    model.Claim = Told
    model.Ledger = Amended
    model.home = own_day
    model.usable = usable_as_meant
