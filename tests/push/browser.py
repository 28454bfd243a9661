"""What people do to a page in the browser, and what they see of it."""

from collections.abc import Callable

from tests.push.building import Page
from tests.stand_in import StandIn


def titled(title: str) -> Callable[[Page], None]:
    return lambda model: model.update(title=title)


def title_of(grafana: StandIn, uid: str) -> str:
    stored = grafana.page(uid)
    return stored.title if stored else ""
