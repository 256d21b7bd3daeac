"""`why`: the cells of one region, front and day, and what became of every statement about them."""

from __future__ import annotations

import json

from tests.cli.programs import NIGHT, SPORT, run, written

REPRINT = NIGHT | {"id": "reprint", "source": "daily.example", "published_at": "2025-09-19T09:30:00Z"}
EARLIER = NIGHT | {
    "id": "earlier",
    "body": "Russia's Defence Ministry said 27 Ukrainian drones were destroyed over the Bryansk region overnight.",
    "published_at": "2025-09-19T05:00:00Z",
}
RIVAL = {
    "id": "rival",
    "body": "Two people were injured in a drone attack on Bryansk overnight, governor Bogomaz said.",
    "published_at": "2025-09-19T06:00:00Z",
    "source": "region.example",
}
ELSEWHERE = NIGHT | {
    "id": "elsewhere",
    "body": "Russia's Defence Ministry said 4 Ukrainian drones were destroyed over the Kursk region overnight.",
}
QUESTION = ("why", "RU-BRY", "UA>RU", "2025-09-19")


def test_counted_and_set_aside_statements_are_shown_with_words_reasons_and_carriers() -> None:
    done = run(*QUESTION, given=written(NIGHT, REPRINT, EARLIER, RIVAL, ELSEWHERE, SPORT))
    assert done.returncode == 0, done.stderr
    head, counted, aside = (block.splitlines() for block in done.stdout.split("\n\n"))
    assert head[0] == "RU-BRY Bryansk Oblast, UA>RU, 2025-09-19 (Europe/Kyiv)"
    assert [line.split() for line in head if "intercepted" in line] == [["intercepted", "31", "31", "31", "-"]]
    assert counted[0] == "Counted"
    assert any("intercepted 31" in line for line in counted)
    assert "    night (wire.example), and 1 article more" in counted
    assert aside[0] == "Set aside"
    assert any(line.startswith("  intercepted 27;") for line in aside)
    assert "    superseded: the same claimant gave a newer figure" in aside
    assert "Kursk" not in done.stdout


def test_the_whole_front_shows_every_region() -> None:
    done = run("why", "ru", "ua>ru", "2025-09-19", "--json", given=written(NIGHT, ELSEWHERE))
    found = json.loads(done.stdout)
    assert {tuple(one["claim"]["regions"]) for one in found["statements"]} == {("RU-BRY",), ("RU-KRS",)}
    assert found["tally"]["measures"]["intercepted"]["low"] == 35
    assert {one["verdict"] for one in found["statements"]} == {"counted"}


def test_a_contradiction_names_what_it_can_not_be_true_with() -> None:
    total = NIGHT | {
        "id": "total",
        "body": "Russia's Defence Ministry said 20 Ukrainian drones were destroyed overnight over Russian regions.",
    }
    found = json.loads(run(*QUESTION, "--json", given=written(total, NIGHT)).stdout)
    verdicts = {one["article_id"]: one for one in found["statements"]}
    assert verdicts["night"]["verdict"] == "impossible_sum"
    assert [other["article_id"] for other in verdicts["night"]["against"]] == ["total"]


def test_a_day_of_which_nothing_is_known_says_so() -> None:
    done = run("why", "RU-BRY", "UA>RU", "2025-09-25", given=written(NIGHT))
    assert done.returncode == 0
    assert "nothing counts here" in done.stdout


def test_what_can_not_be_asked_is_told_in_one_line() -> None:
    for arguments, said in (
        (("why", "Bryansk Oblast", "UA>RU", "2025-09-19"), "did you mean RU-BRY?"),
        (("why", "Belgrod", "UA>RU", "2025-09-19"), "RU-BEL"),
        (("why", "Курская", "UA>RU", "2025-09-19"), "RU-KRS"),
        (("why", "RU-BEL", "RU>RU", "2025-09-19"), "is not a front"),
        (("why", "RU-BRY", "UA-RU", "2025-09-19"), "is not a front"),
        (("why", "RU-BRY", "UA>RU", "yesterday"), "does not match"),
        ((*QUESTION, "--from-topic", "--now", "2025-09-20T00:00:00Z"), "--from-topic"),
    ):
        done = run(*arguments, given=written(NIGHT))
        assert done.returncode == 2, arguments
        assert said in done.stderr


def test_a_line_that_can_not_be_read_is_told_and_left_out() -> None:
    done = run(*QUESTION, given=written(NIGHT) + "{\n")
    assert done.returncode == 1
    assert "line 2: not_json" in done.stderr
    assert "31" in done.stdout
