"""``readiness bank protocol``: the sheets for testing a question bank with people."""

from typing import Annotated

import typer

from readiness.cli.given import pairs, typed_role
from readiness.cli.inputs import open_bank
from readiness.cli.look_options import DEFAULT_THEME, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankArgument, BankOption, named_bank
from readiness.cli.output_options import ForceOption, PrintedOption
from readiness.cli.write_result import OutOption, Result, give, giving


def protocol(
    name: BankArgument = None,
    bank_name: BankOption = DEFAULT_BANK,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            help="The service of those who take part, as stage=planning; once for each. Without it: every question.",
            metavar="KEY=VALUE",
        ),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="ROLE", help="Who takes part, such as peer-worker: in words for them."),
    ] = None,
    form: PrintedOption = None,
    out: OutOption = None,
    theme_name: ThemeOption = DEFAULT_THEME,
    force: ForceOption = False,
) -> None:
    """Write how to test the questions with people, and the sheets for it: a review, interviews, answers twice."""
    import json

    from readiness.assessment.form_mark import checked_profile
    from readiness.report.protocol_document import protocol_document

    how = giving(out, form, theme_name, force=force)
    bank = open_bank(named_bank(name, bank_name))
    whose = typed_role(bank, role)
    # Words for a role depend on the profile, so a role alone is not enough.
    known = checked_profile(bank, pairs(profile or [])) if profile or whose else {}
    questions = bank.asked(known, whose) if known else bank.ordered_questions
    worded = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in questions]
    labels = [one.label for one in bank.roles if one.id == whose]
    labels += [asked.label(known.get(asked.id)) or "" for asked in bank.profile if asked.id in known]
    result = Result(
        document=lambda: protocol_document(bank, questions, "; ".join(labels)),
        json=lambda: json.dumps(worded, indent=2, ensure_ascii=False),
    )
    give(result, how)
