"""Addresses of the desk, all under ``/desk/``."""

from django.urls import path

from walletdesk.doors.agent_console import (
    approval_pages,
    attached_files,
    books_page,
    case_acts,
    console,
    palette,
    phone_acts,
    refund_sheet,
)

urlpatterns = [
    path("", console.desk, name="desk"),
    path("queue/", console.queue_part, name="desk-queue"),
    path("palette/", palette.find, name="desk-palette"),
    path("keys/", palette.keys, name="desk-keys"),
    path("cases/<str:reference>/", console.case_page, name="desk-case"),
    path("cases/<str:reference>/parts/", console.case_parts, name="desk-case-parts"),
    path("cases/<str:reference>/take/", case_acts.take, name="desk-take"),
    path("cases/<str:reference>/ask/", case_acts.ask_customer, name="desk-ask"),
    path("cases/<str:reference>/say/", case_acts.say_words, name="desk-say"),
    path("cases/<str:reference>/solved/", case_acts.ask_solved, name="desk-ask-solved"),
    path("cases/<str:reference>/close/", case_acts.close, name="desk-close"),
    path("cases/<str:reference>/take-over/", case_acts.take_over, name="desk-take-over"),
    path("cases/<str:reference>/hand-on/", case_acts.hand_on, name="desk-hand-on"),
    path("cases/<str:reference>/reopen/", case_acts.reopen_case, name="desk-reopen"),
    path("cases/<str:reference>/unmask/", case_acts.unmask_field, name="desk-unmask"),
    path("cases/<str:reference>/files/<uuid:attachment_id>/", attached_files.send, name="desk-file"),
    path("cases/<str:reference>/refund/<uuid:payment_id>/", refund_sheet.propose, name="desk-refund"),
    path("approvals/", approval_pages.first, name="desk-approvals"),
    path("approvals/list/", approval_pages.list_part, name="desk-proposal-list"),
    path("approvals/<uuid:proposal_id>/", approval_pages.one, name="desk-proposal"),
    path("approvals/<uuid:proposal_id>/state/", approval_pages.state_part, name="desk-proposal-state"),
    path("approvals/<uuid:proposal_id>/approve/", approval_pages.approve, name="desk-approve"),
    path("approvals/<uuid:proposal_id>/reject/", approval_pages.reject, name="desk-reject"),
    path("approvals/<uuid:proposal_id>/withdraw/", approval_pages.withdraw, name="desk-withdraw"),
    path("books/", books_page.books, name="desk-books"),
    path("phone/", phone_acts.bar, name="desk-phone"),
    path("phone/panel/", phone_acts.panel, name="desk-phone-panel"),
    path("phone/presence/", phone_acts.presence, name="desk-phone-presence"),
    path("phone/answer/", phone_acts.answer, name="desk-phone-answer"),
    path("phone/decline/", phone_acts.decline, name="desk-phone-decline"),
    path("phone/wish/", phone_acts.wish, name="desk-phone-wish"),
    path("phone/wrap-up/", phone_acts.write_down, name="desk-phone-wrap-up"),
]
