"""The one way in which a dashboard or a folder is written."""

from collections.abc import Callable
from dataclasses import replace

from tests.stand_in.answers import Json, Refusal, RefusedError
from tests.stand_in.checking import NOT_FOUND, checked
from tests.stand_in.orders import Order
from tests.stand_in.permissions import forget_grants
from tests.stand_in.rewrites import rewritten
from tests.stand_in.rows import LEGACY, Account, Page, Version
from tests.stand_in.slugs import slug_of
from tests.stand_in.state import State

SERVER_FIELDS = ("id", "uid", "version")
TWICE = Refusal(500, "Failed to save dashboard", traced=True)


def save(state: State, order: Order, author: Account) -> Page:
    """Create or update a page, and say what is stored now.

    Raises:
        RefusedError: nothing was changed.
    """
    target = checked(state, order, author)
    if rival := _rival(state, target):
        rival()
        target = _after(state, order, target, author)
    if target and state.profile.unified and _is_same(order, target):
        if not order.api or (order.annotations, order.labels) == (target.annotations, target.labels):
            return target
        return state.put(replace(target, annotations=order.annotations, labels=order.labels))
    forget_grants(state, author)
    return state.put(_written(state, order, target, author))


def try_save(state: State, order: Order, author: Account) -> Page:
    """What `save` would store, if it did.

    Raises:
        RefusedError: as `save` would.
    """
    target = checked(state, order, author)
    is_same = target is not None and state.profile.unified and _is_same(order, target)
    return target if target and is_same else _written(state, order, target, author)


def _rival(state: State, target: Page | None) -> Callable[[], object] | None:
    """Somebody else's save that a test wants in between."""
    slip, state.slip = state.slip, None
    return slip or (state.slips.pop(target.uid, None) if target else None)


def _after(state: State, order: Order, target: Page | None, author: Account) -> Page | None:
    """The target as the rival has left it.

    The legacy storage compares versions and writes in two steps, so that it overwrites what came in between;
    the unified one compares again.
    """
    if state.profile.unified:
        return checked(state, order, author)
    if target is None and state.page(order.uid):
        raise RefusedError(TWICE)
    if target and target.id not in state.pages:
        raise RefusedError(NOT_FOUND)
    return state.pages[target.id] if target else None


def _is_same(order: Order, page: Page) -> bool:
    """Whether a save would change nothing that the unified storage looks at."""
    return page.folder_uid == order.folder_uid and _spec(order.data) == _spec(page.data)


def _spec(data: Json) -> Json:
    return {key: value for key, value in data.items() if key not in SERVER_FIELDS}


def _written(state: State, order: Order, target: Page | None, author: Account) -> Page:
    moment = state.clock.text()
    title = order.data["title"] if state.profile.unified or order.api else order.title
    data = rewritten(order.data, title, shortest=state.shortest_refresh, auto_refresh=state.profile.auto_refresh)
    if target:
        page, parent = target, target.version
        data["id"] = target.id
    else:
        page = _blank(state, order, author, moment)
        parent = order.version  # whatever the sender said: Grafana does not check it
    version = page.version + 1
    if order.id == page.id and order.uid and not (state.profile.unified or state.keeps_uids):
        page = replace(page, uid=order.uid)  # found by its number, it takes the uid that is said
    data |= {"uid": page.uid, "version": version}
    entry = Version(
        id=state.next_id("version"),
        version=version,
        parent_version=parent,
        restored_from=order.restored_from,
        created=moment,
        created_by=author.id,
        message=order.message,
        data=dict(sorted(data.items())),
        folder_uid=order.folder_uid,
    )
    return replace(
        page,
        title=title,
        slug=slug_of(title),
        folder_uid=order.folder_uid,
        data=data,
        version=version,
        updated=moment,
        updated_by=author.id,
        history=(*page.history, entry),
        # Whoever saves by the legacy API says nothing of these, and they are gone.
        annotations=order.annotations,
        labels=order.labels,
        api=order.api or LEGACY,
    )


def _blank(state: State, order: Order, author: Account, moment: str) -> Page:
    number = state.next_id("page")
    return Page(
        id=number,
        uid=order.uid or f"generated-{number}",
        title="",
        slug="",
        is_folder=order.is_folder,
        folder_uid=order.folder_uid,
        data={},
        version=0,
        created=moment,
        updated=moment,
        created_by=author.id,
        updated_by=author.id,
        born_at_root=not order.folder_uid,
    )
