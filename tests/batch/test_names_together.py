"""Names of many teams are looked at together: each comes out as it does by itself."""

from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.team_names import identity
from readiness.batch.rows import whose, whose_each
from readiness.intake.teams import likeness, likenesses
from readiness.text import all_words, safe, unformulated

NAMES = st.lists(st.text(st.sampled_from("aB1") | st.sampled_from("é -=',\"`\n\t\u00ad"), max_size=4), max_size=4)
WORDS = st.lists(st.from_regex("[aB1]{1,3}( [aB1]{1,3})*", fullmatch=True), max_size=4)


@given(NAMES | WORDS)
def test_what_tells_teams_apart_is_that_of_each_name(names: list[str]) -> None:
    organisations = [name[1:] for name in names]
    assert whose_each(organisations, names) == [*map(whose, organisations, names)]
    assert [*likenesses(organisations, names)] == [*map(likeness, organisations, names)]


@given(NAMES)
def test_words_alone_are_names_and_cells_as_they_stand(names: list[str]) -> None:
    if all_words(names):
        assert [safe(name) for name in names] == [identity(name) for name in names] == names
        assert [unformulated(name) for name in names] == names
        assert not set(',"\r\n') & set("".join(names))


@given(WORDS.filter(bool))
def test_names_of_words_are_known_as_such_and_no_others(names: list[str]) -> None:
    assert all_words(names)
    for other in ("", " a", "a ", "a  b", "é", "a\n", "a-b", "=a"):
        assert not all_words([*names, other])
