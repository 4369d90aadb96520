"""Screenshots of pages of a running academy, for looking at them.

    python tools/screenshots.py http://127.0.0.1:8000 folder [--as ROLE] [--lang tk] [--width 390] PATH ...

``--as`` names a button of the demo sign-in page (programme-officer, hr, learner, ...).
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from playwright.sync_api import sync_playwright


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("folder", type=Path)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--as", dest="role", default="")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--dark", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": given.width, "height": 900},
            color_scheme="dark" if given.dark else "light",
        )
        context.add_cookies([{"name": "language", "value": given.lang, "url": given.base}])
        page = context.new_page()
        if given.role:
            page.goto(f"{given.base}/demo/")
            page.locator(f'button[name="as"][value="{given.role}"]').click()
            page.wait_for_load_state()
        for path in given.paths:
            page.goto(given.base + path)
            name = re.sub(r"[^a-zA-Z0-9]+", "-", path).strip("-") or "front"
            target = (
                given.folder / f"{given.role or 'public'}-{name}-{given.lang}-{given.width}.png"
            )
            page.screenshot(path=target, full_page=True)
            print(target)
        browser.close()


if __name__ == "__main__":
    main()
