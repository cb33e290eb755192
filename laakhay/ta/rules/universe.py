"""One rule over many symbols, a row of bars at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.exceptions import MissingDataError, SessionBusyError
from laakhay.ta.frames.columns import BAR_FIELDS, Floats, Times, check_unit, column_times, matrix
from laakhay.ta.frames.history import History, Matrices, by_symbol
from laakhay.ta.frames.names import SYMBOL_COLUMN, TIME_COLUMN
from laakhay.ta.frames.native import is_frame
from laakhay.ta.frames.symbols import Groups
from laakhay.ta.frames.table import Table, table_of
from laakhay.ta.frames.wide import SymbolFrame

from . import markup
from .copies import Copied
from .outputs import ordered_outputs, output_names, outputs_of

if TYPE_CHECKING:
    from .rule import Rule


class Universe(Copied, ta_py.Universe):
    """One rule and the state of many symbols: takes a row of bars at a time.

    One call at a time works on it: another thread, a signal handler or a callback gets SessionBusyError meanwhile.
    """

    symbols: tuple[str, ...]
    """Their names, in the order in which rows have their numbers."""

    groups: dict[str, str] | None
    """By symbol the name of its group, for what looks across symbols; None without groups."""

    unit: str | None
    """What integers count that are given as times; None where they have to be nanoseconds."""

    def __new__(
        cls, rule: Rule | ta_py.Rule, symbols: Sequence[str] | None = None, *, unit: str | None = None, **options: Any
    ) -> Self:
        check_unit(unit)
        self = super().__new__(cls, rule, None if symbols is None else list(symbols), **options)
        self.symbols = tuple(self.symbol_names)
        names = self.group_names
        self.groups = None if names is None else dict(zip(self.symbols, names, strict=True))
        self.unit = unit
        return self

    def step(self, timestamp: Any = None, out: Any = None, **rows: Any) -> Any:
        """Take one bar of every symbol: `universe.step(timestamp=time, close=row, high=row)`.

        Parameters
        ----------
        timestamp
            The bars' time: a datetime of any library, ISO text or an integer of the universe's unit. Of all bars or of
            none; needed where the rule has durations.
        out
            An array of a number per symbol to write to, or a mapping of such by output name.
        **rows
            By field, a number per symbol in the order of `symbols`, or a Series of pandas by their names; NaN is no
            bar. Fields of bars that the rule does not read may be given.

        Returns
        -------
        ndarray or dict
            A row of float64 (NaN is not ready, 1 and 0 are true and false), or rows by name where the rule has several
            outputs.

        Raises
        ------
        MissingDataError
            For a field that the rule reads and that is not given.
        TypeError
            For a row that is no field of bars and that the rule does not read.
        OrderError
            For a time that is not after the last one; nothing is taken.
        """
        return self._rows(self.step_rows, timestamp, out, rows)

    def preview(self, timestamp: Any = None, out: Any = None, **rows: Any) -> Any:
        """Give what `step` would give for forming bars; the state stays as it is, bit for bit.

        Arguments, results and errors are those of `step`.
        """
        return self._rows(self.preview_rows, timestamp, out, rows)

    def _rows(self, take: Callable[..., list[Floats]], timestamp: Any, out: Any, rows: Mapping[str, Any]) -> Any:
        """Hand a bar of every symbol to the engine and give its row, or rows by name."""
        self._refuse_unknown(rows)
        history = History.of(self._by_name(rows), self.engine_rule.fields, truths=self.engine_rule.truth_fields)
        if out is not None and not isinstance(out, Mapping):
            out = {self.engine_rule.outputs[0][0]: out}
        time_ns = None if timestamp is None else ta_py.time_ns(timestamp, self.unit)
        arrays = take(history.fields, time_ns, ordered_outputs(self.engine_rule, out))
        return arrays[0] if len(arrays) == 1 else dict(zip(output_names(self.engine_rule), arrays, strict=True))

    def run(self, data: Any = None, /, *, timestamp: Any = None, **matrices: Any) -> Any:
        """Take many bars of every symbol.

        Parameters
        ----------
        data
            A table with a `symbol` column, as `Rule.run` takes one. Or by symbol, a history: a table, an OHLCV
            (`from_csv` gives one), a Series; or a Dataset with one entry per symbol. There is a row for every time at
            which any of them has a bar. Or else the `timestamp`.
        timestamp
            The rows' times, as for `Rule.run`; integers are of the universe's unit.
        **matrices
            In place of histories, by field a matrix with a row per bar and a column per symbol; NaN, masked values and
            what stands for none are missing. A frame's columns are those of the symbols by name, in any order, and its
            times, where it has any, the rows'.

        Returns
        -------
        ndarray or dict
            A matrix (or frame) like those that were given, or such by name where the rule has several outputs; of a
            table with symbols one with its rows; of histories a dict of the rows' `timestamp` as datetime64 in UTC,
            where they have times, and a matrix per output. NaN is not ready, 1 and 0 are true and false.

        Raises
        ------
        DataError
            For what is no number, naming field, row and column or symbol.
        MissingDataError, TypeError, OrderError
            As `step`; for a symbol that the data lacks, or that the universe does. Nothing is taken then.
        """
        data = by_symbol(data) if isinstance(data, Dataset) else data
        is_table = isinstance(data, Mapping) or is_frame(data)
        if is_table and (matrices or timestamp is not None):
            raise TypeError("histories by symbol, or matrices and their timestamp: one of both is needed")
        table = table_of(data) if is_table else None
        if isinstance(table, Table) and table.groups is not None:
            return self._run_table(table, table.groups)
        if isinstance(data, Mapping):
            given, arrays = self._run_symbols(data)
            stamps = {} if given.times_ns is None else {TIME_COLUMN: given.times_ns.view("datetime64[ns]")}
            return stamps | dict(zip(output_names(self.engine_rule), arrays, strict=True))
        if table is not None:
            raise MissingDataError(f"a table of many symbols has a {SYMBOL_COLUMN!r}; it has {', '.join(table)}")
        return self._run_matrices(data, timestamp, matrices)

    def _by_name(self, rows: Mapping[str, Any]) -> dict[str, Any]:
        """Give rows in the order of the symbols: of pandas, those whose labels are names go by them."""
        found = dict(rows)
        for field, row in rows.items():
            labels = list(getattr(row, "index", [])) if hasattr(row, "reindex") else []
            if not any(isinstance(label, str) for label in labels):
                continue
            if sorted(map(str, labels)) != sorted(self.symbols):
                wrong = next(one for one in [*self.symbols, *labels] if (one in labels) is not (one in self.symbols))
                raise MissingDataError(
                    f"{field!r} and the universe do not have the same symbols: {wrong!r}", field=field
                )
            found[field] = row.reindex(self.symbols)
        return found

    def _run_symbols(self, data: Mapping[str, Any]) -> tuple[Matrices, list[Floats]]:
        given = Matrices.of(self.symbols, data, self.engine_rule.fields, self.unit, self.engine_rule.truth_fields)
        return given, self._run(given.fields, (given.bars, len(self.symbols)), given.times_ns)

    def _run_table(self, table: Table, groups: Groups) -> Any:
        """Give the rows of a table of many symbols their values."""
        history = History.of(
            table,
            self.engine_rule.fields,
            unit=self.unit,
            takes_symbols=True,
            truths=self.engine_rule.truth_fields,
        )
        data = history.by_symbol(self.engine_rule.fields, groups)
        given, arrays = self._run_symbols(data)
        outputs = [np.empty(history.bars) for _ in arrays]
        rows_of = dict(groups)
        for at, (symbol, places) in enumerate(zip(self.symbols, given.places, strict=True)):
            for numbers, array in zip(outputs, arrays, strict=True):
                numbers[rows_of[symbol]] = array[places, at]
        return history.table.result(outputs_of(self.engine_rule, outputs))

    def _run_matrices(self, data: Any, timestamp: Any, matrices: Mapping[str, Any]) -> Any:
        if data is not None and timestamp is not None:
            raise TypeError("the timestamp is given twice")
        self._refuse_unknown(matrices)
        missing = [name for name in self.engine_rule.fields if name not in matrices]
        if missing:
            raise MissingDataError(f"the rule reads {missing[0]!r}, which is not given", field=missing[0])
        # Of a rule that reads nothing the bars are counted.
        read = [(name, matrices[name]) for name in self.engine_rule.fields or [*matrices][:1]]
        wide = [SymbolFrame(values, name, self.symbols, self.unit) for name, values in read if is_frame(values)]
        by_name = dict(zip((one.field for one in wide), wide, strict=True))
        fields = [
            by_name[name].matrix if name in by_name else matrix(values, name, len(self.symbols))
            for name, values in read
        ]
        shapes = {field.shape for field in fields}
        if len(shapes) != 1 or (shape := shapes.pop())[1:] != (len(self.symbols),):
            raise ValueError(f"matrices of one shape, bars x {len(self.symbols)} symbols, are needed")
        times = column_times(data if timestamp is None else timestamp, self.unit)
        for one in wide:
            times = one.times_with(times)
        outputs = outputs_of(self.engine_rule, self._run(fields[: len(self.engine_rule.fields)], shape, times))
        given = [(one.name, wide[0].result(one) if wide else one.numbers) for one in outputs]
        return given[0][1] if len(given) == 1 else dict(given)

    def warm(self, data: Any = None, /, *, timestamp: Any = None, **matrices: Any) -> Universe:
        """Take bars, as `run` does, for their state only, and give the universe back."""
        self.run(data, timestamp=timestamp, **matrices)
        return self

    def _run(self, fields: list[Floats], shape: tuple[int, ...], times: Times | None) -> list[Floats]:
        arrays = self.run_matrices([field.reshape(-1) for field in fields], shape[0], times)
        return [array.reshape(shape) for array in arrays]

    def _refuse_unknown(self, given: Iterable[str]) -> None:
        known = [*self.engine_rule.fields, *sorted(BAR_FIELDS - set(self.engine_rule.fields))]
        unknown = [name for name in given if name not in known]
        if unknown:
            raise TypeError(f"{unknown[0]!r} is no field that is read; accepted: {', '.join((TIME_COLUMN, *known))}")

    def __repr__(self) -> str:
        outputs, symbols = ", ".join(output_names(self.engine_rule)), len(self.symbols)
        try:
            return f"<Universe of {symbols} symbols after {self.position} bars: {outputs}>"
        except SessionBusyError:
            return f"<Universe of {symbols} symbols at work in another call: {outputs}>"

    def _repr_html_(self) -> str:
        shown = [*self.symbols[:10], "..."] if len(self.symbols) > 10 else self.symbols
        entries = {
            "outputs": output_names(self.engine_rule),
            "reads": self.engine_rule.fields,
            "bars taken": self.position,
            **({} if self.groups is None else {"groups": ", ".join(sorted(set(self.groups.values())))}),
            "symbols": f"{len(self.symbols)}: {', '.join(shown)}",
        }
        return markup.facts("Universe", entries)


def symbol_names(symbols: Any) -> list[str]:
    """Give the names of symbols as a list.

    Raises TypeError for one text, a set (it has no order), a mapping or names that are no text; ValueError for a name
    that is empty or given twice.
    """
    if isinstance(symbols, (str, bytes)):
        raise TypeError(f"symbols are a list of names, not one text; [{symbols!r}] is the list of this one")
    if isinstance(symbols, (set, frozenset, Mapping)) or not isinstance(symbols, Iterable):
        kind = type(symbols).__name__
        raise TypeError(f"symbols are names in the order in which rows have their numbers: a list, not a {kind}")
    places: dict[str, int] = {}
    for at, name in enumerate(symbols):
        if not isinstance(name, str):
            raise TypeError(f"the name of symbol {at} is {name!r}, a {type(name).__name__}; a text is needed")
        if not name.strip():
            raise ValueError(f"the name of symbol {at} is empty")
        if name in places:
            raise ValueError(f"{name!r} is the name of symbols {places[name]} and {at}; each needs its own")
        places[str(name)] = at
    return list(places)


def group_names(groups: Mapping[str, str] | Sequence[str] | None, symbols: Sequence[str]) -> list[str] | None:
    """Give the name of each symbol's group in the order of the symbols; None without groups.

    Raises TypeError for what is neither a mapping of symbols to names nor a list of these and for names that are no
    text, ValueError for a symbol without a group or that is not there.
    """
    if groups is None:
        return None
    if isinstance(groups, (str, bytes, set, frozenset)) or not isinstance(groups, Iterable):
        kind = type(groups).__name__
        raise TypeError(f"groups are a mapping of symbols to names, or a list of a name for each symbol, not a {kind}")
    if isinstance(groups, Mapping):
        unknown = [symbol for symbol in groups if symbol not in symbols]
        lacking = [symbol for symbol in symbols if symbol not in groups]
        if unknown or lacking:
            what = f"has no group: {lacking[0]!r}" if lacking else f"is not there and has a group: {unknown[0]!r}"
            raise ValueError(f"a symbol {what}; there are {', '.join(symbols)}")
        names = [groups[symbol] for symbol in symbols]
    else:
        names = list(groups)
        if len(names) != len(symbols):
            raise ValueError(f"{len(names)} groups are given, and there are {len(symbols)} symbols")
    for symbol, name in zip(symbols, names, strict=True):
        if not isinstance(name, str):
            raise TypeError(f"the group of {symbol!r} is {name!r}, a {type(name).__name__}; a text is needed")
        if not name.strip():
            raise ValueError(f"the group of {symbol!r} has an empty name")
    return names


__all__ = ["Universe", "group_names", "symbol_names"]
