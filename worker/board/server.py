"""The page and what it asks for, on loopback: no cookies, no writing, nothing from elsewhere, for nobody elsewhere.

Requests are answered only under a loopback name: a page of another site whose name was bent to this address is refused.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from worker.board import answers
from worker.board.hub import Hub, TooManyListenersError
from worker.board.standing import FRONT, Place
from worker.model import MEASURES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from importlib.resources.abc import Traversable

    from worker.board.follow import Follower

HOST = "127.0.0.1"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": "image/svg+xml",
}
_LONGEST_REGION = 100
_LOOPBACK_NAMES = frozenset(("127.0.0.1", "localhost", "[::1]"))
_HEARTBEAT_SECONDS = 15.0
_PATIENCE_SECONDS = 10.0
_PACE_SECONDS = 0.2
_UNSENT_BYTES = 64 * 1024

_encoder = msgspec.json.Encoder()


class Page:
    """One file of the page, ready to be sent."""

    def __init__(self, name: str, content: bytes) -> None:
        self.content = content
        self.type = _TYPES[name.rpartition(".")[2]]
        self.tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'


def application(follower: Follower, hub: Hub, zone: str) -> web.Application:
    """Make the web application that shows what `follower` finds, live."""
    pages = {f"/{name}": Page(name, content) for name, content in _files(files("worker.board").joinpath("page"))}
    pages["/"] = pages.pop("/index.html")

    async def show(request: web.Request) -> web.Response:
        page = pages.get(request.path)
        if page is None:
            raise web.HTTPNotFound(text="there is only one page: /")
        caching = {"ETag": page.tag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == page.tag:
            return web.Response(status=304, headers=caching)
        return web.Response(body=page.content, content_type=page.type, charset="utf-8", headers=caching)

    async def frame(_: web.Request) -> web.Response:
        return _json({**answers.frame(follower.store, follower.status(), zone), "changes": hub.changes})

    async def regions(_: web.Request) -> web.Response:
        return _json(answers.regions())

    async def window(request: web.Request) -> web.Response:
        return _json(answers.window(follower.store, _place(request)))

    async def line(request: web.Request) -> web.Response:
        asked = request.query
        measure = asked.get("measure", "")
        if measure not in MEASURES:
            raise web.HTTPBadRequest(text="measure is none of the measures")
        return _json(answers.line(follower.store, _size(request), _front(request), _region(request), measure))

    async def grounds(request: web.Request) -> web.Response:
        return _json(answers.grounds(follower.store, _place(request), _region(request)))

    async def events(request: web.Request) -> web.StreamResponse:
        return await _stream(request, hub, follower.status())

    app = web.Application(middlewares=[_guard])
    app.router.add_get("/api/frame", frame)
    app.router.add_get("/api/regions", regions)
    app.router.add_get("/api/window", window)
    app.router.add_get("/api/line", line)
    app.router.add_get("/api/grounds", grounds)
    app.router.add_get("/api/events", events)
    app.router.add_get("/{path:.*}", show)
    app.on_response_prepare.append(_harden)
    return app


async def _stream(request: web.Request, hub: Hub, status: dict[str, Any]) -> web.StreamResponse:
    """Send news as they come; who does not take them in time is let go, and comes back when it can."""
    try:
        with hub.listening() as listener:
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
            await response.prepare(request)
            if request.transport is not None:
                request.transport.set_write_buffer_limits(high=_UNSENT_BYTES)
            listener.tell((), status, everything=request.query.get("since") != hub.changes)
            while True:
                try:
                    async with asyncio.timeout(_PATIENCE_SECONDS + _HEARTBEAT_SECONDS):
                        await response.write(await listener.news(_HEARTBEAT_SECONDS))
                except (TimeoutError, ConnectionError):
                    break
                await asyncio.sleep(_PACE_SECONDS)
            if request.transport is not None:
                request.transport.abort()
            return response
    except TooManyListenersError:
        raise web.HTTPServiceUnavailable(text="too many pages are open", headers={"Retry-After": "30"}) from None


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    name = request.host.rpartition(":")[0] if re.search(r":\d+$", request.host) else request.host
    if name not in _LOOPBACK_NAMES:
        raise web.HTTPMisdirectedRequest(text="ask for 127.0.0.1 or localhost")
    return await handler(request)


async def _harden(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
    response.headers["Server"] = "drone-tally"


def _files(folder: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.rpartition(".")[2] in _TYPES:
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


def _json(value: dict[str, Any]) -> web.Response:
    return web.Response(
        body=_encoder.encode(value), content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def _size(request: web.Request) -> str:
    size = request.query.get("size", "P1D")
    if size not in answers.SIZES:
        raise web.HTTPBadRequest(text="size is neither P1D nor P7D")
    return size


def _front(request: web.Request) -> str:
    front = request.query.get("front", "")
    if not FRONT.fullmatch(front):
        raise web.HTTPBadRequest(text="front is not attacker>defender")
    return front


def _region(request: web.Request) -> str:
    region = request.query.get("region", "")
    if not 0 < len(region) <= _LONGEST_REGION:
        raise web.HTTPBadRequest(text="region is not a code")  # of which kind is not asked: it is only looked up
    return region


def _place(request: web.Request) -> Place:
    day = request.query.get("day", "")
    try:
        date.fromisoformat(day)
    except ValueError:
        raise web.HTTPBadRequest(text="day is not a date such as 2025-05-21") from None
    return Place(_size(request), _front(request), day)
