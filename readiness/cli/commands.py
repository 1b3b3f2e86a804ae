"""Commands by name: each is imported when it is called, so that help and every other command start at once."""

import inspect
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from importlib.util import find_spec
from types import CodeType
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

from readiness.cli.help import CommandGroup, OneCommand

if TYPE_CHECKING:
    from readiness.cli.settings_names import Context, Formatter, Program

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
        self.commands = _Imported()

    def list_commands(self, _ctx: "Context") -> list[str]:
        """Return the names, in the order of the help."""
        return [*NAMES]

    def format_commands(self, _ctx: "Context", formatter: "Formatter") -> None:
        """Write the commands, each with its first sentence; none is imported."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, OneCommand(name, help=docstring(name)).get_short_help_str(500)) for name in NAMES]
            )


class _Imported(MutableMapping[str, Any]):
    """Commands by name, each imported when it is looked up."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> "Program":
        if name not in self._made:
            if name not in NAMES:
                raise KeyError(name)
            self._made[name] = imported(name)
        return self._made[name]

    def __setitem__(self, name: str, command: object) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in NAMES  # told without an import

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


def imported(name: str) -> "Program":
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

    It is read from the compiled module without running it, as importing all commands is slow.
    """
    spec = find_spec(_module(name))
    loader: Any = spec and spec.loader
    functions = (one for one in loader.get_code(_module(name)).co_consts if isinstance(one, CodeType))
    (said,) = (one.co_consts[0] for one in functions if one.co_name == name)
    return inspect.cleandoc(said or "")  # Python drops it if told to, by -OO


def _module(name: str) -> str:
    return f"readiness.cli.{name}"
