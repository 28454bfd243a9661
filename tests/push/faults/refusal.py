"""A push that ends before its first page: one sentence that says what to do, once, and no secret in it."""

from cli.grafana.patience import Patience
from tests.command_line import Run

TRIES = Patience().tries

HUSH = "glsa_s3cr3t-0f-0urs"


def once(said: Run, *words: str) -> None:
    """Said once for the whole run, with what to do, and nothing done."""
    assert said.code == 4
    assert not said.out
    first, second = said.err.splitlines()
    assert first.startswith("error: ")
    assert second.startswith("  try: ")
    for word in words:
        assert word in said.err
    assert HUSH not in said.err
