"""What is said of a workbook that comes back, and what is taken over from it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from readiness.assessment.named import Named
from readiness.bank.model import Bank
from readiness.cli.options import KeptPlan
from readiness.cli.plan_from import Agreeing, take_over
from readiness.plan.sheets import PLAN_SHEET
from readiness.report.tracker import plan_workbook
from readiness.scoring.score import standings
from tests.report.planned import worked_on
from tests.report.services import example
from tests.themes import default_theme


@pytest.fixture
def taken(tmp_path: Path, bank: Bank, capsys: pytest.CaptureFixture[str]) -> Callable[[Callable[[Any], None]], str]:
    """Take over the workbook of a plan after somebody changed its sheet, and return what was said."""

    def taken(edit: Callable[[Any], None]) -> str:
        planned, path = worked_on(bank), tmp_path / "plan.xlsx"
        path.write_bytes(plan_workbook(planned.report, planned.plan, default_theme()))
        book = load_workbook(path)
        edit(book[PLAN_SHEET])
        book.save(path)
        kept = tmp_path / "n.plan.json"
        kept.write_text(planned.overlay.to_json(), "utf-8")
        stands = standings(bank, example("northside-cmht", bank))
        take_over(stands, KeptPlan(kept, planned.overlay), path, Named(), Agreeing(yes=True, prefer=None))
        return capsys.readouterr().err

    return taken


def test_what_is_not_taken_over_is_said(taken: Callable[[Callable[[Any], None]], str]) -> None:
    def edit(sheet: Any) -> None:
        sheet["T3"], sheet["T4"] = "Cost", 300
        sheet.delete_rows(6, 2)

    left, gone, nothing = taken(edit).splitlines()
    assert left == 'Note: This column stays in the workbook, as the plan has no place for it: "Cost" (column T).'
    assert gone.startswith(
        "Note: Not in the workbook any more, and still in the plan: actions 5 and 6. To take one out"
    )
    assert nothing == "Nothing was changed in the workbook."
    assert taken(lambda _: None) == "Nothing was changed in the workbook.\n"
