"""The one place that finds the shipped question banks and report templates.

In an installed wheel they lie inside the package; in a checkout (an editable install) they lie beside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

QUESTIONS = _ROOT / "questions"
REPORT_TEMPLATES = _ROOT / "report_templates"

NEW_BANK = QUESTIONS / "new.yaml"
"""A small question bank that explains itself, to begin one's own with."""

DEFAULT_BANK = "peer-workers"
"""The question bank that is used where none is named."""
