"""Take a picture of every page of a running demo: phone or desk as its people hold it, zh and en, light and dark.

    bin/shots [--url http://localhost:8000] [--only wallet] [--into shots]

One file per page and look (``shots/wallet/home.zh.dark.png``) and one contact sheet per door (``shots/wallet.png``).
Pages with an id are found as a person finds them: by following the first link of their kind.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from walletdesk.project.city.people import DEMO_PASSWORD

PHONE, DESK = (390, 844), (1440, 900)
CHROMIUM = os.environ.get("WALLETDESK_CHROMIUM", "/usr/bin/chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync".split()


@dataclass(frozen=True)
class Shot:
    """``follow``: after ``path``, the CSS selectors of links to follow, in turn."""

    name: str
    path: str
    follow: tuple[str, ...] = ()


@dataclass(frozen=True)
class Door:
    name: str
    email: str
    sizes: tuple[tuple[int, int], ...]
    shots: tuple[Shot, ...] = field(default=())


DOORS = (
    Door(
        "public",
        "",
        (PHONE, DESK),
        (
            Shot("front", "/"),
            Shot("contact", "/contact/"),
            Shot("sign-in", "/sign-in/"),
            Shot("sign-up", "/sign-up/"),
            Shot("not-found", "/nothing-here/"),
        ),
    ),
    Door(
        "wallet",
        "lin.xiaoyu@demo.example",
        (PHONE,),
        (
            Shot("home", "/wallet/"),
            Shot("top-up", "/wallet/top-up/"),
            Shot("scan", "/wallet/scan/"),
            Shot("bills", "/wallet/bills/"),
            Shot("payment", "/wallet/bills/", ("main a[href^='/wallet/bills/0']",)),
            Shot("transfer", "/wallet/transfer/"),
            Shot("help", "/wallet/help/"),
            Shot("cases", "/wallet/cases/"),
            Shot("case", "/wallet/cases/", ("main a[href^='/wallet/cases/WD']",)),
            Shot("messages", "/wallet/messages/"),
            Shot("me", "/wallet/me/"),
            Shot("pin", "/wallet/me/pin/"),
            Shot("who-looked", "/wallet/me/who-looked/"),
        ),
    ),
    Door(
        "till",
        "qinghe@demo.example",
        (PHONE, DESK),
        (
            Shot("till", "/till/"),
            Shot("takings", "/till/takings/"),
            Shot("cases", "/till/cases/"),
            Shot("case", "/till/cases/", ("main a[href^='/till/cases/WD']",)),
        ),
    ),
    Door(
        "desk",
        "agent1024@demo.example",
        (DESK,),
        (
            Shot("console", "/desk/"),
            Shot("case", "/desk/?filter=waiting", ("a[href*='/desk/cases/WD']",)),
            Shot("approvals", "/desk/approvals/"),
            Shot("books", "/desk/books/"),
        ),
    ),
)


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", DEMO_PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def looks(browser: Browser, url: str, door: Door) -> Iterator[tuple[str, Page]]:
    """A signed-in window for each size, language and light."""
    for width, height in door.sizes:
        size = "phone" if width < 600 else "desk"
        for language, locale in (("zh", "zh-CN"), ("en", "en-GB")):
            for light in ("light", "dark"):
                context = browser.new_context(
                    base_url=url,
                    viewport={"width": width, "height": height},
                    locale=locale,
                    color_scheme=light,  # type: ignore[arg-type]
                    timezone_id="Asia/Shanghai",
                    device_scale_factor=1.5 if size == "phone" else 1,
                )
                code = "zh-hans" if language == "zh" else "en"
                context.add_cookies([{"name": "language", "value": code, "url": url}])
                page = context.new_page()
                if door.email:
                    sign_in(page, door.email)
                yield f"{size}.{language}.{light}", page
                context.close()


def take(page: Page, shot: Shot) -> bool:
    """Whether the page is there to be seen; what it lacks is said."""
    page.goto(shot.path)
    for selector in shot.follow:
        link = page.locator(selector).first
        if not link.count():
            print(f"  not shown: {shot.name}, nothing like {selector} on {page.url}")
            return False
        page.goto(link.get_attribute("href") or shot.path)
    page.wait_for_timeout(250)  # pictures only: let the page's own scripts settle
    return True


def sheet(folder: Path) -> None:
    """All pictures of one door on one sheet, a row per page."""
    rows: dict[str, list[Path]] = {}
    for picture in sorted(folder.glob("*.png")):
        rows.setdefault(picture.name.split(".")[0], []).append(picture)
    height, gap = 420, 12
    drawn = [[Image.open(one) for one in row] for row in rows.values()]
    scaled = [[one.resize((max(1, one.width * height // one.height), height)) for one in row] for row in drawn]
    width = max(sum(one.width + gap for one in row) for row in scaled) + gap
    whole = Image.new("RGB", (width, len(scaled) * (height + gap + 18) + gap), "#cfd4cf")
    pen = ImageDraw.Draw(whole)
    for place, (name, row) in enumerate(zip(rows, scaled, strict=True)):
        top, left = gap + place * (height + gap + 18), gap
        pen.text((left, top), name, fill="#14213A")
        for one in row:
            whole.paste(one, (left, top + 16))
            left += one.width + gap
    whole.save(folder.with_suffix(".png"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--only", choices=[door.name for door in DOORS])
    parser.add_argument("--into", type=Path, default=Path("shots"))
    parser.add_argument("--whole", action="store_true", help="the whole scroll of each page")
    wanted = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for door in (one for one in DOORS if wanted.only in (None, one.name)):
            folder = wanted.into / door.name
            folder.mkdir(parents=True, exist_ok=True)
            for look, page in looks(browser, wanted.url, door):
                for shot in door.shots:
                    if take(page, shot):
                        page.screenshot(path=folder / f"{shot.name}.{look}.png", full_page=wanted.whole)
            sheet(folder)
            print(f"{door.name}: {len(list(folder.glob('*.png')))} pictures, {folder.with_suffix('.png')}")
        browser.close()


if __name__ == "__main__":
    main()
