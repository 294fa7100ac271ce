"""Make somebody who has a sign-in an administrator and print their one-time pass, while there are not two yet.

walletdesk administrator person@example.com 0601 江帆 "Jiang Fan" --team systems

Works on the database of DATABASE_URL. Two administrators of two teams manage everybody else, each other's lost factors
too; from then on this command refuses.
"""

from __future__ import annotations

import argparse

from walletdesk.project.processes.trouble import Trouble


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", help="the e-mail address of an existing sign-in")
    parser.add_argument("number", help="employee number, three to eight digits")
    parser.add_argument("name_zh")
    parser.add_argument("name_en")
    parser.add_argument("--team", default="systems", help="code of the team; opened when there is none")


def run(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from walletdesk.foundation.errors import Refusal
    from walletdesk.foundation.identity.public import users_by_address
    from walletdesk.trust.staff.public import employ, employee_by_number, make_pass, open_team, staff_list, teams

    teams_with_one = {one.team_id for one in staff_list() if one.role == "administrator" and one.enrolled}
    if len(teams_with_one) > 1:
        raise Trouble("Two administrators of two teams are here; they employ whoever comes.")
    found = users_by_address(arguments.address)
    if len(found) != 1:
        raise Trouble("Nobody signs in with this address; they sign up first.")
    try:
        if arguments.team not in {team.code for team in teams()}:
            open_team(arguments.team, arguments.team, arguments.team.title())
        names = (arguments.name_zh, arguments.name_en)
        known = employee_by_number(arguments.number)
        one = known or employ(found[0].id, arguments.number, *names, arguments.team, "administrator", by="command line")
        if one.user_id != found[0].id:
            raise Trouble("This number is somebody else’s.")
        print(f"Pass for {one.name_en}, for one use: {make_pass(one.id, None)}")
    except Refusal as refusal:
        raise Trouble(f"{refusal.sentence('what')} ({refusal.code})") from refusal
    return 0
