"""`evaluate`: extraction against labels of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.programs import NIGHT, SPORT, rows, run, written

LABEL: dict[str, Any] = {
    "measure": "intercepted",
    "weapon": "drone",
    "quantity": {"low": 31, "high": 31, "qualifier": "exact"},
    "attacker": "UA",
    "regions": ["RU-BRY"],
    "scope": "total",
    "status": "current",
    "text": "31 Ukrainian drones were destroyed",
}


def files(tmp_path: Path, *labels: dict[str, Any]) -> tuple[str, ...]:
    articles, gold = tmp_path / "articles.jsonl", tmp_path / "gold.jsonl"
    articles.write_text(written(NIGHT, SPORT), encoding="utf-8")
    gold.write_text(written({"id": "night", "language": "en", "claims": list(labels)}), encoding="utf-8")
    return "evaluate", "--articles", str(articles), "--gold", str(gold)


def test_agreement_is_1(tmp_path: Path) -> None:
    done = run(*files(tmp_path, LABEL), "--json")
    assert done.returncode == 0, done.stderr
    scores = {(row["level"], row["group"]): row for row in rows(done.stdout) if "level" in row}
    assert set(scores) == {(level, group) for level in ("full", "value") for group in ("all", "en", "intercepted")}
    assert all((row["f1"], row["right"], row["wrong"], row["missed"]) == (1, 1, 0, 0) for row in scores.values())


def test_what_was_missed_and_wrong_is_listed(tmp_path: Path) -> None:
    arguments = files(tmp_path, LABEL | {"regions": ["RU-KRS"]})
    *scores, missed, wrong = rows(run(*arguments, "--json", "--misses").stdout)
    assert {row["level"]: row["f1"] for row in scores if row["group"] == "all" and "level" in row} == {
        "value": 1,
        "full": 0,
    }
    assert (missed["missed"]["regions"], wrong["wrong"]["regions"]) == (["RU-KRS"], ["RU-BRY"])
    table = run(*arguments, "--misses").stdout
    assert "RU-KRS" in table
    assert "31 Ukrainian drones were destroyed" in table


def test_labels_that_fit_no_article_are_a_fault(tmp_path: Path) -> None:
    arguments = list(files(tmp_path))
    Path(arguments[4]).write_text(json.dumps({"id": "other", "claims": [LABEL]}))
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "do the ids fit" in done.stderr


def test_days_wholes_spans_and_relevance_are_told(tmp_path: Path) -> None:
    night = {"start": "2025-09-18T17:00:00Z", "end": "2025-09-19T05:00:00Z"}
    arguments = files(tmp_path, LABEL | {"period": night, "part_of": None})
    shares = {(row["particular"], row["group"]): row for row in rows(run(*arguments, "--json").stdout)[6:]}
    assert {key: (row["right"], row["of"]) for key, row in shares.items() if key[1] == "all"} == {
        ("day", "all"): (1, 1),
        ("span", "all"): (1, 1),
    }
    wrong = files(tmp_path, LABEL | {"period": night | {"end": "2025-09-17T05:00:00Z"}})
    told = {row.get("particular"): row for row in rows(run(*wrong, "--json").stdout)}
    assert (told["day"]["right"], told["day"]["of"]) == (0, 1)


def test_a_zone_or_period_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    unreadable = run(*files(tmp_path, LABEL | {"period": {"end": "yesterday"}}))
    no_zone = run(*files(tmp_path, LABEL), "--zone", "Mars/Base")
    for done, code in ((unreadable, 1), (no_zone, 2)):
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
