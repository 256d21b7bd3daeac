"""What a language folder may say: the closed list of word kinds, and the lexicon built from them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

# kind → the values it may have. A folder that uses anything else is refused, so a typing error cannot silence words.
KINDS: Mapping[str, frozenset[str]] = {
    kind: frozenset(values.split())
    for kind, values in {
        # what is counted
        "drone": "plain RU UA decoy anaphor target fpv",
        # ("fire": shelling, by a weapon that is not said)
        "weapon": "missile bomb artillery fire accident mixed",
        "person": "plain child group pair",
        # ("oclock": hours, or the hour of the day, as the words around tell)
        # ("street": an adjective of a place beside it is its name; "district": several of them)
        "unit": "plain location region district street time hours oclock day long country fleet",
        # what happened to it
        "measure": "launched intercepted suppressed neutralised hit killed injured",
        "attack": "noun verb drone",
        "jamming": "plain",
        # hospital and doctors: who needs them was injured
        "care": "plain",
        # said of people who came away whole
        "unhurt": "plain moved",
        # how much
        "qualifier": "at_least more_than up_to about",
        "vague": "2 12 24 200 2000",
        # ("out_of": "of" before a total, else a preposition of place ("41 sur 52", "sur Kiev");
        # "among": before one of several that are not all named ("over Moscow, among others");
        # "single": one of several, "the second", "the last one"; "as_many": the number before, once more)
        "particle": "of out_of each all and or part further others rest single total no none both there half third "
        "respectively quarter but only then them this were exist aged among as_many",
        # who and where
        # ("abroad": a country at war elsewhere whose drones fly here too)
        # ("object": a case in which a country is only attacked)
        "nation": "RU UA RU-adjective UA-adjective RU-genitive UA-genitive RU-object UA-object "
        "enemy own elsewhere abroad",
        "defence": "plain interceptor",
        "claimant": "RU-MOD RU-army RU-military UA-military UA-AF UA-GS UA-SES UA-SBU UA-PRES UA-MOD MOD local held "
        "media",
        "preposition": "at to from by about",
        "head": "region city sea district capital capital_region peninsula",
        "origin": "plain",
        "clause": "plain but",
        # when
        "month": " ".join(str(number) for number in range(1, 13)),
        "weekday": " ".join(str(number) for number in range(7)),
        "part": "night night_of that_night evening morning early noon afternoon day midnight daytime",
        "relative": "today yesterday day_before last this next two_days_ago",
        "bound": "from until since at on within between",
        "zone": "moscow kyiv utc",
        "meridiem": "am pm oclock",
        # what status it has
        # ("earlier": said before, which still holds unless the same text says more; "grown": what a number rose to;
        # "cumulative": a sum over a time that is not told exactly, those behind it say over which; "until_now" is
        # of one attack or of a long time ("so far"); "present" comes back from the past, "compared" opens a comparison,
        # "recalled" what was told before; "excluded": not the cause; "once" is of the past where no day is told)
        "status": "record past_record historic once earlier grown planned now denied excluded present compared "
        "recalled cumulative until_now this_day this_week past_week last_week this_month past_month last_month "
        "this_year past_year last_year war",
        # dead and injured in one word; what is only "not reported"; what was counted, whatever became of it
        "casualties": "plain",
        "report": "plain counted account",
        # phrases whose words mean something else elsewhere ("came down", "sent home")
        "idle": "plain",
        # numbers that count something else
        # ("rate": so many a day, right behind what is counted; "civil": what drones do that are no weapons)
        # ("pointer": the words before the title of another report, "read also")
        # ("stock": what somebody has in store; "supply" is of the whole sentence, this one of its clause)
        # ("danger": what those who were hurt are not in, or undergo)
        "other": "supply stock frontline losses sea ground place away exercise court average rate civil pointer danger",
    }.items()
}
# Words for numbers; `round` ones say only about how many ("una treintena").
KINDS = {**KINDS, "number": frozenset(), "round": frozenset()}


_MEMO_LIMIT = 50_000
# Longer forms are not remembered: they are rare, or made to fill the memory.
_LONGEST_REMEMBERED = 40
# Longer words are not taken apart.
_LONGEST_COMPOUND = 80
# Second words remembered with one first word: enough for all their endings.
_MOST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Word:
    """What a word or phrase means: a kind of `KINDS` and one of its values; numbers have their value as digits."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several words with one meaning; a pattern ends in `*` for a stem; after a gap other words may stand between."""

    patterns: tuple[str, ...]
    word: Word
    gapped: bool = False

    @property
    def rest(self) -> tuple[str, ...]:
        """The patterns behind the first, by which the phrase was found."""
        return self.patterns[1:]

    def may_go_on(self, second: str) -> bool:
        """Tell whether a form is the second word of the phrase."""
        pattern = self.patterns[1]
        return second.startswith(pattern[:-1]) if pattern[-1] == "*" else second == pattern


@dataclass(frozen=True, slots=True)
class Entry:
    """All the lexicon knows about one form.

    `compound` is the length of the first part of a word grown together, and what both parts mean ("Drohnen|abschuss").
    `gapped` are the phrases with a gap, `phrases` those without, the longest first; `seconds` are their second words
    with the phrases that go on so (those met are remembered), `second_stems` what other second words begin with.
    `alone` tells that no place, number or gapped phrase begins with the form, so that only the next word can change
    its meaning: then `kind` and `value` say what a unit is.
    """

    word: Word | None
    phrases: tuple[Phrase, ...]
    gapped: tuple[Phrase, ...]
    seconds: dict[str, tuple[Phrase, ...]]
    second_stems: tuple[str, ...]
    place: Place | None
    places: tuple[tuple[tuple[str, ...], Place], ...]
    alone: bool
    kind: str = "word"
    value: str = ""
    compound: tuple[int, Word, Word] | None = None

    def going_on(self, second: str) -> tuple[Phrase, ...]:
        """Return the phrases without gap that may go on with this form."""
        found = self.seconds.get(second)
        if found is None:
            if not second.startswith(self.second_stems):
                return ()
            found = tuple(phrase for phrase in self.phrases if phrase.may_go_on(second))
            if len(second) <= _LONGEST_REMEMBERED and len(self.seconds) < _MOST_SECONDS:
                self.seconds[second] = found
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """A place name in one form: codes when it stands alone, and together with a word such as "region".

    `small` adjectives are written without a capital ("obwód kurski") and need their head word; a `held` name is used
    by those who hold the place ("DPR"), a `taken` town lies behind the Russian lines ("Melitopol").
    """

    alone: tuple[str, ...]
    region: tuple[str, ...]
    adjective: bool
    needs_head: bool
    government: bool
    region_only: bool
    small: bool = False
    held: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """The few habits of a language that are not words."""

    letters: frozenset[str]
    stopwords: frozenset[str]
    foreign_letters: frozenset[str]
    foreign_words: frozenset[str]
    abbreviations: frozenset[str]
    ordinals: frozenset[str]
    adjective_endings: tuple[str, ...]
    singular_heads: frozenset[str]
    singular_verbs: frozenset[str]
    weak_one: frozenset[str]
    collectives: frozenset[str]
    compounds: bool
    tens_and_units: bool
    capital_nouns: bool
    articles: frozenset[str]
    standing_articles: frozenset[str]
    genitives: frozenset[str]
    inner_articles: frozenset[str]
    of_is_from: bool
    optional_marks: str
    home: str | None
    # Short words that are written together with the next one by an apostrophe ("l'Ukraine"): "l".
    elided: frozenset[str] = frozenset()
    # What verbs say of whom: forms that tell of one dead or injured subject, or of several, by themselves ("died");
    # participles that do so with an auxiliary ("was killed"); forms that tell it of their object ("killed a …").
    fate_of_one: frozenset[str] = frozenset()
    fate_of_many: frozenset[str] = frozenset()
    fate_participles: frozenset[str] = frozenset()
    fate_of_object: frozenset[str] = frozenset()
    # Verbs that bear whatever injury they name ("suffered burns"), words before a noun spoken of ("the", "his").
    bearing_verbs: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    plural_determiners: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    # Nouns for one dead or injured ("загиблий"), pronouns for one person.
    fate_nouns: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    auxiliaries_of_one: frozenset[str] = frozenset()
    auxiliaries_of_many: frozenset[str] = frozenset()
    # Endings of one animate object; there is no article, so the form of a noun tells how many there are.
    object_endings: tuple[str, ...] = ()
    # Endings of nouns for several people, where verbs do not tell, and of nouns for one that end like them.
    plural_endings: tuple[str, ...] = ()
    singular_endings: tuple[str, ...] = ()
    # Beginnings of words for badly hurt people: some of the injured.
    badly: tuple[str, ...] = ()
    # Beginnings of nouns for an amount, behind which a drone that has no plural of its own is many.
    amounts: tuple[str, ...] = ()
    # Nouns for what was done to a drone, which are about others as well ("the destruction of").
    deeds: frozenset[str] = frozenset()
    # What tells, before a day, that it was its beginning or its end ("early on Tuesday", "late Tuesday").
    early_on: frozenset[str] = frozenset()
    late_on: frozenset[str] = frozenset()
    # Verbs that are said of houses as well as of people ("suffered").
    fate_of_things: frozenset[str] = frozenset()
    # Endings by which any name of a place says whose something is ("Odesa's port").
    name_endings: tuple[str, ...] = ()
    # Letters that a part of those who write the language spell in another way, and how ("ß", "ss").
    respelled: tuple[tuple[str, str], ...] = ()
    # Auxiliaries and endings of participles by which an attack is done to its subject ("was attacked").
    passives: frozenset[str] = frozenset()
    passive_endings: tuple[str, ...] = ()
    # Beginnings of those "launched" verbs that a country can suffer ("was targeted"); the others send something.
    befalling: tuple[str, ...] = ()
    # Endings of verbs of attack in the plural, of which one town cannot be the subject.
    plural_verbs: tuple[str, ...] = ()
    # Verbs in the singular by which somebody strikes with several drones, or one drone hits ("ударил 12 дронами").
    strikes: frozenset[str] = frozenset()
    # What makes a participle behind such an auxiliary active ("was said to have attacked").
    active_marks: frozenset[str] = frozenset()
    # Endings of names of those by whom something is done ("Росією").
    agent_endings: tuple[str, ...] = ()
    # Words for "with" behind a person, and endings of the one who was with him ("бабушка с внуком").
    along: frozenset[str] = frozenset()
    # Verbs without a subject that say what befell somebody ("убило", "поранило").
    befell: frozenset[str] = frozenset()
    along_endings: tuple[str, ...] = ()
    # Auxiliaries of a verb that ends its clause behind its object ("hat … die Ukraine angegriffen").
    perfects: frozenset[str] = frozenset()
    # Forms of nouns of attack that are counted themselves too; before a number of drones they say that these flew.
    raids: frozenset[str] = frozenset()
    # Beginnings of ordinals from the fourth up, in order, and their endings in the singular: which one of a row a drone
    # is. "A second" is just another one.
    fourth_and_on: tuple[str, ...] = ()
    ordinal_endings: tuple[str, ...] = ()
    # Words for "every", before which an ordinal makes a share ("every fifth drone").
    every: frozenset[str] = frozenset()
    # Days of the month as ordinals in words, in order from the first, each with its forms; "" where two words say it.
    days: tuple[str, ...] = ()
    # Prepositions by which something is just outside a city, not in it ("під Києвом").
    near: frozenset[str] = frozenset()
    # Nouns for what falls down of a drone ("debris").
    wreckage: frozenset[str] = frozenset()


@dataclass(slots=True)
class Lexicon:
    """One language: words, places, grammar. Looking a form up is memoised (bounded) and changes nothing else.

    All forms are without the optional marks of the language; `marked` holds those entries that were written with any.
    `memo` holds what was looked up, for those who look up so much that a call is too dear.
    """

    language: str
    grammar: Grammar
    exact: Mapping[str, Word]
    stems: Mapping[str, Word]
    endings: Mapping[str, Word]
    phrases: Mapping[str, tuple[Phrase, ...]]
    stem_phrases: Mapping[str, tuple[Phrase, ...]]
    places: Mapping[str, Place]
    place_phrases: Mapping[str, tuple[tuple[tuple[str, ...], Place], ...]]
    months: frozenset[str]
    openers: frozenset[str]
    marked: Mapping[str, Word]
    memo: dict[str, Entry] = field(default_factory=dict, repr=False)
    _plain: dict[str, str] = field(default_factory=dict, repr=False)

    def plain(self, form: str) -> str:
        """Return a form without the optional marks of the language; memoised like entries."""
        found = self._plain.get(form)
        if found is None:
            found = bare(form, self.grammar.optional_marks)
            if len(form) <= _LONGEST_REMEMBERED:
                if len(self._plain) >= _MEMO_LIMIT:
                    self._plain.clear()
                self._plain[form] = found
        return found

    def entry(self, form: str) -> Entry:
        """Return what is known about a folded form: exact before the longest stem before the longest ending."""
        found = self.memo.get(form)
        if found is None:
            found = self._look_up(form)
            if len(form) <= _LONGEST_REMEMBERED:
                if len(self.memo) >= _MEMO_LIMIT:
                    self.memo.clear()
                self.memo[form] = found
        return found

    def _look_up(self, form: str) -> Entry:
        word = self.exact.get(form)
        phrases = list(self.phrases.get(form, ()))
        longest = min(len(form), 40)
        for length in range(longest, 1, -1):
            stem = form[:length]
            if word is None:
                word = self.stems.get(stem)
            phrases.extend(self.stem_phrases.get(stem, ()))
        compound = self._compound(form) if word is None and self.grammar.compounds else None
        if word is None and compound is None:
            for length in range(longest, 2, -1):
                word = self.endings.get(form[-length:])
                if word is not None:
                    break
        place, places = self.places.get(form), self.place_phrases.get(form, ())
        if word is None and "-" in form:
            word = self._hyphenated(form)
        phrases.sort(key=lambda phrase: -len(phrase.patterns))
        number = "-" in form or (word is not None and word.kind in ("number", "round"))
        alone = not (compound or place or places or number or any(phrase.gapped for phrase in phrases))
        whole = tuple(phrase for phrase in phrases if not phrase.gapped)
        gapped = tuple(phrase for phrase in phrases if phrase.gapped)
        forms = {phrase.patterns[1] for phrase in whole}
        stems = tuple(pattern[:-1] for pattern in forms if pattern.endswith("*"))
        seconds = {second: tuple(phrase for phrase in whole if phrase.may_go_on(second)) for second in forms}
        kind, value = (word.kind, word.value) if word is not None else ("word", "")
        return Entry(word, whole, gapped, seconds, stems, place, places, alone, kind, value, compound)

    def _compound(self, form: str) -> tuple[int, Word, Word] | None:
        """A noun grown together with a drone before it counts drones and says what happened to them."""
        if len(form) > _LONGEST_COMPOUND:
            return None  # each part may be a compound again: a made-up chain would never end
        for length in range(5, len(form) - 3):
            first = self.exact.get(form[:length])
            if first is None or first.kind != "drone":
                continue
            second = self.entry(form[length:]).word
            if second is not None and second.kind in ("measure", "casualties"):
                return length, first, second
        return None

    def _hyphenated(self, form: str) -> Word | None:
        """A hyphenated word means what its last part, else its first, means ("Kamikaze-Drohnen", "дрон-камікадзе")."""
        parts = [part for part in form.split("-") if part]
        for part in (parts[-1:] + parts[:1]) if len(parts) > 1 else ():
            word = self.entry(part).word
            if word is not None and word.kind in ("drone", "weapon", "measure", "attack", "person", "nation"):
                return word
        return None


def bare(form: str, marks: str) -> str:
    """Return a form without the marks that writers of its language may leave out ("Járkov" as "Jarkov")."""
    if not marks or form.isascii():
        return form
    letters = unicodedata.normalize("NFD", form)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in marks))


def parted(entry: str, elided: Collection[str]) -> str:
    """Return an entry as texts in its language are cut into words: with a blank behind what elision wrote together."""
    if "'" not in entry or not elided:
        return entry
    return " ".join(
        f"{short}' {rest}" if apostrophe and rest and short in elided else word
        for word in entry.split(" ")
        for short, apostrophe, rest in (word.partition("'"),)
    )
