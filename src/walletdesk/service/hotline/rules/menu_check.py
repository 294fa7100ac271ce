"""Whether a menu may go live: no dead end, a person within two keys from everywhere, nothing that was never recorded."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.rules.menu import ACTS, KEYS, PERSON_KEY, Menu, Node
from walletdesk.service.hotline.rules.said import PROMPTS, TOPICS

MOST_CHOICES = 7
KEYS_TO_A_PERSON = 2
ENDS = ("balance", "freeze", "unlock", "person", "call_back")

NO_START = Words("没有起点“{node}”", "There is no start “{node}”")
NO_CHOICE = Words("“{node}”没有任何按键：死路", "“{node}” has no key: a dead end")
TOO_MANY = Words("“{node}”有 {n} 个按键，最多 {most} 个", "“{node}” has {n} keys; at most {most}")
KEY_TWICE = Words("“{node}”的按键 {key} 出现两次", "Key {key} stands twice in “{node}”")
KEY_UNKNOWN = Words("“{node}”的“{key}”不是按键", "“{key}” in “{node}” is not a key")
ACT_UNKNOWN = Words("“{node}”按 {key}：不认识的动作“{act}”", "“{node}”, key {key}: unknown act “{act}”")
TOPIC_UNKNOWN = Words("“{node}”按 {key}：没有录音的话题“{topic}”", "“{node}”, key {key}: topic “{topic}” has no words")
TO_UNKNOWN = Words("“{node}”按 {key} 通往不存在的“{to}”", "“{node}”, key {key} leads to “{to}”, which is not there")
PROMPT_UNKNOWN = Words("“{node}”按 {key}：没有提示音“{to}”", "“{node}”, key {key}: there is no prompt “{to}”")
UNREACHABLE = Words("没有按键通往“{node}”", "No key leads to “{node}”")
NO_END = Words("从“{node}”怎么按都办不成事：死路", "From “{node}” no key ever gets anything done: a dead end")
PERSON_FAR = Words("从“{node}”要按 {n} 次才到人工，最多 2 次", "From “{node}” a person is {n} keys away; at most 2")
PERSON_NEVER = Words("从“{node}”到不了人工", "From “{node}” no person can be reached")
ZERO_IS_A_PERSON = Words("“{node}”的 0 必须是人工", "0 in “{node}” must be a person")
FREEZE_FAR = Words("冻结要按 {n} 次才到，最多 2 次", "Freezing is {n} keys away; at most 2")
FREEZE_NEVER = Words("菜单里没有冻结", "The menu cannot freeze")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, in both languages. ``code`` is stable."""

    code: str
    node: str
    words: dict[str, str]


def problems(menu: Menu) -> list[Problem]:
    """Everything that keeps this menu from going live; empty when it may."""
    found = list(_shape(menu))
    if menu.node(menu.start) is None:
        return [Problem("no_start", menu.start, NO_START.both(node=menu.start)), *found]
    return found if found else [*_reach(menu), *_freeze(menu)]


def keys_to(menu: Menu, start: str, acts: tuple[str, ...]) -> int | None:
    """How many keys from ``start`` to the nearest choice that does one of ``acts``; None when there is no way."""
    distance, waiting = {start: 0}, deque([start])
    while waiting:
        name = waiting.popleft()
        node = menu.node(name)
        if node is None:
            continue
        if any(choice.act in acts for choice in node.choices):
            return distance[name] + 1
        for to in _ways(menu, node):
            if to not in distance:
                distance[to] = distance[name] + 1
                waiting.append(to)
    return None


def _ways(menu: Menu, node: Node) -> Iterator[str]:
    for choice in node.choices:
        if choice.act == "go":
            yield choice.to
        elif choice.act == "back":
            yield menu.parent(node.name)


def _shape(menu: Menu) -> Iterator[Problem]:
    for node in menu.nodes:
        name = node.name
        if not node.choices:
            yield Problem("no_choice", name, NO_CHOICE.both(node=name))
        if len(node.choices) > MOST_CHOICES:
            yield Problem("too_many", name, TOO_MANY.both(node=name, n=len(node.choices), most=MOST_CHOICES))
        for key, times in Counter(choice.key for choice in node.choices).items():
            if times > 1:
                yield Problem("key_twice", name, KEY_TWICE.both(node=name, key=key))
        yield from _choices(menu, node)


def _choices(menu: Menu, node: Node) -> Iterator[Problem]:
    for choice in node.choices:
        where = {"node": node.name, "key": choice.key}
        if len(choice.key) != 1 or choice.key not in KEYS:
            yield Problem("key_unknown", node.name, KEY_UNKNOWN.both(**where))
        if choice.act not in ACTS:
            yield Problem("act_unknown", node.name, ACT_UNKNOWN.both(**where, act=choice.act))
        if choice.topic not in TOPICS:
            yield Problem("topic_unknown", node.name, TOPIC_UNKNOWN.both(**where, topic=choice.topic))
        if choice.act == "go" and menu.node(choice.to) is None:
            yield Problem("to_unknown", node.name, TO_UNKNOWN.both(**where, to=choice.to))
        if choice.act == "say" and PROMPTS.get(choice.to) != {}:
            yield Problem("prompt_unknown", node.name, PROMPT_UNKNOWN.both(**where, to=choice.to))
        if choice.key == PERSON_KEY and choice.act != "person":
            yield Problem("zero_is_a_person", node.name, ZERO_IS_A_PERSON.both(node=node.name))


def _reach(menu: Menu) -> Iterator[Problem]:
    reached, waiting = {menu.start}, [menu.start]
    while waiting:
        node = menu.node(waiting.pop())
        for to in _ways(menu, node) if node else ():
            if to not in reached:
                reached.add(to)
                waiting.append(to)
    for node in menu.nodes:
        name = node.name
        if name not in reached:
            yield Problem("unreachable", name, UNREACHABLE.both(node=name))
        elif keys_to(menu, name, ENDS) is None:
            yield Problem("no_end", name, NO_END.both(node=name))
        elif (far := keys_to(menu, name, ("person",))) is None:
            yield Problem("person_never", name, PERSON_NEVER.both(node=name))
        elif far > KEYS_TO_A_PERSON:
            yield Problem("person_far", name, PERSON_FAR.both(node=name, n=far))


def _freeze(menu: Menu) -> Iterator[Problem]:
    far = keys_to(menu, menu.start, ("freeze",))
    if far is None:
        yield Problem("freeze_never", menu.start, FREEZE_NEVER.both())
    elif far > 2:
        yield Problem("freeze_far", menu.start, FREEZE_FAR.both(n=far))
