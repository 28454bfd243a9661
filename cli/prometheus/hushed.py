"""Our own credentials, left out of what somebody else says: an error of a proxy may repeat what it was sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import quote

from cli.grafana.address import Credentials

#: What says who asks; a tenant's name is no secret.
_BEARING = re.compile(r"auth|cookie|token|secret|password|key", re.IGNORECASE)
#: An argument of a URL that says who asks, up to its value.
_ARGUMENT = re.compile(r"([?&][^=&\s\"]*(?:token|password|passwd|secret|key)[^=&\s\"]*=)[^&\s\"#]+", re.IGNORECASE)
HIDDEN = "***"
#: To hide a shorter word wherever it stands would tell it.
SHORTEST = 4


def secrets(credentials: Credentials, headers: Mapping[str, str]) -> tuple[str, ...]:
    """Everything that we send and nobody should see, the longest first; as a URL would hold it, too."""
    bearing = [value for name, value in headers.items() if _BEARING.search(name)]
    every = (credentials.token, credentials.password, *bearing, *(one.rpartition(" ")[2] for one in bearing))
    said = {one for one in every if len(one) >= SHORTEST}
    return tuple(sorted({*said, *(quote(one, safe="") for one in said)}, key=lambda one: (-len(one), one)))


def hushed(text: str, of: Collection[str]) -> str:
    """A text without them, and without what a URL in it says of the same kind."""
    for one in of:
        text = text.replace(one, HIDDEN)
    return _ARGUMENT.sub(rf"\1{HIDDEN}", text)
