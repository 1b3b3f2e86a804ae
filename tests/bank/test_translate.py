"""A bank in another language: each text under its own key, and nothing that scores changes."""

from pathlib import Path
from shutil import copytree

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.bank.translate import (
    MOST_LANGUAGES,
    in_words,
    languages,
    read_words,
    texts,
    translated,
    untranslated,
)
from readiness.errors import MOST_TOLD, InputError
from readiness.language import ENGLISH
from readiness.resources import QUESTIONS
from tests.conftest import bank_from
from tests.small import small_bank, spelled_out

HEAD = "schema: 1\nbank: small\nlanguage: cy\nstatus: draft\nwords:\n"


def small(folder: Path) -> Bank:
    return small_bank(
        folder,
        """
        - {id: a, label: Short, evidence: [Notes, A list], keep: Go on, values: [0, 0.25],
           wording: [{when: {stage: [new]}, help: Look here, evidence: [Plans]}]}
        """,
        profile="{stage: [new, old]}",
    )


def written(folder: Path, words: str, head: str = HEAD) -> Path:
    (folder / "languages").mkdir(parents=True)
    (folder / "languages" / "cy.yaml").write_text(head + words, encoding="utf-8")
    return folder


def test_each_text_has_a_key_of_ids(tmp_path: Path) -> None:
    assert texts(small(tmp_path)) == {
        "title": "A small bank",
        "findings.a.statement": "Something was found",
        "domains.d.title": "Domain d",
        "domains.d.about": "About it",
        "profile.stage.text": "Which?",
        "profile.stage.options.new.label": "new",
        "profile.stage.options.old.label": "old",
        "questions.a.label": "Short",
        "questions.a.text": "Question a",
        "questions.a.wording.1.help": "Look here",
        "questions.a.wording.1.evidence.1": "Plans",
        "questions.a.evidence.1": "Notes",
        "questions.a.evidence.2": "A list",
        "questions.a.keep": "Go on",
        "questions.a.levels.0": "Level 0",
        "questions.a.levels.0.25": "Level 0.25",
        "questions.a.actions.a-1.title": "Do it",
        "questions.a.actions.a-1.detail": "In some way",
        "questions.a.actions.a-1.owner": "A manager",
        "questions.a.actions.a-1.sign": "It is done",
        "bands.low.label": "Band low",
        "bands.low.meaning": "It means",
        "bands.middle.label": "Band middle",
        "bands.middle.meaning": "It means",
        "bands.top.label": "Band top",
        "bands.top.meaning": "It means",
    }


PEOPLE = """
    - id: a
      values: [0, 1]
      goal: [Reach it]
      wording: [{when: {role: [nurse], stage: [new]}, text: 'For you?', levels: [Not me, Me]}]
"""


def of_people(folder: Path) -> Bank:
    data = spelled_out(
        PEOPLE,
        profile="{stage: [new, old], setting: [nhs, charity]}",
        roles="[nurse]",
        bands="[{id: low, from: 0}, {id: top, from: 50, voices: [{role: nurse, when: {stage: [new]}}]}]",
    )
    data["texts"] = {"terms": "A nurse cares", "caution": "Take care", "voices": "Nurses are heard"}
    data["questions"][0]["actions"][0] |= {"owner": {"nhs": "HR", "other": "The boss"}, "with": ["nurse"]}
    return bank_from(folder, yaml.safe_dump(data))


def test_what_a_bank_says_to_and_of_people_has_keys_as_it_is_written(tmp_path: Path) -> None:
    bank = of_people(tmp_path)
    keys = {
        "texts.caution": "Take care",
        "texts.voices": "Nurses are heard",
        "roles.nurse.label": "nurse",
        "roles.nurse.one": "nurse",
        "roles.nurse.many": "nurses",
        "questions.a.goal.1": "Reach it",
        "questions.a.wording.1.text": "For you?",
        "questions.a.wording.1.levels.1": "Not me",
        "questions.a.wording.1.levels.2": "Me",
        "questions.a.actions.a-1.owner": "The boss",
        "questions.a.actions.a-1.owner.nhs": "HR",
        "texts.terms": "A nurse cares",
    }
    found = texts(bank)
    assert {key: found.get(key) for key in keys} == keys
    assert not [key for key in found if "voices." in key or ".with" in key or ".when" in key or "enough" in key]
    told = in_words(bank, {key: f"Gair {at}" for at, key in enumerate(keys)})
    assert texts(told) == found | {key: f"Gair {at}" for at, key in enumerate(keys)}
    [action] = told.asked({"setting": "nhs"})[0].actions
    assert (action.owner, action.with_) == ("Gair 10", ("nurse",))
    assert told.fingerprint == bank.fingerprint
    assert told.bands == bank.bands


def test_citations_and_ids_are_no_texts(bank: Bank) -> None:
    said = texts(bank).values()
    assert not {source.citation for source in bank.sources} & {*said}
    assert bank.id not in said


@given(st.sets(st.integers(0, 999), max_size=20))
@settings(deadline=None, max_examples=15)
def test_a_bank_in_other_words_scores_the_same_and_reads_as_told(bank: Bank, places: set[int]) -> None:
    known = texts(bank)
    keys = sorted(known)
    words = {keys[place]: f"Gair {place}" for place in places}
    told = in_words(bank, words)
    assert told.fingerprint == bank.fingerprint
    assert texts(told) == known | words
    assert in_words(told, known) == bank


def test_no_words_change_nothing(bank: Bank) -> None:
    assert in_words(bank, {}) == bank
    assert in_words(bank, {"questions.gone.text": "?"}) == bank


def test_words_are_read_and_what_lacks_is_listed(tmp_path: Path) -> None:
    bank = small(tmp_path)
    written(tmp_path, "  title: Banc bach\n  questions.a.levels.0.25: Lefel\n")
    assert languages(tmp_path) == ("cy",)
    words = read_words(tmp_path, "cy", bank)
    assert words is not None
    told = in_words(bank, words.words)
    assert (told.title, told.questions[0].levels[1].text) == ("Banc bach", "Lefel")
    lacking = untranslated(bank, words)
    assert len(lacking) == len(texts(bank)) - 2
    assert lacking[0] == "findings.a.statement"


def test_a_bank_without_words_in_a_language_has_none(tmp_path: Path) -> None:
    assert read_words(tmp_path, "cy", small(tmp_path)) is None
    assert languages(tmp_path) == ()


def test_a_bank_has_no_more_languages_than_it_can_be_compared_in(tmp_path: Path) -> None:
    written(tmp_path, "  title: Banc bach\n")
    for at in range(MOST_LANGUAGES - 1):
        (tmp_path / "languages" / f"x{at}.yaml").touch()
    assert len(languages(tmp_path)) == MOST_LANGUAGES
    (tmp_path / "languages" / "zz.yaml").touch()
    with pytest.raises(InputError) as error:
        languages(tmp_path)
    assert str(error.value) == (
        f"{tmp_path}/languages: There are words in {MOST_LANGUAGES + 1} languages, and a bank has at most "
        f"{MOST_LANGUAGES}. Move the other files away."
    )


def test_a_bank_in_a_language_says_which_of_its_texts_are_still_english(tmp_path: Path) -> None:
    bank = small(tmp_path)
    written(tmp_path, "  title: Banc bach\n")
    told = translated(bank, tmp_path, "cy")
    assert (told.bank.title, told.draft) == ("Banc bach", True)
    assert told.english == {*texts(bank).values()} - {bank.title}


def test_a_bank_is_as_it_was_in_english_and_where_there_are_no_words(tmp_path: Path) -> None:
    bank = small(tmp_path)
    for tag, left in ((ENGLISH, frozenset[str]()), ("cy", frozenset(texts(bank).values()))):
        told = translated(bank, tmp_path, tag)
        assert (told.bank, told.draft, told.english) == (bank, False, left)


def test_all_that_is_wrong_with_words_is_said_at_once(tmp_path: Path) -> None:
    bank = small(tmp_path)
    head = HEAD.replace("small", "other").replace("language: cy", "language: fr")
    written(tmp_path, f"  questions.b.text: Beth?\n  questions.a.label: {'h' * 61}\n", head)
    with pytest.raises(InputError) as caught:
        read_words(tmp_path, "cy", bank)
    file = tmp_path / "languages" / "cy.yaml"
    assert [str(problem) for problem in caught.value.problems] == [
        f"{file}:2:1: bank is other, not small. Fix it, or move the file.",
        f"{file}:3:1: language is fr, not cy. Fix it, or move the file.",
        f'{file}:6:3: The bank has no text "questions.b.text". Take the line out, or fix the key.',
        f'{file}:7:3: "questions.a.label" is longer than 60 characters. Say it shorter.',
    ]


def test_labels_that_read_alike_in_a_language_only_are_told_there(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 1]}, {id: b, values: [0, 1]}]", roles="[nurse, manager]")
    lines = (
        "roles.nurse.label: Rheolwr",
        "roles.manager.label: RHEOLWR.",
        "roles.manager.one: nurse",
        "questions.a.levels.0: Level 1",
        "questions.b.levels.1: '0'",
    )
    written(tmp_path, "".join(f"  {line}\n" for line in lines))
    with pytest.raises(InputError) as caught:
        read_words(tmp_path, "cy", bank)
    file, own = tmp_path / "languages" / "cy.yaml", "in the bank's own language"
    told = [
        ('7:3: "RHEOLWR." reads like another role, roles.nurse.label, "Rheolwr" (in line 6)', "rheolwr"),
        (f'8:3: "nurse" reads like another role, "nurse" ({own})', "nurse"),
        (f'9:3: "Level 1" reads like another level, questions.a.levels.1, "Level 1" ({own})', "level 1"),
        (f'10:3: "0" reads like the number of another level, "0" ({own})', "0"),
    ]
    todo = "Give each words of its own: capitals, spaces and punctuation do not count."
    assert [str(problem) for problem in caught.value.problems] == [
        f'{file}:{what}: both are compared as "{compared}". {todo}' for what, compared in told
    ]


def test_words_of_a_level_that_read_like_another_answer_are_told(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 1]}]")
    written(tmp_path, "  questions.a.levels.1: Unknown\n")
    with pytest.raises(InputError, match=r'cy.yaml:6:3: "Unknown" reads like "don\'t know" or "does not apply"'):
        read_words(tmp_path, "cy", bank)
    wrong = bank.questions[0].levels[0].model_copy(update={"text": "Unknown"})
    level = bank.questions[0].model_copy(update={"levels": (wrong, bank.questions[0].levels[1])})
    folder = written(tmp_path / "other", "  title: Banc bach\n")
    assert read_words(folder, "cy", bank.model_copy(update={"questions": (level,)}))


def test_labels_that_read_alike_in_the_bank_alone_are_not_told_of_its_words(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    same = bank.questions[1].model_copy(update={"text": "Question a"})
    titled = bank.model_copy(update={"questions": (bank.questions[0], same)})
    written(tmp_path, "  title: Banc bach\n")
    assert read_words(tmp_path, "cy", titled)


def test_of_many_wrong_words_the_first_are_told(tmp_path: Path) -> None:
    written(tmp_path, "".join(f"  gone.{at}: Na\n" for at in range(300)))
    with pytest.raises(InputError) as caught:
        read_words(tmp_path, "cy", small(tmp_path))
    assert len(caught.value.problems) == MOST_TOLD + 1


def test_each_level_has_a_key_of_its_own_however_large_its_value(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, values: [0, 123456.1, 123456.1001, 1000000]}]")
    keys = [f"questions.a.levels.{value}" for value in ("0", "123456.1", "123456.1001", "1000000")]
    assert [key for key in texts(bank) if ".levels." in key] == keys


def test_words_of_a_wrong_form_are_refused_with_their_place(tmp_path: Path) -> None:
    bank = small(tmp_path)
    written(tmp_path, "  title: ''\n", HEAD.replace("draft", "done"))
    with pytest.raises(InputError, match=r"cy\.yaml:4:"):
        read_words(tmp_path, "cy", bank)


def test_the_shipped_bank_has_no_words_in_another_language_but_whole_ones(bank: Bank) -> None:
    for tag in languages(QUESTIONS / "peer-workers"):
        words = read_words(QUESTIONS / "peer-workers", tag, bank)
        assert words is not None
        assert untranslated(bank, words) == ()


def test_a_folder_of_languages_does_not_disturb_a_bank(tmp_path: Path, bank: Bank) -> None:
    folder = copytree(QUESTIONS / "peer-workers", tmp_path / "mine")
    assert load_bank(folder) == bank


def test_what_decides_what_is_asked_is_never_a_text(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path,
        "[{id: a, when: {owner: [trust]}, wording: [{when: {label: [x, y]}, help: Look}]}, {id: b}]",
        profile="{owner: [trust, charity], label: [x, y]}",
    )
    assert not [key for key in texts(bank) if ".when" in key]
    told = in_words(bank, dict.fromkeys(texts(bank), "Gair"))
    assert told.fingerprint == bank.fingerprint
    assert told.questions[0].wording[0].when == {"label": ("x", "y")}
