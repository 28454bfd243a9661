"""What dash.toml says to a build, and what it cannot say."""

import re

import pytest

from tests.compile.shop import Shop


def test_settings_rename_a_roles_job_in_pages_and_rules(shop: Shop) -> None:
    for text in ('[jobs]\n"shop.api" = "new-job"\n', '[jobs.shop]\napi = "new-job"\n'):
        shop.builds()
        shop.write("dash.toml", f'project = "my-shop"\n[build]\nsources = ["src"]\n{text}')

        ran = shop.dash("build")

        assert (ran.code, ran.err) == (0, "")
        for file in ("dashboards/api.json", "dashboards/speed.json", "rules/shop.yaml"):
            made = (shop.build / file).read_text(encoding="utf-8").replace("\\", "")
            assert set(re.findall('job="(.*?)"', made)) == {"new-job"}
        assert shop.manifest()["project"] == "my-shop"
        (shop.path / "dash.toml").unlink()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "project = 'x'\n[built]\n",
            "2: unknown setting built\n  try: one of alertmanager, compose, kubernetes, prometheus, build",
        ),
        ("[build]\nsource = ['x']\n", "2: unknown setting build.source\n  try: one of grafana, sources, stack"),
        ("x = 1\ny = = 2\n", "2: this is not TOML: Invalid value (at line 2, column 5)"),
        ("project = 5\n", "1: project is 5\n  try: lower case letters, digits, - and _, at most 39"),
        ("project = 'My Shop'\n", "1: project is 'My Shop'\n"),
        ("build = 5\n", "1: build must be a table\n"),
        ("[build]\nsources = 'x'\n", "2: build.sources must be a list of paths\n"),
        ("[build]\nsources = [1]\n", "2: build.sources must be a list of paths\n"),
        ("[build]\nsources = []\n", "2: build.sources must be a list of paths\n"),
        ("jobs = 5\n", "1: jobs must be a table\n"),
        ("[jobs]\n'shop.api' = 5\n", "2: the job of shop.api must be a name\n"),
        ("[jobs.shop]\napi = ''\n", "2: the job of shop.api must be a name\n"),
        ("[jobs.shop.api]\nx = 'y'\n", "1: the job of shop.api must be a name\n"),
        ("[jobs]\nshop = 'x'\n", "2: 'shop' is no role\n"),
    ],
)
def test_bad_settings(shop: Shop, text: str, said: str) -> None:
    shop.write("dash.toml", text)

    ran = shop.builds()

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: dash.toml:{said}")


def test_settings_that_cannot_be_read(shop: Shop) -> None:
    shop.write("dash.toml", b"\xff")
    assert shop.builds().err == "error: dash.toml: it cannot be read: it is not UTF-8\n"
    (shop.path / "dash.toml").unlink()
    (shop.path / "dash.toml").mkdir()
    assert shop.builds().err == "error: dash.toml: it cannot be read: Is a directory\n"
