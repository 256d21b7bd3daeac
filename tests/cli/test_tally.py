"""`tally`: the final state of the whole pipeline, whatever the order of the lines."""

from __future__ import annotations

import json
import random

from tests.cli.programs import NIGHT, SPORT, rows, run, written
from tests.demo.samples import SAMPLES

READABLE = [line for line in SAMPLES.splitlines() if '"raw"' not in line]


def test_tally_prints_days_then_weeks_by_key() -> None:
    done = run("tally", "-", given=written(NIGHT, SPORT))
    assert done.returncode == 0, done.stderr
    found = rows(done.stdout)
    assert [(x["window"]["size"], x["key"]) for x in found] == sorted((x["window"]["size"], x["key"]) for x in found)
    days = {x["key"]: x for x in found if x["window"]["size"] == "P1D"}
    assert set(days) == {"RU|UA>RU|2025-09-19", "RU-BRY|UA>RU|2025-09-19"}
    bryansk = days["RU-BRY|UA>RU|2025-09-19"]
    cell = bryansk["measures"]["intercepted"]
    assert (cell["low"], cell["best"], cell["high"]) == (31, 31, 31)
    assert (bryansk["region_name"], bryansk["claimants"], bryansk["revision"]) == ("Bryansk Oblast", ["RU-MOD"], 0)
    assert {x["window"]["date"] for x in found if x["window"]["size"] == "P7D"} == {
        f"2025-09-{day}" for day in range(19, 26)
    }


def test_windows_and_zone_can_be_chosen() -> None:
    late = NIGHT | {
        "body": "In the night to 19 September from 20:00 to 22:30 Moscow time, 31 Ukrainian drones were shot "
        "down over the Bryansk region.",
        "published_at": "2025-09-18T20:00:00Z",
    }
    given = written(NIGHT, late)
    both = rows(run("tally", "-", given=given).stdout)
    day = rows(run("tally", "--window", "day", given=given).stdout)
    week = rows(run("tally", "--window", "week", given=given).stdout)
    assert both == day + week
    assert {x["window"]["start"][11:] for x in day} == {"21:00:00Z"}
    utc = rows(run("tally", "--zone", "UTC", "--window", "day", given=given).stdout)
    assert {x["window"]["start"][11:] for x in utc} == {"00:00:00Z"}
    wrong = run("tally", "--zone", "Mars/Base", given=given)
    assert wrong.returncode == 2
    assert "Invalid value for '--zone': 'Mars/Base' is not a time zone of the IANA data base" in wrong.stderr


def test_order_and_repetition_change_nothing() -> None:
    expected = run("tally", "-", given="\n".join(READABLE))
    assert expected.returncode == 0
    assert len(expected.stdout.splitlines()) > 100
    shuffled = [*READABLE, *READABLE[::3]]
    random.Random(7).shuffle(shuffled)
    assert run("tally", "-", given="\n".join(shuffled)).stdout == expected.stdout


def test_a_withdrawal_leaves_what_was_there_before() -> None:
    other = NIGHT | {
        "id": "other",
        "body": "Gladkov said two people were injured in a drone attack on Shebekino on 19 September.",
        "published_at": "2025-09-19T12:00:00Z",
    }
    before = run("tally", "-", given=written(NIGHT)).stdout
    assert run("tally", "-", given=written(NIGHT, other)).stdout != before
    assert run("tally", "-", given=written(NIGHT, other, {"id": "other", "withdrawn": True})).stdout == before
    assert run("tally", "-", given=written({"id": "other", "withdrawn": True}, other, NIGHT)).stdout == before


def test_articles_from_the_future_are_refused_by_the_time_of_arrival() -> None:
    assert run("tally", "--now", "2025-09-19T09:00:00Z", given=written(NIGHT)).returncode == 0
    early = run("tally", "--now", "2025-09-10T09:00:00Z", given=written(NIGHT))
    assert (early.returncode, early.stdout) == (1, "")
    assert early.stderr.startswith("line 1: future_date: ")


def test_the_retention_leaves_old_windows_out() -> None:
    old = NIGHT | {"id": "old", "published_at": "2025-08-01T08:00:00Z"}
    kept = rows(run("tally", "--retention-days", "10", given=written(NIGHT, old)).stdout)
    assert kept == rows(run("tally", "-", given=written(NIGHT)).stdout)
    assert len(rows(run("tally", "-", given=written(NIGHT, old)).stdout)) > len(kept)


def test_no_lines_give_no_tallies() -> None:
    done = run("tally", "-", given="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_bad_lines_make_the_exit_code_1() -> None:
    done = run("tally", "-", given="{\n" + json.dumps(NIGHT))
    assert done.returncode == 1
    assert done.stderr.startswith("line 1: not_json")
    assert len(rows(done.stdout)) == 16
