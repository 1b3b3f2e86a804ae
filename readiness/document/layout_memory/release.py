"""Frees the boxes of a document. Stands before ``weasyprint.document.Document.write_pdf``, which reads them last.

WeasyPrint's objects refer to each other in circles, through which nearly all that a render made hangs together. The
garbage collector would have to walk all of it several times. Emptied one after the other, objects free themselves.
"""

from collections.abc import Iterator

from weasyprint import document

from readiness.document.layout_memory.replaced import Opaque, Replacement


def _empty(box: Opaque) -> None:
    """Empty a box and all in it, and its charts."""
    parts = box.__dict__
    within, columns, chart = parts.get("children", ()), parts.get("column_groups", ()), parts.get("replacement")
    parts.clear()
    for child in within:
        _empty(child)
    for child in columns:
        _empty(child)
    if chart is not None:
        svg = chart.__dict__.pop("_svg", None)
        if svg is not None:
            svg.__dict__.clear()


def released() -> Iterator[Replacement]:
    """Yield what frees each document once it is written."""
    lay_out_plainly, write_plainly = document.layout_document, document.Document.write_pdf
    last = list[tuple[Opaque, Opaque]]()

    def layout_document(html: Opaque, root: Opaque, context: Opaque) -> Iterator[Opaque]:
        last[:] = [(root, context)]
        pages: Iterator[Opaque] = lay_out_plainly(html, root, context)
        return pages

    def write_pdf(laid_out: Opaque, *to: Opaque, **how: Opaque) -> bytes:
        data: bytes = write_plainly(laid_out, *to, **how)
        root, context = last.pop()
        for part in (context.target_collector, context.style_for, context):
            part.__dict__.clear()
        for box in (root, *(vars(page)["_page_box"] for page in laid_out.pages)):
            _empty(box)
        return data

    yield Replacement(document, "layout_document", layout_document)
    yield Replacement(document.Document, "write_pdf", write_pdf)
