"""Where the versions of Grafana differ, in one table."""

from dataclasses import dataclass, replace
from typing import Literal

from tests.stand_in.answers import JSON_UTF8, Refusal

ProfileName = Literal["g9", "g11_2", "g11", "g12", "g13_0", "g13"]

CHANGED = Refusal(412, "The dashboard has been changed by someone else", "version-mismatch")


@dataclass(frozen=True)
class Profile:
    """The behaviour of one line of Grafana versions; every field is a visible difference."""

    version: str
    unique_titles: bool  # equal slugs in a folder are refused, or replaced with `overwrite`
    nested_folders: bool  # parentUid, move and counts
    folders_by_dashboard_save: bool  # `isFolder: true` really makes a folder
    title_limit: int | None
    message_limit: int | None
    tag_limit: int | None
    save_names_folder: bool  # folderUid is in the answer to a save
    wrapped_versions: bool  # {"versions": [...]} instead of a bare list
    versions_name_authors: bool  # the list has uids and logins, not user ids
    versions_have_data: bool  # the list has every version's whole JSON
    continue_token: bool  # a list of versions that was cut says how to go on
    restore_works: bool  # 9.4.0-pre looks for the versions of dashboard 0 and never finds one
    delete_says_uid: bool  # the answer to a delete has `uid`, not `id`
    folder_delete_says: bool  # the answer to a folder's delete has a body
    search_by_folder_uid: bool
    search_for_deleted: bool  # `deleted=true` is understood, and the admins' alone
    auto_refresh: bool  # "auto" is a known refresh interval
    refuses_refresh: bool  # one that is too short is 400, not raised to the minimum
    unified: bool  # one storage: the same content makes no version, a title stays as it was sent, checks are atomic
    unknown_id_creates: bool  # an unknown id beside a uid does not matter
    late_search: bool  # a search finds what was written only a moment later
    keeps_deleted: bool  # deleted pages are remembered
    folder_filter: str  # how the library is asked for one folder: by ids, or by uids
    unknown_panel_fails: bool  # a page with a library panel that does not exist is 500, once it is stored
    library_rights: bool  # library panels have permissions of their own, not those of their folder
    data_source_health: bool  # the Prometheus plugin knows the question
    alert_fields: bool  # annotations say what only alerts have
    public_dashboard_keys: tuple[str, ...]  # of a page's meta
    apis: tuple[str, ...]  # versions of dashboard.grafana.app, the preferred first; none, no `/apis`
    folder_apis: tuple[str, ...]  # versions of folder.grafana.app
    changed: Refusal  # of a save over a version that was not seen
    empty_title: Refusal
    unknown_folder: Refusal  # of a save
    unknown_version: Refusal  # `{number}` and `{page}` are filled in
    same_version: Refusal | None  # of a restore that would change nothing
    reserved_folder_uid: Refusal
    folder_has_rules: Refusal
    no_login: Refusal
    bad_token: Refusal
    bad_password: Refusal
    foreign_token: Refusal | None  # a token used for another organisation


_G9 = Profile(
    version="9.4.0-pre",
    unique_titles=True,
    nested_folders=False,
    folders_by_dashboard_save=True,
    title_limit=None,
    message_limit=None,
    tag_limit=None,
    save_names_folder=False,
    wrapped_versions=False,
    versions_name_authors=False,
    versions_have_data=True,
    continue_token=False,
    restore_works=False,
    delete_says_uid=False,
    folder_delete_says=False,
    search_by_folder_uid=False,
    search_for_deleted=False,
    auto_refresh=False,
    refuses_refresh=False,
    unified=False,
    unknown_id_creates=False,
    late_search=False,
    keeps_deleted=False,
    folder_filter="folderFilter",
    unknown_panel_fails=True,
    library_rights=False,
    data_source_health=False,
    alert_fields=True,
    public_dashboard_keys=(
        "hasPublicDashboard",
        "publicDashboardAccessToken",
        "publicDashboardUid",
        "publicDashboardEnabled",
    ),
    apis=(),
    folder_apis=(),
    changed=CHANGED,
    empty_title=Refusal(400, "Dashboard title cannot be empty", "empty-name"),
    unknown_folder=Refusal(400, "Folder not found", traced=True),
    unknown_version=Refusal(500, "Dashboard version {number} not found for dashboardId {page}", traced=True),
    same_version=None,
    reserved_folder_uid=Refusal(500, "Folder API error", traced=True),
    folder_has_rules=Refusal(400, "folder cannot be deleted: folder contains alert rules"),
    no_login=Refusal(401, "Unauthorized", content_type=JSON_UTF8),
    bad_token=Refusal(401, "invalid API key", traced=True, content_type=JSON_UTF8),
    bad_password=Refusal(401, "invalid username or password", traced=True, content_type=JSON_UTF8),
    foreign_token=None,
)

_G11_2 = replace(
    _G9,
    version="11.2.0",
    nested_folders=True,
    folders_by_dashboard_save=False,
    title_limit=5000,
    save_names_folder=True,
    versions_name_authors=True,
    restore_works=True,
    delete_says_uid=True,
    folder_delete_says=True,
    search_by_folder_uid=True,
    search_for_deleted=True,
    auto_refresh=True,
    folder_filter="folderFilterUIDs",
    library_rights=True,
    data_source_health=True,
    public_dashboard_keys=("publicDashboardEnabled",),
    unknown_folder=Refusal(400, "folder not found"),
    reserved_folder_uid=Refusal(400, "invalid uid for folder provided"),
    folder_has_rules=Refusal(400, "Folder cannot be deleted: folder is not empty", message_id="folder.not-empty"),
    no_login=Refusal(401, "Unauthorized", message_id="auth.unauthorized"),
    bad_token=Refusal(401, "Invalid API key", message_id="api-key.invalid"),
    bad_password=Refusal(401, "Invalid username or password", message_id="password-auth.failed"),
    foreign_token=Refusal(
        401,
        "API key does not belong to the requested organization",
        message_id="api-key.organization-mismatch",
    ),
)

_G11 = replace(_G11_2, version="11.6.0", unique_titles=False, wrapped_versions=True, message_limit=500)

_G12 = replace(
    _G11,
    version="12.3.1",
    continue_token=True,
    apis=("v1beta1", "v0alpha1", "v2beta1", "v2alpha1"),
    folder_apis=("v1beta1",),
    same_version=Refusal(400, "Current dashboard is identical to the specified version"),
)

_G13_0 = replace(
    _G12,
    version="13.0.1",
    unified=True,
    late_search=True,
    keeps_deleted=True,
    unknown_panel_fails=False,
    alert_fields=False,
    apis=("v1", "v1beta1", "v0alpha1", "v2", "v2beta1", "v2alpha1"),
    folder_apis=("v1", "v1beta1"),
    unknown_version=Refusal(404, "Dashboard version not found"),
)

_G13 = replace(
    _G13_0,
    version="13.1.1",
    tag_limit=50,
    versions_have_data=False,
    refuses_refresh=True,
    unknown_id_creates=True,
    changed=Refusal(409, "Dashboard already exists. Use overwrite flag to update."),
    empty_title=Refusal(400, "Dashboard spec is missing required title property"),
)

PROFILES: dict[ProfileName, Profile] = {
    "g9": _G9,
    "g11_2": _G11_2,
    "g11": _G11,
    "g12": _G12,
    "g13_0": _G13_0,
    "g13": _G13,
}
