"""What a number counts: the noun behind it, before it, or none because the sentence leaves it out."""

from __future__ import annotations

from worker.extract.grammar.units import Units
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.when.moments import TIME_UNITS
from worker.lexicon import Grammar

# Units from a number to the participle before its noun.
_LONGEST_PHRASE = 12
_LONGEST_PARTICIPLE = 7  # units from a participle to the noun that it describes
# What may follow an adjective.
_NOUNS = frozenset(("word", "drone", "person", "unit", "weapon", "nation", "measure", "age", "place", "defence"))
# So many "drone attacks" in one report are drones; fewer are attacks.
_MANY_ATTACKS = 20
# Letters of an abbreviation.
_ABBREVIATION = 4
# Units of a heading between its noun and the dash or colon.
_LONGEST_TITLE = 7


def head_of(sentence: Units, index: int, grammar: Grammar) -> tuple[int | None, str, int | None]:
    """Return (index, kind, measure inside) of what a number counts; kind is none for an ellipsis."""
    inner: int | None = None
    embedded = _embedded(sentence, index) if grammar.capital_nouns else None
    if embedded is not None:
        noun, participle = embedded
        return noun, "decoy" if sentence[noun].value == "decoy" else "drone", participle
    for position in range(index + 1, min(index + 9, len(sentence))):
        unit = sentence[position]
        kind, value = unit.kind, unit.value
        if kind == "attack" and value == "drone" and inner is None:
            many = (sentence[index].number or 0) >= _MANY_ATTACKS
            return position, "drone" if many or _told_of_drones(sentence, index, position) else "other", None
        if kind == "drone" and value == "fpv":
            return position, "other", None  # of the front line: who they hurt counts, how many they are does not
        if kind == "number" and position + 1 < len(sentence) and sentence[position + 1].has("unit", *TIME_UNITS):
            continue  # "a 68 years old woman"
        if kind == "unit" and value in TIME_UNITS and position > index + 1 and sentence[position - 1].kind == "number":
            continue
        if kind == "drone" and _opens_compound(sentence, position):
            return position, "other", None
        if kind == "drone":
            return position, "decoy" if value == "decoy" else "drone", inner
        if kind == "weapon" and value == "mixed":
            return position, "mixed", inner
        if unit.has("unit", "plain") and sentence[index].form in grammar.collectives:
            return position, "person", None  # "троє рятувальників": such numbers count nothing but people
        if kind == "origin" and position == index + 1 and not grammar.capital_nouns:
            sent = _noun_behind(sentence, position)  # "23 launched from there drones"
            if sent is not None and sentence[sent].kind == "drone":
                return sent, "decoy" if sentence[sent].value == "decoy" else "drone", None
        if kind in ("weapon", "unit", "month", "origin") or unit.has("other", "sea", "ground", "frontline"):
            return position, "other", None
        if kind == "defence" and value == "interceptor":
            return position, "other", None  # drones that shoot drones down
        if kind == "defence" and position == index + 1 and _acts(sentence, position):
            break  # "усі сім ППО зняла"
        if kind == "head" or (
            kind == "defence" and inner is None and sentence[position - 1].form not in grammar.stopwords
        ):
            return position, "other", None
        if kind == "person":
            return position, "other" if value == "group" else "person", None
        if kind == "measure":
            if value in CASUALTIES:
                return position, "casualty", None
            if inner is not None or not _inside_noun_phrase(sentence, position, grammar):
                if _describes_thing(sentence, position, grammar):
                    return position + 1, "other", None
                inflected = not grammar.capital_nouns and unit.form.endswith(grammar.adjective_endings)
                described = _noun_behind(sentence, position) if inflected else None
                if described is not None and sentence[described].kind == "weapon":
                    return described, "other", None
                if described is not None:
                    return described, "decoy" if sentence[described].value == "decoy" else "drone", position
                break
            inner = position
            continue
        if kind == "particle" and value == "others":
            break
        if inner is not None and kind in ("part", "relative", "weekday", "month"):
            continue  # "68 shot down overnight drones"
        if unit.has("nation", "RU", "UA") and inner is None and _are_counted(sentence, position):
            return position, "other", None  # "4,500 occupiers"
        if (
            kind in ("nation", "age", "jamming", "number_sign")
            or (kind == "mark" and value == '"')
            or (kind == "particle" and value in ("further", "total", "all", "only"))
        ):
            continue
        if kind == "place" and _describes(sentence, position):
            continue
        if kind == "relative" and unit.form in grammar.genitives:
            continue  # "80 dieser Geschosse"
        if kind == "attack" and position + 1 < len(sentence) and sentence[position + 1].kind == "drone":
            continue
        if unit.has("attack", "noun") and position == index + 1:
            return position, "other", None
        if kind == "mark" and value == "–" and position + 1 < len(sentence) and sentence[position + 1].kind == "drone":
            continue
        if (
            kind == "particle"
            and value == "of"
            and position + 1 < len(sentence)
            and sentence[position + 1].kind in ("drone", "word", "nation", "weapon")
        ):
            continue
        if kind == "word":
            if sentence[position - 1].has("particle", "of"):
                continue
            if unit.form in grammar.stopwords or unit.form.removesuffix("'") in grammar.elided:
                if unit.form in grammar.inner_articles:
                    continue
                break
            if _is_adjective(sentence, position, grammar):
                continue
            if grammar.capital_nouns and not unit.capital:
                if position + 1 < len(sentence) and sentence[position + 1].value.endswith("-adjective"):
                    continue  # "drei mutmaßlich ukrainische Drohnen"
                break  # no noun: what is counted is left out
            if sentence[index].form in grammar.collectives:
                return position, "person", None  # such numbers count nothing but people
            if not grammar.adjective_endings and position < index + 6 and _adjective_of(sentence, position, grammar):
                continue
            return position, "other", None
        break
    return _head_before(sentence, index, inner)


def counts_attacks(sentence: Units, index: int) -> bool:
    """Tell whether a number before "attacks" is not one of drones ("the record of 267 drone attacks")."""
    if any(unit.kind == "drone" for unit in sentence[index + 2 : index + 3]) or _told_of_drones(
        sentence, index, index + 1
    ):
        return False
    return not any(unit.has("status", "record", "past_record") for unit in sentence[max(0, index - 3) : index])


def _told_of_drones(sentence: Units, index: int, attacks: int) -> bool:
    """Tell whether "drone attacks" are the whole of a score, which is told of drones ("elf von 13 … abgewehrt")."""
    behind = sentence[attacks + 1] if attacks + 1 < len(sentence) else None
    scored = index > 1 and sentence[index - 1].has("particle", "of") and sentence[index - 2].kind == "number"
    return scored and behind is not None and behind.has("measure", *DRONE_MEASURES[:4])


def location_at(sentence: Units, head: int) -> int | None:
    """Where a noun for places stands that is counted, behind at most one adjective ("ten different locations")."""
    spots = range(head, min(head + (2 if sentence[head].kind == "word" else 1), len(sentence)))
    return next((spot for spot in spots if sentence[spot].has("unit", "location")), None)


def _acts(sentence: Units, position: int) -> bool:
    """Tell whether an abbreviation, which has no plural, is the subject of the verb behind it."""
    behind = sentence[position + 1] if position + 1 < len(sentence) else None
    return len(sentence[position].form) <= _ABBREVIATION and behind is not None and behind.kind == "measure"


def _opens_compound(sentence: Units, position: int) -> bool:
    """Tell whether a noun lends its end to the next one ("drone- and missile-attacks" in one word each)."""
    behind = sentence[position + 1 : position + 3]
    return (
        len(behind) > 1
        and behind[0].has("mark", "–")
        and behind[0].start == sentence[position].end
        and behind[1].has("particle", "and")
    )


def _are_counted(sentence: Units, position: int) -> bool:
    """Tell whether the people of a nation are what a number counts: no noun follows that is theirs."""
    after = sentence[position + 1] if position + 1 < len(sentence) else None
    staff = sentence.any("other", "frontline") or any(unit.value.endswith("-GS") for unit in sentence.of("claimant"))
    if staff and " " in sentence[position].form and after is not None and after.has("measure", "killed", "injured"):
        return True  # "55 russische Soldaten getötet": an army's losses
    return after is None or after.kind in ("mark", "clause", "preposition") or after.has("particle", "and", "of")


def _adjective_of(sentence: Units, position: int, grammar: Grammar) -> bool:
    """Tell whether only adjectives stand between an unknown word and a drone or person ("30 slow, noisy drones")."""
    for offset, unit in enumerate(sentence[position + 1 : position + 5]):
        if unit.kind in ("drone", "person"):
            return True
        joint = unit.has("mark", ",", "–", '"') or unit.has("particle", "and")
        ahead = sentence[position + offset + 2 : position + offset + 3]
        if joint and any(other.kind == "number" or other.form in grammar.stopwords for other in ahead):
            return False
        if not joint and (
            unit.kind not in ("word", "nation", "age", "place", "attack", "measure") or unit.form in grammar.stopwords
        ):
            return False
    return False


def _is_adjective(sentence: Units, position: int, grammar: Grammar) -> bool:
    """Tell whether a word is an adjective by its ending; one letter tells so only where a noun may follow."""
    unit = sentence[position]
    ending = next((ending for ending in grammar.adjective_endings if unit.form.endswith(ending)), None)
    if ending is None or (grammar.capital_nouns and unit.capital):
        return False
    if len(ending) > 1 or position + 1 == len(sentence):
        return len(ending) > 1
    after = sentence[position + 1]
    return after.kind in _NOUNS or after.has("mark", '"') or after.has("particle", "and")


def _describes(sentence: Units, position: int) -> bool:
    """Tell whether the adjective of a place belongs to the noun that is counted ("three Moscow airports")."""
    place = sentence[position].place
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    return (
        place is not None
        and place.adjective
        and following is not None
        and following.kind in ("unit", "person", "drone", "weapon")
        and not following.has("unit", "region")
    )


def _embedded(sentence: Units, index: int) -> tuple[int, int] | None:
    """Return (noun, participle) of a noun phrase that holds time, place or doer ("80 nachts gestartete Drohnen")."""
    for participle in sentence.positions("measure"):
        if participle <= index + 1 or participle > index + _LONGEST_PHRASE:
            continue
        inside = sentence[index + 1 : participle]
        agent = len(inside) > 1 and inside[0].has("particle", "of") and inside[1].has("nation", "RU", "UA")
        if not (agent or any(unit.kind in ("preposition", "part", "relative") for unit in inside[:1])) or any(
            unit.kind in ("mark", "number", "drone", "person", "clause", "weapon", "unit") and unit.role != "time"
            for unit in inside
        ):
            return None
        for noun in range(participle + 1, min(participle + 3, len(sentence))):
            if sentence[noun].kind == "drone":
                return noun, participle
            if sentence[noun].kind != "nation":
                break
        return None
    return None


def _inside_noun_phrase(sentence: Units, position: int, grammar: Grammar) -> bool:
    """Tell whether a participle stands between number and noun ("232 abgewehrte Drohnen")."""
    for unit in sentence[position + 1 : position + 4]:
        if unit.kind == "drone":
            return True
        if unit.kind in ("mark", "number", "preposition") or unit.form in grammar.stopwords:
            return False
    return False


def _describes_thing(sentence: Units, position: int, grammar: Grammar) -> bool:
    """Tell whether a participle with an ending stands before a noun of something else ("eine zerstörte Fassade")."""
    behind = sentence[position + 1 : position + 3]
    return (
        grammar.capital_nouns
        and len(behind) == 2
        and behind[0].kind in ("word", "unit")
        and behind[0].capital
        and sentence[position].form.endswith(grammar.adjective_endings)
        and (behind[1].kind in ("mark", "preposition", "measure") or behind[1].form in grammar.stopwords)
    )


def _noun_behind(sentence: Units, position: int) -> int | None:
    """Where a weapon or drone stands behind a participle and its doer or place ("две сброшенные армией бомбы")."""
    for other in range(position + 1, min(position + _LONGEST_PARTICIPLE, len(sentence))):
        unit = sentence[other]
        if unit.has("weapon", "mixed") or unit.has("drone", "fpv"):
            return None
        if unit.kind in ("weapon", "drone"):
            return other
        if unit.kind not in ("word", "nation", "claimant", "place", "head", "preposition", "age", "unit"):
            return None
    return None


def _head_before(sentence: Units, index: int, inner: int | None) -> tuple[int | None, str, int | None]:
    """Find the noun before the number ("Drohnen: 45", "дронов было 59")."""
    for position in range(index - 1, max(index - 5, -1), -1):
        unit = sentence[position]
        if unit.has("drone", "fpv"):
            return position, "other", None
        if unit.kind == "drone":
            linked = any(
                other.has("mark", ":", "–") or other.kind == "word" for other in sentence[position + 1 : index]
            )
            return (position, "drone", inner) if linked else (None, "none", inner)
        if unit.has("mark", ":", "–"):
            title = _titled(sentence, position)
            if title is not None:
                return title, "drone", inner
        if unit.has("mark", ":", "–") or unit.kind in ("word", "qualifier"):
            continue
        break
    return None, "none", inner


def _titled(sentence: Units, mark: int) -> int | None:
    """The noun of a heading with a place before a dash ("downed drones over Kursk: 12"), if nothing counts it."""
    for position in range(mark - 1, max(mark - _LONGEST_TITLE, -1), -1):
        unit = sentence[position]
        if unit.kind == "drone":
            before = sentence[max(0, position - 3) : position]
            counted = any(other.kind in ("number", "vague") for other in before)
            return position if position < mark - 1 and not counted else None
        if unit.kind not in ("place", "nation", "preposition", "head"):
            return None
    return None


def stands_for_noun(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether "eine", "one" stands for a drone: before "davon", a verb, a place."""
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    form = sentence[index].form
    if form in grammar.articles and form not in grammar.standing_articles:
        return False
    if index and sentence[index - 1].has("measure", *CASUALTIES):
        return True
    return after is not None and (
        after.has("particle", "part", "further", "each", "of")
        or after.has("preposition", "at")
        or after.kind == "measure"
        or (after.kind == "word" and len(after.form) <= 5)
    )


def exists(sentence: Units, head: int, index: int) -> bool:
    """Tell whether a sentence says how many there were ("of drones there were 59")."""
    return head < index and not any(unit.kind == "mark" for unit in sentence[head:index])


def owned(sentence: Units, index: int, grammar: Grammar) -> bool:
    """Tell whether a drone only describes the noun before it ("the strike of a drone", "debris of a drone")."""
    before = sentence[index - 1] if index else None
    if before is None or grammar.capital_nouns:
        return False
    noun = before.kind == "word" and len(before.form) > 3 and not before.form.endswith(grammar.adjective_endings)
    return before.kind in ("attack", "unit", "weapon") or (noun and not before.capital)


def belongs_to_noun(sentence: Units, index: int, head: int | None, grammar: Grammar) -> bool:
    """Tell whether "of a drone" only describes a noun ("the wreckage of a drone"); a downing "of a drone" is one."""
    if index and grammar.capital_nouns and sentence[index].form in grammar.genitives:
        owner = sentence[index - 1]  # "Trümmer einer abgeschossenen Drohne"
        return owner.kind == "word" and owner.capital
    before = sentence[max(0, index - 2) : index]
    behind = sentence[head + 1] if head is not None and head + 1 < len(sentence) else None
    if behind is not None and behind.has("measure", "hit"):
        return False  # "ein Bus von einer Drohne getroffen": hit by it
    return len(before) == 2 and before[1].has("particle", "of") and before[0].kind in ("word", "attack", "unit")
