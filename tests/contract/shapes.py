"""Compares the types of the program with the schemas of its messages, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect


def differences(struct: type[msgspec.Struct], schema: dict[str, Any]) -> list[str]:
    """List every field, list of values and kind of value in which a struct and a schema differ.

    A field of the struct that may be None has to accept null, and no other; what the schema adds to a kind (patterns,
    bounds) is not compared.
    """
    return list(_compare(inspect.type_info(struct), schema, schema, ""))


def _compare(kind: inspect.Type, node: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[str]:
    node = _resolve(node, schema)
    branches = [_resolve(branch, schema) for branch in node.get("anyOf", ()) if "required" not in branch]
    nullable = any(branch.get("type") == "null" for branch in branches)
    if isinstance(kind, inspect.UnionType):
        (kind,) = (member for member in kind.types if not isinstance(member, inspect.NoneType))
        if not nullable:
            yield f"{place}: None in code, null is refused"
    elif nullable:
        yield f"{place}: null is accepted, never None in code"
    if branches:
        (node,) = (branch for branch in branches if branch.get("type") != "null")
    match kind:
        case inspect.StructType():
            yield from _compare_fields(kind, node, schema, place)
        case inspect.LiteralType():
            if set(kind.values) != set(node.get("enum", ())):
                yield f"{place}: {list(kind.values)} in code, {node.get('enum')} in the schema"
        case inspect.VarTupleType():
            yield from _expect("array", node, place)
            yield from _compare(kind.item_type, node["items"], schema, f"{place}[]")
        case inspect.DictType():
            yield from _expect("object", node, place)
            yield from _compare(kind.value_type, node["additionalProperties"], schema, f"{place}{{}}")
        case inspect.IntType():
            yield from _expect("integer", node, place)
        case inspect.BoolType():
            yield from _expect("boolean", node, place)
        case inspect.StrType():
            if "enum" not in node:
                yield from _expect("string", node, place)
        case inspect.DateTimeType():
            yield from _expect_format("date-time", node, place)
        case inspect.DateType():
            yield from _expect_format("date", node, place)
        case _:
            yield f"{place}: no rule compares {type(kind).__name__}"


def _compare_fields(
    kind: inspect.StructType, node: dict[str, Any], schema: dict[str, Any], place: str
) -> Iterator[str]:
    yield from _expect("object", node, place)
    if node.get("additionalProperties") is not False:
        yield f"{place}: unknown fields are accepted"
    named = node.get("properties", {})
    fields = {field.encode_name: field for field in kind.fields}
    yield from (f"{place}.{name}: only in code" for name in fields.keys() - named.keys())
    yield from (f"{place}.{name}: only in the schema" for name in named.keys() - fields.keys())
    for name in fields.keys() & named.keys():
        yield from _compare(fields[name].type, named[name], schema, f"{place}.{name}")
        if fields[name].required and name not in node.get("required", ()):
            yield f"{place}.{name}: required in code, optional in the schema"


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return node


def _expect(kind: str, node: dict[str, Any], place: str) -> Iterator[str]:
    if node.get("type") != kind:
        yield f"{place}: {kind} in code, {node.get('type')} in the schema"


def _expect_format(name: str, node: dict[str, Any], place: str) -> Iterator[str]:
    yield from _expect("string", node, place)
    if node.get("format") != name:
        yield f"{place}: {name} in code, format {node.get('format')} in the schema"
