"""A stand-in for a Grafana server, which equals the recording of a real one."""

from tests.stand_in.answers import RefusedError
from tests.stand_in.asking import ask, send
from tests.stand_in.calls import Request
from tests.stand_in.faults import Fault, Faults
from tests.stand_in.grafana import StandIn
from tests.stand_in.profiles import PROFILES, Profile, ProfileName
from tests.stand_in.state import Page, Version

__all__ = [
    "PROFILES",
    "Fault",
    "Faults",
    "Page",
    "Profile",
    "ProfileName",
    "RefusedError",
    "Request",
    "StandIn",
    "Version",
    "ask",
    "send",
]
