"""The laws of verification; pure.

    level 0   nothing is proven: a telephone number, a voice, knowledge of the account; also after "not genuine"
    level 1   somebody is signed in to the customer's account and speaks from inside it
    level 2   the customer's own signed-in device has confirmed agent, employee number, case and code
    level 3   level 2, and a second factor or papers seen by a second agent (no verb gives it yet)

A case shows private fields and lets money be proposed from level 2 on (``ENOUGH_FOR_MONEY``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from walletdesk.foundation.i18n.words import Words

NOTHING, SIGNED_IN, OWN_DEVICE, SECOND_FACTOR = 0, 1, 2, 3
ENOUGH_FOR_MONEY = OWN_DEVICE
LEVELS = {
    NOTHING: Words("未核实", "Not verified"),
    SIGNED_IN: Words("1 级：已登录", "Level 1, signed in"),
    OWN_DEVICE: Words("2 级：本人设备确认", "Level 2, confirmed on their device"),
    SECOND_FACTOR: Words("3 级：第二凭证", "Level 3, second factor"),
}
MOST_PROMPTS = 3
FLOOD_WINDOW = timedelta(minutes=10)


def show_code(code: str) -> str:
    """``481702`` → ``48 17 02``, the way it is read aloud."""
    return f"{code[:2]} {code[2:4]} {code[4:]}"


def wait_before_next(asked: Sequence[datetime], at: datetime) -> int:
    """Whole seconds until one more prompt may be sent; 0 when it may now.

    At most ``MOST_PROMPTS`` prompts in any ``FLOOD_WINDOW`` (A07): who is asked without end says yes in the end.
    """
    recent = sorted(moment for moment in asked if at - moment < FLOOD_WINDOW)
    if len(recent) < MOST_PROMPTS:
        return 0
    free_again = recent[-MOST_PROMPTS] + FLOOD_WINDOW
    return max(1, -int(-(free_again - at).total_seconds() // 1))
