"""Why a Prometheus did not answer one question, where the others may well be answered.

* RemoteError
  + Declined      it refuses the query, in its own words
  + TooSlow       it takes longer than a query may
  + TooMuch       more comes than anybody would draw
"""

from cli.errors import RemoteError


class Declined(RemoteError):
    """It refuses the query, in its own words."""


class TooSlow(RemoteError):
    """It takes longer than a query may."""


class TooMuch(RemoteError):
    """More comes than anybody would draw."""
