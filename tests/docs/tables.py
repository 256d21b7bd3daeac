"""The tables of the pages, written from what they describe; `python -m tests.docs.tables` puts them in.

A page asks for one between `<!-- table: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from prometheus_client.metrics import MetricWrapperBase

from tests.contract import catalogue
from tests.docs.pages import PAGES, ROOT, text_of
from worker import metrics as exposed
from worker.cli.config import settings_table
from worker.cli.main import commands as program

_SLOT = re.compile(r"(<!-- table: ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def commands() -> str:
    """Every command with its one-line help."""
    return _table(("command", "does"), [(f"`{' '.join(path)}`", text) for path, text in _commands(program)])


def topics() -> str:
    """What stands on each public topic, and for how long."""
    rows = []
    for name, topic in catalogue.topics().items():
        if topic["owner"] == "internal":
            continue
        kept = {"for ever": "for ever", None: "newest of each key"}.get(topic.get("retention"), topic.get("retention"))
        version = topic["value"] if topic["value"] in catalogue.VERSIONS else ""
        value = f"[{version.removesuffix('.json')}](../schemas/{version})" if version else topic["value"]
        rows.append((f"`{name}`", topic["key"], value, topic["null_value"], kept, f"`{topic['setting']}`"))
    return _table(("topic", "key", "value", "a null value", "kept", "setting"), rows)


def fields(message: str) -> str:
    """The fields of a message, with what the schema says of them."""
    schema = catalogue.schema(catalogue.current(message))
    required = schema.get("required", ())
    rows = []
    for name, described in schema["properties"].items():
        presence = "yes" if name in required else ""
        rows.append((f"`{name}`", _kind(schema, described), presence, described["description"]))
    return _table(("field", "type", "required", "meaning"), rows)


def rooms() -> str:
    """The rooms of the worker, in the order of the first lines of their modules."""
    found = [(path.parent, f"`worker/{path.parent.name}`") for path in sorted((ROOT / "worker").glob("*/__init__.py"))]
    rows = [(name, _first_line(folder / "__init__.py")) for folder, name in found]
    core = [ROOT / "worker" / name for name in ("model.py", "codec.py")]
    edges = [path for path in sorted((ROOT / "worker").glob("[!_]*.py")) if path not in core]
    return _table(
        ("room", "what"), [*rows, *((f"`worker/{path.name}`", _first_line(path)) for path in (*core, *edges))]
    )


def example(name: str) -> str:
    """A program of the folder of examples, as it is tested."""
    language = {".py": "python", ".java": "java", ".sh": "bash"}[Path(name).suffix]
    return f"```{language}\n{text_of(ROOT / 'examples' / name)}```\n"


def metrics() -> str:
    """Every series of a worker's /metrics, with its labels."""
    labels = {each._name: each._labelnames for each in vars(exposed).values() if isinstance(each, MetricWrapperBase)}
    rows = []
    for family in exposed.REGISTRY.collect():
        name = family.name + ("_total" if family.type == "counter" else "")
        names = ", ".join(f"`{label}`" for label in labels.get(family.name, ()))
        rows.append((f"`{name}`", family.type, names, family.documentation))
    return _table(("metric", "type", "labels", "meaning"), sorted(rows))


TABLES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "metrics": metrics,
    "rooms": rooms,
    "settings": settings_table,
    "topics": topics,
    **{f"fields {message}": (lambda message=message: fields(message)) for message in catalogue.MESSAGES},  # type: ignore[misc]
    **{
        f"example {path.name}": (lambda name=path.name: example(name))  # type: ignore[misc]
        for path in sorted((ROOT / "examples").iterdir())
        if path.is_file()
    },
}


def filled(text: str) -> str:
    """Put every table a page asks for into it.

    Raises:
        KeyError: a page asks for a table that nobody writes.
    """
    return _SLOT.sub(lambda slot: slot[1] + TABLES[slot[2]]() + slot[3], text)


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += _commands(command, (*path, name))
        else:
            found.append(((*path, name), command.get_short_help_str(120)))
    return found


def _kind(schema: dict[str, Any], node: dict[str, Any]) -> str:
    """Say in a word or two what a value is; a definition is followed to its type."""
    if "$ref" in node:
        return _kind(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    if "anyOf" in node or "oneOf" in node:
        return " or ".join(_kind(schema, branch) for branch in node.get("anyOf") or node["oneOf"])
    if "const" in node:
        return f"`{node['const']}`"
    if node.get("format") == "date-time":
        return "time"
    kind = node.get("type", "string" if "enum" in node else "any")
    names = [kind] if isinstance(kind, str) else kind
    return " or ".join(f"array of {_kind(schema, node['items'])}" if name == "array" else name for name in names)


def _first_line(path: Path) -> str:
    """Take the first sentence, or clause before a colon's list, of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0].replace("\n", " ").rstrip(".")


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(str(cell or "").replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def main() -> None:
    """Write all pages again."""
    for page in PAGES:
        text = text_of(page)
        if (new := filled(text)) != text:
            page.write_text(new, encoding="utf-8")
            print(f"written: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
