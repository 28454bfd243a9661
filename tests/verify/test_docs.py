"""What `docs/verify.md` shows is what happens."""

import json
import re
from pathlib import Path

from cli.verify.verdict import Status
from tests.verify.conftest import Verify
from tests.verify.shop import page
from tests.verify.stub import stub, vector

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "verify.md").read_text(encoding="utf-8")


def test_every_option_that_is_named_is_there(verify: Verify) -> None:
    known = set(re.findall(r"--[a-z-]+", verify("--help").out))

    assert set(re.findall(r"--[a-z]+[a-z-]*", PAGE)) <= known


def test_every_status_has_its_row() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE) == list(map(str, Status))


def test_every_page_that_is_linked_is_there() -> None:
    assert all((DOCS / one).is_file() for one in re.findall(r"\]\(([\w-]+\.md)\)", PAGE))


def test_the_answers_read_as_shown(verify: Verify, tmp_path: Path) -> None:
    told = re.search(r"```\n(empty: .*?)```", PAGE, re.DOTALL)
    shown = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert told
    assert shown
    (tmp_path / "page.json").write_text(json.dumps(page("shop_queue", "shop_lost")), encoding="utf-8")
    with stub({"shop_queue": vector(1, 2)}) as server:
        plain = verify("page.json", "--prometheus", server.url)
        said = json.loads(verify("page.json", "--prometheus", server.url, "--output", "json").out)

    assert plain.out == told[1]
    promised = json.loads(shown[1])
    first = {**said["queries"][0], "seconds": promised["queries"][0]["seconds"]}
    assert (said["type"], said["version"], first) == ("verify", 1, promised["queries"][0])
    assert promised["counts"].keys() <= said["counts"].keys()
