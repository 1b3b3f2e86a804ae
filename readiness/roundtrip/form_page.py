"""Makes the form as a web page that works offline, keeps answers, and saves them."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from readiness.document.html import font_faces, stylesheet
from readiness.document.mark_english import marked
from readiness.document.templates import html_environment, render
from readiness.document.web_fonts import is_enough
from readiness.language import _
from readiness.resources import REPORT_TEMPLATES
from readiness.roundtrip.form_model import FormView
from readiness.text import escaped
from readiness.theme.identity import identity
from readiness.theme.theme import Theme

_PAGE = "form/screen.html.j2"
_SCRIPTS = ("kept", "shown", "sent", "saved", "awake")
"""What the page does, in files: the later ones use what is in those before."""
_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def render_html_form(form: FormView, theme: Theme) -> bytes:
    """Return the form as one web page that needs no network and no other file. UTF-8."""
    page = _page(form, theme, whole_fonts=False)
    page = page if is_enough(page) else _page(form, theme, whole_fonts=True)
    shown, script, rest = page.partition("<script")
    return f"{marked(shown)}{script}{rest}".encode()


def _page(form: FormView, theme: Theme, *, whole_fonts: bool) -> str:
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{stylesheet(theme.dark(), *_SHEETS)}\n}}"
    sheets = (font_faces(theme, inline=True, whole=whole_fonts), stylesheet(theme, *_SHEETS), dark)
    return render(
        html_environment(),
        _PAGE,
        None,
        form=form.model_dump(mode="json", by_alias=True),
        brand=identity(theme),
        style=Markup("\n".join(sheets)),  # noqa: S704 — our own files, never a person's words
        script=Markup(_script()),  # noqa: S704 — our own files, never a person’s words
        mark=_in_script({**json.loads(form.mark.to_json()), "roles": form.spellings}),
        words=_in_script(_words()),
    )


_SHEETS = ("style", "form/screen", "dark")


def _script() -> str:
    """Return the script, in a function of its own: none of its names can be in the way of one of the browser's."""
    parts = "\n".join((REPORT_TEMPLATES / "form" / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _in_script(facts: Mapping[str, object]) -> Markup:
    """Return ``facts`` as JSON that can stand in a script element, whatever words are in them."""
    return Markup(escaped(json.dumps(facts, ensure_ascii=False)).translate(_IN_SCRIPT))  # noqa: S704 — nothing left to escape


def _words() -> Mapping[str, str]:
    """Return what the page says as it is filled in; the script fills the blanks."""
    return {
        "so_far": _("{done} of {count} questions answered"),
        "next": _("Next open question"),
        "end": _("All answered: save and send"),
        "wrong": _("Before you can save"),
        "team": _("Say which team or service this is about"),
        "date": _("Give the date"),
        "why": _("Question {number}: say why it does not apply"),
        "saved": _("Saved as {file}, where your browser puts downloads. Please send it back."),
        "saved_open": _(
            "Saved as {file}, where your browser puts downloads. Questions still open: {open}. "
            "You can go on, and save again."
        ),
        "since": _("The file {file} does not have your last changes. Please save again, and send that file."),
        "loaded": _("Your answers from {file} are in the form."),
        "loaded_in_part": _("Your answers from {file} are in the form, but for what it can’t show: {left}."),
        "no_answers": _("This file holds no answers that this form can read. Nothing was changed."),
        "other_bank": _("These answers are to other questions. Nothing was changed."),
        "other_version": _(
            "These answers are to another version of the questions. Nothing was changed. "
            "Go on in the form that they were saved from."
        ),
        "dated": _("The date is today’s now."),
        "otherwise": _("They were given about a service of another kind, so please look through them."),
        "other_team": _("These answers are about another team, {team}. Nothing was changed."),
        "replace": _(
            "This takes the place of the answers that are in the form now, and of those of the same person that this "
            "browser keeps. Go on?"
        ),
        "empty": _(
            "This takes the answers that are in the form out of this browser for good. Do so only if they are yours. "
            "Answers of others that it keeps stay. Go on?"
        ),
    }
