"""What the board answers over HTTP, to whom, and how it ends those who do not listen."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from tests.board.history import tallies, window_of
from worker.board import server
from worker.board.follow import Follower
from worker.board.hub import Hub
from worker.codec import encode
from worker.settings import load

Client = TestClient[web.Request, web.Application]


@pytest_asyncio.fixture
async def hub() -> Hub:
    return Hub()


@pytest_asyncio.fixture
async def client(hub: Hub) -> AsyncIterator[Client]:
    follower = Follower(load({}), hub)
    for tally in tallies(days=3):
        follower.store.standing.put(tally.window.size, tally.key.encode(), encode(tally))
    async with TestClient(TestServer(server.application(follower, hub, "Europe/Kyiv"))) as opened:
        yield opened


async def test_everything_it_sends_forbids_what_a_page_could_be_made_to_do(client: Client) -> None:
    for path in ("/", "/js/main.js", "/api/frame", "/nothing", "/api/window"):
        answer = await client.get(path)
        assert answer.headers["Content-Security-Policy"] == server.POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers
    assert "unsafe" not in server.POLICY
    assert "http" not in server.POLICY


async def test_the_page_is_whole(client: Client) -> None:
    page = await (await client.get("/")).text()
    for name in re.findall(r'(?:src|href)="([^"#]+)"', page):
        answer = await client.get("/" + name)
        assert answer.status == 200, name
        if name.startswith("api/"):
            continue
        again = await client.get("/" + name, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status == 304


@pytest.mark.parametrize(
    "path", ["/nothing", "/../settings.py", "/%2e%2e/settings.py", "/page/", "/vendor", "/js//main.js"]
)
async def test_nothing_else_is_there(client: Client, path: str) -> None:
    assert (await client.get(path)).status == 404


@pytest.mark.parametrize("name", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", ""])
async def test_other_names_get_no_answer(client: Client, name: str) -> None:
    assert (await client.get("/api/frame", headers={"Host": name})).status in (400, 421)


@pytest.mark.parametrize("name", ["127.0.0.1:1234", "localhost", "localhost:8464", "[::1]:8464"])
async def test_loopback_names_do(client: Client, name: str) -> None:
    assert (await client.get("/api/frame", headers={"Host": name})).status == 200


async def test_nothing_can_be_written(client: Client) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert (await client.request(method, "/api/frame")).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "window", "window?front=RU>UA", "window?front=RU>UA&day=yesterday", "window?front=x&day=2025-09-19",
        "window?front=RU>UA&day=2025-09-19&size=P2D", "line?front=RU>UA&region=UA&measure=score",
        "line?front=RU>UA&measure=hit", "grounds?front=RU>UA&day=2025-09-19&region=" + "R" * 101,
    ],
)  # fmt: skip
async def test_what_makes_no_sense_is_refused_in_words(client: Client, path: str) -> None:
    answer = await client.get(f"/api/{path}")
    assert answer.status == 400
    assert " is " in await answer.text()


async def test_the_numbers_are_those_of_the_tallies(client: Client) -> None:
    wanted = window_of("RU>UA", "2025-09-18", days=3)
    answer = await (await client.get("/api/window?front=RU>UA&day=2025-09-18")).json()
    shown = {tally["region"]: tally for tally in answer["tallies"]}
    assert shown.keys() == wanted.keys()
    for region, tally in wanted.items():
        for measure, cell in tally.measures.items():
            assert shown[region]["measures"][measure]["high"] == cell.high
            assert shown[region]["measures"][measure]["best"] == cell.best


async def test_news_reach_everyone_who_listens(client: Client, hub: Hub) -> None:
    first, second = await client.get("/api/events"), await client.get("/api/events")
    for each in (first, second):
        assert b'"all":true' in await each.content.readline()
        await each.content.readline()
    hub.tell(status={"state": "silent"})
    for each in (first, second):
        assert b'"silent"' in await asyncio.wait_for(each.content.readline(), 5)
        each.close()


async def test_who_knows_everything_is_not_told_it_again(client: Client, hub: Hub) -> None:
    hub.tell(everything=True)
    known = (await (await client.get("/api/frame")).json())["changes"]
    upto_date, behind = await client.get(f"/api/events?since={known}"), await client.get("/api/events?since=0")
    assert b'"all":false' in await upto_date.content.readline()
    assert b'"all":true' in await behind.content.readline()
    upto_date.close()
    behind.close()


@pytest.mark.parametrize("known", [None, "", "2", "undefined", "-2", "0000-0000-2", "other"])
async def test_who_knows_what_an_earlier_board_said_is_told_everything(
    client: Client, hub: Hub, known: str | None
) -> None:
    earlier = Hub()
    for each in (earlier, hub):
        each.tell(everything=True)
        each.tell(everything=True)
    since = earlier.changes if known == "other" else known
    answer = await client.get("/api/events", params={} if since is None else {"since": since})
    assert b'"all":true' in await answer.content.readline()
    answer.close()


async def test_who_does_not_take_its_news_is_let_go_and_holds_up_nobody(
    client: Client, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(server, "_HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr(server, "_PACE_SECONDS", 0.0)
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.connect((client.host, client.port))
    deaf.sendall(b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    try:
        async with asyncio.timeout(20), ClientSession() as session:
            while not len(hub):
                await asyncio.sleep(0.02)
            while len(hub):
                hub.tell(status={"state": "x" * 100_000})
                async with session.get(client.make_url("/api/frame")) as answer:
                    assert answer.status == 200
                await asyncio.sleep(0.02)
    finally:
        deaf.close()
