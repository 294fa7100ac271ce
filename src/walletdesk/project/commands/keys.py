"""Exchange the keys under which secrets lie sealed, and bring what lies under an earlier one over.

renew     another secret-key and recordings.key in the data folder; the old ones are kept beside them. Only while nothing runs
reseal    what lies sealed under an earlier key is sealed anew; while everything runs
forget    reseal, then remove the earlier keys from the data folder. Who signed in before signs in again

Keys that come from settings are exchanged there: the new one, and the old one under the same name with _BEFORE at its end
(several with commas between). The directory's and the push key have public parts that others rely on, and stay.
"""

from __future__ import annotations

import argparse
import os
import subprocess

from walletdesk.foundation.key_files.public import before, new_secret, replace_secret
from walletdesk.project.commands.installation import database_for_a_while, environment, say, walletdesk
from walletdesk.project.processes.data_folder import KEY_FILE, KEY_SETTING, data_folder, held, new_secret_key

RECORDINGS = "recordings.key"
KEPT = ((KEY_SETTING, KEY_FILE, new_secret_key), ("WALLETDESK_RECORDING_KEY", RECORDINGS, new_secret))


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["renew", "reseal", "forget"])
    parser.add_argument(
        "--here", action="store_true", help="the database of DATABASE_URL as it stands, nothing is started"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.what == "renew":
        return _renew()
    if arguments.here:
        return _reseal()
    with database_for_a_while() as (where, folder):
        done = subprocess.run(walletdesk("keys", "reseal", "--here"), env=environment(where, folder)).returncode
    if done or arguments.what == "reseal":
        return done
    for _, name, _ in KEPT:
        before(folder / name).unlink(missing_ok=True)
    say("The earlier keys are gone from the data folder. What runs forgets them at its next start.")
    return 0


def _renew() -> int:
    folder = data_folder()
    with held(folder):
        for variable, name, new in KEPT:
            if os.environ.get(variable):
                say(f"{name}: comes from {variable}. Put another one there and this one into {variable}_BEFORE.")
            elif (folder / name).exists():
                replace_secret(folder / name, new())
                say(
                    f"{name}: another one holds from the next start; the old one stays in {before(folder / name).name}."
                )
            else:
                say(f"{name}: not made yet, so there is nothing to exchange.")
    say("Next: start as usual, then `walletdesk keys reseal`.")
    return 0


def _reseal() -> int:
    import django

    django.setup()
    from walletdesk.foundation.identity.public import reseal_seeds
    from walletdesk.service.hotline.public import reseal_calls
    from walletdesk.service.notifications.public import reseal_words
    from walletdesk.service.webhooks.public import reseal_endpoints

    broken = 0
    for name, verb in (
        ("seeds of authenticator apps", reseal_seeds),
        ("secrets of webhooks", reseal_endpoints),
        ("messages and browsers", reseal_words),
        ("recordings and app digits", reseal_calls),
    ):
        found = verb()
        broken += found.broken
        say(
            f"{name:<30}{found.renewed:>8} sealed anew {found.current:>8} were in order {found.broken:>4} open under no key"
        )
    if broken:
        say(
            "What opens under no key that is known was sealed by another installation, or its key was forgotten too early."
        )
    return 2 if broken else 0
