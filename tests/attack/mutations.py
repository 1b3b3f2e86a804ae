"""Files that are changed in one or more places: cut, doubled, put elsewhere, or with something hostile put in."""

from hypothesis import strategies as st

from tests.attack.readers import sound

HOSTILE = [
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[2J", b"\r", b"\n---\n", b"&a ", b"*a", b"!!python/object:os.system"),
    *(b"[" * 500, b"{" * 500, b"a." * 500, b"9" * 5_000, b"NaN", b"1e999", b"true", b'"', b"'" * 3, b"\\ud800"),
    *(b"<!DOCTYPE x [<!ENTITY a 'a'>]>", b"<![CDATA[", b"<!-->", b"url(", b"\xf0\x9f\x98\x80", b"\xcc\x81" * 50),
]


@st.composite
def mutated(draw: st.DrawFn, name: str) -> bytes:
    """Draw a file for the reader: a sound one, changed."""
    data = sound(name)
    for _ in range(draw(st.integers(1, 6))):
        one, two = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        match draw(st.sampled_from(["cut", "double", "put", "bytes", "move", "end"])):
            case "cut":
                data = data[:one] + data[two:]
            case "double":
                data = data[:two] + data[one : min(two, one + 5_000)] + data[two:]
            case "put":
                data = data[:one] + draw(st.sampled_from(HOSTILE)) + data[one:]
            case "bytes":
                data = data[:one] + draw(st.binary(min_size=1, max_size=8)) + data[one + 1 :]
            case "move":
                data = data[two:] + data[one:two] + data[:one]
            case _:
                data = data[:one]
    return data
