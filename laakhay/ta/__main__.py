"""The `ta` command."""

from __future__ import annotations

import signal
import sys

from laakhay.ta import ta_py


def main() -> None:
    """Run the command with this process's arguments and exit with its code."""
    # Long work ends at once on Ctrl-C: no Python code runs meanwhile that could see it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(ta_py.command_line(["ta", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
