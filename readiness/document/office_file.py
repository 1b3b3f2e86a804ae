"""What every office file needs: charts as pictures, and a package without the moment that it was written at."""

import io
import zipfile
from functools import lru_cache

_ZOOM, _SHARP = 4.0, 2000
"""Pixels of a picture for one of its chart, and how many are enough across a page: 290 an inch."""


@lru_cache(maxsize=512)
def chart_png(svg: str, width: float) -> bytes:
    """Return a chart of that width as a picture (PNG); many of a batch's charts are the same."""
    from resvg_py import svg_to_bytes

    return svg_to_bytes(svg_string=svg, zoom=min(_ZOOM, _SHARP / width), skip_system_fonts=True)


def put(archive: zipfile.ZipFile, name: str, data: str | bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    """Put a part into an archive, without the moment that it is written at."""
    archive.writestr(zipfile.ZipInfo(name), data, how)


def undated(data: bytes) -> bytes:
    """Return the package without the moment that it was written at."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            put(new, part.filename, old.read(part))
    return out.getvalue()
