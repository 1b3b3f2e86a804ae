"""What a bank calls the people who answer, and what a report says of the bank itself."""

from readiness.bank.fields import BankModel, Id, Text


class BankRole(BankModel):
    """Role that a respondent can have: how it is offered, and what one and several people in it are called."""

    id: Id
    label: Text
    one: Text
    many: Text


class BankTexts(BankModel):
    """What a report says of the bank itself, so that no bank claims what another's sources found.

    ``terms``: what its main words mean, said before the first question too. ``choosing``: how to choose a level if
    several seem to fit, said there as well. ``caution``: what a score can't do.
    ``not_validated``: what has not been tested. ``claims``: what the sources
    say, and do not say. ``own_choice``: what its authors chose themselves. ``score_basis``: what a higher number
    means. ``tested``: how the questions were tried so far, and with whom. ``helps``, ``hinders`` and ``guarded``
    lead the part on what helps and what gets in the way. ``ladder``: what the levels say. ``voices``: whom a band
    needs to hear, and why.
    """

    terms: Text | None = None
    choosing: Text | None = None
    caution: Text | None = None
    not_validated: Text | None = None
    tested: Text | None = None
    claims: Text | None = None
    own_choice: Text | None = None
    score_basis: Text | None = None
    helps: Text | None = None
    hinders: Text | None = None
    guarded: Text | None = None
    ladder: Text | None = None
    voices: Text | None = None


class Basis(BankModel):
    """Basis of a question's levels, for those who review them; no report shows it, so it is not translated.

    ``why``: how the levels follow from the findings. ``ours``: what the authors chose themselves.
    """

    why: Text
    ours: Text | None = None
