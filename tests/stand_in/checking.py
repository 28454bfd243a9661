"""Whether a page may be saved, and over which one."""

import re

from tests.stand_in.answers import Refusal, RefusedError
from tests.stand_in.orders import Order
from tests.stand_in.permissions import allows, grants_of, scopes_of
from tests.stand_in.profiles import CHANGED
from tests.stand_in.rewrites import is_too_often
from tests.stand_in.rows import NOBODY, Account, Page
from tests.stand_in.slugs import slug_of
from tests.stand_in.state import State

TITLE_TOO_LONG = Refusal(400, "Dashboard title cannot contain more than 5 000 characters", "title-too-long")
MESSAGE_TOO_LONG = Refusal(400, "message too long, max 500 characters")
FOLDER_IN_FOLDER = Refusal(400, "A Dashboard Folder cannot be added to another folder")
FOLDER_NAME_TAKEN = Refusal(400, "A folder with that name already exists")
BAD_UID = Refusal(400, "uid contains illegal characters")
LONG_UID = Refusal(400, "uid too long, max 40 characters")
NOT_FOUND = Refusal(404, "Dashboard not found", "not-found")
SAME_UID = Refusal(400, "A dashboard with the same uid already exists")
OTHER_KIND = Refusal(400, "Dashboard cannot be changed to a folder")
NAME_OF_FOLDER = Refusal(400, "Dashboard name cannot be the same as folder", "name-match")
NAME_OF_PAGE = Refusal(400, "Folder name cannot be the same as one of its dashboards", "name-match")
NAME_TAKEN = Refusal(412, "A dashboard with the same name in the folder already exists", "name-exists")
PROVISIONED = Refusal(400, "Cannot save provisioned dashboard")
TAG_TOO_LONG = Refusal(400, "dashboard tag too long, max 50 characters", "tag-too-long")
REFRESH_TOO_LOW = Refusal(400, "Dashboard refresh interval is too low")
ACCESS_DENIED = Refusal(403, "Access denied to save dashboard")

UID_LIMIT = 40
MANAGER = "grafana.app/managedBy"
MANAGER_ALLOWS = "grafana.app/managerAllowsEdits"


def checked(state: State, order: Order, author: Account) -> Page | None:
    """What the order would replace, if its author may."""
    _check_form(state, order)
    target = _target(state, order)
    _check_rights(state, order, target, author)
    return target


def _check_form(state: State, order: Order) -> None:
    profile = state.profile
    if not order.title:
        raise RefusedError(profile.empty_title)
    if profile.title_limit is not None and len(order.title) > profile.title_limit:
        raise RefusedError(TITLE_TOO_LONG)
    if profile.message_limit is not None and len(order.message) > profile.message_limit:
        raise RefusedError(MESSAGE_TOO_LONG)
    tags = order.data.get("tags")
    longest = max(map(len, map(str, tags)), default=0) if isinstance(tags, list) else 0
    if profile.tag_limit is not None and longest > profile.tag_limit:
        raise RefusedError(TAG_TOO_LONG)
    refuses = profile.refuses_refresh or order.api
    if refuses and is_too_often(order.data.get("refresh"), shortest=state.shortest_refresh, auto_refresh=True):
        raise RefusedError(REFRESH_TOO_LOW)
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
    if order.id > 0 and not by_id and not (order.uid and state.profile.unknown_id_creates):
        raise RefusedError(NOT_FOUND)
    by_uid = state.page(order.uid) if order.uid else None
    if by_id and by_uid and by_id is not by_uid:
        raise RefusedError(SAME_UID)
    found = by_id or by_uid
    if found and found.is_folder != order.is_folder:
        raise RefusedError(OTHER_KIND)
    if found and state.profile.unified:
        _check_editable(order, found)
    if order.expected is not None:
        _check_expected(order, found)
    if found and found.version != order.version and not order.overwrite:
        raise RefusedError(CHANGED if order.is_folder else state.profile.changed)
    return _namesake(state, order, found) if state.profile.unique_titles else found


def _namesake(state: State, order: Order, found: Page | None) -> Page | None:
    """Where a title is unique: with `overwrite` the page of that title is replaced instead."""
    slug = slug_of(order.title)
    for other in state.pages.values():
        if other.slug == slug and (other.folder_uid == order.folder_uid or (other.is_folder and not order.is_folder)):
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
    if target:
        _check_editable(order, target)
    if order.is_folder or author.id == NOBODY:
        return  # folders are guarded by their routes, and provisioning asks nobody
    grants = grants_of(state, author)
    folder = state.folder(order.folder_uid)
    inside = scopes_of(state, folder) if folder else ("folders:uid:general",)
    moves = not target or target.folder_uid != order.folder_uid
    if moves and not allows(grants, "dashboards:create", *inside):
        raise RefusedError(ACCESS_DENIED)
    if target and not allows(grants, "dashboards:write", *_scopes_asked(state, order, target)):
        raise RefusedError(ACCESS_DENIED)


def _scopes_asked(state: State, order: Order, target: Page) -> tuple[str, ...]:
    """Those of the uid that is sent; of one that no page has yet, nobody knows the folder."""
    if order.uid in ("", target.uid):
        return scopes_of(state, target)
    return (f"dashboards:uid:{order.uid}",)


def _check_editable(order: Order, page: Page) -> None:
    managed = page.annotations.get(MANAGER) and page.annotations.get(MANAGER_ALLOWS) != "true"
    if (page.provisioned and not page.provisioned.allow_updates) or (managed and not order.api):
        raise RefusedError(PROVISIONED)


def _check_expected(order: Order, found: Page | None) -> None:
    """What `/apis` does against lost updates."""
    kind = "folders.folder.grafana.app" if order.is_folder else "dashboards.dashboard.grafana.app"
    if order.expected == 0 and found:
        raise RefusedError(Refusal(409, f'{kind} "{order.uid}" already exists', "AlreadyExists"))
    if order.expected != (found.resource if found else 0):
        raise RefusedError(modified(kind, order.uid))


def another(kind: str, uid: str, wanted: str, found: str) -> Refusal:
    """The refusal of a write over an object that is gone, or a new one of that name."""
    what = f"Precondition failed: UID in precondition: {wanted}, UID in object meta: {found}"
    error = f"StorageError: invalid object, Code: 4, Key: /{kind}/{uid}, ResourceVersion: 0, AdditionalErrorMsg: {what}"
    return Refusal(409, f'Operation cannot be fulfilled on {kind} "{uid}": {error}', "Conflict")


def modified(kind: str, uid: str) -> Refusal:
    """The refusal of a write over an object that was not seen."""
    advice = "the object has been modified; please apply your changes to the latest version and try again"
    return Refusal(409, f'Operation cannot be fulfilled on {kind} "{uid}": {advice}', "Conflict")
