"""What others wrote reaches a terminal only as text: no escape, no forged line, in no format of any command."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.deploy import journal
from tests.push.building import Build, page
from tests.push.odd_server import HEALTH, answer, odd_server
from tests.security.conftest import Say
from tests.security.hostile import LATER, NASTY, clean, nasty_page
from tests.stand_in import StandIn

FOR_EVER = 10**6
OTHERS = (NASTY, 7, None, [NASTY], {NASTY: NASTY})
JSON = ("--output", "json")
EVERY = (
    ("push", "--dry-run"),
    ("push", "--prune"),
    ("push", "--prune", *JSON),
    ("push", "--on-conflict", "ask"),
    ("push", "--on-conflict", "overwrite", "--annotate"),
    ("push", "--datasource", "prometheus=nowhere"),
    ("plan", "--out", "plan.json"),
    ("plan", "--out", "plan.json", *JSON),
    ("push", "plan.json"),
    ("status",),
    ("status", *JSON),
    ("diff",),
    ("diff", "--stat"),
    ("diff", *JSON),
    ("diff", "--output", "markdown"),
    ("diff", "api", "--version", "1"),
    ("doctor",),
    ("doctor", *JSON),
    ("doctor", "--folder", NASTY.replace("\0", "")),
    ("rollback", "--list"),
    ("rollback", "--dry-run"),
    ("rollback",),
    ("rollback", *JSON),
    ("pull", "--into", "pulled"),
    ("pull", "--into", "pulled", *JSON),
    ("pull", "--into", "pulled", "--folder", "A"),
    ("push", "--build", "pulled"),
    ("diff", "pulled"),
)


def _say_all(say: Say) -> None:
    for arguments in EVERY:
        said = clean(say(*arguments))
        if said.out and arguments[-1] == "json":
            json.loads(said.out)


def _nasty(model: Any) -> None:
    model["panels"][0]["title"] = f"{NASTY} again"
    model["panels"][0]["targets"][0]["expr"] = f"{NASTY} again"
    model["title"] = f"{NASTY} again"


def test_a_grafana_in_which_every_name_is_nasty(say: Say, build: Build, grafana: StandIn) -> None:
    build.put(nasty_page("api"), "Team")
    build.put(nasty_page("going"))
    say("push")
    build.drop("going")
    grafana.plant("team", NASTY, is_folder=True)
    model = {**nasty_page("x"), "tags": ["dash:shop"]}
    del model["uid"], model["title"]
    for uid, folder in (("planted", "team"), (NASTY, "team"), ("../../api/admin", ""), ("far", NASTY)):
        grafana.plant(uid, NASTY, folder, **model)
    grafana.edit("api", _nasty, by=NASTY, message=NASTY)
    grafana.add_data_source("main", NASTY, NASTY)
    grafana.add_library_panel("lat", {"type": NASTY, "title": NASTY, "description": NASTY}, name=NASTY)
    grafana.faults.add("GET", "/api/health", times=FOR_EVER, status=200, body={"database": "ok", "version": NASTY})
    grafana.faults.add("GET", "/api/org$", times=FOR_EVER, status=200, body={"id": 1, "name": NASTY})
    grafana.faults.add("GET", "/api/user$", times=FOR_EVER, status=200, body={"login": NASTY})
    grafana.faults.add("POST", "/annotations", times=FOR_EVER, status=400, body={"message": NASTY})

    _say_all(say)


def test_a_build_in_which_every_name_is_nasty(say: Say, build: Build, grafana: StandIn) -> None:
    shows = {"id": 2, "title": NASTY, "libraryPanel": {"uid": "lat", "name": NASTY}}
    library = build.path / "library" / "lat.json"
    library.parent.mkdir(parents=True)
    library.write_text(json.dumps({"uid": "lat", "name": NASTY, "folder": "A", "model": {"title": NASTY}}))
    grafana.add_library_panel("lat", {"type": "text"})
    build.put(nasty_page("api", panels=[shows, {**shows, "libraryPanel": {}}]), NASTY)
    build.put(nasty_page("gone", panels=[{**shows, "libraryPanel": {"uid": NASTY}}]), NASTY)
    build.put({**nasty_page("x"), "uid": NASTY.replace("/", "").replace("\0", "")[:40]})
    build.put(nasty_page("app"), NASTY, stale=NASTY)
    build.damage("app", source=NASTY, digest=NASTY)

    _say_all(say)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 407, 409, 412, 422, 429, 500, 502, 599])
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/html"])
def test_a_refusal_in_nasty_words(bare: Say, build: Build, status: int, kind: str) -> None:
    build.put(page("api"))
    text = json.dumps({"message": f"permissions needed: {NASTY}", "error": NASTY, "status": NASTY}).encode()
    body = text if kind == "application/json" else NASTY.encode()
    place = "http://u:p@\x1b]0;own\x07e.example:1/\x9b" if status < 400 else "x"
    head = f"HTTP/1.1 {status} No\x1b[2J\r\nContent-Type: {kind}\r\nLocation: {place}\r\nRetry-After: \x1b[2J\r\n"

    def later(line: str) -> bytes:
        early = "health" in line or "search" in line
        return answer(HEALTH if "health" in line else b"[]") if early else answer(body, head=head.encode("latin-1"))

    for say in (later, lambda _: answer(body, head=head.encode("latin-1"))):
        with odd_server(say) as url:
            for arguments in (("push",), ("status", "--output", "json"), ("pull",), ("diff",), ("doctor",)):
                said = clean(bare(*arguments, "--url", url, "--token", "x"))
                assert said.code in (*LATER, *((0, 1) if say is later else ())), said


def test_names_of_files_are_only_names(say: Say, build: Build) -> None:
    """Whoever can put files into a repository can name them."""
    build.put(page("api"))
    say("push")
    [push] = journal.FOLDER.iterdir()
    push.rename(journal.FOLDER / NASTY.replace("/", "").replace("\0", ""))

    listed = clean(say("rollback", "--list"))
    assert (listed.code, listed.out) == (0, "")
    assert clean(say("rollback")).code == 2
    assert clean(say("rollback", "\x1b[2J")).code == 2
    for file in ("build/\x1b[2J\nerror: forged.json", "api\x9b.json"):
        Path(file).write_text(json.dumps(nasty_page("api")))
        clean(say("diff", file))
    clean(say("diff", "build"))


@pytest.mark.parametrize("profile", ["g9"])
@pytest.mark.parametrize("file", ["build/manifest.json", "plan.json", "pulled/manifest.json", "push.json"])
def test_files_in_which_every_word_is_nasty(say: Say, build: Build, file: str) -> None:
    """One part of a file at a time: another, another kind of thing, or none at all."""
    build.put(page("api"), "Team")
    say("plan", "--out", "plan.json")
    say("push")
    say("pull")
    path = next(journal.FOLDER.rglob(file)) if file == "push.json" else Path(file)
    whole = json.loads(path.read_bytes())
    command = {
        "build/manifest.json": ("status",),
        "plan.json": ("push", "plan.json"),
        "pulled/manifest.json": ("pull",),
        "push.json": ("rollback", "--dry-run"),
    }[file]
    each = zip(*(_broken(whole, other) for other in OTHERS), strict=True)
    for number, broken in enumerate(each):
        for kind in {number % len(OTHERS), 0}:
            path.write_text(json.dumps(broken[kind]))
            clean(say(*command))


def _broken(whole: Any, other: Any) -> list[Any]:
    """The value with each of its parts in turn replaced by another or taken away, and with a key that nobody knows."""
    made = [other]
    if isinstance(whole, dict):
        made += [{**whole, key: part} for key, value in whole.items() for part in _broken(value, other)]
        made += [{**whole, NASTY: other}, *({k: v for k, v in whole.items() if k != key} for key in whole)]
    if isinstance(whole, list):
        made += [
            [*whole[:at], part, *whole[at + 1 :]] for at in range(len(whole)) for part in _broken(whole[at], other)
        ]
    return made


def test_a_debug_traceback_is_text_too(say: Say, build: Build, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("GET", "/api/health", status=500, body={"message": NASTY})

    said = say("--debug", "push")

    assert said.code == 4
    assert "Traceback" in said.err
    assert all(sign.isprintable() or sign == "\n" for sign in said.err)
    assert not [line for line in said.err.splitlines() if line.startswith("error: forged")]


def test_markdown_is_text_too(say: Say, build: Build, grafana: StandIn) -> None:
    """Nobody's title makes a link, an image, a mention or a style in the comment of a pull request."""
    build.put(page("api", panels=[]))
    say("push")
    title = "**a** [b](https://e.example) ![c](d) <b> `e` </code> www.e.example @team ~~f~~ | _g_ \\"
    grafana.edit("api", lambda model: model.update(description=title, title=title))

    said = say("diff", "--output", "markdown")

    [line] = [one for one in said.out.splitlines() if one.startswith("- <code>") and "description" in one]
    inside = line.removeprefix("- <code>").removesuffix("</code>")
    assert not set("<>[]`*_!|~@\\") & set(inside.replace("-&gt;", ""))
    assert "://" not in inside
    assert "www." not in inside
