"""The addresses of the public door. allauth looks its own names up, hence ``account_…``."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

from walletdesk.doors.public_web import best_time, sign_in, sign_up
from walletdesk.doors.public_web.views import choices, contact, front

_visited_or_sent = require_http_methods(["GET", "HEAD", "POST"])  # allauth's views would take PUT for POST

urlpatterns = [
    path("", front.front, name="front"),
    path("after-sign-in/", front.after_sign_in, name="after_sign_in"),
    path("language/", choices.language, name="language"),
    path("light/", choices.light, name="light"),
    path("contact/", contact.contact, name="contact"),
    path("best-time/", best_time.best_time_page, name="best_time"),
    path("contact/verify_contacts.py", contact.verifier, name="contact_verifier"),
    path(".well-known/walletdesk-contacts.json", contact.well_known, name="contact_well_known"),
    path("sign-in/", _visited_or_sent(sign_in.SignIn.as_view()), name="account_login"),
    path("sign-out/", _visited_or_sent(sign_in.SignOut.as_view()), name="account_logout"),
    path("sign-up/", _visited_or_sent(sign_up.SignUp.as_view()), name="account_signup"),
    path("sign-up/meter/", sign_up.meter, name="sign_up_meter"),
    path("inactive/", require_safe(RedirectView.as_view(url="/contact/")), name="account_inactive"),
]
