"""`python -m tests.performance.peers measure FILE`, then `... write FILE...`: `make bench-peers` does both."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.performance.peers.measured import measure
from tests.performance.peers.page import PAGE, page


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.performance.peers")
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("measure", help="measure what is installed here, into a file")
    one.add_argument("file", type=Path)
    one.add_argument("--bars", type=int, default=1_000_000)
    one.add_argument("--rounds", type=int, default=3)
    all_ = verbs.add_parser("write", help="write the page of what was measured")
    all_.add_argument("files", type=Path, nargs="+")
    all_.add_argument("--note", default="", help="what else is to be known of the build and the machine")
    all_.add_argument("--page", type=Path, default=PAGE)
    given = parser.parse_args()
    if given.verb == "measure":
        given.file.parent.mkdir(parents=True, exist_ok=True)
        given.file.write_text(json.dumps(measure(given.bars, given.rounds), indent=1), encoding="utf8")
    else:
        runs = [json.loads(file.read_text(encoding="utf8")) for file in given.files]
        given.page.write_text(page(runs, given.note), encoding="utf8")


if __name__ == "__main__":
    main()
