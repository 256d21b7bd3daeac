"""What is said not to have happened."""

from __future__ import annotations

from collections.abc import Sequence

from worker.extract.findings import Finding
from worker.extract.grammar.verbs import CASUALTIES
from worker.extract.numbers.refusals import points_elsewhere
from worker.extract.sentence import SentenceReading
from worker.lexicon import Grammar

# Units from "information on" to the casualties it is about.
_ABOUT = 6
# Words between "reports of" and casualties: an article and an adjective.
_DESCRIBED = 2
# Units between casualties and the word that there were none, and from it to the end where who says so stands between.
_NEAR = 7
_TO_END = 4
# Units of a sentence that says nothing but that another one is wrong, and what it does not name.
_SHORT = 7
_OF_ITS_OWN = frozenset(("place", "head", "weapon", "attack", "other"))
_SAYING = frozenset(("number", "vague", "drone", "measure", "person", "claimant"))


def denied(reading: SentenceReading, index: int) -> bool:
    """Tell whether a sentence plainly denies the word at `index` ("no dead"), instead of not reporting it."""
    if not reading.units.any("particle", "no"):
        return False
    own = reading.clauses.of[index]
    before = reading.units[max(0, index - 2) : index]
    if len(before) == 2 and before[0].kind == "report" and before[1].kind == "preposition":
        return False  # "no data about injured people"
    if any(
        position
        and reading.units[position - 1].has("particle", "no")
        and not any(unit.has("particle", "no") for unit in reading.units[position:index])  # "no details, but no dead"
        for position in reading.units.positions("report")
    ):
        return False
    joined = index > 2 and reading.units[index - 1].has("particle", "or")
    if index and reading.units[index - 3 if joined else index - 1].kind == "report":
        return False  # "nobody was reported killed or wounded"
    if any(
        p > index and reading.clauses.of[p] == own
        for p in reading.units.positions("report")
        if reading.units[p].value == "plain"
    ):
        return False  # "no dead were reported"
    if _spoken_about(reading, index):
        return False
    return any(
        reading.units[position].value == "no"
        and not any(unit.kind == "number" for unit in reading.units[position + 1 : position + 2])  # "three, not four"
        and (
            (
                (abs(reading.clauses.of[position] - own) <= 1 or _closes_list(reading, index, position))
                and (abs(position - index) <= _NEAR or _closes_behind_source(reading, index, position))
                and not _denies_another(reading, index, position)
                and not _of_main_clause(reading, index, position)
            )
            or _behind_insertion(reading, index, position)
        )
        for position in reading.units.positions("particle")
    ) and not any(
        reading.units[position].role in ("claim", "")
        and abs(position - index) <= 4
        and reading.clauses.of[position] == own
        for position in reading.units.positions("number", "vague")
    )


def spared(reading: SentenceReading, index: int, grammar: Grammar) -> tuple[str, ...]:
    """Which casualties a sentence plainly says there were none of, by its word at `index`."""
    unit = reading.units[index]
    if points_elsewhere(reading.units):
        return ()
    if unit.kind == "unhurt":
        all_whole = unit.value == "plain" and reading.of_drones and _all_unhurt(reading, index, grammar.plural_endings)
        return ("injured",) if all_whole else ()
    if unit.kind == "measure" and unit.value not in CASUALTIES:
        return ()
    if not denied(reading, index) or _qualified(reading, index, grammar) or _one_came_away(reading, index, grammar):
        return ()
    if _in_no_danger(reading, index):
        return ()
    if unit.form in grammar.fate_of_things and _speaks_of_things(reading, index):
        return ()
    return CASUALTIES if unit.kind == "casualties" else (unit.value,)


def _qualified(reading: SentenceReading, index: int, grammar: Grammar) -> bool:
    """Tell whether only how bad an injury is is denied ("his wounds are not serious")."""
    behind = reading.units[index + 1 : index + 4]
    if len(behind) < 2 or not behind[0].has("particle", "no") or behind[1].kind != "word":
        return False
    ends = len(behind) == 2 or behind[2].kind == "mark" or behind[2].has("particle", "and")
    form = behind[1].form
    return ends and form.endswith(grammar.adjective_endings) and form not in grammar.stopwords


def _in_no_danger(reading: SentenceReading, index: int) -> bool:
    """Tell whether what a clause denies is a danger to the injured ("für die Verletzten keine Lebensgefahr")."""
    own, of = reading.clauses.of[index], reading.clauses.of
    if not any(of[p] == own and reading.units[p].value == "danger" for p in reading.units.positions("other")):
        return False
    if index and reading.units[index - 1].has("particle", "of", "out_of"):
        return True  # "ни у кого из пострадавших нет угрозы жизни"
    return sum(of[p] == own and reading.units[p].value == "no" for p in reading.units.positions("particle")) <= 1


def _one_came_away(reading: SentenceReading, index: int, grammar: Grammar) -> bool:
    """Tell whether only one person is said not to have been hurt ("the driver was not injured")."""
    own, units = reading.clauses.of[index], reading.units
    here = [position for position, of in enumerate(reading.clauses.of) if of == own]
    no = [position for position in here if units[position].has("particle", "no")]
    people = [position for position in here if units[position].kind == "person"]
    if (
        len(no) != 1
        or len(people) != 1
        or people[0] == no[0] + 1
        or any(units[p].has("particle", "only") for p in here)
    ):
        return False
    person = units[people[0]]
    told = units[index].form in grammar.fate_of_one or any(units[p].form in grammar.auxiliaries_of_one for p in here)
    return told and person.value != "group" and not person.form.endswith(grammar.plural_endings)


def _all_unhurt(reading: SentenceReading, index: int, plural_endings: tuple[str, ...]) -> bool:
    """Tell whether the word "unhurt" at `index` is said of everybody: all of them, a crew, people in the plural."""
    own, units = reading.clauses.of[index], reading.units
    near = [unit for position, unit in enumerate(units) if reading.clauses.of[position] == own]
    if any(unit.has("particle", "all") for unit in near):
        return True
    if any(unit.kind in ("number", "vague") and unit.role != "time" for unit in near):
        return False
    people = [unit for unit in near if unit.kind == "person"]
    return any(unit.value == "group" or unit.form.endswith(plural_endings) for unit in people)


def told_ahead(reading: SentenceReading, readings: Sequence[SentenceReading]) -> bool:
    """Tell whether a short denial opens a paragraph whose next sentence is the first about drones ("Nobody was hurt.").

    What names a place, a weapon or another event is not of the drones that come behind it.
    """
    units, number = reading.units, reading.number
    if len(units) > _SHORT or number + 1 >= len(readings) or not units.lack(_OF_ITS_OWN):
        return False
    ahead = readings[number + 1]
    opens = not number or readings[number - 1].paragraph != reading.paragraph or readings[number - 1].heading
    return opens and ahead.about_drones and ahead.paragraph == reading.paragraph


def take_back(findings: Sequence[Finding], reading: SentenceReading) -> None:
    """Deny what the sentence before said, if this one is short and only calls it wrong ("That is a fake.")."""
    units = reading.units
    if len(units) > _SHORT or not units.any("status", "denied") or not units.lack(_SAYING):
        return
    for finding in findings:
        if reading.number - finding.reading.number == 1 and finding.reading.field == reading.field:
            finding.status = "negated"


def _spoken_about(reading: SentenceReading, index: int) -> bool:
    """Tell whether reports about the word are what is missing ("there is no information on dead or injured")."""
    for position in range(index - 1, max(index - _ABOUT, 0), -1):
        unit = reading.units[position]
        if unit.kind in ("mark", "number", "clause"):
            return False
        if reading.units[position - 1].kind != "report":
            continue
        if unit.kind in ("preposition", "bound", "qualifier") or _tells_of(reading, position, index):
            return True
    return False


def _tells_of(reading: SentenceReading, of: int, index: int) -> bool:
    """Tell whether "of" behind a report names the casualties themselves, not who gave it ("Angaben von Rettern")."""
    units = reading.units
    given = any(unit.kind == "preposition" for unit in units[max(0, of - 3) : of - 1])  # "according to reports of"
    if given or not units[of].has("particle", "of"):
        return False
    between = units[of + 1 : index]
    return sum(unit.kind == "word" for unit in between) <= _DESCRIBED and all(
        unit.kind in ("word", "casualties") or unit.has("measure", *CASUALTIES) or unit.has("particle", "or", "and")
        for unit in between
    )


def _behind_insertion(reading: SentenceReading, index: int, position: int) -> bool:
    """Tell whether only an insertion stands between a word and its denial ("injured, he said, there are none")."""
    between = reading.units[index + 1 : position]
    if not between or any(unit.kind != "mark" for unit in reading.units[position + 1 : position + 2]):
        return False
    return (
        len(between) <= 12
        and sum(unit.has("mark", ",") for unit in between) == 2
        and between[-1].has("mark", ",")
        and not any(unit.kind in ("measure", "number", "clause") for unit in between)
    )


def _closes_behind_source(reading: SentenceReading, index: int, position: int) -> bool:
    """Tell whether a denial closes its sentence behind who says so ("dead and injured there were, they say, none")."""
    between = reading.units[index + 1 : max(index + 1, position)]
    said = any(unit.kind == "claimant" or unit.has("preposition", "by") for unit in between)
    said = said and not any(unit.kind in ("attack", "drone", "measure") for unit in between)
    closes = any(unit.kind == "mark" for unit in reading.units[position + 1 : position + 2])
    return said and (closes or position + _TO_END >= len(reading.units))


def _speaks_of_things(reading: SentenceReading, index: int) -> bool:
    """Tell whether houses or other things, not people, are said to be unharmed."""
    if index > 1 and all(unit.has("particle", "no") for unit in reading.units[index - 2 : index]):
        return False  # two words of denial side by side are of people ("в ходе атаки никто не пострадал")
    of, named = reading.clauses.of, reading.units.positions("unit", "person")
    here = {reading.units[p].kind for p in named if of[p] == of[index]}
    speech = reading.units.positions("report", "claimant", "preposition")
    inserted = any(
        of[p] == of[index] - 1 and (reading.units[p].kind != "preposition" or reading.units[p].value == "by")
        for p in speech
    )
    if not here and inserted and not any(of[p] == of[index] - 1 for p in reading.units.positions("measure", "clause")):
        here = {reading.units[p].kind for p in named if of[p] == of[index] - 2}  # before an insertion
    return here == {"unit"}


def _closes_list(reading: SentenceReading, index: int, position: int) -> bool:
    """Tell whether a denial closes a list of what there was none of ("dead, injured, destruction: none")."""
    between = reading.units[index + 1 : position]
    return position > index and all(
        unit.has("mark", ",") or unit.kind in ("casualties", "word", "unit") or unit.has("measure", *CASUALTIES)
        for unit in between
    )


def _denies_another(reading: SentenceReading, index: int, position: int) -> bool:
    """Tell whether a denial in the clause before has its own noun before it ("there are no dead, a man was hurt")."""
    of = reading.clauses.of
    return (
        position < index
        and of[position] < of[index]
        and any(
            of[p] == of[position] and (p < position or _is_helped(reading, index))
            for p in reading.units.positions("measure", "casualties")
        )
    )


def _is_helped(reading: SentenceReading, index: int) -> bool:
    """Tell whether a verb or a noun of care follows: there are some ("no dead, the injured are being treated")."""
    of = reading.clauses.of
    behind = [unit for position, unit in enumerate(reading.units) if position > index and of[position] == of[index]]
    return any(unit.kind == "care" for unit in behind) or sum(unit.kind == "word" for unit in behind) > 1


def _of_main_clause(reading: SentenceReading, index: int, position: int) -> bool:
    """Tell whether a denial is one of reports before a clause ("reports that some were hurt, were not confirmed")."""
    of, units = reading.clauses.of, reading.units
    first = next(p for p, clause in enumerate(of) if clause == of[index])
    opens = any(unit.kind == "clause" for unit in units[first : first + 2])
    report = any(unit.kind == "report" for unit in units[max(0, first - 2) : first])
    apart = any(unit.has("mark", ",") for unit in units[index + 1 : max(index + 1, position)])
    return apart and of[position] > of[index] and opens and report
