"""What the makers of files for others are given in tests, and what they make of it, read as those others read it."""

from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

import orjson
import yaml

from cli.artifact.manifest import PageEntry
from cli.stack.settings import Alertmanager, Kept, Mute, Receiver, Settings
from cli.stack.whole import Job, Later, Maker, Text, Whole

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EXPR = 'sum by (job) (rate(http_requests_total{job="shop", code=~"5.."}[5m])) > 0.05'
GROUPS = (
    {
        "name": "shop_alerts",
        "interval": "30s",
        "rules": [
            {
                "alert": "Errors",
                "expr": EXPR,
                "for": "5m",
                "labels": {"severity": "critical", "team": "on"},
                "annotations": {
                    "summary": "{{ $value | humanizePercentage }} of {{ $labels.job }}: 1e3",
                    "runbook": "0x1f",
                },
            },
            {"record": "shop:requests:rate5m", "expr": "sum(rate(http_requests_total[5m]))"},
        ],
    },
)
JOBS = (
    Job("shop/scrape.py:3", "shop.api", "shop", ("api:8000", "other:8000"), "15s"),
    Job("shop/scrape.py:9", "shop.gpu", "gpus", ("gpu-1:8002", "gpu-2:9002"), "30s", strips_port=True),
)
NIGHTS = Mute(name="nights", times=("22:00-24:00", "00:00-06:00"), weekdays=("monday:friday",))
RECEIVERS = (
    Receiver(
        name="on-call",
        kind="pagerduty",
        secrets={"routing_key": Kept("env", "ON_CALL_ROUTING_KEY", "on_call_routing_key")},
        severities=("critical",),
    ),
    Receiver(
        name="chat",
        kind="slack",
        options={"channel": "#a$b"},
        secrets={"url": Kept("file", "/etc/secrets/chat", "chat_url")},
        teams=("ml-ops", "shop"),
        mute=("nights",),
    ),
    Receiver(
        name="post",
        kind="email",
        options={
            "to": "on-call@example.com",
            "from": "dash@example.com",
            "smarthost": "mail.example.com:25",
            "username": "da$h",
        },
        secrets={"password": Kept("env", "POST_PASSWORD", "post_password")},
        resolved=False,
    ),
    Receiver(
        name="bridge",
        kind="webhook",
        options={"url": "http://bridge:8080/alerts"},
        secrets={"token": Kept("env", "BRIDGE_TOKEN", "bridge_token")},
    ),
)
TOLD = Alertmanager(receivers=RECEIVERS, mute=(NIGHTS,))


def whole(
    pages: Mapping[str, Any] | None = None,
    *,
    folder: str = "AI/Serving",
    groups: Mapping[str, Any] | None = None,
    jobs: Iterable[Job] = JOBS,
    settings: Settings | None = None,
    project: str = "shop",
) -> Whole:
    """A build of these pages, by uid; a page that is bytes is as it is."""
    said = {"shop": {"uid": "shop", "title": "Shop"}} if pages is None else pages
    texts = {f"dashboards/{uid}.json": _text(page) for uid, page in said.items()}
    entries = [
        PageEntry(uid=uid, title=uid, folder=folder, file=f"dashboards/{uid}.json", digest="", source="shop.py:1")
        for uid in sorted(said)
    ]
    held = {"rules/shop.yaml": GROUPS} if groups is None else groups
    return Whole(project, settings or Settings(), tuple(entries), texts.__getitem__, held, (), tuple(jobs))


def made(maker: Maker, of: Whole) -> dict[str, bytes]:
    """Every file's bytes."""
    return {file: _bytes(text) for file, text in maker(of).items()}


def read(text: bytes) -> Any:
    """The one document that the file holds."""
    return yaml.load(text, Loader=Loader)  # noqa: S506 - it is the safe one


def carried_schema(distribution: str, file: str) -> Any:
    """A JSON file of a package, without importing the package."""
    return orjson.loads(metadata.distribution(distribution).locate_file(file).read_bytes())  # type: ignore[attr-defined]


def _text(page: Any) -> bytes:
    return (
        page if isinstance(page, bytes) else orjson.dumps(page, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )


def _bytes(text: Text) -> bytes:
    made = text.make() if isinstance(text, Later) else text
    return made() if callable(made) else made


def carried(maker: Maker, settings: Settings | None = None) -> dict[str, bytes]:
    """A whole build folder: what the maker adds, and the page and the rule file that it is made of."""
    of = whole(settings=settings)
    rules = {file: orjson.dumps({"groups": groups}) for file, groups in of.groups.items()}
    return made(maker, of) | {page.file: of.text(page.file) for page in of.pages} | rules
