"""``readiness score``: scores the answers and says why the score is what it is."""

from math import floor
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.files import spare
from readiness.cli.inputs import open_bank, read_team_today, speaking_in
from readiness.cli.invocation import invoked
from readiness.cli.look_options import DEFAULT_THEME, LanguageOption, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankOption, MinGroupOption, PathsArgument
from readiness.cli.output_options import ForceOption, PrintedOption
from readiness.cli.streams import say
from readiness.cli.write_result import OutOption, Result, give, giving
from readiness.errors import ExitCode
from readiness.language import ENGLISH
from readiness.scoring.disclosure import MIN_GROUP

if TYPE_CHECKING:
    from readiness.bank.model import Bank
    from readiness.document.blocks import Document
    from readiness.scoring.model import Score


def score(
    paths: PathsArgument,
    bank_name: BankOption = DEFAULT_BANK,
    form: PrintedOption = None,
    fail_under: Annotated[
        str | None,
        typer.Option(
            "--fail-under",
            metavar="BAND|NUMBER",
            help="Exit with 4 if the score is below this number, or the band below this one.",
        ),
    ] = None,
    min_group: MinGroupOption = MIN_GROUP,
    out: OutOption = None,
    theme_name: ThemeOption = DEFAULT_THEME,
    language: LanguageOption = ENGLISH,
    force: ForceOption = False,
) -> None:
    """Score the answers of one team, and say why the score is what it is."""
    from readiness.team import AssessedTeam

    how = giving(out, form, theme_name, force=force)
    invoked(paths, bank_name)
    bank = open_bank(bank_name)
    below = _threshold(bank, fail_under)
    reading, _reworded = read_team_today(paths, bank_name, bank)
    if how.file is not None:
        spare(how.file, reading.files)
    team = AssessedTeam(bank, reading.assessments, min_group=min_group)
    result = team.score
    with speaking_in(language, bank_name, bank) as told_bank:
        told = team.told_in(told_bank)

        def document() -> "Document":
            from readiness.report.score_document import score_document

            return score_document(told)

        give(Result(document, lambda: told.score.model_dump_json(by_alias=True, indent=2)), how)
    if below.reached_by(result):
        return
    say(f"The result is below {fail_under}{_rounded(bank, result, fail_under)}.")
    raise typer.Exit(ExitCode.BELOW_FAIL_UNDER)


def _rounded(bank: "Bank", score: "Score", wanted: str | None) -> str:
    """Return the score with decimals, if people would see it as what it does not reach; else nothing."""
    from readiness.scoring.explain import band_starts
    from readiness.scoring.rounding import in_words

    found = score.overall.score
    try:
        rounded = found is not None and int(in_words(found, band_starts(bank))) >= float(wanted or "nan")
    except ValueError:  # a band
        return ""
    return f": it is {floor(found * 10_000) / 10_000:.4f}" if found is not None and rounded else ""


class _Threshold:
    """What a score must reach: a number, a band, or nothing."""

    def __init__(self, least: float | None, bands: tuple[str, ...]) -> None:
        self._least = least
        self._bands = bands

    def reached_by(self, score: "Score") -> bool:
        """Return whether the score, exact, is enough; nothing scored is never enough."""
        from readiness.bank.fields import exact

        if self._bands:
            return score.band is not None and score.band.id in self._bands
        reached = score.overall.score
        return self._least is None or (reached is not None and reached >= exact(self._least))


def _threshold(bank: "Bank", text: str | None) -> _Threshold:
    if text is None:
        return _Threshold(None, ())
    ids = tuple(band.id for band in bank.bands)
    if text in ids:
        return _Threshold(None, ids[ids.index(text) :])
    try:
        least = float(text)
    except ValueError:
        least = -1
    if not 0 <= least <= 100:  # noqa: PLR2004 — scores go from 0 to 100
        raise typer.BadParameter(f"--fail-under takes a number from 0 to 100, or a band: {', '.join(ids)}")
    return _Threshold(least, ())
