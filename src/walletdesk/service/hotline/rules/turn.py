"""One step of a call under way: the flow as it becomes, and what is asked for, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.flow_state import Flow, Surroundings
from walletdesk.service.hotline.rules.menu import Menu
from walletdesk.service.hotline.rules.said import Said, say

if TYPE_CHECKING:
    from walletdesk.service.hotline.rules.places.place import Place

CHINESE = "zh-hans"
LONGEST_SOUND = 60
"""Seconds after which a sentence counts as said though nobody told us: a lost ``PlayDone`` strands no caller."""
MOST_RETURNS = 2
"""How often one call may come back to the front of the queue; then it keeps its age and stands in line like the others."""


@dataclass
class Turn:
    flow: Flow
    menu: Menu
    around: Surroundings
    places: Mapping[str, Place]
    commands: list[ask.Command] = field(default_factory=list)
    lead: tuple[Said, ...] = ()

    def set(self, **changes: Any) -> None:
        self.flow = replace(self.flow, **changes)

    def do(self, *commands: ask.Command) -> None:
        self.commands.extend(commands)

    def done(self) -> tuple[Flow, tuple[ask.Command, ...]]:
        """What became of it. What is still to be said waits with the flow."""
        self.set(unsaid=self.lead)
        return self.flow, tuple(self.commands)

    # --- sound ---

    def say(self, *words: Said, loop: bool = False, barge_in: bool = True) -> None:
        """To the caller, after what the place before left to be said. What was being said is replaced."""
        words, self.lead = (*self.lead, *words), ()
        play = f"{self.flow.plays + 1}"
        self.set(plays=self.flow.plays + 1, playing=play)
        self.do(ask.Play(self.flow.caller, play, words, self.flow.language or CHINESE, loop, barge_in))
        if loop:
            self.stop_timer("sound")
        else:
            self.timer("sound", LONGEST_SOUND)

    def music(self) -> None:
        self.say(say("music"), loop=True, barge_in=False)

    def silence(self) -> None:
        if self.flow.playing:
            self.set(playing="")
            self.do(ask.StopPlay(self.flow.caller))
        self.stop_timer("sound")

    # --- time ---

    def timer(self, name: str, seconds: float) -> None:
        """Start, or start anew: the turn tells this run from the earlier ones."""
        turn = self.flow.turns + 1
        others = tuple(one for one in self.flow.timers if one[0] != name)
        self.set(turns=turn, timers=(*others, (name, turn)))
        self.do(ask.StartTimer(name, turn, seconds))

    def stop_timer(self, name: str) -> None:
        if any(one == name for one, _ in self.flow.timers):
            self.set(timers=tuple(one for one in self.flow.timers if one[0] != name))
            self.do(ask.CancelTimer(name))

    # --- from place to place ---

    def go(self, place: str, *lead: Said, **changes: Any) -> None:
        """Leave this place for another; ``lead`` is said before whatever is said there."""
        self.places[self.flow.place].leave(self)
        for name, _ in self.flow.timers:
            self.stop_timer(name)
        self.lead = (*self.lead, *lead)
        self.set(place=place, misses=0, **changes)
        self.places[place].enter(self)

    def to_person(self, topic: str, *lead: Said, urgent: int = 0) -> None:
        """Into the queue for ``topic``, or to the closed door with its hours."""
        place = "waiting" if self.around.opening(topic).open else "closed"
        self.go(place, *lead, topic=topic, urgent=max(urgent, self.flow.urgent))

    def farewell(self, outcome: str, *lead: Said) -> None:
        self.go("farewell", *lead, outcome=self.flow.outcome or outcome)

    def end(self, outcome: str) -> None:
        """The end: everybody is let go, what was open is closed, and the room hears of it exactly once."""
        self.places[self.flow.place].leave(self)
        self.close_offer("caller_left")
        self.drop_colleague()
        self.drop_listener()
        self.drop_agent(wrap_up=self.flow.talked)
        for name, _ in self.flow.timers:
            self.stop_timer(name)
        self.set(place="ended", playing="", outcome=self.flow.outcome or outcome)
        self.do(ask.Hangup(self.flow.caller), ask.EndCall(self.flow.outcome))

    # --- who is with the caller ---

    def close_offer(self, why: str) -> None:
        """Take the open offer back from the agent's screen."""
        if self.flow.offer:
            self.do(ask.CloseOffer(self.flow.offer, why))  # type: ignore[arg-type]
            self.forget_offer()

    def forget_offer(self) -> None:
        self.stop_timer("offer")
        self.set(offer="", offered_seat="", offered_number="", offered_employee="")

    def drop_agent(self, *, wrap_up: bool, gone: bool = False) -> None:
        """The agent is no longer with this caller; the recording of the two ends."""
        if not self.flow.employee:
            return
        flow = self.flow
        self.stop_recording()
        if flow.secret:
            self.do(ask.Collect(flow.caller, secret=False))
        if flow.held:
            self.do(ask.Hold(flow.caller, on=False))
        if flow.talked:
            self.do(ask.Unbridge(flow.bridge))
        self.do(ask.Hangup(flow.agent_leg), ask.ReleaseAgent(flow.employee, wrap_up, gone))
        self.set(employee="", number="", seat="", agent_leg="", secret=False, held=False)

    def drop_colleague(self, why: str = "gone") -> None:
        """Whoever was asked for advice, or only invited, is free again."""
        flow = self.flow
        if flow.colleague_offer:
            self.do(ask.CloseOffer(flow.colleague_offer, why))  # type: ignore[arg-type]
        elif flow.colleague:
            self.do(ask.Hangup(flow.colleague_leg), ask.ReleaseAgent(flow.colleague, wrap_up=False))
        if flow.colleague_offer or flow.colleague:
            self.stop_timer("colleague")
            self.forget_colleague()

    def forget_colleague(self) -> None:
        self.set(colleague_offer="", colleague="", colleague_number="", colleague_seat="", colleague_leg="")

    def drop_listener(self) -> None:
        if self.flow.listener_leg:
            self.do(ask.Hangup(self.flow.listener_leg))
            self.set(listener_leg="")

    def stop_recording(self) -> None:
        if self.flow.recording:
            self.do(ask.StopRecording(self.flow.recording))
            self.set(recording="")

    def back_in_line(self, *lead: Said) -> None:
        """The agent is gone through no fault of the caller's: in front of everybody, as long as this is no habit."""
        self.drop_listener()
        self.drop_colleague()
        self.drop_agent(wrap_up=self.flow.talked, gone=True)
        returns = self.flow.returns + 1
        self.go("waiting", *lead, returns=returns, front=returns <= MOST_RETURNS)
