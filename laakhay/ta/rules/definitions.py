"""Functions of the rule language that later compilations may use, and the limits on what is compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from threading import Lock

from laakhay.ta import ta_py

_TEXT_BYTES, _DEPTH, _NODES, _OUTPUTS, _PLAN_NODES, _WINDOW_BYTES, _UNIVERSE_BYTES = ta_py.default_limits()

# Name -> statement and what is the same for two statements that mean the same.
_registered: dict[str, tuple[str, str]] = {}
_sources: dict[str, tuple[str, ...]] = {}
_lock = Lock()


@dataclass(frozen=True)
class Limits:
    """Limits on what `compile` accepts; where one is passed, the error says so and nothing else.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> ta.compile("close + open", limits=ta.Limits(nodes=10)).explain().outputs
    ['value']
    """

    text_bytes: int = _TEXT_BYTES
    """Bytes of a text."""
    depth: int = _DEPTH
    """Brackets, signs and calls inside each other; at most 128."""
    nodes: int = _NODES
    """Nodes of the tree of a text, with bindings and functions written out."""
    outputs: int = _OUTPUTS
    """Rules that are compiled together."""
    plan_nodes: int = _PLAN_NODES
    """Nodes of the plan of all texts, with equal parts shared."""
    window_bytes: int = _WINDOW_BYTES
    """Bytes of windows per symbol."""
    universe_bytes: int = _UNIVERSE_BYTES
    """Bytes of state of all symbols of a universe together; checked before any memory is taken."""

    def __post_init__(self) -> None:
        for name, value in zip(self.__match_args__, astuple(self), strict=True):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ValueError(f"{name}: a whole number from 0 is needed, not {value!r}")

    @classmethod
    def of_numbers(cls, numbers: Sequence[int]) -> Limits:
        """Give the limits of numbers in the engine's order. Raises ValueError where they are not as many."""
        if len(numbers) != len(cls.__match_args__):
            raise ValueError(f"limits are {len(cls.__match_args__)} numbers, not {len(numbers)}")
        return cls(*numbers)

    def as_numbers(self) -> tuple[int, ...]:
        """Give the limits in the engine's order."""
        return astuple(self)


def define(text: str, *, replace: bool = False) -> list[str]:
    """Register functions and named values for all later `compile` calls of this process; give their names.

    Parameters
    ----------
    text
        Statements of the rule language: `let spread(a, b, period = 20) = (a - b) / sma(b, period);`.
    replace
        Accept another body for a name that is registered already.

    Raises
    ------
    StrategyError
        Where the text does not read together with what is registered; nothing is registered then.
    ValueError
        For a registered name with another body, unless `replace` is set.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> ta.define("let gap(a, b) = (a - b) / b;")
    ['gap']
    >>> ta.compile("gap(close, open) > 0.01").explain().inputs
    ['close', 'open']
    """
    names = set(ta_py.defined_names(text))
    with _lock:
        kept = [(f"definition of {name}", one) for name, (one, _) in _registered.items() if name not in names]
        read = ta_py.definitions([*kept, ("definitions", text)])
        new = {name: (statement, words) for name, statement, words in read if name in names}
        for name, (_, words) in new.items():
            if not replace and name in _registered and _registered[name][1] != words:
                raise ValueError(f"{name!r} is defined already, with another body; pass replace=True to change it")
        _registered.update(new)
    return list(new)


def define_source(name: str, columns: Sequence[str], *, replace: bool = False) -> None:
    """Declare columns of your own for all later `compile` calls of this process: a source that rules read by its name.

    Parameters
    ----------
    name
        Of the source: a word that means nothing yet.
    columns
        Their names, `score`, and of those that are true or false `on: bool`. Rules read them as `signal.score`; data
        has them as a stream of the source's name, or under these names in one table.
    replace
        Accept other columns for a source that is declared already.

    Raises
    ------
    StrategyError
        For a name that means something already, and for what is no column; nothing is declared then.
    ValueError
        For a source that is declared with other columns, unless `replace` is set.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> ta.define_source("signal", ["score"])
    >>> ta.compile("signal.score > 0.5").run({"signal.score": [0.2, 0.9]})["value"].tolist()
    [0.0, 1.0]
    """
    if isinstance(columns, str):
        raise TypeError(f"columns are a list of names, not one text; [{columns!r}] is the list of this one")
    given = tuple(columns)
    ta_py.Rule.from_text("close", sources=[(name, list(given))])
    with _lock:
        if not replace and _sources.get(name, given) != given:
            there = ", ".join(_sources[name])
            raise ValueError(
                f"the source {name!r} is declared with other columns ({there}); pass replace=True to change it"
            )
        _sources[name] = given


def sources_of(given: Mapping[str, Sequence[str]] | None) -> list[tuple[str, list[str]]]:
    """Give the sources that a compilation may read: what is declared, and what is given in its place."""
    with _lock:
        known: dict[str, Sequence[str]] = dict(_sources)
    return [(name, list(columns)) for name, columns in (known | dict(given or {})).items()]


def definition_texts(given: str | Sequence[str] | Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Give the named texts that a compilation may use: what is registered and what is given."""
    if given is None:
        texts = []
    elif isinstance(given, str):
        texts = [("definitions", given)]
    elif isinstance(given, Mapping):
        texts = list(given.items())
    else:
        texts = [(f"definitions {at}", text) for at, text in enumerate(given, start=1)]
    with _lock:
        registered = [(f"definition of {name}", statement) for name, (statement, _) in _registered.items()]
    return registered + texts


__all__ = ["Limits", "define", "define_source", "definition_texts", "sources_of"]
