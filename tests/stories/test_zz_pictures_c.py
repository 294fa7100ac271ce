from __future__ import annotations
from tests.stories.test_every_page import *  # noqa
from tests.stories.test_every_page import agreed_pages, later_pages, visit, faults_of, too_wide, NARROW
from walletdesk.money.agreements.public import KeyWish as KW, make_own_key as mok
del globals()["test_the_wallet"], globals()["test_signing_in_and_devices"], globals()["test_the_till"], globals()["test_the_desk"], globals()["test_the_second_person_and_the_books"], globals()["test_who_runs_the_house"], globals()["test_the_public_pages"], globals()["test_by_keyboard"], globals()["test_paying_by_keyboard"]
import pathlib
from walletdesk.trust.customers.public import set_pin
def test_pictures(town, window):
    out = pathlib.Path("/tmp/c_pics"); out.mkdir(exist_ok=True)
    w = KW(a_key(), town.lin.id, "Rent script", ["transfers:write","wallets:read"], "live", [], now() + timedelta(days=90), yuan(2000), yuan(3000))
    mok(w, proof_of(town.lin.id))
    lins, wangs = agreed_pages(town), later_pages(town)
    for language, scheme in (("en","light"),("zh","dark")):
      for who, pages in (("Lin Xiaoyu", lins+[Shown("transfer", "/wallet/transfer/?when=2027-01-01T10:00"),Shown("me","/wallet/me/"), Shown("new key","/wallet/me/keys/new/")]),("Wang Fang", wangs)):
        page = sign_in(window(phone=True, language=language), who, "/wallet/")
        page.context.add_cookies([{"name": "language", "value": LANGUAGES[language], "url": urljoin(page.url, "/")}])
        page.emulate_media(color_scheme=scheme)
        if "Lin" in who:
            from django.contrib.sessions.backends.db import SessionStore  # noqa
            from importlib import import_module
            from django.conf import settings as st
            Store = import_module(st.SESSION_ENGINE).SessionStore
            cookie = next(c["value"] for c in page.context.cookies() if "session" in c["name"].lower())
            store = Store(session_key=cookie); store["proofs"] = {"totp": now().isoformat()}; store.save()
        for n, shown in enumerate(pages):
            faults = visit(page, shown) + faults_of(page, colours=language == "en") + too_wide(page, 390, NARROW)
            page.set_viewport_size({"width":390,"height":844})
            if faults: print(language, shown.name, faults)
            page.screenshot(path=str(out / f"{language}_{who[:1]}{n:02d}.png"), full_page=True)
