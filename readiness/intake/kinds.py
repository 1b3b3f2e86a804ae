"""Kinds of files that answers come in, known by name or beginning. A command's options need it: no heavy imports."""

import re
from collections.abc import Mapping
from enum import StrEnum


class InputKind(StrEnum):
    """Kind of a file with answers; its name is the ending of such a file."""

    JSON = "json"
    YAML = "yaml"
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    PDF = "pdf"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"


ASSESSMENTS: Mapping[str, InputKind] = {".json": InputKind.JSON, ".yaml": InputKind.YAML, ".yml": InputKind.YAML}
"""The endings of files that hold one assessment."""
TABLES: Mapping[str, InputKind] = {
    ".csv": InputKind.CSV,
    ".tsv": InputKind.CSV,
    ".xlsx": InputKind.XLSX,
    ".xlsm": InputKind.XLSX,
    ".ods": InputKind.ODS,
    ".jsonl": InputKind.JSON_LINES,
    ".ndjson": InputKind.JSON_LINES,
    ".parquet": InputKind.PARQUET,
}
"""The endings of files that hold a table."""

_PDF_WITHIN = 1024
"""Where a PDF's mark must be, in bytes from its start."""

_YAML = re.compile(rb"(?:\s|#[^\n]*\n|---[^\n]*\n)*[\"']?(?:schema|bank|team|respondent|date|responses)[\"']?\s*:")
"""How answers begin that a person wrote: with one of their fields, after empty lines and comments."""


def is_pdf(data: bytes) -> bool:
    """Return whether what begins with ``data`` is a PDF: its mark may come a little after the start."""
    return b"%PDF-" in data[:_PDF_WITHIN]


def kind_of(data: bytes) -> InputKind:
    """Return what ``data`` holds, by how it begins."""
    from readiness.assessment.file_kinds import in_lines

    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if is_pdf(data):
        return InputKind.PDF
    if data.startswith(b"PK"):
        return InputKind.XLSX
    if data.startswith(b"PAR1"):
        return InputKind.PARQUET
    if text.startswith(b"["):
        return InputKind.JSON
    if text.startswith(b"{"):
        return InputKind.JSON_LINES if in_lines(data, "-") else InputKind.JSON
    return InputKind.YAML if _YAML.match(text) else InputKind.CSV
