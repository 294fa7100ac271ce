"""Who may ask for which address, by which method: one table, readable by a shift leader.

Software has a table of its own, ``authorisation_of_keys.py``.

The table grants nothing. It is held against the product by ``tests/attacks/test_authorisation_table.py``, which walks
every route: one without a row here fails the build, a row without a route too, and every cell is tried by everybody.

``who`` is asked in this order (``doors/_shared/guards.py``):

    anyone       no questions
    signed_in    else the sign-in page, and back here afterwards
    customer     signed in and a customer; somebody of another door is led to theirs, or finds nothing (404)
    member       signed in and of a shop; else 404.  ``owner``: a member who is not the owner is told 403
    employee     signed in and at the desk; else 404. All rows below ask besides for a passkey or an authenticator shown in
                 this session and a pass used once; else the page of enrolment
    enrolling    the same, also before their passkey or authenticator was shown and their pass used
    any other    the act of ``trust/staff/rules.py`` that the employee's role must hold; else 403
    ticket       whoever holds a ticket of this very session (live updates); else 403
    signed       no person: a carrier that calls back, by its signature over the body (W04), which takes the place of a
                 form's token; else 403

``another's`` says what becomes of an address that names somebody else's thing:

    -            it names no thing
    404          not found, in the words of a thing that never was; the log says ``foreign_object``
    holder       whoever was shown the code or sent the link may open it (an order to be paid, a transfer to be stopped)
    desk         the desk works for all customers; what may be done there is the case's own law
    hand         only whoever has the case in hand (to hand it on, also who may reassign); another is refused (403, 409)
    part         who has a part in this kind of proposal, to decide it, to propose it, or to read the acts of all; for
                 others it is not there (404), and who may only read decides nothing (403)
    maker        only who made it; another is refused (403, 409), or does not find it (404)
    not-own      somebody else's only: in one's own matter one is refused (403)
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = """
address                                            methods        who               another's
/                                                  GET,HEAD       anyone            -
/after-sign-in/                                    GET,HEAD       signed_in         -
/language/                                         GET,HEAD,POST  anyone            -
/light/                                            POST           anyone            -
/contact/                                          GET,HEAD       anyone            -
/contact/verify_contacts.py                        GET,HEAD       anyone            -
/check/                                            GET,HEAD,POST  anyone            -
/terms/                                            GET,HEAD       anyone            -
/terms/<int:number>/                               GET,HEAD       anyone            -
/lessons/                                          GET,HEAD       anyone            -
/lessons/<slug:lesson>/                            GET,HEAD       anyone            -
/best-time/                                        GET,HEAD       anyone            -
/.well-known/walletdesk-contacts.json              GET,HEAD       anyone            -
/sign-in/                                          GET,HEAD,POST  anyone            -
/sign-out/                                         GET,HEAD,POST  anyone            -
/sign-up/                                          GET,HEAD,POST  anyone            -
/sign-in/second/                                   GET,HEAD,POST  anyone            -
/sign-in/second/state/                             GET,HEAD       anyone            -
/sign-in/passkey/                                  GET,HEAD,POST  anyone            -
/sign-up/code/                                     GET,HEAD,POST  anyone            -
/sign-up/meter/                                    POST           anyone            -
/step-up/                                          GET,HEAD,POST  signed_in         -
/step-up/state/                                    GET,HEAD       signed_in         -
/security/                                         GET,HEAD       signed_in         -
/security/totp/                                    GET,HEAD,POST  signed_in         -
/security/passkey/                                 GET,HEAD,POST  signed_in         -
/security/codes/                                   GET,HEAD,POST  signed_in         -
/security/password/                                GET,HEAD,POST  signed_in         -
/security/password/reminder/                       POST           signed_in         -
/security/address/                                 GET,HEAD,POST  signed_in         -
/security/factors/<int:factor_id>/remove/          POST           signed_in         404
/security/devices/<uuid:device_id>/end/            POST           signed_in         404
/security/devices/end-others/                      POST           signed_in         -
/security/approve/<uuid:approval_id>/              GET,HEAD,POST  signed_in         404
/carriers/sms/receipts/                            POST           signed            -
/stop/<str:stop_token>/                            GET,HEAD,POST  anyone            holder
/unlock/                                           GET,HEAD       anyone            -
/recover/                                          GET,HEAD,POST  anyone            -
/recover/prove/                                    GET,HEAD,POST  anyone            -
/recover/passkey/                                  GET,HEAD,POST  anyone            -
/recover/person/                                   POST           anyone            -
/recover/papers/                                   GET,HEAD,POST  anyone            -
/recover/password/                                 GET,HEAD,POST  anyone            -
/recover/done/                                     GET,HEAD       anyone            -
/inactive/                                         GET,HEAD       anyone            -

/wallet/                                           GET,HEAD       customer          -
/wallet/hide-amounts/                              POST           customer          -
/wallet/top-up/                                    GET,HEAD,POST  customer          -
/wallet/top-up/<uuid:top_up_id>/                   GET,HEAD       customer          404
/wallet/scan/                                      GET,HEAD,POST  customer          -
/wallet/pay/<uuid:order_id>/                       GET,HEAD,POST  customer          holder
/wallet/bills/                                     GET,HEAD       customer          -
/wallet/bills.csv                                  GET,HEAD       customer          -
/wallet/bills/<uuid:bill_id>/                      GET,HEAD       customer          404
/wallet/bills/<uuid:payment_id>/receipt/           GET,HEAD       customer          404
/wallet/bills/<uuid:bill_id>/wrong/                POST           customer          404
/wallet/transfer/                                  GET,HEAD       customer          -
/wallet/transfer/confirm/                          GET,HEAD,POST  customer          -
/wallet/transfer/later/                            GET,HEAD       customer          -
/wallet/transfer/<uuid:transfer_id>/cancel/        POST           customer          404
/wallet/agreements/                                GET,HEAD       customer          -
/wallet/agreements/<uuid:agreement_id>/            GET,HEAD,POST  customer          404
/wallet/agreements/<uuid:agreement_id>/end/        POST           customer          404
/wallet/help/                                      GET,HEAD       customer          -
/wallet/help/ask/                                  POST           customer          -
/wallet/help/best-time/                            GET,HEAD       customer          -
/wallet/report/                                    GET,HEAD,POST  customer          -
/wallet/call/                                      GET,HEAD,POST  customer          -
/wallet/call/now/                                  GET,HEAD       customer          -
/wallet/call/approve/                              POST           customer          -
/wallet/cases/                                     GET,HEAD       customer          -
/wallet/cases/<str:reference>/                     GET,HEAD       customer          404
/wallet/cases/<str:reference>/say/                 POST           customer          404
/wallet/cases/<str:reference>/confirm/             POST           customer          404
/wallet/cases/<str:reference>/not-yet/             POST           customer          404
/wallet/cases/<str:reference>/reopen/              POST           customer          404
/wallet/cases/<str:reference>/rate/                POST           customer          404
/wallet/recordings/<str:recording>/hear/           POST           customer          404
/wallet/files/<uuid:attachment_id>/                GET,HEAD       customer          404
/wallet/files/<uuid:attachment_id>/<str:token>/    GET,HEAD       customer          404
/wallet/verify/<uuid:prompt_id>/                   GET,HEAD,POST  customer          404
/wallet/messages/                                  GET,HEAD       customer          -
/wallet/messages/read/                             POST           customer          -
/wallet/me/                                        GET,HEAD       customer          -
/wallet/me/identity/                               GET,HEAD,POST  customer          -
/wallet/me/pin/                                    GET,HEAD,POST  customer          -
/wallet/me/alerts/                                 GET,HEAD,POST  customer          -
/wallet/me/alerts/browsers/                        POST           customer          -
/wallet/me/alerts/browsers/<uuid:subscription_id>/stop/   POST    customer          404
/wallet/me/who-looked/                             GET,HEAD       customer          -
/wallet/me/who-looked/<int:act>/object/            GET,HEAD,POST  customer          404
/wallet/me/exposure/                               GET,HEAD,POST  customer          -
/wallet/me/terms/                                  GET,HEAD,POST  customer          -
/wallet/me/limits/                                 GET,HEAD       customer          -
/wallet/me/limits/payee/<uuid:payee_id>/<str:window>/          GET,HEAD,POST  customer   404
/wallet/me/limits/payee/<uuid:payee_id>/<str:window>/cancel/   POST           customer   404
/wallet/me/limits/<str:group>/<str:window>/        GET,HEAD,POST  customer          -
/wallet/me/limits/<str:group>/<str:window>/cancel/   POST         customer          -
/wallet/me/keys/                                   GET,HEAD       customer          -
/wallet/me/keys/new/                               GET,HEAD,POST  customer          -
/wallet/me/keys/<uuid:key_id>/revoke/              POST           customer          404
/wallet/me/freeze/                                 GET,HEAD,POST  customer          -
/wallet/me/freeze/lift/                            POST           customer          -
/wallet/me/freeze/papers/                          GET,HEAD,POST  customer          -

/till/                                             GET,HEAD,POST  member            -
/till/today/                                       GET            member            -
/till/sign-up/                                     GET,HEAD,POST  signed_in         -
/till/orders/<uuid:order_id>/                      GET            member            404
/till/orders/<uuid:order_id>/state/                GET            member            404
/till/orders/<uuid:order_id>/again/                POST           member            404
/till/orders/<uuid:order_id>/cancel/               POST           member            404
/till/takings/                                     GET            member            -
/till/cases/                                       GET            member            -
/till/cases/<str:reference>/                       GET,HEAD,POST  member            404
/till/cases/<str:reference>/files/<uuid:attachment_id>/   GET     member            404
/till/notices/                                     GET            member            -
/till/notices/read/                                POST           member            -
/till/shop/                                        GET,HEAD       member            -
/till/shop/                                        POST           owner             -
/till/keys/                                        GET            owner             -
/till/keys/new/                                    GET,HEAD,POST  owner             -
/till/keys/<uuid:key_id>/                          GET            owner             404
/till/keys/<uuid:key_id>/revoke/                   POST           owner             404
/till/webhooks/                                    GET            owner             -
/till/webhooks/new/                                GET,HEAD,POST  owner             -
/till/webhooks/<uuid:endpoint_id>/                 GET,HEAD,POST  owner             404
/till/webhooks/<uuid:endpoint_id>/rotate/          POST           owner             404
/till/webhooks/<uuid:endpoint_id>/test/            POST           owner             404
/till/webhooks/<uuid:endpoint_id>/switch/          POST           owner             404
/till/webhooks/<uuid:endpoint_id>/remove/          POST           owner             404
/till/webhook-deliveries/<uuid:delivery_id>/       GET            owner             404
/till/webhook-deliveries/<uuid:delivery_id>/again/ POST           owner             404
/till/requests/                                    GET            owner             -
/till/requests/<uuid:request_id>/                  GET            owner             404
/till/requests/<uuid:request_id>/again/            POST           owner             404

/desk/                                             GET            see_cases         -
/desk/queue/                                       GET            see_cases         -
/desk/palette/                                     GET            employee          -
/desk/keys/                                        GET            employee          -
/desk/notices/                                     GET            employee          -
/desk/notices/read/                                POST           employee          -
/desk/notices/<uuid:notice_id>/read/               POST           employee          maker
/desk/cases/<str:reference>/                       GET            see_cases         desk
/desk/cases/<str:reference>/parts/                 GET            see_cases         desk
/desk/cases/<str:reference>/take/                  POST           work_cases        desk
/desk/cases/<str:reference>/ask/                   POST           ask_verification  hand
/desk/cases/<str:reference>/say/                   POST           work_cases        desk
/desk/cases/<str:reference>/solved/                POST           work_cases        desk
/desk/cases/<str:reference>/close/                 POST           close_case        desk
/desk/cases/<str:reference>/take-over/             POST           reassign          desk
/desk/cases/<str:reference>/hand-on/               POST           work_cases        hand
/desk/cases/<str:reference>/reopen/                POST           work_cases        desk
/desk/cases/<str:reference>/unmask/                POST           unmask            hand
/desk/cases/<str:reference>/messages/              GET            see_cases         desk
/desk/cases/<str:reference>/files/<uuid:attachment_id>/   GET     see_cases         desk
/desk/cases/<str:reference>/refund/<uuid:payment_id>/   GET,HEAD,POST   propose_refund   hand
/desk/cases/<str:reference>/way-back/              GET            start_reset       desk
/desk/cases/<str:reference>/way-back/reset/        POST           start_reset       desk
/desk/cases/<str:reference>/way-back/questions/    POST           start_reset       desk
/desk/cases/<str:reference>/way-back/lock/         POST           lock_account      desk
/desk/cases/<str:reference>/safety/                GET            look_up_customer  desk
/desk/cases/<str:reference>/safety/check/          POST           look_up_customer  hand
/desk/cases/<str:reference>/safety/sign-out/       POST           lock_account      desk
/desk/cases/<str:reference>/safety/report/         POST           look_up_customer  hand
/desk/papers/                                      GET            review_documents  -
/desk/papers/<uuid:papers_id>/                     GET,POST       review_documents  desk
/desk/papers/<uuid:papers_id>/<str:side>/          GET            review_documents  desk
/desk/approvals/                                   GET            see_approvals     -
/desk/approvals/list/                              GET            see_approvals     -
/desk/approvals/<uuid:proposal_id>/                GET            see_approvals     part
/desk/approvals/<uuid:proposal_id>/state/          GET            see_approvals     part
/desk/approvals/<uuid:proposal_id>/approve/        POST           see_approvals     part
/desk/approvals/<uuid:proposal_id>/reject/         POST           see_approvals     part
/desk/approvals/<uuid:proposal_id>/withdraw/       POST           employee          maker
/desk/books/                                       GET,HEAD,POST  see_books         -
/desk/cases/<str:reference>/freeze/                GET,HEAD,POST  freeze_wallet     desk
/desk/cases/<str:reference>/transfers/<uuid:transfer_id>/stop/ POST       freeze_wallet     hand
/desk/cases/<str:reference>/unfreeze/              POST           freeze_wallet     desk
/desk/cases/<str:reference>/freeze/papers/         POST           freeze_wallet     desk
/desk/risk/                                        GET            see_risk_flags    -
/desk/risk/decisions/<uuid:decision_id>/           GET            see_risk_flags    desk
/desk/risk/decisions/<uuid:decision_id>/mark/      POST           edit_rules        desk
/desk/risk/marks/<uuid:subject_id>/<str:kind>/end/   POST         edit_rules        desk
/desk/directory/                                   GET,HEAD,POST  publish_contacts  -
/desk/fakes/                                       GET,HEAD,POST  publish_contacts  -
/desk/fakes/<uuid:fake_id>/end/                    POST           publish_contacts  desk
/desk/risk/payees/<uuid:payee_id>/                 GET            see_risk_flags    desk
/desk/risk/payees/<uuid:payee_id>/mark/            POST           edit_rules        desk
/desk/risk/payees/<uuid:payee_id>/check/           POST           edit_rules        desk
/desk/risk/rings/<uuid:flag_id>/                   GET            see_risk_flags    desk
/desk/risk/rules/                                  GET            see_risk_flags    -
/desk/risk/rules/write/                            POST           edit_rules        -
/desk/risk/rules/<int:number>/                     GET            see_risk_flags    -
/desk/risk/rules/<int:number>/propose/             POST           edit_rules        -
/desk/figures/                                     GET            set_profiles      -
/desk/figures/<str:key>/                           GET,POST       set_profiles      desk
/desk/enrol/                                       GET,HEAD,POST  enrolling         -
/desk/staff/                                       GET            see_staff         -
/desk/staff/employ/                                POST           employ_staff      -
/desk/staff/team/                                  POST           employ_staff      -
/desk/staff/roles/                                 GET            see_staff         -
/desk/staff/shifts/                                GET,HEAD       see_staff         -
/desk/staff/shifts/plan/                           POST           plan_shifts       -
/desk/staff/shifts/<uuid:shift_id>/cancel/         POST           plan_shifts       desk
/desk/staff/<str:employee>/                        GET            see_staff         desk
/desk/staff/<str:employee>/post/                   POST           employ_staff      not-own
/desk/staff/<str:employee>/caps/                   POST           employ_staff      not-own
/desk/staff/<str:employee>/pass/                   POST           employ_staff      not-own
/desk/staff/<str:employee>/recover/                POST           recover_staff     not-own
/desk/emergency/                                   GET,HEAD,POST  break_glass       -
/desk/emergency/<uuid:glass_id>/                   GET            break_glass       404
/desk/emergency/<uuid:glass_id>/end/               POST           break_glass       404
/desk/oversight/                                   GET            see_oversight     -
/desk/oversight/alarms/<uuid:alarm_id>/            POST           answer_alarms     not-own
/desk/oversight/acts/                              GET            see_audit         -
/desk/oversight/pairs/                             GET            see_oversight     -
/desk/oversight/openings/                          GET            see_oversight     -
/desk/oversight/third/                             GET            look_third        -
/desk/oversight/third/<uuid:look_id>/              POST           look_third        not-own
/desk/oversight/canaries/                          GET,HEAD,POST  place_canaries    -
/desk/oversight/canaries/<uuid:canary_id>/lift/    POST           place_canaries    desk
/desk/calls/<uuid:call_id>/                        GET            see_cases         desk
/desk/calls/<uuid:call_id>/<str:recording>/hear/   POST           see_cases         desk
/desk/calls/<uuid:call_id>/<str:recording>/ask/    POST           see_cases         desk
/desk/hearings/                                    GET            reassign          -
/desk/hearings/<uuid:permit_id>/                   POST           reassign          desk
/desk/phone/                                       GET            work_cases        -
/desk/phone/panel/                                 GET            work_cases        -
/desk/phone/presence/                              POST           work_cases        -
/desk/phone/answer/                                POST           work_cases        -
/desk/phone/decline/                               POST           work_cases        -
/desk/phone/wish/                                  POST           work_cases        -
/desk/phone/wrap-up/                               POST           work_cases        -

/wall/                                             GET            see_wall          -
/wall/part/<str:name>/                             GET            see_wall          -
/wall/report/                                      GET            see_wall          -
/wall/planner/                                     GET            see_wall          -
/wall/planner/save/                                POST           plan_staffing     -
/wall/menu/                                        GET            see_menu          -
/wall/menu/<int:number>/                           GET            see_menu          -
/wall/menu/<int:number>/draft/                     POST           edit_menu         -
/wall/menu/<int:number>/publish/                   POST           edit_menu         -
/wall/prompts/                                      GET,HEAD       edit_prompts      -
/wall/prompts/takes/<uuid:take_id>/sound/           GET            edit_prompts      desk
/wall/prompts/<str:language>/music/                 GET,HEAD       edit_prompts      -
/wall/prompts/<str:language>/<str:piece_id>/        GET,HEAD       edit_prompts      -
/wall/prompts/<str:language>/<str:piece_id>/sound/  GET            edit_prompts      -
/wall/prompts/<str:language>/<str:piece_id>/takes/  POST           edit_prompts      -
/wall/prompts/<str:language>/<str:piece_id>/own/    POST           edit_prompts      -
/wall/prompts/<str:language>/<str:piece_id>/takes/<uuid:take_id>/use/   POST   edit_prompts   desk
/wall/listen/<uuid:call_id>/                       GET            listen_to_calls   desk
/wall/listen/<uuid:call_id>/wish/                  POST           listen_to_calls   desk

/live/events                                       GET,HEAD       ticket            -
/live/healthz                                      GET,HEAD       anyone            -
/live/calls                                        GET            ticket            -
"""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ANOTHERS = ("-", "404", "holder", "desk", "hand", "part", "maker", "not-own")


@dataclass(frozen=True, slots=True)
class Row:
    """One address with one method."""

    address: str
    method: str
    who: str
    anothers: str


def read_table(text: str) -> dict[tuple[str, str], Row]:
    """``{(address, method): Row}``; a line that is not whole, or says a thing twice, is found at import."""
    rows: dict[tuple[str, str], Row] = {}
    for line in text.strip().splitlines()[1:]:
        if not line:
            continue
        address, methods, who, anothers = line.split()
        for method in methods.split(","):
            if method not in METHODS or anothers not in ANOTHERS or (address, method) in rows:
                raise ValueError(f"not whole, or said twice: {line}")
            rows[address, method] = Row(address, method, who, anothers)
    return rows


ROWS = read_table(TABLE)
