"""The stand-in as a process of its own: `python -m tests.stand_in g13 --latency 0.02` says its URL and a token.

It ends with its standard input, so that it never outlives whoever has started it.
"""

import argparse
import sys

from tests.stand_in import PROFILES, StandIn


def main() -> None:
    """Serve until nobody listens."""
    parser = argparse.ArgumentParser(prog="python -m tests.stand_in")
    parser.add_argument("profile", nargs="?", default="g9", choices=PROFILES)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that every request takes")
    asked = parser.parse_args()
    with StandIn(asked.profile, latency=asked.latency) as grafana:
        sys.stdout.write(f"{grafana.url} {grafana.token()}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
