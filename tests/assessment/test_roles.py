"""Roles: what is one and the same, and how each is named."""

import pytest

from readiness.assessment.roles import ROLES, role_id, role_of_many, role_of_one, role_order


@pytest.mark.parametrize("written", ["peer-worker", "Peer Worker", "peer_worker", "Peer  Workers", " PEER WORKER "])
def test_a_known_role_is_known_however_it_is_written(written: str) -> None:
    assert role_id(written) == "peer-worker"
    assert role_of_one(written) == "Peer Worker"
    assert role_of_many(written) == "Peer Workers"


def test_a_role_of_ones_own_stands_for_itself() -> None:
    assert role_id("Ward  Clerk") == role_id("ward_clerk") == "ward-clerk"
    assert role_of_one("ward-clerk") == "ward clerk"
    assert role_of_many("ward-clerk") == "people with the role “ward clerk”"


def test_no_role_is_none() -> None:
    assert role_id(None) is None


def test_every_known_role_has_its_own_names() -> None:
    assert len({role.id for role in ROLES}) == len({role.many for role in ROLES}) == len(ROLES) == 6
    assert all(role_id(name) == role.id for role in ROLES for name in (role.id, role.label, role.one, role.many))


def test_known_roles_stand_in_their_order_before_others() -> None:
    roles = ["zebra-keeper", "other", "ant-keeper", "peer-worker", "service-manager"]
    assert sorted(roles, key=role_order) == ["service-manager", "peer-worker", "other", "ant-keeper", "zebra-keeper"]
