"""What is granted where, and what that means for a push."""

from collections.abc import Mapping

import pytest

from cli.commands._doctor_check import Check
from cli.commands._doctor_rights import Target, rights

EVERYTHING = {
    "dashboards:read": ("dashboards:*",),
    "dashboards:create": ("folders:*",),
    "dashboards:write": ("dashboards:*",),
    "dashboards:delete": ("dashboards:*",),
    "folders:read": ("folders:*",),
    "folders:create": ("folders:*",),
    "folders:write": ("folders:*",),
    "folders:delete": ("folders:*",),
    "datasources:read": ("datasources:uid:prom",),
    "annotations:read": ("annotations:type:dashboard",),
    "annotations:create": ("annotations:type:dashboard",),
}
TEAM = Target(said="Team", around=("team",))
SERVICE = Target(said="Team/Service", around=("team", "service"))
NEW = Target(said="New", missing=True)


def _of(action: str, granted: Mapping[str, tuple[str, ...]], target: Target) -> Check:
    return {check.name: check for check in rights({**EVERYTHING, **granted}, target)}[action]


@pytest.mark.parametrize("target", [Target(), TEAM, SERVICE, NEW, Target(folders=True)])
def test_who_may_do_everything_lacks_nothing(target: Target) -> None:
    assert all(check.ok and not check.fix for check in rights(EVERYTHING, target))


@pytest.mark.parametrize("scope", ["*", "folders:*", "folders:uid:*", "dashboards:uid:*"])
def test_a_scope_that_covers_everything(scope: str) -> None:
    assert _of("dashboards:write", {"dashboards:write": (scope,)}, TEAM).said == "granted"


@pytest.mark.parametrize("scope", ["folders:uid:team", "folders:uid:service"])
def test_a_scope_around_the_folder_covers_it(scope: str) -> None:
    check = _of("dashboards:write", {"dashboards:write": (scope,)}, SERVICE)

    assert check == Check("dashboards:write", True, "granted for the folder 'Team/Service'")


def test_a_scope_beside_the_folder_does_not() -> None:
    scopes = ("folders:uid:other", "folders:uid:third", "dashboards:uid:api", "folders:uid:general")
    check = _of("dashboards:write", {"dashboards:write": scopes}, TEAM)

    assert check.ok is False
    assert check.said == "granted for 2 folders and 1 page, not for the folder 'Team'"
    assert check.fix == "give the service account Edit on the folder 'Team', or the role Editor"


def test_the_root_is_not_around_a_folder() -> None:
    check = _of("dashboards:create", {"dashboards:create": ("folders:uid:general",)}, TEAM)

    assert check.ok is False
    assert check.said == "granted for the root, not for the folder 'Team'"


def test_pages_at_the_root() -> None:
    assert _of("dashboards:create", {"dashboards:create": ("folders:uid:general",)}, Target()).ok


def test_who_makes_a_folder_may_do_the_rest_in_it() -> None:
    granted = {"folders:create": ("folders:uid:general",), "dashboards:write": (), "dashboards:create": ()}

    assert _of("dashboards:write", granted, NEW).ok is None
    assert _of("dashboards:create", granted, NEW).ok is None
    assert _of("folders:create", granted, NEW).said == "granted for the folder 'New'"


def test_who_may_make_folders_may_not_yet_make_pages_at_the_root() -> None:
    assert _of("dashboards:create", {"dashboards:create": ()}, Target()).ok is False


def test_who_may_not_make_it_may_not() -> None:
    root = ("folders:uid:general",)
    granted: dict[str, tuple[str, ...]] = {"folders:create": (), "dashboards:write": (), "dashboards:create": root}

    assert _of("dashboards:create", granted, NEW).ok is False
    assert _of("dashboards:write", granted, NEW).ok is False
    assert _of("folders:create", granted, NEW).ok is False


@pytest.mark.parametrize(
    ("target", "ok"), [(TEAM, None), (NEW, False), (Target(said="Team", around=("team",), folders=True), False)]
)
def test_folders_are_made_only_where_some_are_missing(target: Target, ok: object) -> None:
    check = _of("folders:create", {"folders:create": ()}, target)

    assert check.ok is ok
    assert check.fix


@pytest.mark.parametrize(
    "action",
    [
        "dashboards:delete",
        "folders:delete",
        "folders:write",
        "datasources:read",
        "annotations:read",
        "annotations:create",
    ],
)
def test_what_only_a_part_of_pushes_needs_is_no_lack(action: str) -> None:
    check = _of(action, {action: ()}, TEAM)

    assert check.ok is None
    assert check.said.startswith("not granted; needed for ")
    assert check.fix


def test_library_panels_matter_where_pages_show_some() -> None:
    with_some = Target(said="Team", around=("team",), libraries=True)
    granted = {"library.panels:read": ("folders:*",), "library.panels:create": ("folders:uid:team",)}

    assert not any(check.name.startswith("library") for check in rights(EVERYTHING, TEAM))
    assert _of("library.panels:read", granted, with_some).ok
    assert _of("library.panels:create", granted, with_some).ok
    assert _of("library.panels:write", granted, with_some).ok is False
    assert _of("library.panels:write", {}, with_some).ok is None


def test_a_folder_that_we_may_not_see() -> None:
    checks = {check.name: check for check in rights(EVERYTHING, Target(said="Team"))}

    assert checks["folder"] == Check("folder", None, "Team: we may not see it")


def test_a_grafana_that_does_not_tell() -> None:
    assert [(check.name, check.ok) for check in rights(None, Target())] == [("permissions", None)]
