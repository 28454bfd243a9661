"""Handlers of data sources: list, read, add."""

from tests.stand_in.answers import BAD_REQUEST, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.rows import DataSource
from tests.stand_in.state import State

NOT_FOUND = Refusal(404, "Data source not found")
NAME_TAKEN = Refusal(409, "data source with the same name already exists", traced=True)
UID_TAKEN = Refusal(409, "data source with the same uid already exists", traced=True)
NO_METADATA = Refusal(500, "Unable to load datasource metadata", traced=True)
NO_HEALTH = Refusal(404, "Not found", traced=True)
TYPE_NAMES = {"prometheus": "Prometheus", "loki": "Loki", "tempo": "Tempo", "testdata": "TestData DB"}


def list_all(call: Call) -> Answer:
    """All data sources, by name."""
    found = sorted(call.state.data_sources.values(), key=lambda source: source.name.lower())
    return say([_row(source) for source in found])


def get(call: Call) -> Answer:
    """One data source, by its uid."""
    return say(_shown(_found(call.state.data_source(call.params["uid"]))))


def get_by_name(call: Call) -> Answer:
    """One data source, by its name."""
    name = call.params["name"]
    return say(_shown(_found(next((one for one in call.state.data_sources.values() if one.name == name), None))))


def health(call: Call) -> Answer:
    """Whether a data source answers."""
    if not call.state.data_source(call.params["uid"]):
        raise RefusedError(NO_METADATA)
    if not call.profile.data_source_health:
        raise RefusedError(NO_HEALTH)
    return say({"status": "OK", "message": "Successfully queried the Prometheus API."})


def post(call: Call) -> Answer:
    """Add a data source."""
    source = add(call.state, call.json())
    return say({"datasource": _shown(source), "id": source.id, "message": "Datasource added", "name": source.name})


def add(state: State, body: Json) -> DataSource:
    """Store a data source.

    Raises:
        RefusedError: its name or uid is taken, or it has none.
    """
    name, kind, uid = (value_of(body, key, "") for key in ("name", "type", "uid"))
    if not name or not kind:
        raise RefusedError(BAD_REQUEST)
    stored = state.data_sources
    if any(other.name == name for other in stored.values()):
        raise RefusedError(NAME_TAKEN)
    if uid and state.data_source(uid):
        raise RefusedError(UID_TAKEN)
    number = state.next_id("data_source")
    source = DataSource(
        id=number,
        uid=uid or f"generated-ds-{number}",
        name=name,
        type=kind,
        url=value_of(body, "url", ""),
        is_default=value_of(body, "isDefault", False),
        settings=value_of(body, "jsonData", Json()),
    )
    stored[number] = source
    return source


def _found(source: DataSource | None) -> DataSource:
    if not source:
        raise RefusedError(NOT_FOUND)
    return source


def _row(source: DataSource) -> Json:
    head: Json = {"id": source.id, "uid": source.uid, "orgId": 1, "name": source.name, "type": source.type}
    logo = f"public/app/plugins/datasource/{source.type}/img/{source.type}_logo.svg"
    return head | {
        "typeName": TYPE_NAMES.get(source.type, source.type),
        "typeLogoUrl": logo,
        "access": "proxy",
        "url": source.url,
        "user": "",
        "database": "",
        "basicAuth": False,
        "isDefault": source.is_default,
        "jsonData": source.settings,
        "readOnly": False,
    }


def _shown(source: DataSource) -> Json:
    return {
        "id": source.id,
        "uid": source.uid,
        "orgId": 1,
        "name": source.name,
        "type": source.type,
        "typeLogoUrl": "",
        "access": "proxy",
        "url": source.url,
        "user": "",
        "database": "",
        "basicAuth": False,
        "basicAuthUser": "",
        "withCredentials": False,
        "isDefault": source.is_default,
        "jsonData": source.settings,
        "secureJsonFields": {},
        "version": 1,
        "readOnly": False,
    }
