"""API keys: shown once, kept as a hash, listed, last used; a revoked one is refused at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.ai_service.keys import Keys
from tests.service.town import CONTROL, Town, lived

ASKED = {"text": "Hello?"}


def bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_is_shown_once_used_listed_and_revoked() -> None:
    async def story(town: Town) -> None:
        made = (await town.ask("ai-api", "POST", "/keys", json={"owner": "ada"}, headers=CONTROL)).json()
        key, name = made["key"], made["name"]
        listed = await town.ask("ai-api", "GET", "/keys", headers=CONTROL)
        assert key not in listed.text
        assert key.split("_", 2)[2] not in listed.text
        assert next(one for one in listed.json() if one["name"] == name)["last_used"] is None

        assert (await town.ask("ai-api", "POST", "/chat", json=ASKED, headers=bearing(key))).status_code == 200
        assert next(one for one in await _listed(town) if one["name"] == name)["last_used"] > 0

        assert (await town.ask("ai-api", "DELETE", f"/keys/{name}", headers=CONTROL)).status_code == 204
        assert (await town.ask("ai-api", "POST", "/chat", json=ASKED, headers=bearing(key))).status_code == 401
        assert next(one for one in await _listed(town) if one["name"] == name)["revoked"] > 0
        assert (await town.ask("ai-api", "DELETE", f"/keys/{name}", headers=CONTROL)).status_code == 404

    lived(story)


async def _listed(town: Town) -> list[dict[str, float]]:
    found: list[dict[str, float]] = (await town.ask("ai-api", "GET", "/keys", headers=CONTROL)).json()
    return found


def test_nobody_chats_or_gives_out_keys_without_one() -> None:
    async def story(town: Town) -> None:
        for path in ("/chat", "/agents"):
            for headers in ({}, bearing("aisk_nobody_nothing"), bearing(""), CONTROL):
                assert (await town.ask("ai-api", "POST", path, json=ASKED, headers=headers)).status_code == 401
        key = bearing(town.world.key)
        assert (await town.ask("ai-api", "POST", "/keys", json={"owner": "eve"}, headers=key)).status_code == 401
        assert (await town.ask("ai-api", "GET", "/keys", headers=key)).status_code == 401

    lived(story)


def test_only_the_hash_is_in_the_file(tmp_path: Path) -> None:
    keys = Keys(str(tmp_path / "keys"))
    _, key = keys.create("ada")
    keys.close()

    assert key.split("_", 2)[2].encode() not in (tmp_path / "keys").read_bytes()
    again = Keys(str(tmp_path / "keys"))
    found = again.check(key)
    again.close()
    assert found
    assert found.owner == "ada"


def test_what_is_nearly_a_key_is_none() -> None:
    keys = Keys()
    known, key = keys.create("ada")
    try:
        for wrong in ("", "aisk", "aisk__", f"aisk_{known.name}_", key[:-1], key + "x", key.replace("aisk", "bisk")):
            assert keys.check(wrong) is None
        assert keys.listed()[0].last_used is None
        assert keys.check(key)
    finally:
        keys.close()


@pytest.mark.parametrize(("owner", "tier"), [("", "free"), (" ", "free"), ("ada", "golden")])
def test_a_key_has_an_owner_and_a_known_tier(owner: str, tier: str) -> None:
    keys = Keys()
    with pytest.raises(ValueError, match="tier"):
        keys.create(owner, tier)
    keys.close()
