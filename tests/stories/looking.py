"""Looking at a page with the eyes of an auditor: axe, the width of the screen, light and dark, the keyboard."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Page

EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
# What a page can get wrong in one language only: words that are missing, empty or said twice; and what in dark only.
WORDS_AND_COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": [
        *("html-has-lang", "html-lang-valid", "valid-lang", "document-title", "page-has-heading-one", "empty-heading"),
        *(
            "label",
            "button-name",
            "link-name",
            "input-button-name",
            "select-name",
            "image-alt",
            "svg-img-alt",
            "role-img-alt",
        ),
        *("aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "aria-dialog-name", "summary-name"),
        *("landmark-unique", "empty-table-header", "color-contrast"),
    ],
}
NARROW = 320
SOFT_PHONE = ["#softphone", "#phonepanel"]

_STICKS_OUT = """width => {
  const root = document.documentElement;
  if (root.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > width + 0.5)
    .map(one => `${one.tagName.toLowerCase()}.${one.className} to ${Math.round(one.getBoundingClientRect().right)}`)
    .slice(-3).concat([`the page is ${root.scrollWidth} wide`]);
}"""
_FOCUSED = """() => {
  const one = document.activeElement, look = getComputedStyle(one);
  const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1;
  return { primary: one.matches(".btn-go, .puck, [aria-current] a"), name: one.outerHTML.slice(0, 90),
           seen: ring || look.boxShadow !== "none" || one.matches(".skip, input, textarea, select"),
           box: one.getBoundingClientRect().toJSON() };
}"""


def with_axe(page: Page) -> Page:
    """Each document that comes brings axe along: half a megabyte is sent once and not for each look."""
    page.add_init_script(AXE)
    return page


def faults_of(page: Page) -> list[str]:
    """What axe finds, in light with all rules and in dark with those about colour. Light again afterwards.

    Nothing moves: a button on its way from light to dark has, for a moment, the colours of neither.
    """
    found = axe_says(page, "light", EVERYTHING)
    found += axe_says(page, "dark", COLOURS)
    page.emulate_media(color_scheme="light")
    return found


def faults_in(page: Page, language: str) -> list[str]:
    """Of a page that is walked through in both languages: in English light and by all rules; in Chinese dark, its colours
    and its words, since its parts are those of the English one.
    """
    return axe_says(page, "dark", WORDS_AND_COLOURS) if language == "zh" else axe_says(page, "light", EVERYTHING)


def faults_within(page: Page, parts: list[str], language: str = "en") -> list[str]:
    """The same of these parts (selectors) and what is in them, after the whole page has been looked at once: a call changes
    a bar and a panel of the desk, and they are a tenth of its work. In English both light and dark.
    """
    found = [] if language == "zh" else axe_says(page, "light", EVERYTHING, parts)
    found += axe_says(page, "dark", WORDS_AND_COLOURS if language == "zh" else COLOURS, parts)
    page.emulate_media(color_scheme="light")
    return found


def axe_says(
    page: Page, light: Literal["light", "dark"], rules: dict[str, Any], parts: list[str] | None = None
) -> list[str]:
    page.emulate_media(color_scheme=light, reduced_motion="reduce")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    where = {"include": [[part] for part in parts or ["html"]]}
    look = "async ([where, rules]) => (await axe.run(where, rules)).violations"
    return [
        f"{light}: {one['id']}: {node['html'][:140]} {_measured(node)}"
        for one in page.evaluate(look, [where, rules])
        for node in one["nodes"]
    ]


def _measured(node: dict[str, Any]) -> str:
    return " ".join(check["message"] for check in node["any"] + node["all"] + node["none"])[:200]


def too_wide(page: Page, *widths: int) -> list[str]:
    """What would have to be scrolled sideways at these widths. The last one stays."""
    found = []
    for width in widths:
        if page.viewport_size != {"width": width, "height": 844}:
            page.set_viewport_size({"width": width, "height": 844})
        found += [f"{width} px: {one}" for one in page.evaluate(_STICKS_OUT, width)]
    return found


def tab_to(page: Page, selector: str, most: int = 40) -> list[str]:
    """Press Tab until ``selector`` has the focus. Answers what was focused on the way without showing it."""
    hidden = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if not focused["seen"]:
            hidden.append(focused["name"])
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return hidden
    raise AssertionError(f"{most} times Tab did not reach {selector} on {page.url}")


def look(page: Page, name: str) -> None:
    """A picture in light and in dark, where somebody asked for pictures."""
    folder = os.environ.get("WALLETDESK_PICTURES")
    for scheme in ("light", "dark") if folder else ():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.screenshot(path=Path(str(folder)) / f"{name}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
