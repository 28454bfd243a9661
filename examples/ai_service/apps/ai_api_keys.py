"""The routes that give out, list and revoke the API's keys; for whoever has the control token."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, Field

from examples.ai_service.keys import TIERS, Keys
from examples.ai_service.tokens import first, guard


class Wanted(BaseModel):
    """Who wants a key."""

    owner: str = Field(min_length=1, max_length=64, pattern=r"\S")
    tier: str = Field(default="free", pattern=f"^({'|'.join(TIERS)})$")


def key_routes(keys: Keys, token: str) -> APIRouter:
    """They."""
    router = APIRouter(prefix="/keys", route_class=first(guard(token)))

    @router.post("", status_code=201)
    async def create(wanted: Wanted) -> dict[str, Any]:
        known, key = keys.create(wanted.owner, wanted.tier)
        return {**asdict(known), "key": key, "note": "shown once: keep it"}

    @router.get("")
    async def listed() -> list[dict[str, Any]]:
        return [asdict(one) for one in keys.listed()]

    @router.delete("/{name}", status_code=204)
    async def revoke(name: str) -> None:
        if not keys.revoke(name):
            raise HTTPException(404, "no valid key is called so")

    return router
