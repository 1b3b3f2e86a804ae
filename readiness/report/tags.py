"""Puts right what WeasyPrint leaves out of a PDF's tags, just before the file is written."""

from typing import Any


def mend_tags(_document: object, pdf: Any) -> None:  # noqa: ANN401 — pydyf has no types
    """Give each table header cell its scope (PDF/UA-1, 7.5): Column in a row of headers alone, Row elsewhere."""
    import pydyf

    elements = {obj.number: obj for obj in pdf.objects if isinstance(obj, pydyf.Dictionary) and "S" in obj}
    for row in elements.values():
        if row["S"] != "/TR":
            continue
        cells = [elements[number] for number in _children(row) if number in elements]
        scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"] = pydyf.Dictionary({"O": "/Table", "Scope": scope})


def _children(element: Any) -> list[int]:  # noqa: ANN401 — pydyf has no types
    """Return the object numbers of the element's children."""
    kids = element.get("K", ())
    found = kids if isinstance(kids, (list, tuple)) else (kids,)
    return [
        int(kid.split()[0]) for kid in found if isinstance(kid, (str, bytes)) and kid.split()[-1:] in (["R"], [b"R"])
    ]
