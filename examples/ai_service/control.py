"""Faults and repairs from outside: `POST /control/scale {"target": "taskmaster", "value": 2}`, guarded by a token."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

from .faults import SCENARIOS, NoSuch
from .logs import Log
from .observed import CONTROL
from .surroundings import Surroundings
from .tokens import first, guard

ON: tuple[Any, ...] = (True, 1, "on", "open", "true", "yes")
OFF: tuple[Any, ...] = (False, 0, "off", "closed", "false", "no")


class Said(BaseModel):
    """What shall be done.

    Attributes:
        target: a job, a domain, or all.
        value: a scenario's name, how many replicas, or on and off.
    """

    target: str = "all"
    value: bool | int | str | None = None


def control(around: Surroundings, log: Log) -> APIRouter:
    """The routes; any app has them, and they speak for all."""
    router = APIRouter(prefix=CONTROL, route_class=first(guard(around.settings.control_token)))
    plant = around.plant

    def state() -> dict[str, Any]:
        parts = {job: asdict(part) | {"loaded": plant.loaded(job)} for job, part in plant.parts.items()}
        for part in parts.values():
            del part["ready_at"]
        return {"scenario": plant.scenario.name, "parts": parts, "targets": around.targets}

    @router.get("")
    async def now() -> dict[str, Any]:
        return state()

    @router.post("/{verb}")
    async def act(verb: str, said: Said) -> dict[str, Any]:
        value: Any = said.value
        try:
            match verb:
                case "scenario":
                    plant.begin(str(value))
                case "scale":
                    plant.scale(said.target, _replicas(value))
                case "restart":
                    plant.restart(said.target)
                case "fallback":
                    plant.fall_back(said.target, _switch(value))
                case "breaker":
                    plant.breaker(said.target, _switch(value))
                case _:
                    raise HTTPException(404, "there are scenario, scale, restart, fallback, breaker")
        except NoSuch as error:
            raise HTTPException(404, str(error)) from error
        log.warning("control", verb=verb, target=said.target, value=value)
        return state()

    @router.get("/scenarios")
    async def scenarios() -> dict[str, str]:
        return {one.name: one.says for one in SCENARIOS.values()}

    return router


def _replicas(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise HTTPException(422, "value is a number of replicas, from 1 on")
    return value


def _switch(value: Any) -> bool:
    if value is None or value in ON:
        return True
    if value in OFF:
        return False
    raise HTTPException(422, "value is on or off")
