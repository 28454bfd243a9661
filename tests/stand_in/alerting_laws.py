"""Where the versions of Grafana differ in alerting; `facts/grafana_api.md` 10 is the source of all that is not 9.4."""

from dataclasses import dataclass, replace

from tests.stand_in.answers import Answer, Refusal


@dataclass(frozen=True)
class AlertingLaws:
    """The behaviour of one line of versions; every field is a visible difference."""

    unknown_rule: Refusal | None  # of a GET; None, an empty 404
    taken: int  # the status of a title or a uid that is there already
    bad_state: int  # the status of a noDataState that there is not
    locked: int  # the status of a group or a delete under another provenance; its form is the newer one from 409 on
    scheduler: str  # how the interval of the scheduler is spelled
    cannot_change: str  # how a provenance is refused to one rule
    lists_provenance: bool  # lists say it, as the single rule does
    checks_folder: bool  # a rule's folder must be there
    checks_uid: bool  # a uid must be one
    group_creates: bool  # a group takes rules with uids that are not there yet
    header_for_all: bool  # X-Disable-Provenance counts for groups, deletes, contact points and policies too
    deletes_groups: bool
    fields: tuple[str, ...]  # of a rule, that 9.4 does not know and drops
    used: int  # the status of a contact point or mute timing that a policy names


G9 = AlertingLaws(
    unknown_rule=Refusal(500, "could not find alert rule", traced=True),
    taken=500,
    bad_state=500,
    locked=500,
    scheduler="10",
    cannot_change="cannot changed provenance from '{stored}' to '{sent}'",
    lists_provenance=False,
    checks_folder=False,
    checks_uid=False,
    group_creates=False,
    header_for_all=False,
    deletes_groups=False,
    fields=(),
    used=500,
)
G11 = replace(
    G9,
    unknown_rule=None,
    bad_state=400,
    locked=409,
    scheduler="10s",
    cannot_change="cannot change provenance from '{stored}' to '{sent}'",
    lists_provenance=True,
    checks_folder=True,
    checks_uid=True,
    group_creates=True,
    header_for_all=True,
    deletes_groups=True,
    fields=("isPaused", "notification_settings", "record"),
    used=409,
)
G12 = replace(G11, taken=400, fields=(*G11.fields, "keep_firing_for", "missingSeriesEvalsToResolve"))

LAWS = {"9": G9, "11": G11, "12": G12, "13": G12}
EMPTY_404 = Answer(404, "null", "text/plain; charset=utf-8")  # "empty" is Go's word; 9.4 was recorded to say null
TAKEN = "a conflicting alert rule is found: rule title under the same organisation and folder should be unique"


def laws_of(version: str) -> AlertingLaws:
    """Those of a release."""
    return LAWS[version.partition(".")[0]]


def mismatch(laws: AlertingLaws, verb: str, sent: str, stored: str) -> Refusal:
    """What is under another provenance than the one that wants to touch it."""
    message = f"cannot {verb} with provided provenance '{sent}', needs '{stored}'"
    return Refusal(laws.locked, message, message_id="alerting.provenanceMismatch" if laws.locked == 409 else "")
