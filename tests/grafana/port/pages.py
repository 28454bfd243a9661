"""The page that is asked about."""

from cli.grafana.model import LivePage
from cli.grafana.port import Grafana
from tests.stand_in import PROFILES

KINDS = [(profile, api) for profile, one in PROFILES.items() for api in ("legacy", *(["apis"] if one.apis else []))]
PAGE = {"uid": "p", "title": "P", "schemaVersion": 41, "panels": [], "tags": ["x"]}


def there(grafana: Grafana, uid: str = "p") -> LivePage:
    live = grafana.page(uid)
    assert live
    return live
