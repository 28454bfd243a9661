"""Where the versions of Grafana differ, in one table."""

from dataclasses import dataclass
from typing import Literal

from tests.stand_in.answers import JSON_UTF8, Refusal

ProfileName = Literal["g9", "g11"]


@dataclass(frozen=True)
class Profile:
    """The behaviour of one line of Grafana versions; every field is a visible difference."""

    version: str
    unique_titles: bool  # equal slugs in a folder are refused, or replaced with `overwrite`
    nested_folders: bool  # parentUid, move and counts
    folders_by_dashboard_save: bool  # `isFolder: true` really makes a folder
    title_limit: int | None
    message_limit: int | None
    save_names_folder: bool  # folderUid is in the answer to a save
    wrapped_versions: bool  # {"versions": [...]} with logins, instead of a bare list with user ids
    restore_works: bool  # 9.4.0-pre looks for the versions of dashboard 0 and never finds one
    delete_says_uid: bool  # the answer to a delete has `uid`, not `id`
    folder_delete_says: bool  # the answer to a folder's delete has a body
    search_by_folder_uid: bool
    auto_refresh: bool  # "auto" is a known refresh interval
    public_dashboard_keys: tuple[str, ...]  # of a page's meta
    unknown_folder: Refusal  # of a save
    reserved_folder_uid: Refusal
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
    save_names_folder=False,
    wrapped_versions=False,
    restore_works=False,
    delete_says_uid=False,
    folder_delete_says=False,
    search_by_folder_uid=False,
    auto_refresh=False,
    public_dashboard_keys=(
        "hasPublicDashboard",
        "publicDashboardAccessToken",
        "publicDashboardUid",
        "publicDashboardEnabled",
    ),
    unknown_folder=Refusal(400, "Folder not found", traced=True),
    reserved_folder_uid=Refusal(500, "Folder API error", traced=True),
    no_login=Refusal(401, "Unauthorized", content_type=JSON_UTF8),
    bad_token=Refusal(401, "invalid API key", traced=True, content_type=JSON_UTF8),
    bad_password=Refusal(401, "invalid username or password", traced=True, content_type=JSON_UTF8),
    foreign_token=None,
)

_G11 = Profile(
    version="11.6.0",
    unique_titles=False,
    nested_folders=True,
    folders_by_dashboard_save=False,
    title_limit=5000,
    message_limit=500,
    save_names_folder=True,
    wrapped_versions=True,
    restore_works=True,
    delete_says_uid=True,
    folder_delete_says=True,
    search_by_folder_uid=True,
    auto_refresh=True,
    public_dashboard_keys=("publicDashboardEnabled",),
    unknown_folder=Refusal(400, "folder not found"),
    reserved_folder_uid=Refusal(400, "invalid uid for folder provided"),
    no_login=Refusal(401, "Unauthorized", message_id="auth.unauthorized"),
    bad_token=Refusal(401, "Invalid API key", message_id="api-key.invalid"),
    bad_password=Refusal(401, "Invalid username or password", message_id="password-auth.failed"),
    foreign_token=Refusal(
        401,
        "API key does not belong to the requested organization",
        message_id="api-key.organization-mismatch",
    ),
)

PROFILES: dict[ProfileName, Profile] = {"g9": _G9, "g11": _G11}
