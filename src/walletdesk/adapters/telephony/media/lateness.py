"""How punctual the tick is: how late each one began, and how long it worked."""

from __future__ import annotations

import time

from walletdesk.adapters.telephony.media.words import TickReport

BOUNDS = (1, 2, 5, 10, 20)  # milliseconds


class Lateness:
    """Counts since it was last asked."""

    def __init__(self) -> None:
        self._ticks = self._skipped = 0
        self._worst_late = self._worst_work = self._work = 0.0
        self._under = {str(bound): 0 for bound in BOUNDS} | {"more": 0}
        self._cpu, self._wall = time.process_time(), time.monotonic()

    def note(self, late: float, work: float) -> None:
        """One tick, in seconds."""
        milliseconds = late * 1000
        for bound in BOUNDS:
            if milliseconds < bound:
                self._under[str(bound)] += 1
                break
        else:
            self._under["more"] += 1
        self._ticks += 1
        self._worst_late = max(self._worst_late, milliseconds)
        self._worst_work = max(self._worst_work, work * 1000)
        self._work += work * 1000

    def skip(self, ticks: int) -> None:
        self._skipped += ticks

    def report(self, legs: int) -> TickReport:
        report = TickReport(
            ticks=self._ticks,
            late_under_ms=self._under,
            worst_late_ms=round(self._worst_late, 3),
            worst_work_ms=round(self._worst_work, 3),
            mean_work_ms=round(self._work / max(self._ticks, 1), 3),
            skipped=self._skipped,
            legs=legs,
            cpu_seconds=time.process_time() - self._cpu,
            wall_seconds=time.monotonic() - self._wall,
        )
        self.__init__()  # type: ignore[misc]
        return report
