"""Reports of errors to Sentry: only where a DSN is set, with environment, user and tier, and a tenth of the traces."""

from __future__ import annotations

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.asgi import SentryAsgiMiddleware

from .settings import Settings

TRACED = 0.1


def begin(settings: Settings, **more: Any) -> bool:
    """Whether errors are reported from now on; a test says its own `transport`."""
    if not settings.sentry_dsn:
        return False
    said: dict[str, Any] = {
        "environment": settings.environment,
        "traces_sample_rate": TRACED,
        # Each app is wrapped by hand: nothing of Python or of a library is changed behind its back
        "default_integrations": False,
        "auto_enabling_integrations": False,
        # What a user says stays here
        "include_local_variables": False,
        "max_request_body_size": "never",
        **more,
    }
    sentry_sdk.init(dsn=settings.sentry_dsn, **said)
    return True


def wrapper() -> type[SentryAsgiMiddleware]:
    """What gives each request a scope of its own."""
    return SentryAsgiMiddleware


def user(name: str, tier: str) -> None:
    """Whose request it is."""
    sentry_sdk.set_user({"id": name})
    sentry_sdk.set_tag("tier", tier)


def error(problem: BaseException) -> None:
    """One that was answered, and so is not seen by the wrapper."""
    sentry_sdk.capture_exception(problem)


def end() -> None:
    """What was not sent yet is sent, for two seconds at most."""
    sentry_sdk.flush(timeout=2)
    sentry_sdk.get_global_scope().set_client(None)
