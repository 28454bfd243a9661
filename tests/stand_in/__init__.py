"""A stand-in for a Grafana server, which equals the recording of a real one."""

from tests.stand_in.answers import RefusedError
from tests.stand_in.asking import ask, post_page, read_page, send
from tests.stand_in.calls import Request
from tests.stand_in.faults import Fault, Faults, kinds_of_fault
from tests.stand_in.grafana import StandIn
from tests.stand_in.profiles import PROFILES, Profile, ProfileName
from tests.stand_in.rows import Page, Version
from tests.stand_in.snapshot import Placed, Snapshot

__all__ = [
    "PROFILES",
    "Fault",
    "Faults",
    "Page",
    "Placed",
    "Profile",
    "ProfileName",
    "RefusedError",
    "Request",
    "Snapshot",
    "StandIn",
    "Version",
    "ask",
    "kinds_of_fault",
    "post_page",
    "read_page",
    "send",
]
