"""Puts right the fields of a PDF form before it is written, in WeasyPrint's own objects.

WeasyPrint numbers the buttons of a radio group, so a level would be read back as its position. Here each button is
named after its answer, in no language.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf

_HELVETICA = "/Helv"
_DOT = 0.6
"""How much of a ring its dot fills."""
_HIDDEN = 2
_MULTILINE = 1 << 12
_RADIO = 1 << 15


def mend_fields(
    pdf: "pydyf.PDF",
    mark_name: str,
    mark: str,
    choices_name: str,
    text_size: float,
    written: Mapping[str, str],
) -> None:
    """Make WeasyPrint's fields such that every viewer fills them in alike, and what is ticked is what is read.

    A radio group gets the names of its answers, and none of its buttons is a field of its own. A tick box that has no
    value stands for a place to write in: WeasyPrint would embed a whole font for each, in a way that few viewers can
    write with. The ``mark`` goes into a hidden field called ``mark_name``, and the names of all radio groups into one
    called ``choices_name``: so a page that is gone is missed. ``text_size`` is in points; ``written`` has by the name
    of a place what stands in it from the start.
    """
    import pydyf

    form = pdf.catalog["AcroForm"]
    objects = {obj.reference: obj for obj in pdf.objects}
    fields = [objects[reference] for reference in form["Fields"]]
    groups: defaultdict[str, list[pydyf.Dictionary]] = defaultdict(list)
    places = []
    font = pydyf.Dictionary(
        {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Encoding": "/WinAnsiEncoding"}
    )
    pdf.add_object(font)
    for field in fields:
        if "Kids" in field:
            groups[field["T"].string].append(field)
        elif "Parent" not in field:
            _into_text(field, objects, text_size)
            if text := written.get(field["T"].string):
                _write(text, field, objects, font, text_size)
            places.append(field)
    ticked = [_into_group(parts, objects) for parts in groups.values()]
    hidden = [
        _hidden(pdf, objects, pydyf.String(name), pydyf.String(text))
        for name, text in ((mark_name, mark), (choices_name, "\n".join(groups)))
    ]
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {
            "Fields": pydyf.Array(field.reference for field in (*ticked, *places, *hidden)),
            "DR": pydyf.Dictionary({"Font": pydyf.Dictionary({_HELVETICA[1:]: font.reference})}),
            "DA": pydyf.String(f"{_HELVETICA} {text_size:g} Tf 0 g"),
            "NeedAppearances": "true",
        }
    )


def _into_group(parts: list["pydyf.Dictionary"], objects: dict[bytes, "pydyf.Object"]) -> "pydyf.Dictionary":
    """Return one group made of ``parts``: those of a question that goes on over a page break."""
    import pydyf

    group = parts[0]
    kids = []
    group["V"] = "/Off"
    group["Ff"] = _RADIO
    for part in parts:
        for reference, value in zip(part["Kids"], part.pop("Opt"), strict=True):
            button = objects[reference]
            name = pydyf.name(value.string).decode()
            [picture] = button["AP"]["N"].values()
            button["AP"] = pydyf.Dictionary({"N": pydyf.Dictionary({name[1:]: picture})})
            _shrink(objects[picture])
            if button["AS"] != "/Off":
                button["AS"] = group["V"] = name
            button["MK"] = pydyf.Dictionary({"CA": pydyf.String("l")})  # a dot, where a viewer draws its own
            button["Parent"] = group.reference
            del button["T"]
            kids.append(reference)
        if part is not group:
            part.clear()  # freeing it would do, but then pydyf misplaces every object after it
    group["Kids"] = pydyf.Array(kids)
    return group


def _shrink(picture: "pydyf.Stream") -> None:
    """Let the dot leave some of its ring free."""
    _, _, width, height = picture.extra["BBox"]
    x, y = (round(side * (1 - _DOT) / 2, 3) for side in (width, height))
    picture.stream.insert(0, f"q {_DOT} 0 0 {_DOT} {x} {y} cm")
    picture.stream.append("Q")


def _into_text(field: "pydyf.Dictionary", objects: dict[bytes, "pydyf.Object"], text_size: float) -> None:
    """Make a tick box a place to write in."""
    import pydyf

    [picture] = field["AP"]["N"].values()
    objects[picture].stream[:] = ["/Tx BMC", "EMC"]
    for key in ("AS", "MK", "Border"):
        del field[key]
    left, bottom, right, top = field["Rect"]
    lines = abs(top - bottom) / text_size
    field.update(
        {
            "FT": "/Tx",
            "AP": pydyf.Dictionary({"N": picture}),
            "DA": pydyf.String(f"{_HELVETICA} {text_size:g} Tf 0 g"),
            "V": pydyf.String(""),
            "Ff": _MULTILINE if lines > 2 else 0,  # noqa: PLR2004 — a second line fits from there on
            "Rect": pydyf.Array([left, min(bottom, top), right, max(bottom, top)]),
        }
    )


def _write(
    text: str,
    field: "pydyf.Dictionary",
    objects: dict[bytes, "pydyf.Object"],
    font: "pydyf.Dictionary",
    text_size: float,
) -> None:
    """Put ``text`` in a place to write in, and draw it for viewers that draw no fields themselves."""
    import pydyf

    picture = objects[field["AP"]["N"]]
    drawn = text.encode("cp1252", "replace").hex()
    picture.extra["Resources"] = pydyf.Dictionary({"Font": pydyf.Dictionary({_HELVETICA[1:]: font.reference})})
    picture.stream[:] = ["/Tx BMC q BT", f"{_HELVETICA} {text_size:g} Tf 0 g 2 {text_size / 3:.2f} Td", f"<{drawn}> Tj"]
    picture.stream.append("ET Q EMC")
    field["V"] = pydyf.String(text)


def _hidden(
    pdf: "pydyf.PDF", objects: dict[bytes, "pydyf.Object"], name: "pydyf.String", value: "pydyf.String"
) -> "pydyf.Dictionary":
    """Return a field that nobody sees, on the first page: viewers keep it when they save."""
    import pydyf

    page = objects[pdf.page_references[0]]
    place = {"Type": "/Annot", "Subtype": "/Widget", "Rect": pydyf.Array([0, 0, 0, 0]), "P": page.reference}
    field = pydyf.Dictionary({**place, "F": _HIDDEN, "FT": "/Tx", "Ff": 1, "T": name, "TU": name, "V": value})
    pdf.add_object(field)
    page.setdefault("Annots", pydyf.Array()).append(field.reference)
    return field
