"""The corpus says nothing that its own texts do not: form, spans, codes and links, checked without the extractor."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.corpus.languages import LANGUAGES, known
from worker import codec, model

ROOT = Path(__file__).parents[2]
ARTICLES = sorted((Path(__file__).parent / "data").glob("*.json"))
DEMO = ROOT / "worker" / "demo" / "articles.jsonl"

RUSSIAN_REGIONS = frozenset(
    """AD AL ALT AMU ARK AST BA BEL BRY BU CE CHE CHU CU DA IN IRK IVA KAM KB KC KDA KEM KGD KGN KHA KHM KIR KK KL KLU
    KO KOS KR KRS KYA LEN LIP MAG ME MO MOS MOW MUR NEN NGR NIZ NVS OMS ORE ORL PER PNZ PRI PSK ROS RYA SA SAK SAM
    SAR SE SMO SPE STA SVE TA TAM TOM TUL TVE TY TYU UD ULY VGG VLA VLG VOR YAN YAR YEV ZAB""".split()  # noqa: SIM905 - a table of words
)
UKRAINIAN_REGIONS = frozenset(
    "05 07 09 12 14 18 21 23 26 30 32 35 40 43 46 48 51 53 56 59 61 63 65 68 71 74 77".split()  # noqa: SIM905
)
SEAS = frozenset({"SEA-BLACK", "SEA-AZOV"})


def sentences_of(language: str) -> list[dict[str, Any]]:
    """Read one language's sentence corpus; every line is one JSON object."""
    path = ROOT / "worker" / "lexicon" / language / "corpus.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def samples() -> list[tuple[str, dict[str, Any]]]:
    """Name every text of the corpus: (label, record with its language)."""
    texts = [
        (f"{lang}/{text['name']}", {**text, "language": lang}) for lang in LANGUAGES for text in sentences_of(lang)
    ]
    for path in ARTICLES:
        article = json.loads(path.read_text(encoding="utf-8"))
        texts.append((path.stem, article))
    return texts


SAMPLES = samples()


def of_every_text(check: Callable[[dict[str, Any]], None]) -> Callable[[str], None]:
    """Make one test a language of a check of one text (a test for each text would be 25,000); it names the text."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test(language: str) -> None:
        for label, text in SAMPLES:
            if text["language"] == language:
                try:
                    check(text)
                except AssertionError as wrong:
                    wrong.add_note(f"the text is {label}")
                    raise

    test.__name__ = check.__name__
    return test


def moment(stamp: str) -> datetime:
    """Read an ISO 8601 time that must be UTC and end in Z."""
    assert stamp.endswith("Z"), stamp
    return datetime.fromisoformat(stamp.replace("Z", "+00:00"))


def plain(text: str) -> str:
    """Undo what only breaks words apart: hyphenated line ends, soft hyphens, odd spaces, decomposed letters."""
    composed = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("’", "'")
    return re.sub(r"\s+", " ", composed.replace("-\n", "")).lower()


def numbers_in(text: str) -> set[int]:
    """List the numbers written in digits, with thousand dots, commas and spaces joined as well as apart."""
    apart = {int(digits) for digits in re.findall(r"\d+", text)}
    joined = re.findall(r"\d{1,3}(?:[., ]\d{3})+", text)
    return apart | {int(re.sub(r"\D", "", digits)) for digits in joined}


def stated(quantity: dict[str, Any]) -> int:
    """Return the number that the words carry: 100 of "more than 100", 20 of "up to 20"."""
    if quantity["qualifier"] == "more_than":
        return int(quantity["low"]) - 1
    return int(quantity["high"] if quantity["qualifier"] == "up_to" else quantity["low"])


def says(text: str, number: int, language: str) -> bool:
    """Tell whether the words of a span can carry the number, in digits, as a word, or by what is left."""
    words, of = plain(text), known(language)
    if number in numbers_in(words) or re.search(of.derived, words):
        return True
    if number == 0:
        return any(cue in words + " " for cue in of.none)
    if number == 1:
        return True  # a noun in the singular says one
    return any(re.search(rf"\b{stem}", words) for stem in of.words.get(number, ()))


@of_every_text
def test_every_record_has_the_fields_of_the_form(text: dict[str, Any]) -> None:
    assert text["name"]
    assert text["title"] or text["body"]
    assert moment(text["published_at"]).utcoffset() == timedelta(0)
    assert isinstance(text["relevant"], bool)
    assert text["note"], "say what makes the text hard"
    assert text["relevant"] or not text["claims"]


@of_every_text
def test_claims_use_the_fixed_vocabulary(text: dict[str, Any]) -> None:
    for claim in text["claims"]:
        assert claim["measure"] in model.MEASURES
        assert claim["weapon"] in get_args(model.Weapon)
        assert claim["scope"] in get_args(model.Scope)
        assert claim["status"] in get_args(model.Status)
        assert re.fullmatch(r"(RU|UA)-[A-Z]+|[A-Z]{2}-(MOD|GOV|PRES|AF)|local:(RU|UA)-\w+|media", claim["source"])
        assert claim["attacker"] != claim["defender"]
        assert (claim["quantity"] is None) == (claim["measure"] == "attack")
        if claim["measure"] == "attack":
            assert claim["regions"], "an attack without a number is only told of named regions"
            assert claim["scope"] == "affected"


@of_every_text
def test_quantities_follow_their_qualifier(text: dict[str, Any]) -> None:
    for claim in text["claims"]:
        quantity = claim["quantity"]
        if quantity is None:
            continue
        assert quantity["qualifier"] in get_args(model.Qualifier)
        assert 0 <= quantity["low"] <= (100_000 if claim["status"] == "cumulative" else 10_000)
        if quantity["qualifier"] in ("exact", "about"):
            assert quantity["low"] == quantity["high"]
        elif quantity["qualifier"] == "up_to":
            assert quantity["low"] == 0 < quantity["high"]
        else:
            assert quantity["high"] is None


@of_every_text
def test_spans_are_words_of_the_text_and_carry_the_number(text: dict[str, Any]) -> None:
    for claim in text["claims"]:
        assert claim["text"] in text["title"] or claim["text"] in text["body"]
        if claim["quantity"] is not None and claim["scope"] != "rest":
            assert says(claim["text"], stated(claim["quantity"]), text["language"]), claim["text"]


@of_every_text
def test_regions_are_known_and_sorted(text: dict[str, Any]) -> None:
    for claim in text["claims"]:
        assert claim["regions"] == sorted(set(claim["regions"]))
        for region in claim["regions"]:
            country, _, code = region.partition("-")
            assert region in SEAS or code in {"RU": RUSSIAN_REGIONS, "UA": UKRAINIAN_REGIONS}.get(country, frozenset())
        if claim["scope"] == "each":
            assert len(claim["regions"]) > 1
        if claim["source"].startswith("local:"):
            region = claim["source"].removeprefix("local:").split("-")
            assert region[1] in {"RU": RUSSIAN_REGIONS, "UA": UKRAINIAN_REGIONS}[region[0]]


@of_every_text
def test_periods_run_forward_and_end_about_the_day_of_publication(text: dict[str, Any]) -> None:
    published = moment(text["published_at"])
    for claim in text["claims"]:
        if claim["period"] is not None:
            start, end = moment(claim["period"]["start"]), moment(claim["period"]["end"])
            assert start < end
            assert start < published, "nothing is counted before it began"
            assert (end - published).total_seconds() < 86_400


@of_every_text
def test_parts_point_to_a_greater_whole_of_the_same_front_and_measure(text: dict[str, Any]) -> None:
    claims = text["claims"]
    for index, claim in enumerate(claims):
        if claim["part_of"] is None:
            continue
        assert claim["part_of"] != index
        whole = claims[claim["part_of"]]
        assert (whole["measure"], whole["attacker"], whole["defender"]) == (
            claim["measure"],
            claim["attacker"],
            claim["defender"],
        )
        assert whole["quantity"]["high"] is None or whole["quantity"]["high"] >= claim["quantity"]["low"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_enough_of_both_kinds(language: str) -> None:
    texts = sentences_of(language)
    names = [text["name"] for text in texts]
    assert len(names) == len(set(names))
    bodies = [plain(text["title"] + text["body"]) for text in texts]
    assert len(bodies) == len(set(bodies))
    assert sum(not text["claims"] for text in texts) >= 15
    assert sum(bool(text["claims"]) for text in texts) >= 45
    assert sum(path.name.startswith(f"{language}-") for path in ARTICLES) >= 4


def test_article_files_are_named_after_language_and_role() -> None:
    for path in ARTICLES:
        article = json.loads(path.read_text(encoding="utf-8"))
        assert path.stem == f"{article['language']}-{article['name']}"
        assert article["source"].endswith(".example"), "outlets are invented"


def test_first_article_carries_the_same_facts_in_all_languages() -> None:
    def facts(path: Path) -> list[dict[str, Any]]:
        claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
        return [{key: value for key, value in claim.items() if key != "text"} for claim in claims]

    first = [path for path in ARTICLES if path.stem.endswith("-first-article")]
    assert {path.stem.partition("-")[0] for path in first} == set(LANGUAGES)
    assert all(facts(path) == facts(first[0]) for path in first[1:])


def demo_lines() -> list[dict[str, Any]]:
    """Read what the demo plays, in the order of sending."""
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


def test_demo_articles_have_the_form_of_the_input_topic() -> None:
    articles = [line for line in demo_lines() if "title" in line]
    assert 40 <= len(articles) <= 60
    assert set(LANGUAGES) >= {article["language"] for article in articles}
    assert len({article["language"] for article in articles}) >= 4
    assert len({article["source"] for article in articles}) >= 10
    for article in articles:
        codec.decode_article(json.dumps(article).encode())
        assert article["source"].endswith(".example"), "outlets are invented"
        assert article["url"] == f"https://{article['source']}/{article['id']}"
        assert moment(article.get("updated_at", article["published_at"])) >= moment(article["published_at"])
    days = {moment(article["published_at"]).date() for article in articles}
    assert (max(days) - min(days)).days == 4, "the evening before and four days"


def test_demo_shows_what_the_tallies_survive() -> None:
    sent: dict[str, list[dict[str, Any]]] = {}
    for line in demo_lines():
        if "raw" in line:
            with pytest.raises(codec.MessageError):
                codec.decode_article(line["raw"].encode())
        elif "withdrawn" in line:
            assert line["id"] in sent, "what is withdrawn was said before"
            assert line["after"] in sent
        else:
            sent.setdefault(line["id"], []).append(line)
    assert sum("raw" in line for line in demo_lines()) == 1
    assert sum("withdrawn" in line for line in demo_lines()) >= 1
    editions = [messages for messages in sent.values() if len(messages) > 1]
    assert any(messages[0] == messages[1] for messages in editions), "a message delivered twice"
    newer = [messages for messages in editions if messages[0] != messages[1]]
    assert newer, "an article corrected by a newer version"
    for first, second in newer:
        assert second["version"] > first["version"]
        assert moment(second["updated_at"]) > moment(first["published_at"])
