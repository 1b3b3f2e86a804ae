"""Languages that a report can be written in, each a gettext catalogue of our words (``.po``)."""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from readiness.errors import InputError, Place, Problem
from readiness.language import ENGLISH
from readiness.resources import REPORT_TEMPLATES

_CATALOGUES = REPORT_TEMPLATES / "languages"


def known_languages() -> tuple[str, ...]:
    """Return the tags (BCP 47) of the languages there are, English first."""
    return (ENGLISH, *sorted(path.stem for path in _CATALOGUES.glob("*.po")))


@cache
def catalogue(tag: str) -> NullTranslations:
    """Return our words in the language called ``tag``. Raises InputError if there is none, or it can't be read."""
    if tag == ENGLISH:
        return NullTranslations()
    if tag not in known_languages():
        raise InputError(
            Problem(f'There are no words for the language "{tag}"', f"Use one of: {', '.join(known_languages())}.")
        )
    return read_catalogue(_CATALOGUES / f"{tag}.po")


def read_catalogue(path: Path) -> NullTranslations:
    """Return the words in the file. Raises InputError if it is no catalogue."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    compiled = io.BytesIO()
    try:
        words = read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)
        for message in [each for each in words if each.pluralizable and not all(each.string or ())]:
            words.delete(message.id)  # else its English would be chosen by the rules of the other language
        write_mo(compiled, words)
    except (PoFileError, ValueError) as error:
        todo = "Fix it in a program for translations, such as Poedit."
        raise InputError(Problem(f"This catalogue can't be read: {error}", todo, Place(str(path)))) from error
    compiled.seek(0)
    return GNUTranslations(compiled)
