"""The whole demo: broker, topics, worker, board and play, each ended before what it stands on."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from worker.broker import Kind, choose
from worker.connection import client_options
from worker.demo.crew import Crew, environment_for
from worker.demo.page import Page
from worker.demo.play import play
from worker.demo.scoreboard import Scoreboard
from worker.demo.script import sample_script
from worker.demo.stage import clear_stage, overrides_for, set_stage
from worker.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.broker import Broker
    from worker.demo.views import View
    from worker.settings import Settings


def show(kind: Kind, seconds: float, view: View, say: Callable[[str], None], stay: bool) -> None:
    """Play the sample articles on a broker of the given kind.

    Args:
        kind: which broker; `external` takes this process's settings to reach it.
        seconds: how long the messages are sent.
        view: shows the play.
        say: takes what is no part of the play, such as the progress of a first download.
        stay: keep everything running when all is counted, until Ctrl-C.

    Raises:
        BrokerError: no broker could be had.
        StartError: brokers or worker fail.
    """
    with ExitStack() as stack:
        external = load() if kind == "external" else None
        broker = stack.enter_context(_broker(kind, external, say))
        view.say(broker.description)
        overrides = overrides_for(broker.bootstrap, external)
        environment = environment_for(overrides, inherit=external is not None)
        settings = load(environment)
        asyncio.run(set_stage(settings))
        if external is not None:
            stack.callback(lambda: asyncio.run(clear_stage(settings)))
        crew = stack.enter_context(Crew(settings, environment))
        crew.wait_until_ready()
        page = stack.enter_context(Page(environment))
        view.say(f"watch in the browser: {page.address}")
        script = sample_script()
        with view:
            asyncio.run(play(settings, script, seconds, Scoreboard(script.texts), view, crew))
        for line in where_to_look(settings, crew.pages):
            view.say(line)
        if stay:
            say("everything keeps running; Ctrl-C ends it")
        page.require_alive()
        view.say(f"board:          {page.address}")
        if stay:
            _until_interrupted(crew, page)


def _until_interrupted(crew: Crew, page: Page) -> None:
    with suppress(KeyboardInterrupt):
        while True:
            crew.require_alive()
            page.require_alive()
            time.sleep(0.5)  # and not `signal.pause`, which misses a signal that comes just before it


def where_to_look(settings: Settings, pages: str) -> list[str]:
    """Say how to look into what is still running."""
    kcat = f"kcat -b {settings.bootstrap_servers} -C -e -q -t"
    return [
        "",
        "while the demo runs:",
        f"metrics:        {pages}/metrics",
        f"tallies:        {kcat} {settings.day_topic} -f '%k %s\\n'",
        f"claims:         {kcat} {settings.claims_topic} -f '%k %s\\n'",
        f"conflicts:      {kcat} {settings.conflicts_topic} -f '%k %s\\n'",
        f"dead letters:   {kcat} {settings.dead_letters_topic} -f '%h %s\\n'",
    ]


def _broker(kind: Kind, external: Settings | None, say: Callable[[str], None]) -> Broker:
    if external is None:
        return choose(kind, say=say)
    options = client_options(external)
    return choose("external", bootstrap=options.pop("bootstrap_servers"), client=options, say=say)
