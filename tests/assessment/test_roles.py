"""Roles in the words of a bank: what is one and the same, and how each is named."""

import pytest

from readiness.assessment.roles import (
    known_role,
    people_in,
    role_id,
    role_of_many,
    role_of_one,
    role_order,
    role_spellings,
)
from readiness.bank.model import Bank
from readiness.bank.texts import BankRole

ROLES = (
    BankRole(id="cook", label="Cook in the kitchen", one="cook", many="cooks"),
    BankRole(id="night-porter", label="Night porter", one="porter of the night", many="night staff"),
)


@pytest.mark.parametrize(
    "written", ["night-porter", "Night Porter", "night_porter", "porter of  the night", " NIGHT STAFF "]
)
def test_a_banks_role_is_known_by_each_of_its_names(written: str) -> None:
    assert role_id(written, ROLES) == "night-porter"
    assert role_of_one(written, ROLES) == "porter of the night"
    assert role_of_many(written, ROLES) == "night staff"
    assert known_role(written, ROLES) == ROLES[1]


def test_every_spelling_of_a_role_can_be_listed() -> None:
    found = role_spellings(ROLES)
    assert {*found} == {
        *("cook", "cooks", "cook-in-the-kitchen", "night-porter", "porter-of-the-night", "night-staff"),
    }
    assert all((known := known_role(name, ROLES)) and known.id == role for name, role in found.items())


@pytest.mark.parametrize("roles", [ROLES, ()])
def test_a_role_of_ones_own_stands_for_itself(roles: tuple[BankRole, ...]) -> None:
    assert role_id("Ward  Clerk", roles) == role_id("ward_clerk", roles) == "ward-clerk"
    assert role_of_one("ward-clerk", roles) == "ward clerk"
    assert role_of_many("ward-clerk", roles) == "people with the role “ward clerk”"
    assert known_role("ward-clerk", roles) is None


def test_a_bank_without_roles_knows_none_of_another_banks() -> None:
    assert role_id("Night staff", ()) == "night-staff"
    assert role_of_many("night-porter", ()) == "people with the role “night porter”"


def test_people_are_counted_in_their_role() -> None:
    assert people_in("Cooks", 1, ROLES) == "1 cook"
    assert people_in("cook", 3, ROLES) == "3 cooks"


def test_no_role_is_none() -> None:
    assert role_id(None, ROLES) is None
    assert known_role(None, ROLES) is None


def test_a_name_that_two_roles_share_means_the_first() -> None:
    second = BankRole(id="chef", label="Chef", one="cook", many="chefs")
    assert role_id("Cook", (*ROLES, second)) == "cook"
    assert role_id("Cook", (second, *ROLES)) == "chef"


def test_each_role_of_the_shipped_bank_is_known_by_all_its_names(bank: Bank) -> None:
    for role in bank.roles:
        assert {role_id(name, bank.roles) for name in (role.id, role.label, role.one, role.many)} == {role.id}


def test_roles_of_the_bank_stand_in_its_order_before_others() -> None:
    roles = ["zebra-keeper", "night-porter", "ant-keeper", "cook"]
    ordered = sorted(roles, key=lambda role: role_order(role, ROLES))
    assert ordered == ["cook", "night-porter", "ant-keeper", "zebra-keeper"]
