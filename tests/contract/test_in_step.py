"""Code and schemas say the same: fields, lists of values, limits, names."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any, get_args

import msgspec
import pytest

from tests.contract import catalogue
from tests.contract.shapes import differences
from worker import codec, gazetteer
from worker.model import FOR_GOOD, MEASURES, Article, ArticleClaims, ConflictReport, Tally

WRITTEN: tuple[tuple[str, type[msgspec.Struct]], ...] = (
    ("drone.claims", ArticleClaims),
    ("drone.tally", Tally),
    ("drone.conflicts", ConflictReport),
)


@pytest.mark.parametrize(("message", "struct"), WRITTEN)
def test_written_messages_have_the_fields_of_the_schema(message: str, struct: type[msgspec.Struct]) -> None:
    assert differences(struct, catalogue.schema(catalogue.current(message))) == []


def _without_field(schema: dict[str, Any]) -> None:
    del schema["$defs"]["joint"]["properties"]["floating"]


def _with_field(schema: dict[str, Any]) -> None:
    schema["properties"]["confidence"] = {"type": "number"}


def _without_value(schema: dict[str, Any]) -> None:
    schema["$defs"]["measure"]["enum"].remove("neutralised")


def _without_null(schema: dict[str, Any]) -> None:
    schema["$defs"]["cell"]["properties"]["best"] = {"$ref": "#/$defs/count"}


def _with_null(schema: dict[str, Any]) -> None:
    low = {"anyOf": [{"$ref": "#/$defs/count"}, {"type": "null"}]}
    schema["$defs"]["cell"]["properties"]["low"] = low


def _another_kind(schema: dict[str, Any]) -> None:
    schema["$defs"]["window"]["properties"]["end"] = {"type": "integer"}


@pytest.mark.parametrize(
    "change", [_without_field, _with_field, _without_value, _without_null, _with_null, _another_kind]
)
def test_the_comparison_sees_every_kind_of_difference(change: Callable[[dict[str, Any]], None]) -> None:
    schema = copy.deepcopy(catalogue.schema(catalogue.current("drone.tally")))
    change(schema)
    assert differences(Tally, schema) != []


def test_articles_have_the_fields_and_limits_of_the_schema() -> None:
    properties = catalogue.schema(catalogue.current("news.article"))["properties"]
    assert properties.keys() == {field.encode_name for field in msgspec.structs.fields(Article)}
    assert (properties["id"]["minLength"], properties["id"]["maxLength"]) == (1, codec.MAX_ID_CHARACTERS)
    assert (properties["version"]["minimum"], properties["version"]["maximum"]) == (0, codec.MAX_VERSION)


def test_an_article_id_is_as_long_in_what_is_written_as_in_what_is_read() -> None:
    claims = catalogue.schema(catalogue.current("drone.claims"))
    conflicts = catalogue.schema(catalogue.current("drone.conflicts"))
    for node in (claims["properties"]["article_id"], conflicts["$defs"]["assertion"]["properties"]["article_id"]):
        assert node["maxLength"] == codec.MAX_ID_CHARACTERS


def test_limits_that_only_words_can_state_are_those_of_the_code() -> None:
    words = catalogue.schema(catalogue.current("news.article"))["description"]
    assert f"{codec.MAX_BYTES // 1024**2} MiB" in words
    assert f"at most {codec.MAX_DEPTH} deep" in words
    assert str(FOR_GOOD) in catalogue.schema(catalogue.current("drone.claims"))["properties"]["version"]["description"]


def test_measures_of_a_tally_are_those_of_the_model() -> None:
    assert tuple(catalogue.schema(catalogue.current("drone.tally"))["$defs"]["measure"]["enum"]) == MEASURES


def test_reasons_of_dead_letters_are_those_of_the_reader() -> None:
    properties = catalogue.schema(catalogue.current("drone.dead-letter-headers"))["properties"]
    assert properties["__connect.errors.exception.class.name"]["enum"] == list(get_args(codec.Reason))


def test_every_region_of_the_gazetteer_can_be_written() -> None:
    pattern = re.compile(catalogue.schema(catalogue.current("drone.tally"))["$defs"]["region"]["pattern"])
    assert [code for code in gazetteer.regions() if not pattern.search(code)] == []
