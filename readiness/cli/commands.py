"""Commands by name: each is imported when it is called, so that help and every other command start at once."""

import inspect
from importlib import import_module
from importlib.util import find_spec
from types import CodeType
from typing import Any

import typer
from typer.main import get_command

from readiness.cli.help import CommandGroup, OneCommand

NAMES = (
    "assess",
    "workshop",
    "score",
    "report",
    "compare",
    "form",
    "plan",
    "collect",
    "batch",
    "theme",
    "bank",
    "schema",
    "doctor",
    "completion",
)
"""Commands in the order of the help; each is a module of its name, with a function of its name that explains it."""


class Commands(CommandGroup):
    """Group of commands that are imported when they are called."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 — typer's click is its own
        super().__init__(**attributes)
        self.commands = {name: _Named(name) for name in NAMES}

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:  # noqa: ANN401 — as above
        """Return the name, command and arguments. Raises UsageError if there is no such command."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, imported(str(name)), rest


class _Named(OneCommand):
    """Command that is not imported: the help shows its name and first sentence."""

    def get_short_help_str(self, limit: int = 45) -> str:
        self.help = docstring(str(self.name))
        return super().get_short_help_str(limit)


def imported(name: str) -> Any:  # noqa: ANN401 — typer's click is its own
    """Return the command of that name, or the group of commands."""
    module = import_module(_module(name))
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(rich_markup_mode=None, add_completion=False)
        app.command(name, cls=OneCommand)(getattr(module, name))
    command = get_command(app)
    command.name = name
    return command


def docstring(name: str) -> str:
    """Return what the command's function says of itself.

    It is read from the compiled module without running it: to import all of them takes as long as to import typer.
    """
    spec = find_spec(_module(name))
    loader: Any = spec and spec.loader
    functions = (one for one in loader.get_code(_module(name)).co_consts if isinstance(one, CodeType))
    (said,) = (one.co_consts[0] for one in functions if one.co_name == name)
    return inspect.cleandoc(said or "")  # Python drops it if told to, by -OO


def _module(name: str) -> str:
    return f"readiness.cli.{name}"
