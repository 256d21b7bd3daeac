"""`extract` and `explain` on real texts."""

from __future__ import annotations

from pathlib import Path

from tests.cli.programs import NIGHT, SPORT, rows, run, written


def test_extract_prints_the_contracted_fields_one_line_an_article() -> None:
    done = run("extract", "-", given=written(NIGHT, SPORT))
    assert done.returncode == 0, done.stderr
    night, sport = rows(done.stdout)
    contracted = ["article_id", "version", "language", "published_at", "source", "relevant", "claims"]
    assert list(night) == list(sport) == contracted
    assert (night["article_id"], night["language"], night["source"]) == ("night", "en", "wire.example")
    (claim,) = night["claims"]
    assert (claim["measure"], claim["quantity"]["low"], claim["regions"]) == ("intercepted", 31, ["RU-BRY"])
    assert claim["source"] == "RU-MOD"
    span = claim["span"]
    assert NIGHT[span["field"]][span["start"] : span["end"]] == span["text"]
    assert (sport["relevant"], sport["claims"]) == (False, [])


def test_extract_reads_a_file_as_it_reads_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text("\ufeff" + written(NIGHT) + "\r\n\n", encoding="utf-8")
    assert run("extract", str(file)).stdout == run("extract", "-", given=written(NIGHT)).stdout


def test_an_edit_keeps_its_time() -> None:
    (edited,) = rows(run("extract", "-", given=written(NIGHT | {"updated_at": "2025-09-19T10:00:00Z"})).stdout)
    assert edited["updated_at"] == "2025-09-19T10:00:00Z"


def test_a_withdrawal_gives_an_empty_list() -> None:
    done = run("extract", "-", given='{"id": "night", "withdrawn": true, "version": 3}\n')
    (withdrawn,) = rows(done.stdout)
    assert (withdrawn["article_id"], withdrawn["version"], withdrawn["claims"]) == ("night", 3, [])


def test_bad_lines_are_named_and_the_others_go_on() -> None:
    bad = '{"id": 7, "body": "x"}\n' + "nonsense\n" + '{"id": "empty"}\n' + '{"withdrawn": true}\n'
    done = run("extract", "-", given=bad + written(NIGHT))
    assert done.returncode == 1
    assert [row["article_id"] for row in rows(done.stdout)] == ["night"]
    reasons = [line.split(": ")[:2] for line in done.stderr.splitlines()]
    assert reasons == [
        ["line 1", "wrong_type"],
        ["line 2", "not_json"],
        ["line 3", "missing_field"],
        ["line 4", "missing_field"],
    ]


def test_a_line_of_any_length_is_one_bad_line() -> None:
    long = b'{"id": "long", "body": "' + b"x" * 5_000_000 + b'"}\n'
    done = run("extract", "-", given=long + written(NIGHT).encode())
    assert done.returncode == 1
    assert done.stderr.startswith("line 1: too_large: ")
    assert len(done.stderr) < 200
    assert len(rows(done.stdout)) == 1


def test_one_text_as_file_as_input_and_as_words(tmp_path: Path) -> None:
    text = str(NIGHT["body"])
    file = tmp_path / "text.txt"
    file.write_text(text, encoding="utf-8", newline="")
    options = ("--published-at", "2025-09-19T11:00:00+03:00", "--language", "en", "--source", "wire.example")
    from_file = run("extract", "--text", str(file), *options)
    assert from_file.returncode == 0, from_file.stderr
    (found,) = rows(from_file.stdout)
    assert (found["published_at"], found["source"]) == ("2025-09-19T08:00:00Z", "wire.example")
    assert found["claims"][0]["quantity"]["low"] == 31
    assert run("extract", "--text", *options, given=text).stdout == from_file.stdout
    assert run("extract", "--text", *options, text).stdout == from_file.stdout


def test_line_ends_of_a_text_stay_so_that_offsets_fit(tmp_path: Path) -> None:
    text = "Air defences busy\r\n\r\n" + str(NIGHT["body"]).replace("drones were", "drones\r\nwere")
    file = tmp_path / "text.txt"
    file.write_bytes(text.encode())
    (found,) = rows(run("extract", "--text", str(file), "--published-at", "2025-09-19T08:00:00Z").stdout)
    span = found["claims"][0]["span"]
    assert text[span["start"] : span["end"]] == span["text"]


def test_wrong_texts_are_told_so(tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Köln".encode("latin-1"))
    assert (run("extract", "--text", str(latin)).returncode, run("extract", "--text", "-").returncode) == (1, 1)
    assert run("extract", "--text", "nosuchfile").returncode == 2
    assert run("extract", "--published-at", "2025-09-19T08:00:00Z", "-").returncode == 2
    assert run("extract", "--text", "--published-at", "2025-09-19T08:00:00", "a b").returncode == 2


def test_explain_marks_the_words_and_gives_reasons() -> None:
    done = run("explain", "-", given=written(NIGHT, SPORT))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "[1>" in done.stdout
    assert "<1]" in done.stdout
    assert "intercepted 31; UA>RU; RU-BRY; " in done.stdout
    assert "says RU-MOD" in done.stdout
    assert "rule: " in done.stdout
    assert "sport: " in done.stdout


def test_explain_lets_no_text_rewrite_the_terminal() -> None:
    hostile = NIGHT | {"id": "\x1b]0;owned\x07", "title": "\x1b[2J\u202egnp", "body": str(NIGHT["body"]) + "\x9b31m"}
    done = run("explain", "-", given=written(hostile))
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(done.stdout + done.stderr)
    assert "intercepted 31" in done.stdout


def test_a_text_that_is_not_read_to_its_end_is_told() -> None:
    long = {**NIGHT, "body": NIGHT["body"] + " And so on and so forth and so on and so forth." * 20_000}
    done = run("extract", "-", given=written(long, NIGHT))
    assert done.returncode == 0
    assert [len(row["claims"]) for row in rows(done.stdout)] == [1, 1]
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == ["line 1", "line 1"]
    assert "too many characters" in done.stderr
    assert "too many tokens" in run("explain", "-", given=written(long)).stdout
