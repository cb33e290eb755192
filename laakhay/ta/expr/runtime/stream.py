"""Rules followed live: bars come in, every rule's results go out, and what has just become available is told."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from laakhay.ta.core.bar import Bar
from laakhay.ta.core.dataset import SOURCE_DEFAULT, SOURCE_OHLCV, Dataset
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series

from ..algebra.operators import Expression, as_expression
from ..dsl import compile_expression
from ..execution.backend import resolve_backend
from ..planner.types import PlanResult
from .live_rule import LiveRule

Pair = tuple[str, str]
# Where bars stand, the first that there is.
_BAR_SOURCES = (SOURCE_OHLCV, SOURCE_DEFAULT)


@dataclass(frozen=True)
class AvailabilityTransition:
    """A result whose last value is ready and was not at the evaluation before.

    `key` is the result's `(symbol, timeframe, "default")`; of a rule with several outputs the output's name follows.
    """

    expression: str
    key: tuple[str, ...]
    timestamp: Any
    value: Any


@dataclass
class StreamUpdate:
    """What one evaluation gave: results by rule, and what became available."""

    outputs: dict[str, Any] = field(default_factory=dict)
    transitions: list[AvailabilityTransition] = field(default_factory=list)


Callback = Callable[[AvailabilityTransition], Any]


@dataclass
class _Tracked:
    """A rule, who wants to hear of it, which of its results were ready, and its sessions."""

    expression: Expression
    callbacks: list[Callback] = field(default_factory=list)
    ready: dict[tuple[str, ...], bool] = field(default_factory=dict)
    live: dict[Pair, tuple[tuple[int, int], LiveRule | None]] = field(default_factory=dict)
    """By pair: the edition of its data that this was made for, and the session, None where one will not do."""


class Stream:
    """A dataset that grows, and rules that are evaluated whenever it does.

    A rule that reads only the bars of the stream it is evaluated for keeps a session of the engine per stream: a bar
    costs a step, and a copy of the results so far. Any other rule and a changed history are evaluated over all data.
    The results are the same. Not to be used from two threads at once.

    Parameters
    ----------
    dataset
        What is there already; it is changed in place. Without one the stream begins empty.

    Examples
    --------
    >>> stream = Stream()
    >>> stream.register("mean", "sma(close, 2)")
    >>> for hour, close in enumerate((100, 110)):
    ...     bar = {"timestamp": hour * 3600, "open": close, "high": close, "low": close, "close": close, "volume": 1}
    ...     update = stream.update_ohlcv("BTCUSDT", "1h", bar)
    >>> update.outputs["mean"]["BTCUSDT", "1h", "default"].values[-1], len(update.transitions)
    (Decimal('105.0'), 1)
    """

    def __init__(self, dataset: Dataset | None = None) -> None:
        self.dataset = Dataset() if dataset is None else dataset
        self._backend = resolve_backend()
        self._tracked: dict[str, _Tracked] = {}
        self._version = self.dataset.version
        # Counts of changes that sessions cannot follow: of the dataset's entries, and of one stream's past bars.
        self._layout = 0
        self._rewritten: Counter[Pair] = Counter()

    def register(self, name: str, expression: Any, *, on_transition: Callback | None = None) -> None:
        """Follow a rule (an Expression, or what `compile_expression` takes) under a name, in place of any former one.

        `on_transition` is called with each of its transitions.
        """
        rule = compile_expression(expression) if isinstance(expression, (str, Mapping)) else as_expression(expression)
        self._tracked[name] = _Tracked(rule, [] if on_transition is None else [on_transition])

    def on_transition(self, name: str, callback: Callback) -> None:
        """Call this, too, with each transition of a rule. Raises KeyError for a name that is not registered."""
        if name not in self._tracked:
            raise KeyError(f"no rule is registered as {name!r}; registered: {', '.join(self._tracked) or 'none'}")
        self._tracked[name].callbacks.append(callback)

    def update_ohlcv(self, symbol: str, timeframe: str, bar: Bar | Mapping[str, Any]) -> StreamUpdate:
        """Take a bar and evaluate.

        A bar with the time of one that is there replaces it, so a forming bar may come as often as it changes; any
        other is put in its place in time. Bars go to source `ohlcv`, or `default` where only that has bars.

        Raises ValueError for a mapping that is no bar, TypeError where a series of another kind is in its place; both
        before anything is changed.
        """
        taken = bar if isinstance(bar, Bar) else Bar.from_dict(bar)
        source, known = self._bars(symbol, timeframe)
        if known is None:
            bars = OHLCV.from_bars([taken], symbol, timeframe)
        else:
            bars, row = _upsert(known, taken)
            # Sessions have not taken the last bar yet, so what comes in its place or later rewrites nothing.
            self._rewritten[symbol, timeframe] += row < len(known) - 1
        return self._put(symbol, timeframe, source, bars)

    def update_series(self, symbol: str, timeframe: str, source: str, series: OHLCV | Series[Any]) -> StreamUpdate:
        """Add or replace an entry of the dataset and evaluate."""
        self._rewritten[symbol, timeframe] += source in _BAR_SOURCES
        return self._put(symbol, timeframe, source, series)

    def evaluate(self) -> StreamUpdate:
        """Evaluate every rule, in the order they were registered, over the dataset as it is.

        Raises what the evaluation of a rule raises; transitions are then told by the next evaluation that succeeds.
        """
        if self.dataset.version != self._version:  # Changed from outside: nothing is known to be as before.
            self._version = self.dataset.version
            self._layout += 1
        update = StreamUpdate({name: self._evaluate(tracked) for name, tracked in self._tracked.items()})
        calls: list[tuple[Callback, AvailabilityTransition]] = []
        for name, result in update.outputs.items():
            tracked = self._tracked[name]
            for transition in _transitions(name, tracked, result):
                update.transitions.append(transition)
                calls += [(callback, transition) for callback in tracked.callbacks]
        for callback, transition in calls:
            callback(transition)
        return update

    def _bars(self, symbol: str, timeframe: str) -> tuple[str, OHLCV | None]:
        """Give the entry that bars of a stream go to: its source, and what is there."""
        known = self.dataset.series(symbol, timeframe, SOURCE_OHLCV)
        if known is None:
            plain = self.dataset.series(symbol, timeframe, SOURCE_DEFAULT)
            return (SOURCE_DEFAULT, plain) if isinstance(plain, OHLCV) else (SOURCE_OHLCV, None)
        if not isinstance(known, OHLCV):
            raise TypeError(f"{symbol} {timeframe} has a {type(known).__name__} under 'ohlcv', not bars")
        return SOURCE_OHLCV, known

    def _put(self, symbol: str, timeframe: str, source: str, series: OHLCV | Series[Any]) -> StreamUpdate:
        is_own_version = self.dataset.version == self._version
        known = self.dataset.series(symbol, timeframe, source)
        self.dataset.add_series(symbol, timeframe, series, source)
        if is_own_version:
            self._version = self.dataset.version
        # Another entry, or one of another kind, may change what a name in a rule stands for.
        self._layout += type(known) is not type(series)
        return self.evaluate()

    def _evaluate(self, tracked: _Tracked) -> Any:
        plan = tracked.expression._ensure_plan()
        pairs = dict.fromkeys((key.symbol, key.timeframe) for key, _ in self.dataset)
        return {(*pair, "default"): self._evaluate_pair(tracked, plan, pair) for pair in pairs}

    def _evaluate_pair(self, tracked: _Tracked, plan: PlanResult, pair: Pair) -> Any:
        edition = (self._layout, self._rewritten[pair])
        made_for, live = tracked.live.get(pair, (None, None))
        bars = self._bars_of(pair)
        if live is not None and made_for == edition and bars is not None:
            return live.advance(bars)
        result = self._backend.evaluate(plan, self.dataset, symbol=pair[0], timeframe=pair[1])
        if made_for != edition:
            live = None if bars is None else LiveRule.of(plan, self.dataset, bars, result, *pair)
            tracked.live[pair] = (edition, live)
        return result

    def _bars_of(self, pair: Pair) -> OHLCV | None:
        entries = (self.dataset.series(*pair, source) for source in _BAR_SOURCES)
        return next((entry for entry in entries if isinstance(entry, OHLCV)), None)


def _upsert(bars: OHLCV, bar: Bar) -> tuple[OHLCV, int]:
    """Give the bars with one put in its place in time, over one of the same time, and the row where it is."""
    row = bisect_left(bars.timestamps, bar.ts)
    after = row + (bars.timestamps[row : row + 1] == (bar.ts,))
    values = (bar.ts, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.is_closed)
    columns = [(*column[:row], value, *column[after:]) for column, value in zip(bars._columns(), values, strict=True)]
    return OHLCV._of(columns, bars.symbol, bars.timeframe), row


def _transitions(
    name: str, tracked: _Tracked, result: Mapping[tuple[str, ...], Any]
) -> Iterator[AvailabilityTransition]:
    """Give a transition for each series whose last value became ready, and remember which are."""
    for key, series in _each_series(tracked, result):
        if len(series):
            is_ready = series.availability_mask is None or series.availability_mask[-1]
            if is_ready and not tracked.ready.get(key, False):
                yield AvailabilityTransition(name, key, series.timestamps[-1], series.values[-1])
            tracked.ready[key] = is_ready


def _each_series(
    tracked: _Tracked, result: Mapping[tuple[str, ...], Any]
) -> Iterator[tuple[tuple[str, ...], Series[Any]]]:
    for key, value in result.items():
        if isinstance(value, Series):
            yield key, value
            continue
        plan = tracked.expression._ensure_plan()
        for output, series in zip(plan.calls[plan.graph.root_id].outputs, value, strict=True):
            yield (*key, output), series


__all__ = ["AvailabilityTransition", "Stream", "StreamUpdate"]
