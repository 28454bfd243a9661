"""The one way in which a dashboard or a folder is written."""

import re
from dataclasses import dataclass, replace
from typing import TypeGuard

from tests.stand_in.answers import Json, Refusal, RefusedError
from tests.stand_in.permissions import allows, forget_grants, grants_of, scopes_of
from tests.stand_in.rewrites import rewritten
from tests.stand_in.slugs import slug_of
from tests.stand_in.state import NOBODY, Account, Page, State, Version, now, sorted_copy

EMPTY_TITLE = Refusal(400, "Dashboard title cannot be empty", "empty-name")
TITLE_TOO_LONG = Refusal(400, "Dashboard title cannot contain more than 5 000 characters", "title-too-long")
MESSAGE_TOO_LONG = Refusal(400, "message too long, max 500 characters")
FOLDER_IN_FOLDER = Refusal(400, "A Dashboard Folder cannot be added to another folder")
FOLDER_NAME_TAKEN = Refusal(400, "A folder with that name already exists")
BAD_UID = Refusal(400, "uid contains illegal characters")
LONG_UID = Refusal(400, "uid too long, max 40 characters")
NOT_FOUND = Refusal(404, "Dashboard not found", "not-found")
SAME_UID = Refusal(400, "A dashboard with the same uid already exists")
OTHER_KIND = Refusal(400, "Dashboard cannot be changed to a folder")
CHANGED = Refusal(412, "The dashboard has been changed by someone else", "version-mismatch")
NAME_OF_FOLDER = Refusal(400, "Dashboard name cannot be the same as folder", "name-match")
NAME_OF_PAGE = Refusal(400, "Folder name cannot be the same as one of its dashboards", "name-match")
NAME_TAKEN = Refusal(412, "A dashboard with the same name in the folder already exists", "name-exists")
PROVISIONED = Refusal(400, "Cannot save provisioned dashboard")
ACCESS_DENIED = Refusal(403, "Access denied to save dashboard")

UID_LIMIT = 40


@dataclass(frozen=True)
class Order:
    """What somebody asks to be saved."""

    data: Json
    folder_uid: str = ""
    message: str = ""
    overwrite: bool = False
    is_folder: bool = False
    restored_from: int = 0

    @property
    def id(self) -> int:
        """The row that is meant, or 0."""
        return _number(self.data.get("id"))

    @property
    def uid(self) -> str:
        """The uid that is meant, or "" for a new one."""
        return _text(self.data.get("uid")).strip()

    @property
    def title(self) -> str:
        """The trimmed title."""
        return _text(self.data.get("title")).strip()

    @property
    def version(self) -> int:
        """The version that the sender has seen; without an id or uid it says nothing."""
        named = isinstance(self.data.get("uid"), str) or _is_number(self.data.get("id"))
        return _number(self.data.get("version")) if named else 0


def save(state: State, order: Order, author: Account) -> Page:
    """Create or update a page, and say what is stored now.

    Raises:
        RefusedError: nothing was changed.
    """
    _check_form(state, order)
    target = _target(state, order)
    _check_rights(state, order, target, author)
    # Grafana compares versions and writes in two steps; a rival's save may slip in between.
    slip = state.slips.pop(target.uid, None) if target else None
    if target and slip:
        slip()
        target = state.pages[target.id]
    page = _written(state, order, target, author)
    state.pages[page.id] = page
    forget_grants(state, author)
    return page


def _check_form(state: State, order: Order) -> None:
    profile = state.profile
    if not order.title:
        raise RefusedError(EMPTY_TITLE)
    if profile.title_limit is not None and len(order.title) > profile.title_limit:
        raise RefusedError(TITLE_TOO_LONG)
    if profile.message_limit is not None and len(order.message) > profile.message_limit:
        raise RefusedError(MESSAGE_TOO_LONG)
    if order.is_folder and order.folder_uid and not profile.nested_folders:
        raise RefusedError(FOLDER_IN_FOLDER)
    if order.is_folder and order.title.lower() == "general":
        raise RefusedError(FOLDER_NAME_TAKEN)
    if not re.fullmatch(r"[a-zA-Z0-9_-]*", order.uid):
        raise RefusedError(BAD_UID)
    if len(order.uid) > UID_LIMIT:
        raise RefusedError(LONG_UID)


def _target(state: State, order: Order) -> Page | None:
    """The stored page that the order would replace, if any."""
    by_id = state.pages.get(order.id)
    if order.id > 0 and not by_id:
        raise RefusedError(NOT_FOUND)
    by_uid = state.page(order.uid) if order.uid else None
    if by_id and by_uid and by_id is not by_uid:
        raise RefusedError(SAME_UID)
    found = by_id or by_uid
    if found and found.is_folder != order.is_folder:
        raise RefusedError(OTHER_KIND)
    if found and found.version != order.version and not order.overwrite:
        raise RefusedError(CHANGED)
    return _namesake(state, order, found) if state.profile.unique_titles else found


def _namesake(state: State, order: Order, found: Page | None) -> Page | None:
    """Where a title is unique: with `overwrite` the page of that title is replaced instead."""
    slug = slug_of(order.title)
    for other in state.pages.values():
        if other.slug == slug and (other.is_folder or other.folder_uid == order.folder_uid):
            if other is found:
                return found
            if other.is_folder and not order.is_folder:
                raise RefusedError(NAME_OF_FOLDER)
            if order.is_folder and not other.is_folder:
                raise RefusedError(NAME_OF_PAGE)
            if not order.overwrite:
                raise RefusedError(NAME_TAKEN)
            return other
    return found


def _check_rights(state: State, order: Order, target: Page | None, author: Account) -> None:
    if target and target.provisioned and not target.provisioned.allow_updates:
        raise RefusedError(PROVISIONED)
    if order.is_folder or author.id == NOBODY:
        return  # folders are guarded by their routes, and provisioning asks nobody
    grants = grants_of(state, author)
    folder = state.folder(order.folder_uid)
    inside = scopes_of(state, folder) if folder else ("folders:uid:general",)
    moves = not target or target.folder_uid != order.folder_uid
    if moves and not allows(grants, "dashboards:create", *inside):
        raise RefusedError(ACCESS_DENIED)
    if target and not allows(grants, "dashboards:write", *scopes_of(state, target)):
        raise RefusedError(ACCESS_DENIED)


def _written(state: State, order: Order, target: Page | None, author: Account) -> Page:
    moment = now()
    data = rewritten(order.data, order.title, auto_refresh=state.profile.auto_refresh)
    if target:
        page, parent = target, target.version
        data["id"] = target.id
    else:
        page = _blank(state, order, author, moment)
        parent = order.version  # whatever the sender said: Grafana does not check it
    version = page.version + 1
    data |= {"uid": page.uid, "version": version}
    entry = Version(
        id=next(state.version_ids),
        version=version,
        parent_version=parent,
        restored_from=order.restored_from,
        created=moment,
        created_by=author.id,
        message=order.message,
        data=sorted_copy(data),
    )
    return replace(
        page,
        title=order.title,
        slug=slug_of(order.title),
        folder_uid=order.folder_uid,
        data=data,
        version=version,
        updated=moment,
        updated_by=author.id,
        history=(*page.history, entry),
    )


def _blank(state: State, order: Order, author: Account, moment: str) -> Page:
    number = next(state.page_ids)
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


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: object) -> int:
    return int(value) if _is_number(value) else 0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
