"""Find the object that a URL of `/apis` names, or refuse as Kubernetes does."""

from tests.stand_in.answers import Refusal, RefusedError
from tests.stand_in.calls import Call
from tests.stand_in.objects import Kind
from tests.stand_in.rows import Page


def there(call: Call, kind: Kind, name: str) -> Page | None:
    """The object of that name, if any."""
    page = call.state.page(name)
    return page if page and page.is_folder == kind.is_folder else None


def stored(call: Call, kind: Kind, name: str, verb: str) -> Page:
    """The object of that name, if the caller may do that to it."""
    page = there(call, kind, name)
    if not page:
        raise RefusedError(missing(kind, name))
    if not may(call, kind, verb, page):
        raise RefusedError(forbidden(kind, name))
    return page


def may(call: Call, kind: Kind, verb: str, page: Page) -> bool:
    """Whether the caller may do that to it."""
    return call.may(f"{kind.plural}:{verb}", page)


def missing(kind: Kind, name: str) -> Refusal:
    """There is no such object."""
    return Refusal(404, f'{kind.full} "{name}" not found', "NotFound")


def forbidden(kind: Kind, name: str) -> Refusal:
    """The caller may not."""
    return Refusal(403, f'{kind.full} "{name}" is forbidden', "Forbidden")
