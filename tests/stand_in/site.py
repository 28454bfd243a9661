"""Handlers of the server itself: health, settings, and the pages for a browser."""

from tests.stand_in.answers import HTML, JSON_UTF8, Answer, say
from tests.stand_in.calls import Call

NAMESPACE = "default"
TO_LOGIN = Answer(302, '<a href="/login">Found</a>.\n\n', "text/html; charset=utf-8", {"Location": "/login"})


def health(call: Call) -> Answer:
    """Whether the server lives, for anybody."""
    body = {"commit": "NA", "database": "ok", "version": call.profile.version}
    return say(body, content_type=JSON_UTF8)


def healthz(_: Call) -> Answer:
    """Whether the server lives, in one word."""
    return Answer(200, "Ok", "text/plain; charset=utf-8")


def ping(_: Call) -> Answer:
    """Whether the caller is logged in."""
    return Answer(200, "Logged in")


def settings(call: Call) -> Answer:
    """What the browser wants to know; here which build this is, and how often a page may refresh."""
    build = {
        "buildstamp": 1672531200,
        "commit": "NA",
        "edition": "Open Source",
        "env": "production",
        "hasUpdate": False,
        "hideVersion": False,
        "latestVersion": "",
        "version": call.profile.version,
    }
    namespace = {"namespace": NAMESPACE} if call.profile.apis else {}
    return say(
        {"buildInfo": build, "minRefreshInterval": call.state.shortest_refresh, **namespace}, content_type=JSON_UTF8
    )


def web_page(_: Call) -> Answer:
    """The one page of the browser's application."""
    return Answer(200, "<!DOCTYPE html>\n<html><title>Grafana</title></html>\n", HTML)
