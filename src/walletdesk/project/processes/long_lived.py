"""What a process that serves for days does once it has loaded everything."""

from __future__ import annotations

import gc

BETWEEN_LOOKS = 20_000


def settle_in() -> None:
    """What is loaded stays: it is not searched for garbage again and again. A batch of payments would now and then pay for a walk
    over all modules and models; new objects alone are looked at, after twenty thousand of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN_LOOKS, 20, 20)
