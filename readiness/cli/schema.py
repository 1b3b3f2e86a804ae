"""``readiness schema``: the JSON schema of what is read and written, for scripts."""

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from readiness.cli.streams import emit_json

if TYPE_CHECKING:
    from pydantic import BaseModel


class SchemaOf(StrEnum):
    """What a schema is of."""

    ASSESSMENT = "assessment"
    GROUP = "group"
    EDITS = "edits"
    SCORE = "score"
    PLAN = "plan"
    ROUTE = "route"
    WHAT_IF = "what-if"
    REPORT = "report"
    COMPARISON = "comparison"
    BANK = "bank"


def schema(what: Annotated[SchemaOf, typer.Argument(help="What the schema is of.", metavar="WHAT")]) -> None:
    """Print a JSON schema.

    Of assessment, group (of a workshop), edits (of a plan), score, plan, route (of plan --to), what-if, report,
    comparison or bank.
    """
    import json

    model, mode = _model(what)
    found = model.model_json_schema(by_alias=True, mode=mode)
    emit_json(json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **found}, indent=2))


def _model(what: SchemaOf) -> "tuple[type[BaseModel], Literal['validation', 'serialization']]":
    """Return the model, and whether people write it (``validation``) or we do."""
    module, name = _MODELS[what]
    written = what in (SchemaOf.ASSESSMENT, SchemaOf.GROUP, SchemaOf.EDITS, SchemaOf.BANK)
    return getattr(import_module(f"readiness.{module}"), name), "validation" if written else "serialization"


_MODELS: Mapping[SchemaOf, tuple[str, str]] = {
    SchemaOf.ASSESSMENT: ("assessment.model", "Assessment"),
    SchemaOf.GROUP: ("assessment.group", "GroupAssessment"),
    SchemaOf.EDITS: ("plan.overlay", "Overlay"),
    SchemaOf.SCORE: ("scoring.model", "Score"),
    SchemaOf.PLAN: ("plan.model", "TeamPlan"),
    SchemaOf.ROUTE: ("plan.route", "Route"),
    SchemaOf.WHAT_IF: ("plan.what_if", "WhatIf"),
    SchemaOf.REPORT: ("report.model", "Report"),
    SchemaOf.COMPARISON: ("plan.progress", "TeamComparison"),
    SchemaOf.BANK: ("bank.model", "Bank"),
}
"""Where each model is: it is imported when it is asked for."""
