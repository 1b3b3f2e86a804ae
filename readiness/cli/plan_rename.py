"""``readiness plan rename``: takes the edits of a plan over to the name that the team has now."""

from readiness.cli.inputs import open_bank
from readiness.cli.invocation import invoked
from readiness.cli.options import DEFAULT_BANK, BankOption, PathsArgument, PlanOption
from readiness.cli.streams import notify, say
from readiness.errors import InputError, Place, Problem


def rename(paths: PathsArgument, bank_name: BankOption = DEFAULT_BANK, plan: PlanOption = None) -> None:
    """Bring your changes of the plan along to the name that the team has now, in its answers."""
    from readiness.assessment.reading import read_team
    from readiness.plan.files import PlanFile, plan_to_rename, read_overlay
    from readiness.text import safe

    invoked(paths, bank_name, plan)
    bank = open_bank(bank_name)
    reading = read_team(paths, bank)
    notify(reading.notices)
    team = reading.assessments[0].team
    path = plan or plan_to_rename(paths, team, bank)
    if not path.exists():
        raise InputError(Problem("There is no such plan", "Check the name.", Place(str(path))))
    with PlanFile(path) as file:
        overlay = read_overlay(path, bank, None)
        if safe(overlay.team) == safe(team.name):
            say(f"The plan in {path} is about {team.name} already.")
            return
        file.save(overlay.renamed(team.name))
    say(f"The plan in {path} was about {overlay.team}. It is now about {team.name}.")
