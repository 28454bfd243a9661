"""Words: what a page is for, what to do when it is red."""

from typing import Literal, Unpack

from panels.kinds.kind import Kind
from panels.panel import Frame, Panel

KIND = Kind(
    plugin="text",
    width=8,
    height=4,
    grafanalib="Text",
    options={
        "code": {"language": "plaintext", "showLineNumbers": False, "showMiniMap": False},
        "content": "",
        "mode": "markdown",
    },
    steps=(),
    mappings=False,
    says=Frame,
)


def text(
    title: str, content: str, *, mode: Literal["markdown", "html", "code"] = "markdown", **said: Unpack[Frame]
) -> Panel:
    """Markdown, HTML or plain text; the page's variables may stand in it."""
    return KIND.panel(title, options={"content": content, "mode": mode}, look=said)
