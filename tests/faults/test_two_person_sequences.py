"""Random sequences against the two-person law, through the doors as people use them: 0 by-passes.

Three worlds of fifty sequences on every change; ``bin/soak two-persons`` tries 10,000 (``--size`` for fewer). The seed is
printed, ``WALLETDESK_SEED`` repeats it. What a world is: ``two_person_desk.py``.
"""

from __future__ import annotations

import os
from random import SystemRandom

import pytest

from tests.faults.two_person_desk import SEQUENCES, live_in_a_world
from tests.faults.two_person_model import Seen

WORLDS = 3
MUST_BE_TRIED = {
    "propose", "approve by door", "approve by room", "approve by api", "change", "change what was approved", "send back",
    "take back",
}  # fmt: skip


@pytest.mark.django_db
def test_no_sequence_gets_round_the_two_person_rule() -> None:
    seed = int(os.environ.get("WALLETDESK_SEED") or SystemRandom().randrange(1_000_000_000))
    print(f"\ntwo persons: seed {seed}, {WORLDS * SEQUENCES:,} sequences", flush=True)
    seen = Seen()
    for number in range(WORLDS):
        seen.add(live_in_a_world(seed, number))
    tried = ", ".join(f"{name} {count:,}" for name, count in sorted(seen.tried.items()))
    print(f"two persons: {seen.sequences:,} sequences, {len(seen.bypasses)} by-passes ({tried})", flush=True)
    assert not seen.bypasses, f"seed {seed}\n" + "\n".join(seen.bypasses[:20])
    assert set(seen.tried) >= MUST_BE_TRIED
