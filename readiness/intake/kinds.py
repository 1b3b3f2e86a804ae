"""What kind of file something is, told by how it begins. A command's options need it, so nothing heavy is imported."""

import re
from enum import StrEnum


class InputKind(StrEnum):
    """What standard input holds; its name is the ending of such a file."""

    JSON = "json"
    YAML = "yaml"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


_PDF_WITHIN = 1024
"""Where a PDF's mark must stand, in bytes from its start."""

_YAML = re.compile(rb"(?:\s|#[^\n]*\n|---[^\n]*\n)*[\"']?(?:schema|bank|team|respondent|date|responses)[\"']?\s*:")
"""How answers begin that a person wrote: with one of their fields, after empty lines and comments."""


def is_pdf(data: bytes) -> bool:
    """Return whether what begins with ``data`` is a PDF: its mark may stand a little behind the start."""
    return b"%PDF-" in data[:_PDF_WITHIN]


def kind_of(data: bytes) -> InputKind:
    """Return what ``data`` holds, by how it begins."""
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if is_pdf(data):
        return InputKind.PDF
    if data.startswith(b"PK"):
        return InputKind.XLSX
    if text.startswith(b"{"):
        return InputKind.JSON
    return InputKind.YAML if _YAML.match(text) else InputKind.CSV
