"""The addresses of the public door. allauth looks its own names up, hence ``account_…``."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

from walletdesk.doors.public_web import best_time, second_factor, sign_in, sign_up
from walletdesk.doors.public_web.views import (
    carriers,
    check,
    choices,
    contact,
    front,
    lessons,
    papers,
    recover,
    security,
    security_changes,
    step_up,
    stop,
    terms,
    unlock,
)

_visited_or_sent = require_http_methods(["GET", "HEAD", "POST"])  # allauth's views would take PUT for POST

urlpatterns = [
    path("", front.front, name="front"),
    path("after-sign-in/", front.after_sign_in, name="after_sign_in"),
    path("language/", choices.language, name="language"),
    path("light/", choices.light, name="light"),
    path("contact/", contact.contact, name="contact"),
    path("check/", check.check_page, name="check"),
    path("terms/", terms.terms, name="terms"),
    path("terms/<int:number>/", terms.edition, name="terms_edition"),
    path("lessons/", lessons.all_lessons, name="lessons"),
    path("lessons/<slug:lesson>/", lessons.one_lesson, name="lesson"),
    path("best-time/", best_time.best_time_page, name="best_time"),
    path("contact/verify_contacts.py", contact.verifier, name="contact_verifier"),
    path(".well-known/walletdesk-contacts.json", contact.well_known, name="contact_well_known"),
    path("sign-in/", _visited_or_sent(sign_in.SignIn.as_view()), name="account_login"),
    path("sign-out/", _visited_or_sent(sign_in.SignOut.as_view()), name="account_logout"),
    path("sign-in/second/", second_factor.second_factor, name="second_factor"),
    path("sign-in/second/state/", second_factor.second_factor_state),
    path("sign-in/passkey/", second_factor.passkey_sign_in, name="passkey_sign_in"),
    path("sign-up/", sign_up.sign_up, name="account_signup"),
    path("sign-up/code/", sign_up.sign_up_code, name="sign_up_code"),
    path("sign-up/meter/", sign_up.meter, name="sign_up_meter"),
    path("step-up/", step_up.step_up_page, name="step_up"),
    path("step-up/state/", step_up.step_up_state),
    path("security/", security.security, name="security"),
    path("security/totp/", security_changes.totp, name="security_totp"),
    path("security/passkey/", security_changes.passkey, name="security_passkey"),
    path("security/codes/", security_changes.codes, name="security_codes"),
    path("security/password/", security_changes.password, name="security_password"),
    path("security/password/reminder/", security.remind, name="security_remind"),
    path("security/address/", security_changes.address, name="security_address"),
    path("security/factors/<int:factor_id>/remove/", security.remove),
    path("security/devices/<uuid:device_id>/end/", security.end),
    path("security/devices/end-others/", security.end_others),
    path("security/approve/<uuid:approval_id>/", security.approve, name="security_approve"),
    path("carriers/sms/receipts/", carriers.sms_receipt),
    path("stop/<str:stop_token>/", stop.stop, name="stop_transfer"),
    path("unlock/", unlock.unlock, name="unlock"),
    path("recover/", recover.begin, name="recover"),
    path("recover/prove/", recover.prove, name="recover_prove"),
    path("recover/passkey/", recover.passkey, name="recover_passkey"),
    path("recover/person/", recover.person, name="recover_person"),
    path("recover/papers/", papers.papers, name="recover_papers"),
    path("recover/password/", recover.password, name="recover_password"),
    path("recover/done/", recover.done, name="recover_done"),
    path("inactive/", require_safe(RedirectView.as_view(url="/contact/")), name="account_inactive"),
]
