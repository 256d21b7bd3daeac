"""What `produce` would send, without a broker."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.programs import NIGHT, environment, rows, written
from tests.ingest.files import ATOM, PAGE, RSS
from worker.cli.main import commands
from worker.codec import frame


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(commands, arguments, input=given)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "pages").mkdir(parents=True)
    (folder / "b.rss").write_text(RSS)
    (folder / "a.jsonl").write_text(written(NIGHT) + "no article\n")
    (folder / "pages" / "1.html").write_text(PAGE)
    (folder / "pages" / "2025-05-21-kursk.txt").write_text("Over Kursk, 3 drones were shot down.")
    (folder / "pages" / "empty.txt").write_text("")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    (folder / ".hidden.txt").write_text("5 drones")
    return folder


def test_a_folder_is_read_to_its_end_whatever_is_in_it(archive: Path) -> None:
    done = run("produce", "--print", str(archive))
    assert done.exit_code == 1
    assert [row["id"] for row in rows(done.stdout)] == [
        "night",
        "urn:wire:1",
        "https://other.example/2",
        rows(done.stdout)[3]["id"],
        "https://www.wire.example/a/1",
        "archive/pages/2025-05-21-kursk.txt",
    ]
    assert done.stderr.splitlines() == [
        f"drone-tally: 1 file in {archive} without articles left out",
        "archive/a.jsonl: line 2: not_json: JSON is malformed: invalid character (byte 4)",
        "archive/pages/empty.txt: the text is empty",
    ]


def test_what_is_printed_is_tallied(archive: Path) -> None:
    printed = run("produce", "--print", str(archive / "pages" / "1.html"))
    assert printed.exit_code == 0, printed.stderr
    tallies = rows(run("tally", "--window", "day", "-", given=printed.stdout).stdout)
    assert "RU-BRY|UA>RU|2025-05-21" in [tally["key"] for tally in tallies]


def test_several_sources_and_a_named_format(tmp_path: Path) -> None:
    (tmp_path / "feed").write_text(ATOM)
    (tmp_path / "other").write_text(RSS)
    done = run("produce", "--print", "--format", "feed", str(tmp_path / "feed"), str(tmp_path / "other"))
    assert len(rows(done.stdout)) == 4
    piped = run("produce", "--print", "--format", "feed", "-", given=ATOM)
    assert rows(piped.stdout) == rows(done.stdout)[:1]


def test_texts_take_what_the_options_say() -> None:
    options = ("--published-at", "2025-05-21T10:00:00+03:00", "--source", "wire.example")
    done = run("produce", "--print", "--format", "text", *options, "-", given="Over Kursk, 3 drones were shot down.")
    (row,) = rows(done.stdout)
    assert (row["id"], row["source"], row["published_at"]) == (
        "standard input",
        "wire.example",
        "2025-05-21T07:00:00+00:00",
    )


def test_a_folder_without_articles_is_a_fault(tmp_path: Path) -> None:
    done = run("produce", "--print", str(tmp_path))
    assert done.exit_code == 1
    assert "no *.jsonl, no feeds (*.xml, *.rss, *.atom), pages (*.html) or texts (*.txt)" in done.stderr


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    code = (
        "import sys; sys.modules['feedparser'] = None\n"
        "from worker.__main__ import main; sys.argv = ['drone-tally', 'produce', '--print', sys.argv[1]]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.rss"], capture_output=True, text=True, env=environment(), check=False
    )
    assert done.returncode == 78
    assert done.stderr == ("drone-tally: feeds and pages need the package feedparser; install drone-tally[ingest]\n")


def test_libraries_write_nothing_of_a_page_on_the_terminal(tmp_path: Path) -> None:
    hostile = '<html><head><link rel="canonical" href="https://\x1b]0;owned\x07/"></head><body></body></html>'
    (tmp_path / "page.html").write_text(hostile)
    done = subprocess.run(
        [sys.executable, "-m", "worker", "produce", "--print", tmp_path / "page.html"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "page.html: no text of an article was found\n")


def test_raw_lines_are_not_printed() -> None:
    assert run("produce", "--raw", "--print", "-").exit_code == 2


def test_a_framed_line_is_shown_on_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "framed.jsonl"
    file.write_bytes(frame(200_000) + written(NIGHT).encode())
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "worker", "produce", "--print", file],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(theirs)
    with open(ours, "rb", buffering=0) as terminal:
        shown = terminal.read(4096)
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown.startswith(b'{"')
