"""``readiness plan rename``: takes the edits of a plan over to the name that the team has now."""

from readiness.cli.inputs import open_bank
from readiness.cli.invocation import invoked
from readiness.cli.options import DEFAULT_BANK, BankOption, PathsArgument, PlanOption
from readiness.cli.streams import notify, say
from readiness.errors import InputError, Place, Problem


def rename(paths: PathsArgument, bank_name: BankOption = DEFAULT_BANK, plan: PlanOption = None) -> None:
    """Bring your changes of the plan along to the name that the team has now, in its answers."""
    from readiness.assessment.reading import read_team
    from readiness.plan.edits_file import read_overlay
    from readiness.plan.files import PlanFile
    from readiness.plan.find import may_be_renamed, plan_to_rename
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
        organisation = overlay.organisation if team.organisation else None
        was = team.model_copy(update={"name": overlay.team, "organisation": organisation})
        if safe(str(was)) == safe(str(team)):
            say(f"The plan in {path} is about {team} already.")
            return
        told = may_be_renamed(path, overlay, paths, team)
        file.save(overlay.renamed(team))
    say(f"The plan in {path} was about {was}. It is now about {team}.")
    if told is not None:
        notify([told])
