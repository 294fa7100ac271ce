"""Keys tried in a menu: what a caller would hear after each, as text, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from walletdesk.doors.supervisor_wall.showing.queue_names import queue_words
from walletdesk.foundation.i18n.words import Words, reading_chinese
from walletdesk.service.hotline.prompts.public import read_aloud
from walletdesk.service.hotline.public import Menu, problems, try_keys

KEYS = "0123456789*#-"
MOST = 20
WALKABLE = ("unreachable", "no_end", "person_far", "person_never", "freeze_far", "freeze_never")
BETWEEN = Words("；", ". ")
START = Words("接通", "Start")
SILENCE = Words("不按", "No key")
PLACES = {
    "choosing": Words("在菜单“{node}”", "In the menu “{node}”"),
    "waiting": Words("排队等人工：{topic}", "In the queue: {topic}"),
    "proving": Words("先核验身份", "Proves who they are"),
}
ELSEWHERE = Words("离开菜单：{topic}", "Leaves the menu: {topic}")


@dataclass(frozen=True, slots=True)
class HeardLine:
    key: str
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Trial:
    keys: str
    verified: bool
    lines: list[HeardLine]


def trial(menu: Menu, keys: str, *, verified: bool) -> Trial:
    """The lines key by key; none while the menu says what nobody can say. A dead end can be walked into and heard."""
    pressed = "".join(one for one in keys if one in KEYS)[:MOST]
    if any(problem.code not in WALKABLE for problem in problems(menu)):
        return Trial(pressed, verified, [])
    language: Literal["zh", "en"] = "zh" if reading_chinese() else "en"
    spoken = "zh-hans" if reading_chinese() else "en"
    lines = [
        HeardLine(
            str(START) if not one.key else str(SILENCE) if one.key == "-" else one.key,
            BETWEEN.say().join(read_aloud(language, said).rstrip(".。") for said in one.words),
            PLACES.get(one.place, ELSEWHERE).say(node=one.node, topic=queue_words(one.topic)),
        )
        for one in try_keys(menu, pressed, verified=verified, language=spoken)
    ]
    return Trial(pressed, verified, lines)
