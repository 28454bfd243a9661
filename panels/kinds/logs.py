"""Log lines of a Loki, beside the numbers that they explain."""

from typing import Literal, Unpack

from panels.kinds.kind import Kind
from panels.panel import Asking, Panel, Target
from queries import Mistake

KIND = Kind(
    plugin="logs",
    width=24,
    height=10,
    grafanalib="Logs",
    options={
        "dedupStrategy": "none",
        "enableInfiniteScrolling": False,
        "enableLogDetails": True,
        "prettifyLogMessage": False,
        "showCommonLabels": False,
        "showLabels": False,
        "showLogContextToggle": False,
        "showTime": False,
        "sortOrder": "Descending",
        "wrapLogMessage": False,
    },
    steps=(),
    mappings=False,
    says=Asking,
)


def logs(
    title: str,
    logql: str,
    *,
    newest_first: bool = True,
    wrap: bool = True,
    labels: bool = False,
    dedup: Literal["none", "exact", "numbers", "signature"] = "none",
    **said: Unpack[Asking],
) -> Panel:
    """The lines that a LogQL query finds; the page needs the variable `LOKI`, and gets it where it is not said."""
    if not logql.strip():
        raise Mistake(f"logs {title!r} ask for nothing", fix='{job="ai-api"} |= "error"')
    return KIND.panel(
        title,
        Target(None, text=logql, datasource="loki"),
        options={
            "dedupStrategy": dedup,
            "showLabels": labels,
            "showTime": True,
            "sortOrder": "Descending" if newest_first else "Ascending",
            "wrapLogMessage": wrap,
        },
        look=said,
    )
