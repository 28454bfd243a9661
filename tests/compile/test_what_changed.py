"""Only what changed is built again: each page writes a line to a file when it runs."""

import os
import py_compile
import shutil

import pytest

from cli.compile import stamp as stamps
from tests.compile.shop import METRICS, Shop, contents, page

RUNS = """
import os

_log = os.open("{log}", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.write(_log, b"{uid} ")
os.close(_log)
"""


class Watched(Shop):
    """A shop whose pages say when they run."""

    def page_that_says(self, uid: str, before: str = "") -> None:
        """A page."""
        self.write(f"src/pages/{uid}.py", page(uid, before=RUNS.format(log=self.path / "log", uid=uid) + before))

    def ran(self, *arguments: str) -> list[str]:
        """Which pages ran in a build."""
        (self.path / "log").write_bytes(b"")
        assert self.builds(*arguments).err == ""
        return (self.path / "log").read_text(encoding="utf-8").split()


@pytest.fixture
def watched(shop: Shop) -> Watched:
    """Three pages that were built; one of them reads a file and lists a folder."""
    made = Watched(shop.path)
    for uid in ("api", "speed"):
        made.page_that_says(uid)
    made.page_that_says(
        "reading", "import pathlib\npathlib.Path('src/data.txt').read_text()\nos.listdir('src/texts')\n"
    )
    made.write("src/data.txt", "one")
    made.write("src/texts/a.txt")
    assert made.ran() == ["api", "reading", "speed"]
    return made


def test_nothing(watched: Watched) -> None:
    assert watched.ran() == []
    assert watched.ran("--check") == []
    assert watched.ran("--only", "api") == []


def test_one_page(watched: Watched) -> None:
    watched.page_that_says("api", "x = 1\n")

    assert watched.ran() == ["api"]


def test_an_output_that_is_as_it_was_left_is_not_read(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.compile.stamp.RACY", -(10**18))  # as if all of it were written long ago
    read: list[str] = []
    content = stamps._content

    def heard(path: str) -> str:
        read.append(path)
        return content(path)

    monkeypatch.setattr(stamps, "_content", heard)
    watched.page_that_says("api", "x = 1\n")
    watched.write("src/pages/speed.py", page("speed", "Other"))

    assert watched.builds().changes == ["wrote build/dashboards/speed.json", "wrote build/manifest.json"]
    outputs = [path for path in read if path.startswith(str(watched.build))]
    assert outputs == [str(watched.build / "dashboards/speed.json"), str(watched.build / "manifest.json")]


def test_somebody_puts_a_page_and_its_output_back(watched: Watched) -> None:
    """As whoever commits both and changes the branch."""
    watched.page_that_says("api", "x = 1\n")
    watched.write("src/pages/speed.py", page("speed", "Other"))
    first = contents(watched.build)
    assert watched.ran() == ["api"]
    watched.page_that_says("api")
    watched.page_that_says("speed")
    for file in ("dashboards/speed.json", "manifest.json"):
        watched.write(f"build/{file}", first[file])

    assert watched.ran() == ["api", "speed"]
    assert watched.ran() == []


def test_what_all_pages_import(watched: Watched) -> None:
    watched.write("src/metrics.py", METRICS.replace("shop-api", "other"))

    assert watched.ran() == ["api", "reading", "speed"]


def test_a_file_that_a_page_reads_or_a_folder_that_it_lists(watched: Watched) -> None:
    watched.write("src/data.txt", "two")
    assert watched.ran() == ["reading"]
    watched.write("src/texts/b.txt")
    assert watched.ran() == ["reading"]
    watched.write("src/texts/b.txt", "what is in it was not read")
    assert watched.ran() == []


def test_a_touch_changes_nothing(watched: Watched) -> None:
    for path in watched.path.rglob("*"):
        path.touch()

    assert watched.ran() == []


def test_a_new_page_beside_the_others(watched: Watched) -> None:
    watched.page_that_says("new")
    assert watched.ran() == ["new"]
    (watched.path / "src/pages/new.py").unlink()
    assert watched.ran() == []
    watched.write("src/more/new.py")
    assert watched.ran() == []


def test_a_broken_page_runs_again_and_no_other(watched: Watched) -> None:
    watched.page_that_says("api", "1 / 0\n")
    (watched.path / "log").write_bytes(b"")
    for _ in "once", "again":
        assert watched.builds().code == 3
    assert (watched.path / "log").read_bytes() == b"api api "
    watched.page_that_says("api")
    assert watched.ran() == ["api"]


@pytest.mark.parametrize("text", [None, b"{}"])
def test_an_output_that_somebody_changed_or_removed(watched: Watched, text: bytes | None) -> None:
    path = watched.build / "dashboards/api.json"
    path.unlink() if text is None else path.write_bytes(text)

    assert watched.ran() == ["api"]


def test_settings_python_and_libraries(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ('[jobs]\n"shop.api" = "other"\n', 'project = "mine"\n'):
        watched.write("dash.toml", text)
        assert watched.ran() == ["api", "reading", "speed"]
        assert watched.ran() == []
    watched.write("lib/site-packages/more-1.0.dist-info/METADATA")
    with monkeypatch.context() as patched:
        patched.syspath_prepend(str(watched.path / "lib/site-packages"))
        assert watched.ran() == ["api", "reading", "speed"]
    with monkeypatch.context() as patched:
        patched.setattr("sys.version", "4.0")
        assert watched.ran() == ["api", "reading", "speed"]
    assert watched.ran() == ["api", "reading", "speed"]


def test_another_tool_builds_everything_again(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("queries", "panels", "cli/compile", "cli/artifact", "cli/stack"):
        watched.write(f"tool/{name}/one.py", "1")
    monkeypatch.setattr("cli.compile.memory.HOME", str(watched.path / "tool"))

    assert watched.ran() == ["api", "reading", "speed"]
    assert watched.ran() == []
    watched.write("tool/panels/one.py", "22")
    assert watched.ran() == ["api", "reading", "speed"]


@pytest.mark.parametrize(
    "asks", ["import subprocess\nsubprocess.run(['true'], check=True)\n", "os.system('true')\n"], ids=["run", "system"]
)
def test_a_page_that_runs_a_program_is_never_the_same(shop: Shop, asks: str) -> None:
    watched = Watched(shop.path)
    watched.page_that_says("api", asks)
    watched.page_that_says("speed")

    for _ in "once", "again":
        assert "api" in watched.ran()
    assert watched.ran() == ["api"]


def test_a_library_outside_that_nobody_installed(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays loaded from page to page, and each of them depends on all that it read."""
    watched.write(
        "lib/acme_titles.py",
        "import pathlib\n\nfrom acme_more import X\n\nY = pathlib.Path('src/data.txt').read_text()\n",
    )
    watched.write("lib/acme_more.py", "X = 1\n")
    monkeypatch.syspath_prepend(str(watched.path / "lib"))
    for uid in ("api", "speed"):
        watched.page_that_says(uid, "import acme_titles\n")
    assert watched.ran() == ["api", "speed"]
    assert watched.ran() == []
    for file in ("lib/acme_more.py", "src/data.txt"):
        watched.write(file, "X = 2\n")
        ran = watched.ran()
        assert ran in (["api", "speed"], ["api", "reading", "speed"])
        shutil.rmtree(watched.path / "lib/__pycache__", ignore_errors=True)
    for uid in ("api", "speed"):
        watched.page_that_says(uid)


def test_what_a_page_writes_while_the_build_runs_is_what_the_next_page_reads(shop: Shop) -> None:
    text = (shop.path / "src/metrics.py").read_text(encoding="utf-8").replace("shop-api", "new-job-of-it")
    shop.write(
        "src/pages/api.py", page("api", before=f"import pathlib\npathlib.Path('src/metrics.py').write_text({text!r})\n")
    )

    assert shop.builds().code == 0
    assert b"new-job-of-it" not in shop.contents()["dashboards/api.json"]
    assert b"new-job-of-it" in shop.contents()["dashboards/speed.json"]
    assert shop.builds().code == 0
    assert b"new-job-of-it" in shop.contents()["dashboards/api.json"], "it was not remembered"


def test_what_was_written_after_it_was_read_is_read_again(shop: Shop) -> None:
    before = "import pathlib\nDATA = pathlib.Path('src/data.txt')\nTITLE = DATA.read_text()\nDATA.write_text('Two')\n"
    shop.write("src/data.txt", "One")
    shop.write("src/pages/api.py", page("api", "TITLE", before=before).replace('"TITLE"', "TITLE"))

    for title in ("One", "Two"):
        assert shop.builds().code == 0
        assert shop.page("api")["title"] == title


def test_a_folder_of_ones_own_stays_as_it_was(shop: Shop) -> None:
    before = contents(shop.path / "src")

    shop.builds()

    assert contents(shop.path / "src") == before, "not even __pycache__"


def test_an_old_cache_of_pythons_is_not_believed(shop: Shop) -> None:
    """A `.pyc` is good for any source of that second and size."""
    path = shop.path / "src/metrics.py"
    py_compile.compile(str(path))
    info = path.stat()
    path.write_text(METRICS.replace("shop-api", "shop-new"), encoding="utf-8")
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))

    shop.builds()

    assert b"shop-new" in shop.contents()["dashboards/api.json"]


def test_the_memory_is_nothing_that_git_should_see(shop: Shop) -> None:
    shop.builds()

    assert contents(shop.path / ".dash").keys() == {".gitignore", "build.json"}
    assert contents(shop.path / ".dash")[".gitignore"] == b"*\n"


def test_what_was_just_written_is_read_until_it_is_old_enough(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """To write the memory anew before that would make nobody surer, and takes longer than all the rest."""
    monkeypatch.setattr(stamps, "RACY", 10**18)
    shop.builds()
    memory = shop.path / ".dash/build.json"
    before = memory.stat()

    shop.builds()
    assert memory.stat().st_ino == before.st_ino

    _all_is_old(shop, monkeypatch)
    shop.builds()
    assert memory.stat().st_ino != before.st_ino
    monkeypatch.setattr(stamps, "_content", _nobody_reads)
    assert shop.builds().total == "2 pages, 1 rule file: 4 unchanged"


def test_a_memory_that_cannot_be_renewed_is_still_right(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def refused(source: str, target: str) -> None:
        tried.append(target)
        raise PermissionError(source, target)

    shop.builds()
    _all_is_old(shop, monkeypatch)
    monkeypatch.setattr(os, "replace", refused)

    assert shop.builds().total == "2 pages, 1 rule file: 4 unchanged"
    assert tried
    assert contents(shop.path / ".dash").keys() == {".gitignore", "build.json"}


def _all_is_old(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page was touched, and that was long ago."""
    os.utime(shop.path / "src/pages/api.py")
    monkeypatch.setattr(stamps, "RACY", -(10**18))


def _nobody_reads(path: str) -> str:
    raise AssertionError(path)
