"""A folder of answers about teams, and their plans."""

from pathlib import Path

from readiness.assessment.model import Team
from readiness.plan.find import PlanPlace, find_plan
from readiness.plan.overlay import Edit, Overlay
from tests.conftest import assessment
from tests.small import small_bank


class Places:
    """A folder of answers about teams, and their plans."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bank").mkdir()
        self.bank = small_bank(folder / "bank", "[{id: a}]")

    def answers(self, name: str, team: str = "Northside", organisation: str | None = None) -> Path:
        told = assessment(self.bank, {"a": 1}, name=team)
        told = told.model_copy(update={"team": Team(name=team, organisation=organisation)})
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(told.to_json())
        return path

    def plan(self, name: str, team: str = "Northside", organisation: str | None = None, *, bare: bool = False) -> Path:
        path = self.folder / name
        edits = Overlay.blank(self.bank, team, organisation).with_numbers(["a-1"])
        path.write_text((edits if bare else edits.with_edit("a-1", Edit(owner="Sam"))).to_json())
        return path

    def find(self, *paths: Path, organisation: str | None = None) -> PlanPlace:
        return find_plan(paths, Team(name="Northside", organisation=organisation), self.bank)
