"""What is no form of ours, asks for too much, is locked, or is several forms in one is refused in words."""

import io
import os
import struct
import subprocess
import warnings
import zlib
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter

from readiness.assessment.model import Response
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.intake.sources import open_sources
from readiness.roundtrip import form_pdf_process as pdf_fields
from readiness.roundtrip import form_pdf_read
from readiness.roundtrip.form_pdf_process import fields_of
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from tests.conftest import EXAMPLES
from tests.forms import blank, filled_with_pikepdf, filled_with_pypdf, form_view
from tests.roundtrip.pdf_forms import problems


def test_a_pdf_that_was_printed_to_a_pdf_is_told_from_one_that_is_not_ours(
    tmp_path: Path, small: Bank, saved: Callable[[bytes], Path]
) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "printed.pdf")
    assert problems(tmp_path / "printed.pdf", small)[0].startswith(
        "There is nothing in this PDF that could be filled in."
    )
    other = pikepdf.open(io.BytesIO(blank(Format.PDF, form_view(small, {}))))
    for field in other.Root.AcroForm.Fields:
        field.T = pikepdf.String(f"other-{field.T}")
    out = io.BytesIO()
    other.save(out)
    assert problems(saved(out.getvalue()), small) == [
        "This PDF is not one of our forms. Fill in one that was made here, with: readiness form -o form.pdf"
    ]


@pytest.mark.parametrize(
    "rubbish", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x00" * 5000, (EXAMPLES / "northside-cmht.yaml").read_bytes()]
)
def test_what_is_no_pdf_is_refused(small: Bank, saved: Callable[[bytes], Path], rubbish: bytes) -> None:
    [said] = problems(saved(rubbish), small)
    assert said.startswith("This is not a PDF that we can read.")


def test_a_form_cut_short_is_refused_or_read_as_it_was_filled_in(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    filled = filled_with_pypdf(little, {"answer:a": "1"})
    for part in (1, 4, 8, 11):
        try:
            read = read_filled_pdf(saved(filled[: len(filled) * part // 12]), small)
        except InputError:
            continue
        assert [one.responses["a"] for one in read.assessments] == [Response(level=1)]


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, small: Bank) -> None:
    assert problems(tmp_path / "gone.pdf", small) == ["There is no such file. Check the name."]
    (tmp_path / "large.pdf").write_bytes(b"%PDF" + b"\x00" * 8_000_001)
    assert problems(tmp_path / "large.pdf", small) == ["The file is larger than 8 MB. Check that it is the right file."]


def _of(field: pikepdf.Dictionary, pdf: pikepdf.Pdf) -> bytes:
    page = pdf.add_blank_page()
    field = pdf.make_indirect(field)
    page.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_parents_that_go_round_in_a_circle_end() -> None:
    pdf = pikepdf.new()
    field = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, T=pikepdf.String("a"))
    )
    field.Parent = field
    assert [len(name) for name in fields_of(_of(field, pdf))] == [39]


def test_a_file_that_asks_for_more_memory_than_a_form_takes_is_refused(
    small: Bank, saved: Callable[[bytes], Path]
) -> None:
    """An object stream of a few kilobytes unpacks to gigabytes: pypdf has a limit, and the process has another."""
    packed = zlib.compress(zlib.compress(b"0" * 300_000_000, 1), 9)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(packed)
    body = b"%PDF-1.7\n1 0 obj\n" + stream + packed + b"\nendstream\nendobj\n"
    assert len(body) < 100_000
    table = struct.pack(">BHB", 1, 9, 0)
    xref = len(body)
    body += b"2 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 3 0 R/Index[1 1 3 1]/Length 8>>stream\n"
    body += table + struct.pack(">BHB", 2, 1, 0) + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % xref
    [said] = problems(saved(body), small)
    assert said.startswith("This is not a PDF that we can read.")


def test_a_file_that_takes_too_long_is_stopped(small: Bank, little: bytes, saved: Callable[[bytes], Path]) -> None:
    [said] = problems(saved(little), small, deadline=0.01)
    assert said.startswith("Reading this PDF took more than 0.01 seconds, and was stopped. Open it in the program ")


def packed_pdf(*objects: bytes) -> bytes:
    """Return a PDF with these objects, from 2 on, all packed into one: it can be a thousand times smaller."""
    starts = accumulate((len(one) + 1 for one in objects), initial=0)
    head = b"".join(b"%d %d " % (number, at) for number, at in enumerate(starts, start=2))
    packed, last = zlib.compress(head + b" ".join(objects), 9), len(objects) + 2
    data = b"%PDF-1.7\n"
    places = [(0, 0, 0), (1, len(data), 0), *((2, last, at) for at in range(len(objects)))]
    data += b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    places.append((1, len(data), 0))
    data += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (last, len(objects), len(head))
    data += b"/Length %d>>stream\n" % len(packed) + packed + b"\nendstream\nendobj\n"
    places.append((1, len(data), 0))
    table, start = b"".join(struct.pack(">BIB", *place) for place in places), len(data)
    data += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R" % (last + 1, last + 2)
    return data + b"/Length %d>>stream\n" % len(table) + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start


def many_pages(pages: int, entries: int) -> bytes:
    """Return a PDF whose pages share one list of entries."""
    return packed_pdf(
        b"<</Type/Pages/Count %d/Kids[" % pages + b"3 0 R " * pages + b"]>>",
        b"<</Type/Page/Parent 2 0 R/Annots 4 0 R>>",
        b"[" + b"5 0 R " * entries + b"]",
        b"<</Type/Annot/Subtype/Link>>",
    )


@pytest.mark.parametrize(("pages", "entries"), [(3_000, 60_000), (20_001, 0), (300, 100)])
def test_pages_with_more_on_them_than_any_form_are_refused_at_once(
    pages: int, entries: int, small: Bank, saved: Callable[[bytes], Path]
) -> None:
    [said] = problems(saved(many_pages(pages, entries)), small)
    assert said.startswith("This PDF holds more pages, fields or text than a form of ours can have. Check that")


def test_a_file_that_takes_too_much_of_the_processor_is_stopped(
    small: Bank, little: bytes, saved: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_pdf_read, "SECONDS", 0.005)
    [said] = problems(saved(little), small)
    assert said.startswith("Reading this PDF took more than 0.005 seconds, and was stopped. Open it in the program ")


def test_after_two_files_that_take_too_long_no_other_pdf_of_the_command_is_opened(
    tmp_path: Path, small: Bank, little: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = filled_with_pypdf(little, {"answer:a": "1"})
    for at in range(1, 6):
        (tmp_path / f"{at}.pdf").write_bytes(filled)
    (tmp_path / "north.csv").write_text("team,a\nNorth,1\n", "utf-8")
    read = subprocess.run
    opened: list[bytes] = []

    def counting(*args: Any, **named: Any) -> Any:
        opened.append(named["input"])
        return read(*args, **named)

    monkeypatch.setattr(subprocess, "run", counting)
    assert len(open_sources([tmp_path], small).sources) == len(opened) + 1 == 6
    monkeypatch.setattr(form_pdf_read, "SECONDS", 0.005)
    opened.clear()
    found = open_sources([tmp_path], small)
    assert [source.path.name for source in found.sources] == ["north.csv"]
    assert len(opened) == 2
    said = [str(problem).replace(f"{tmp_path}/", "") for problem in found.problems]
    assert [one.split(" and was stopped")[0] for one in said[:2]] == [
        f"{at}.pdf: Reading this PDF took more than 0.005 seconds," for at in (1, 2)
    ]
    assert said[2:] == [
        f"{at}.pdf: This PDF was not opened, because others took too long to read: 1.pdf and 2.pdf. "
        "Save those again, or take them away. Then run the same command again."
        for at in (3, 4, 5)
    ]
    monkeypatch.undo()
    assert len(open_sources([tmp_path], small).sources) == 6  # the next command begins anew


def test_more_fields_or_text_than_any_form_has_is_refused(little: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = filled_with_pikepdf(little, {"note:a": "x" * 500})
    monkeypatch.setattr(pdf_fields, "MAX_TEXT", 100)
    assert fields_of(filled)["note:a"] == ["x" * 100]
    monkeypatch.setattr(pdf_fields, "MAX_ALL", 90)
    with pytest.raises(pdf_fields.TooMuchError):
        fields_of(filled)
    monkeypatch.setattr(pdf_fields, "MAX_ALL", 10_000)
    monkeypatch.setattr(pdf_fields, "MAX_ENTRIES", 10)
    with pytest.raises(pdf_fields.TooMuchError):
        fields_of(filled)


def test_a_form_that_was_locked_without_a_password_is_read(little: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(filled_with_pypdf(little, {"answer:a": "3"}))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert fields_of(out.getvalue())["answer:a"] == ["3"]


def _encrypted(data: bytes, user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=6 if user else 4))
    return out.getvalue()


def test_a_form_that_may_not_be_edited_but_opens_is_read(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    path = saved(_encrypted(filled_with_pikepdf(little, {"answer:a": "3", "team": "N"}), ""))
    [assessment] = read_filled_pdf(path, small).assessments
    assert assessment.responses["a"].level == 3


def test_a_form_that_opens_only_with_a_password_is_said_to_be_that(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    [told] = problems(saved(_encrypted(little, "secret")), small)
    assert "This PDF opens only with a password. Open it with its password, and save it without one." in told


def test_a_form_that_this_computer_can_not_unlock_is_said_to_be_that(
    small: Bank, little: bytes, saved: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cryptography").mkdir()
    (tmp_path / "cryptography" / "__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    [told] = problems(saved(_encrypted(little, "")), small)
    assert "This PDF is protected, and the part that reads such files is not installed. Install it: pip" in told


def _joined_by_pypdf(forms: Sequence[bytes]) -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    for form in forms:
        writer.append(io.BytesIO(form))
    writer.write(out)
    return out.getvalue()


def _joined_by_pikepdf(forms: Sequence[bytes]) -> bytes:
    """Join them as programs do that know nothing of forms, and be warned of it."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for form in forms:
            with pikepdf.open(io.BytesIO(form)) as one:
                pdf.pages.extend(one.pages)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("joined", [_joined_by_pypdf, _joined_by_pikepdf])
def test_several_forms_in_one_pdf_are_told_and_never_mixed(
    small: Bank, little: bytes, saved: Callable[[bytes], Path], joined: Callable[[Sequence[bytes]], bytes]
) -> None:
    forms = [filled_with_pikepdf(little, {"answer:a": level, "team": "N"}) for level in ("1", "1", "3")]
    with warnings.catch_warnings(action="ignore"):
        data = joined(forms)
    assert problems(saved(data), small) == [
        "There are 3 forms in this PDF, put together as one file. Send each form as a file of its own, as it was saved."
    ]
