"""``readiness schema``: the JSON schema of what is read and written, for scripts."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, assert_never

import typer

from readiness.cli.output import emit_json

if TYPE_CHECKING:
    from pydantic import BaseModel


class SchemaOf(StrEnum):
    """What a schema is of."""

    ASSESSMENT = "assessment"
    EDITS = "edits"
    SCORE = "score"
    PLAN = "plan"
    REPORT = "report"
    BANK = "bank"


def schema(what: Annotated[SchemaOf, typer.Argument(help="What the schema is of.", metavar="WHAT")]) -> None:
    """Print a JSON schema: of assessment, edits (of a plan), score, plan, report or bank."""
    import json

    model, mode = _model(what)
    found = model.model_json_schema(by_alias=True, mode=mode)
    emit_json(json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **found}, indent=2))


def _model(what: SchemaOf) -> "tuple[type[BaseModel], Literal['validation', 'serialization']]":
    """Return the model, and whether people write it (``validation``) or we do."""
    match what:
        case SchemaOf.ASSESSMENT:
            from readiness.assessment.model import Assessment

            return Assessment, "validation"
        case SchemaOf.EDITS:
            from readiness.plan.overlay import Overlay

            return Overlay, "validation"
        case SchemaOf.BANK:
            from readiness.bank.model import Bank

            return Bank, "validation"
        case SchemaOf.SCORE:
            from readiness.scoring.model import Score

            return Score, "serialization"
        case SchemaOf.PLAN:
            from readiness.plan.model import TeamPlan

            return TeamPlan, "serialization"
        case SchemaOf.REPORT:
            from readiness.report.model import Report

            return Report, "serialization"
        case _:
            assert_never(what)
