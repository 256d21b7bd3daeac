"""What may differ between two versions of a message on one topic: optional fields that are new, and words for people.

Then whoever reads the older version can read the newer one by ignoring what it does not know, and what was written by
the older one is valid for the newer. Everything else, tightened or loosened, needs a topic of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

_WORDS = frozenset(("$id", "$schema", "$comment", "title", "description", "examples", "deprecated", "$defs"))
_ONE = ("items", "additionalProperties", "propertyNames", "not", "if", "then", "else", "contains")
_SEVERAL = ("anyOf", "oneOf", "allOf", "prefixItems")


def breaks(old: Schema, new: Schema) -> list[str]:
    """List the places in which a newer version would break readers or writers of the older one, and why."""
    return list(_compare(old, new, old, new, "", set()))


def _compare(
    old: Any, new: Any, old_root: Schema, new_root: Schema, place: str, seen: set[tuple[int, int]]
) -> Iterator[str]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        if old != new:
            yield f"{place}: {old} became {new}"
        return
    old, new = _resolved(old, old_root), _resolved(new, new_root)
    if (id(old), id(new)) in seen:  # a definition that contains itself
        return
    seen.add((id(old), id(new)))
    yield from _compare_fields(old, new, old_root, new_root, place, seen)
    for keyword in sorted((old.keys() | new.keys()) - _WORDS - {"properties", "required"}):
        before, after, where = old.get(keyword), new.get(keyword), f"{place}/{keyword}"
        if keyword in _ONE and before is not None and after is not None:
            yield from _compare(before, after, old_root, new_root, where, seen)
        elif keyword in _SEVERAL and before and after and len(before) == len(after):
            for number, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from _compare(one, other, old_root, new_root, f"{where}/{number}", seen)
        elif keyword in ("enum", "type") and isinstance(before, list) and isinstance(after, list):
            if set(before) != set(after):
                yield f"{where}: {before} became {after}"
        elif before != after:
            yield f"{where}: {before} became {after}"


def _compare_fields(
    old: Schema, new: Schema, old_root: Schema, new_root: Schema, place: str, seen: set[tuple[int, int]]
) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in sorted(before.keys() | after.keys()):
        where = f"{place}/{name}"
        if name not in after:
            yield f"{where}: is gone"
        elif name in before:
            yield from _compare(before[name], after[name], old_root, new_root, where, seen)
        elif not before:
            yield f"{where}: where anything was allowed"
    for name in sorted(set(old.get("required", ())) ^ set(new.get("required", ()))):
        yield f"{place}/{name}: {'is required now' if name in new.get('required', ()) else 'may be missing now'}"


def _resolved(node: Schema, root: Schema) -> Schema:
    """Follow a reference; words beside it change nothing."""
    while "$ref" in node:
        node = root["$defs"][node["$ref"].rpartition("/")[2]]
    return node
