"""Looking again at a part of a page, after the whole of it has been looked at: a call changes a bar and a panel of the desk's."""

from __future__ import annotations

from typing import Any, Literal

from playwright.sync_api import Page

from tests.stories.looking import AXE, COLOURS, EVERYTHING, WORDS_AND_COLOURS

SOFT_PHONE = ["#softphone", "#phonepanel"]


def faults_within(page: Page, parts: list[str], language: str = "en") -> list[str]:
    """What axe finds in these parts (selectors) and those in them, light and dark: a tenth of its work for the page.
    In Chinese the words and the colours, in dark: the parts are those of the English page.
    """
    if language == "zh":
        found = _faults(page, parts, "dark", WORDS_AND_COLOURS)
    else:
        found = _faults(page, parts, "light", EVERYTHING) + _faults(page, parts, "dark", COLOURS)
    page.emulate_media(color_scheme="light")
    return found


def _faults(page: Page, parts: list[str], light: Literal["light", "dark"], rules: dict[str, Any]) -> list[str]:
    page.emulate_media(color_scheme=light, reduced_motion="reduce")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    look = "([parts, rules]) => axe.run({ include: parts.map((part) => [part]) }, rules)"
    violations = page.evaluate(look, [parts, rules])["violations"]
    return [f"{light}: {one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]
