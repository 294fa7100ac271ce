"""How a person is shown to somebody who has not earned the right to see more.

    林小雨              林*雨
    林雨                林*
    Lin Xiaoyu          L*** X***
    13800002046         138****2046
    lin@example.com     l***@example.com

A mask keeps just enough for the person to recognise themselves. Where the length would say too much, it is not shown.
"""

from __future__ import annotations


def mask_name(name: str) -> str:
    """A Chinese name keeps its first and last character, any other the first letter of each word."""
    if not name.strip():
        return ""
    if name.isascii() or " " in name.strip():
        return " ".join(f"{word[0]}***" for word in name.split())
    first, rest = name.strip()[0], name.strip()[1:]
    if not rest:
        return "*"
    return f"{first}*" if len(rest) == 1 else f"{first}{'*' * (len(rest) - 1)}{rest[-1]}"


def mask_phone(phone: str) -> str:
    """The first three and last four digits of a long number, the last two of a short one. ``""`` stays ``""``."""
    if len(phone) >= 11:
        return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
    return f"****{phone[-2:]}" if phone else ""


def mask_email(email: str) -> str:
    """The first character and the domain."""
    local, at_sign, domain = email.rpartition("@")
    return f"{local[:1]}***{at_sign}{domain}" if at_sign else ""
