"""All commands under one name; importing this must stay cheap, for `--help` answers with it."""

from __future__ import annotations

import click

from worker import __version__
from worker.cli import (
    board,
    check,
    completion,
    config,
    dead_letters,
    demo,
    evaluate,
    produce,
    run,
    schemas,
    tally,
    texts,
    topics,
    why,
)
from worker.cli.faults import Commands, examples


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=examples(
        "drone-tally demo                         see it work, without any set-up",
        "drone-tally extract articles.jsonl       what each article claims",
        "drone-tally tally articles.jsonl         what all of them add up to",
        "drone-tally topics apply && drone-tally worker",
    ),
)
@click.version_option(__version__, prog_name="drone-tally", message="%(prog)s %(version)s")
def commands() -> None:
    """Count drone attacks from news articles on a Kafka stream.

    Settings come from the environment (DRONETALLY_...); `drone-tally config show` lists them. Exit codes: 0 done,
    1 failed, 2 wrong usage, 69 the brokers do not answer, 78 something has to be set right first.
    """


for _command in (
    run.worker,
    demo.demo,
    board.board,
    texts.extract,
    texts.explain,
    tally.tally,
    why.why,
    evaluate.evaluate,
    topics.topics,
    check.check,
    config.config,
    produce.produce,
    dead_letters.dead_letters,
    schemas.schemas,
    completion.completion,
):
    commands.add_command(_command)
