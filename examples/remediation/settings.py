"""What the environment says of the webhook; without a token of its own it does not start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from examples.remediation.plan import Limits

ACT = "act"
DRY = "dry-run"


class WrongSetting(ValueError):
    """A variable is missing or cannot be; says which, never what a secret is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How it is run.

    Attributes:
        token: what Alertmanager has to bear (REMEDIATION_TOKEN).
        control_token: what the service asks for (DASH_CONTROL_TOKEN).
        service: where its control endpoints are (REMEDIATION_SERVICE).
        dry: whether it only says what it would do (REMEDIATION_MODE: dry-run or act).
        audit: the audit log (REMEDIATION_AUDIT).
        stop: while this file is there, nothing is done (REMEDIATION_STOP).
        limits: REMEDIATION_COOL_DOWN in seconds, REMEDIATION_AN_HOUR attempts.
    """

    token: str = field(repr=False)
    control_token: str = field(repr=False)
    service: str
    dry: bool
    audit: Path
    stop: Path
    limits: Limits

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """As the environment says.

        Raises:
            WrongSetting: it cannot be started so.
        """
        token = environment.get("REMEDIATION_TOKEN", "")
        if not token:
            raise WrongSetting("REMEDIATION_TOKEN is not set: anybody could send alerts")
        mode = environment.get("REMEDIATION_MODE", DRY)
        if mode not in (DRY, ACT):
            raise WrongSetting(f"REMEDIATION_MODE is neither {DRY} nor {ACT}")
        control_token = environment.get("DASH_CONTROL_TOKEN", "")
        if mode == ACT and not control_token:
            raise WrongSetting("DASH_CONTROL_TOKEN is not set: the service would refuse every remedy")
        service = environment.get("REMEDIATION_SERVICE", "http://127.0.0.1:8700")
        if not service.startswith(("http://", "https://")):
            raise WrongSetting("REMEDIATION_SERVICE is no URL: http://127.0.0.1:8700 for one")
        limits = Limits(
            cool_down=_number(environment, "REMEDIATION_COOL_DOWN", 600),
            an_hour=_number(environment, "REMEDIATION_AN_HOUR", 6),
        )
        folder = Path(environment.get("REMEDIATION_FOLDER", ".remediation"))
        audit = Path(environment.get("REMEDIATION_AUDIT", folder / "audit.jsonl"))
        stop = Path(environment.get("REMEDIATION_STOP", folder / "stop"))
        return cls(token, control_token, service, mode == DRY, audit, stop, limits)


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    said = environment.get(name, str(default))
    if not (said.isascii() and said.isdigit() and len(said) < 10):  # noqa: PLR2004 - 30 years of seconds
        raise WrongSetting(f"{name} is no whole number from 0 on")
    return int(said)
