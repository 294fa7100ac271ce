"""Which function does which word of the room. Each may answer with events, heard in the same transaction."""

from __future__ import annotations

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.services.arrange_call_back import (
    call_back_tried,
    call_back_when_open,
    keep_place_as_call_back,
)
from walletdesk.service.hotline.services.end_call import end_call, save_survey
from walletdesk.service.hotline.services.engage_agent import (
    close_offer,
    invite_colleague,
    make_agent,
    release_agent,
    take_agent,
)
from walletdesk.service.hotline.services.keep_place import ask_place, join_queue, leave_queue
from walletdesk.service.hotline.services.link_case import link_case
from walletdesk.service.hotline.services.prove_caller import ask_approval, check_code, note_claim
from walletdesk.service.hotline.services.read_money import freeze_wallets, read_balances
from walletdesk.service.hotline.services.record_call import begin_recording
from walletdesk.service.hotline.services.run import Act
from walletdesk.service.hotline.services.unlock_caller import begin_way_back, check_way_back, send_way_back_code

ACTS: dict[type, Act] = {
    ask.NoteClaim: note_claim,
    ask.CheckCode: check_code,
    ask.AskApproval: ask_approval,
    ask.BeginWayBack: begin_way_back,
    ask.SendWayBackCode: send_way_back_code,
    ask.CheckWayBack: check_way_back,
    ask.ReadBalances: read_balances,
    ask.FreezeWallets: freeze_wallets,
    ask.JoinQueue: join_queue,
    ask.AskPlace: ask_place,
    ask.LeaveQueue: leave_queue,
    ask.KeepPlaceAsCallBack: keep_place_as_call_back,
    ask.CallBackWhenOpen: call_back_when_open,
    ask.CallBackTried: call_back_tried,
    ask.TakeAgent: take_agent,
    ask.CloseOffer: close_offer,
    ask.ReleaseAgent: release_agent,
    ask.InviteColleague: invite_colleague,
    ask.MakeAgent: make_agent,
    ask.LinkCase: link_case,
    ask.BeginRecording: begin_recording,
    ask.SaveSurvey: save_survey,
    ask.EndCall: end_call,
}
