"""Feeds, pages and texts become the articles a careful editor would have made of them; hostile ones harm nobody."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.files import ATOM, PAGE, RSS
from worker.ingest import Kind, UnreadableError, kind_of, read
from worker.ingest.times import as_written, in_name

DATE = datetime(2025, 5, 20, 12, tzinfo=UTC)


def articles(kind: Kind, content: str | bytes, name: str = "archive/a", **defaults: Any) -> list[dict[str, Any]]:
    return list(read(kind, content.encode() if isinstance(content, str) else content, name, **defaults))


def test_each_entry_of_a_feed_is_an_article() -> None:
    first, second, third = articles("feed", RSS)
    assert first == {
        "id": "urn:wire:1",
        "title": "Ніч над Києвом &amp; областю",
        "body": "<p>Повітряні сили збили 41 з 52 дронів.</p>",
        "published_at": "2025-05-21T07:30:00Z",
        "updated_at": "2025-05-21T09:00:00Z",
        "language": "uk",
        "source": "wire.example",
        "url": "https://www.wire.example/1",
    }
    assert (second["id"], second["source"], second["body"]) == (
        "https://other.example/2",
        "other.example",
        "Just a summary, 3 drones.",
    )
    assert "published_at" not in second
    assert third["id"].startswith("feed:")
    assert third["source"] == "Wire Example"


def test_atom_is_read_alike() -> None:
    (entry,) = articles("feed", ATOM)
    assert (entry["id"], entry["title"], entry["body"]) == (
        "tag:zeitung.example,2025:7",
        "Nacht in Kursk",
        "<p>12 Drohnen abgeschossen.</p>",
    )
    assert (entry["published_at"], entry["updated_at"]) == ("2025-05-21T05:30:00Z", "2025-05-21T08:00:00Z")
    assert (entry["source"], entry["language"]) == ("zeitung.example", "de")


def test_an_entry_keeps_its_id_when_it_is_read_again() -> None:
    assert [each["id"] for each in articles("feed", RSS)] == [each["id"] for each in articles("feed", RSS)]
    (long,) = articles("feed", RSS[: RSS.index("<item>")] + f"<item><guid>{'x' * 900}</guid></item></channel></rss>")
    assert len(long["id"]) == 512


def test_of_a_page_the_article_alone_is_read() -> None:
    (page,) = articles("html", PAGE)
    assert page["title"] == "Night over Bryansk"
    assert page["body"].startswith("Russia's Defence Ministry said 31 Ukrainian drones")
    assert "twelve" in page["body"]
    assert "Tula" not in page["body"]
    assert "Home" not in page["body"]
    assert {field: value for field, value in page.items() if field not in ("title", "body")} == {
        "id": "https://www.wire.example/a/1",
        "published_at": "2025-05-21T04:30:00Z",
        "updated_at": "2025-05-21T07:00:00Z",
        "language": "en",
        "source": "wire.example",
        "url": "https://www.wire.example/a/1",
    }


def test_linked_data_and_the_name_date_a_page_too() -> None:
    bare = PAGE.replace("article:published_time", "x").replace("article:modified_time", "y").replace("canonical", "z")
    linked = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-05-21T06:00:00Z"}</script>'
    )
    (told,) = articles("html", bare.replace("</head>", linked + "</head>"))
    assert told["published_at"] == "2025-05-21T06:00:00Z"
    undated = bare.replace("2025", "year")
    (named,) = articles("html", undated, "archive/2025-05-19T2130-night.html")
    assert (named["id"], named["published_at"]) == ("archive/2025-05-19T2130-night.html", "2025-05-19T21:30:00Z")


def test_a_text_is_sent_as_it_stands() -> None:
    text = "  Über Kursk:\r\n12 Drohnen.\n"
    (article,) = articles("text", text, "archive/2025-05-21 kursk.txt", outlet="zeitung.example")
    assert article == {
        "id": "archive/2025-05-21 kursk.txt",
        "body": text,
        "published_at": "2025-05-21T12:00:00Z",
        "source": "zeitung.example",
    }


def test_what_is_given_fills_only_gaps() -> None:
    first, second, _ = articles("feed", RSS, published_at=DATE, outlet="else.example")
    assert (first["published_at"], first["source"]) == ("2025-05-21T07:30:00Z", "wire.example")
    assert second["published_at"] == "2025-05-20T12:00:00+00:00"


@pytest.mark.parametrize("kind", ["feed", "html", "text"])
@pytest.mark.parametrize("content", [b"", b"  \n", b"\xff\xfe\x00"])
def test_what_is_none_of_its_kind_is_refused(kind: Kind, content: bytes) -> None:
    with pytest.raises(UnreadableError):
        articles(kind, content)


def test_an_identity_that_is_no_address_is_no_link() -> None:
    (bare,) = articles("feed", RSS[: RSS.index("<item>")] + "<item><guid>q1</guid></item></channel></rss>")
    assert bare["id"] == "q1"
    assert bare.get("url") is None


@pytest.mark.parametrize("content", [b'{"id": "1"}', b"<html><body>12 drones</body></html>", b"<rss><chan"])
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        articles("feed", content)


def test_entities_of_a_feed_open_no_file_and_no_bomb(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("canary")
    outside = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "lollollol">{levels}]>'
    for prologue, entity in ((outside, "&a;"), (bomb, "&e9;")):
        content = RSS.replace("<rss", prologue + "<rss", 1).replace("Стисло.", entity).replace("Second", entity)
        started = time.process_time()
        found = str(list(_tolerant(content)))
        assert "canary" not in found
        assert len(found) < 100_000
        assert time.process_time() - started < 20  # a guard against what grows without bounds, no measurement


def _tolerant(content: str) -> list[dict[str, Any]]:
    try:
        return articles("feed", content)
    except UnreadableError:
        return []


@pytest.mark.parametrize(
    "content",
    ["<div>" * 100_000, "<p " + "a=b " * 100_000 + ">x", "<" * 200_000, "<a href='" * 20_000, "&#xD800;" * 10_000],
    ids=["deep", "attributes", "brackets", "quotes", "surrogates"],
)
def test_hostile_pages_are_read_or_refused(content: str) -> None:
    try:
        found = articles("html", content)
    except UnreadableError:
        return
    assert [str(each["body"]).encode() for each in found]


def test_surrogates_of_a_feed_are_no_crash() -> None:
    for each in _tolerant(RSS.replace("Стисло.", "&#xD800;").replace("Second", "&#xDFFF; drones")):
        assert str(each).encode()


def test_kinds_are_told_by_names() -> None:
    names = [
        "a.jsonl",
        "b.NDJSON",
        "c.xml",
        "d.rss",
        "e.atom",
        "f.html",
        "g.HTM",
        "h.txt",
        "i.md",
        "j.pdf",
        "k",
        ".txt",
    ]
    kinds = [kind_of(name) for name in names]
    assert kinds == ["jsonl"] * 2 + ["feed"] * 3 + ["html"] * 2 + ["text"] * 2 + [None] * 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-05-21", "2025-05-21T12:00:00Z"),
        ("2025-05-21T07:30:00+03:00", "2025-05-21T04:30:00Z"),
        ("2025-05-21T07:30:00.123Z", "2025-05-21T07:30:00Z"),
        ("2025-05-21 07:30", "2025-05-21T07:30:00Z"),
        ("yesterday", None),
        ("2025-02-30", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_times_are_those_of_the_contract(written: str, meant: str | None) -> None:
    assert as_written(written) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("2025-05-21.txt", "2025-05-21T12:00:00Z"),
        ("2025-05-21T0730-kursk.txt", "2025-05-21T07:30:00Z"),
        ("kursk_2025-05-21_07-30.txt", "2025-05-21T07:30:00Z"),
        ("report-12025-05-21.txt", None),
        ("2025-13-01.txt", None),
        ("kursk.txt", None),
    ],
)
def test_names_date_files(name: str, meant: str | None) -> None:
    assert in_name(name) == meant
