"""How sure we are, in four levels; pure.

    level 0   nothing is proven: a telephone number, a voice, knowledge of the account; also after "not genuine"
    level 1   somebody is signed in to the customer's account and speaks from inside it
    level 2   the customer's own signed-in device has confirmed agent, employee number, case and code,
              or two proofs of different kinds were given (``proofs.py``)
    level 3   level 2, and besides papers that a second agent has seen and accepted

A case shows private fields and lets money be proposed from level 2 on (``ENOUGH_FOR_MONEY``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from walletdesk.foundation.i18n.words import Words

NOTHING, SIGNED_IN, OWN_DEVICE, SECOND_FACTOR = 0, 1, 2, 3
ENOUGH_FOR_MONEY = OWN_DEVICE
LEVELS = {
    NOTHING: Words("未核实", "Not verified"),
    SIGNED_IN: Words("1 级：已登录", "Level 1, signed in"),
    OWN_DEVICE: Words("2 级：本人设备或两样凭证", "Level 2, own device or two proofs"),
    SECOND_FACTOR: Words("3 级：另有证件，第二人看过", "Level 3, papers seen by a second person"),
}
MOST_PROMPTS = 3
FLOOD_WINDOW = timedelta(minutes=10)


def level_of_proofs(kinds: Collection[str], *, own_device: bool) -> int:
    """The level that a case reaches by the proofs of one way back, and by whether the customer's own device said yes.

    Papers count as one proof of two; on top of two others, or of the own device, they make level 3.
    """
    others = len(set(kinds) - {"papers"})
    if "papers" in kinds and (own_device or others >= 2):
        return SECOND_FACTOR
    return OWN_DEVICE if own_device or len(set(kinds)) >= 2 else NOTHING


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
