"""What an action says, wherever it stands: in a bank, in a plan, in a report."""

from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field

Said = TypeVar("Said", bound=str)
When = TypeVar("When")
Takes = TypeVar("Takes")

Effort = Annotated[int, Field(ge=1, le=3)]
"""What an action takes: 1 (a meeting or a page), 2 (some weeks of somebody's time), 3 (months, money, policy)."""

TEXTS = ("title", "detail", "owner", "sign")
"""Those of an action's six words that are texts."""
WORDS = (*TEXTS, "horizon", "effort")
"""An action's six words, by the names of their fields."""


class ActionWords(BaseModel, Generic[Said, When, Takes]):
    """An action's id and its six words, in the types that they have where it stands.

    ``title`` and ``detail`` say what to do, ``owner`` who should do it, ``horizon`` when, ``effort`` what it takes.
    ``sign`` is how the service would know that it worked.
    """

    id: str
    title: Said
    detail: Said
    owner: Said
    horizon: When
    effort: Takes
    sign: Said

    @property
    def words(self) -> Mapping[str, Any]:
        """The six words, by their names."""
        return {name: getattr(self, name) for name in WORDS}
