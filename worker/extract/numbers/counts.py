"""Which numbers of a sentence count something of a drone attack, what, and with which verb.

A number is judged by what it counts (its head noun, or none: an ellipsis) and by the nearest verb or noun of its own
clause; clauses are cut at commas, dashes and conjunctions, but not inside a list of places. A number that counts
something else gets the reason as its role.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from worker.extract.grammar import ellipses
from worker.extract.grammar.clauses import Clauses
from worker.extract.grammar.heads import belongs_to_noun, exists, head_of, location_at
from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import (
    CASUALTIES,
    DRONE_MEASURES,
    behind_relative_clause,
    destroys,
    has_its_own_number,
    jammed,
    nearest_attack,
    nearest_verb,
    told_of,
)
from worker.extract.numbers import refusals
from worker.extract.numbers.counted import ALL_BUT, ALL_OF, PLACES_HIT, RESTATED, SPOKEN_OF, SUM, Count
from worker.extract.numbers.fates import lone, suffers
from worker.extract.numbers.people import JOINED
from worker.extract.numbers.quantities import cues, quantity
from worker.extract.numbers.reckoned import RECKONED, count_all_but, line_of_list, none_of, only_named, reckon
from worker.extract.numbers.singles import another, may_be_single, single
from worker.extract.numbers.uncounted import refused_beside, refused_by_noun
from worker.extract.numbers.victims import count_together, count_victims, in_care, of_heading, part_of_people
from worker.extract.numbers.wholes import (
    SO_MANY_OF,
    WHOLE_OF_FATES,
    of_larger,
    opens_with_whole,
    score_of,
    told_behind,
    told_of_whole,
    whole_of,
    whole_of_fates,
)
from worker.extract.when.stretches import SUMS
from worker.lexicon import Grammar

# Rules by which a number is the whole that others are compared with.
_WHOLES = ("number of number", "of number")
# What a count may begin with: numbers, nouns in the singular, shares such as "half".
COUNTABLE = frozenset(("number", "vague", "drone", "person", "particle"))
_BESIDE = 2  # units from a number to a word such as "counted"
_TELLING = 10  # smaller numbers are too common to be taken for one said again

# What happened in the end, told behind a relative clause ("the four drones that flew at the town were downed").
MAIN_VERB = "number+drones+verb behind a relative clause"
_NOTHING_SAID = "drones to which nothing is said to have happened"
_NOTHING_NAMED = "counts nothing that is named"


def counts(
    sentence: Units,
    clauses: Clauses,
    grammar: Grammar,
    *,
    drones: bool,
    casualties: bool,
    earlier: int | None = None,
    listed: str | None = None,
    tried: bool = False,
    left: int | None = None,
) -> list[Count]:
    """Return what the numbers of a sentence count.

    `drones` tells that the text before speaks of drones (so a number may stand without its noun), `casualties` that
    it speaks of an attack with drones and of no other weapon; `earlier` is the last number of drones it counted,
    `left` how many of those launched it has not accounted for, `tried` that the sentence before told of a trial.
    """
    found: list[Count] = []
    retold = refusals.not_told_as_news(sentence, tried=tried)
    if retold is not None:
        for index in sentence.positions("number", "vague"):
            sentence[index].role = sentence[index].role or retold
        return []
    made_or_bought = sentence.any("other", "supply")
    count: Count | str | None
    speaks_of_drones = sentence.any("drone") or sentence.any("attack", "drone")
    for index in sentence.positions(*COUNTABLE):
        unit = sentence[index]
        if unit.kind == "particle":
            if unit.value == "single" or (unit.value == "further" and unit.form.split(" ")[0] in grammar.weak_one):
                count = another(sentence, index, clauses, found, drones=drones and earlier is not None)
            elif unit.value in RECKONED:
                count = reckon(sentence, index, clauses, found, earlier, left if speaks_of_drones or drones else None)
            else:
                continue
        elif (unit.kind == "number" and unit.number is not None and not unit.role) or unit.kind == "vague":
            named = drones or speaks_of_drones
            count = count_all_but(sentence, index, clauses, found, earlier) if named else None
            count = count or _count(sentence, index, clauses, grammar, found, named, casualties, earlier)
        elif unit.role != JOINED and may_be_single(sentence, index, grammar):
            count = single(sentence, index, clauses, grammar, casualties)
        else:
            continue
        if listed is not None and (
            count == _NOTHING_SAID
            or (isinstance(count, Count) and listed != "launched" and only_named(count))
            or (count == _NOTHING_NAMED and ellipses.ends_line(sentence, index))
        ):
            count = line_of_list(sentence, index, grammar, listed)
        if isinstance(count, Count) and count.measure == "launched" and made_or_bought:
            count = "made, bought or practised with, not launched"
        if isinstance(count, Count) and count.measure in DRONE_MEASURES and sentence[index + 1 : index + 2]:
            count = "victims, dead or injured" if sentence[index + 1].kind == "casualties" else count
        if isinstance(count, str):
            unit.role = unit.role or count
        elif count is not None:
            unit.role = unit.role if unit.kind in ("drone", "person", "particle") else "claim"
            found.append(count)
    if casualties:
        found = sorted([*found, *lone(sentence, clauses, grammar, found)], key=attrgetter("index"))
    return found


def _count(
    sentence: Units,
    index: int,
    clauses: Clauses,
    grammar: Grammar,
    before: Sequence[Count],
    drones: bool,
    casualties: bool,
    earlier: int | None,
) -> Count | str | None:
    unit = sentence[index]
    number = unit.amount
    head, kind, inner = head_of(sentence, index, grammar)
    if unit.article and kind == "other" and head is not None and not (drones or casualties):
        return f"counts {sentence[head].form}"  # "a house", whatever stands beside it: most numbers of most texts
    refusal = refused_beside(sentence, index) or refused_by_noun(sentence, index, head, kind, grammar)
    if refusal:
        return refusal
    if kind in ("none", "other") and drones:
        counted, what = of_larger(sentence, index, grammar)
        if counted is not None:
            head, kind, inner = counted, what, None
    spot = location_at(sentence, head) if kind == "other" and head is not None and drones else None
    if spot is not None:
        at = nearest_verb(sentence, index, clauses, ("hit",), same_only=True)
        if at is not None:
            low, high, qualifier = quantity(sentence, index, number)
            return Count(index, low, high, qualifier, spot, PLACES_HIT, at, "number+locations", last=spot)
    if kind == "other" and head is not None and casualties:
        kind = "person" if suffers(sentence, index, head, clauses, grammar) is not None else kind
    if kind == "other":
        return f"counts {sentence[head].form}" if head is not None else "counts something else"
    one = before[-1] if before and before[-1].measure not in ("launched", *CASUALTIES) else None
    whole = one if one is not None and whole_of(sentence, index, one.index, one.low, grammar) else None
    if whole is not None and kind in ("none", "drone", "decoy") and drones:
        low, high, qualifier = quantity(sentence, index, number)
        own = inner if inner is not None else told_behind(sentence, head, clauses)
        told = sentence[own].value if own is not None else "launched"
        return Count(index, low, high, qualifier, head, told, whole.measure_at, "number of number", last=index)
    if kind in ("none", "drone") and drones and opens_with_whole(sentence, index):
        low, high, qualifier = quantity(sentence, index, number)
        verb = told_of_whole(sentence, index, clauses)
        measure = sentence[verb].value if verb is not None else "launched"
        return Count(index, low, high, qualifier, head, measure, verb, "of number", last=head or index)
    part, further, each, rest = cues(sentence, index, head, clauses)
    low, high, qualifier = quantity(sentence, index, number)
    count = Count(
        index,
        low,
        high,
        qualifier,
        head,
        "",
        None,
        "",
        part,
        further,
        each,
        rest,
        last=head if head is not None and head > index else index,
    )
    if kind == "none" and part and part_of_people(sentence, index):
        return "part of the people counted"
    if kind in ("casualty", "person"):
        return count_victims(count, sentence, kind, clauses, grammar, before, casualties=casualties)
    if kind in ("drone", "decoy", "mixed"):
        refusal = refusals.refused_by_clause(sentence, index, clauses)
        if refusal:
            return refusal
        count.weapon = kind
        if none_of(sentence, index) is not None:
            count.measure, count.rule = "launched", "none of them"
            return count
        if unit.article and belongs_to_noun(sentence, index, head, grammar):
            return "only says whose or of what something is"
        spoken_of = unit.article and not (part or further or each or rest)
        if inner is not None and sentence[inner].value == "launched":
            # "All 20 drones launched by Russia were downed" says what happened to them in the end.
            inner = nearest_verb(sentence, index, clauses, DRONE_MEASURES[1:], same_only=True) or inner
        at = inner if inner is not None else nearest_verb(sentence, index, clauses, DRONE_MEASURES)
        nearest = at
        if at is not None and inner is None:
            at = behind_relative_clause(sentence, index, at, clauses)
        if head is not None and exists(sentence, head, index) and (at is None or clauses.of[at] != clauses.of[index]):
            count.measure, count.rule = "launched", "there were"
            return count
        if at is not None and inner is None and has_its_own_number(sentence, index, at, clauses):
            at = None
        if at is None or (clauses.of[at] != clauses.of[index] and inner is None):
            attack = nearest_attack(sentence, index, clauses, same=True, raids=grammar.raids)
            if attack is not None and not spoken_of:
                count.measure, count.measure_at, count.rule = "launched", attack, "attack with number+drones"
                return count
        if at is not None:
            rule = "number+drones+verb" if at == nearest or inner is not None else MAIN_VERB
            count.measure, count.measure_at, count.rule = told_of(sentence, index, low, at, clauses, grammar), at, rule
            if unit.article and not grammar.capital_nouns and destroys(sentence, head, at):
                count.measure = "hit"
            if before and before[-1].rule in (ALL_BUT, ALL_OF, "share") and before[-1].measure_at == at:
                count.measure = "launched"  # the whole, of which a share was shot down
            noun = "" if head is None else sentence[head].value
            if count.measure == "hit" and (noun == "target" or (noun == "anaphor" and at < index)):
                return "what was hit, not what hit"
            if spoken_of and count.measure == "intercepted" and refusals.is_agent(sentence, index, head, at):
                return "what destroyed something else"
            if spoken_of and count.measure == "launched":
                return "a drone is spoken of, not counted"
            return count
        if spoken_of:
            return "a drone is spoken of, not counted"
        if whole_of_fates(sentence, index, head, clauses):
            count.measure, count.rule = "launched", WHOLE_OF_FATES
            return count
        if kind == "mixed" and any(unit.value == "counted" for unit in sentence.of("report")):
            count.measure, count.rule = "launched", "number+drones"
            return count
        if drones and ellipses.of_total(sentence, index):
            count.rule = SUM
            return count
        attack = nearest_attack(sentence, index, clauses, same=False)
        if (
            attack is not None
            or any(
                other.kind in ("part", "relative", "weekday")
                or other.has("status", *SUMS)
                or other.has("report", "counted")
                for other in sentence
            )
            or ellipses.of_one_month(sentence)
            or ellipses.of_date(sentence, index)
        ):
            count.measure, count.measure_at, count.rule = "launched", attack, "number+drones"
            return count
        if sentence.any("status", "record", "past_record", "historic", "now"):
            count.measure, count.rule = "launched", "record of drones"
            return count
        total = any(other.has("particle", "total") for other in sentence[max(0, index - 4) : index])
        if total and earlier is None and not before:
            count.measure, count.rule = "launched", "number+drones"
            return count
        if ellipses.there_were(sentence, index):
            count.measure, count.rule = "launched", "there were"
            return count
        named = head is not None and sentence[head].value not in ("anaphor", "target")
        alone = named and not before and ellipses.names_only(sentence, index)
        if alone and earlier is None:
            count.measure, count.rule = "launched", "number+drones"
            return count
        if drones and (total or ellipses.place_beside(sentence, index) or count.part or count.further):
            count.rule = "as before"
            return count
        if drones and ellipses.says_how_many(sentence, index):
            count.rule = ellipses.GONE_ON
            return count
        if any(other.has("preposition", "about") for other in sentence[max(0, index - 3) : index]):
            reporter = drones and earlier is not None and ellipses.official_speaks(sentence)
            count.measure, count.rule = ("", "as before") if reporter else ("launched", SPOKEN_OF)
            return count
        if alone:
            count.measure, count.rule = "launched", "number+drones"
            return count
        return _NOTHING_SAID
    return _ellipsis(sentence, index, clauses, grammar, before, drones, casualties, count)


def _ellipsis(
    sentence: Units,
    index: int,
    clauses: Clauses,
    grammar: Grammar,
    before: Sequence[Count],
    drones: bool,
    casualties: bool,
    count: Count,
) -> Count | str:
    drones = drones and sentence[index].form not in grammar.collectives
    casualties = casualties and not refusals.of_other_weapon(sentence, index, clauses)
    if drones and score_of(sentence) == index:
        count.measure, count.rule = "intercepted", SO_MANY_OF
        return count
    allowed: tuple[str, ...] = (*(DRONE_MEASURES if drones else ()), *(CASUALTIES if casualties else ()))
    refusal = refusals.refused_by_clause(sentence, index, clauses)
    if refusal:
        return refusal
    at = nearest_verb(sentence, index, clauses, allowed, same_only=True)
    if at is not None:
        count.measure, count.measure_at, count.rule = jammed(sentence, at, clauses), at, "number+verb"
    if (casualties and count_together(count, sentence, clauses, grammar)) or at is not None:
        return count
    if not casualties and ellipses.counts_victims(sentence, index, clauses.of):
        return "victims of something else"
    if (drones or casualties) and ellipses.goes_on(sentence, index) and not ellipses.of_one_place(sentence, index):
        count.rule = ellipses.GONE_ON
        return count
    if drones and index and sentence[index - 1].has("particle", "exist") and ellipses.ends_there(sentence, index):
        count.measure, count.rule = "launched", "there were"
        return count
    heading = of_heading(sentence, index) if casualties and not before else None
    if heading is not None:
        count.measure, count.measure_at, count.rule = sentence[heading].value, heading, "list under a heading"
        return count
    hospital = in_care(count, sentence, clauses, before, casualties=casualties)
    if hospital is not None:
        return hospital
    if drones and any(unit.has("particle", "them") for unit in sentence[max(0, index - 2) : index]):
        told = before[-1].measure if before and before[-1].measure != PLACES_HIT else "launched"
        count.measure, count.rule = told, "there were"
        return count
    # A list goes on with its numbers, not with a sub-type or the whole they were compared with.
    last = next(
        (one for one in reversed(before) if not (one.measure == "launched" and (one.part or one.rule in _WHOLES))),
        None,
    )
    if last is not None and last.measure in DRONE_MEASURES and drones and ellipses.behind_month(sentence, index):
        count.measure, count.measure_at, count.rule = last.measure, last.measure_at, "list"
        return count
    if last is not None and ellipses.continues_list(sentence, index, before[-1].last):
        count.measure, count.measure_at, count.rule = last.measure, last.measure_at, "list"
        return count
    if before and before[-1].measure == PLACES_HIT and count.further:
        count.measure, count.rule = PLACES_HIT, "further locations"
        return count
    counted = [p for p in sentence.positions("report") if sentence[p].value == "counted"]
    if drones and any(index - _BESIDE <= p <= index + _BESIDE and clauses.of[p] == clauses.of[index] for p in counted):
        count.measure, count.rule = "launched", "number+drones"
        return count
    if drones and not count.further and ellipses.lists_other(sentence, index, before[-1].index if before else -1):
        return "goes on with what was counted before it"
    if drones and (
        count.part or count.further or ellipses.place_beside(sentence, index) or ellipses.compares(sentence, index)
    ):
        at = nearest_verb(sentence, index, clauses, DRONE_MEASURES)
        if at is not None and (sentence[at].value != "launched" or at < index):
            count.measure, count.measure_at, count.rule = jammed(sentence, at, clauses), at, "number+place"
        else:
            count.rule = "as before"  # the reader of the paragraph knows what was counted before
        return count
    if drones and (ellipses.of_one_time(sentence, index) or ellipses.of_total(sentence, index)):
        count.rule = "as before"
        return count
    if drones and ellipses.of_one_place(sentence, index):
        count.part, count.rule = True, "as before"
        return count
    telling = drones and not before and count.low >= _TELLING
    if telling and ellipses.reported_then(sentence, index, lambda at: clauses.of[at] == clauses.of[index]):
        count.rule = "as before"
        return count
    if casualties and before and before[-1].measure in CASUALTIES and ellipses.rose_to(sentence, index):
        count.measure, count.rule = before[-1].measure, ellipses.RISEN_TO
        return count
    short = not before and not count.part and not sentence.any("measure")
    if casualties and short and ellipses.place_beside(sentence, index):
        count.rule = "as before"
        return count
    if drones and any(clauses.of[p] == clauses.of[index] for p in counted):
        count.measure, count.rule = "launched", "number+drones"
        return count
    if (
        drones
        and count.low >= _TELLING
        and any(clauses.of[p] == clauses.of[index] for p in sentence.positions("claimant"))
    ):
        count.rule = RESTATED
        return count
    return _NOTHING_NAMED
