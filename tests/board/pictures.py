"""Takes the pictures of the board for the README: `python -m tests.board.pictures ADDRESS FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from tests.board.stage import browser_path

_VIEW = "front=UA>RU&measure=intercepted&day=2025-09-15&lang=en"


async def take(address: str, folder: Path) -> None:
    """Take one picture in each theme."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        for theme in ("light", "dark"):
            page = await browser.new_page(viewport={"width": 1360, "height": 1010}, locale="en-GB")
            await page.goto(f"{address}#{_VIEW}&theme={theme}")
            await page.wait_for_selector("html[data-ready]")
            await page.wait_for_timeout(500)
            await page.screenshot(path=folder / f"board-{theme}.png")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1], Path(sys.argv[2])))
