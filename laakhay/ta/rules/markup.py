"""What notebooks show of rules, sessions and results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from laakhay.ta import ta_py


def table(head: Iterable[str], rows: Iterable[Iterable[Any]], title: str = "") -> str:
    """Give an HTML table; everything in it is text and is escaped."""
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(_shown(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{caption}<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def facts(title: str, entries: Mapping[str, Any]) -> str:
    """Give an HTML table of names and what is said of them."""
    return table(("", ""), entries.items(), title)


def text(shown: str) -> str:
    """Give a text as it is printed."""
    return f"<pre>{escape(shown)}</pre>"


def output_table(output: ta_py.StepOutput) -> str:
    """Give a step's result, a row per output."""
    said = output.to_dict()
    states = said["availabilities"]
    rows = [(name, "" if value is None else value, states[name]) for name, value in said["values"].items()]
    about = [said["event_time"], said["reason"], None if output.is_final else "forming"]
    return table(("output", "value", "availability"), rows, "; ".join(one for one in about if one))


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return repr(cell)
    return ", ".join(map(str, cell)) if isinstance(cell, (list, tuple)) else str(cell)


__all__ = ["facts", "output_table", "table", "text"]
