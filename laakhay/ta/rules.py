"""What people do with a rule: run it over arrays, step it live, keep it, move it, prove it.

The arithmetic is the compiled engine's; this module brings data in and out and knows no indicator.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from laakhay.ta import ta_py
from laakhay.ta.columns import TIME_COLUMN, Columns, Floats, timeframe_to_ns
from laakhay.ta.definitions import Limits, definition_texts
from laakhay.ta.universe import Universe, ordered_outputs, output_names, symbol_names

if TYPE_CHECKING:
    from laakhay.ta.data.calendar import Calendar
    from laakhay.ta.expr.algebra.operators import Expression
    from laakhay.ta.expr.planner.types import PlanResult
    from laakhay.ta.joined import JoinedSession

StepOutput = ta_py.StepOutput
# Where neither data nor caller know the timeframe of old-style ticks, durations count hours as rows.
ASSUMED_TIMEFRAME = "1h"
NO_STREAMS = "bars are resampled of streams: a Dataset or a mapping of stream names to tables is needed"


class Session(ta_py.Session):
    """A rule and the state of one symbol: takes bars, gives values, can be saved and moved.

    One call at a time works on it: another thread, a signal handler or a callback gets SessionBusyError meanwhile.
    """

    def __new__(cls, rule: ta_py.Rule, **options: Any) -> Self:
        self = super().__new__(cls, rule, **options)
        self.rule = rule
        return self

    def __init__(self, rule: ta_py.Rule, **options: Any) -> None:
        """Made by `Expression.session` and `Expression.restore`."""

    def run(self, data: Any, out: Mapping[str, Floats] | None = None) -> dict[str, Any]:
        """Take many bars and go on from there.

        Parameters
        ----------
        data
            As for `Expression.run`, without timestamps or with ones after the last bar; integers are of the session's
            unit.
        out
            Arrays to write to, by output name.

        Returns
        -------
        dict
            `timestamp` as given, where it was given, and one float64 array per output; NaN is not ready, 1 and 0 are
            true and false. Arrays of several outputs are rows of one block: copy the one to keep where the others are
            to be freed.

        Raises
        ------
        OrderError
            If a time is not after the one before; the session is unchanged.
        """
        columns = Columns.of(data, self.rule.fields, unit=self.unit)
        arrays = self.run_columns(columns.fields, columns.times_ns, columns.bars, ordered_outputs(self.rule, out))
        return _named(self.rule, data, arrays)

    def warm(self, history: Any) -> Session:
        """Take a history for its state only, and give the session back."""
        self.run(history)
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored_session, (self.rule.to_ir(), self.snapshot(), self.rule.limits, self.unit)

    def __copy__(self) -> Session:
        return Session(self.rule, snapshot=self.snapshot(), unit=self.unit)

    def __deepcopy__(self, memo: dict[int, Any]) -> Session:
        return self.__copy__()

    copy = __copy__


def _restored_session(
    trees: list[tuple[str, str]],
    snapshot: bytes,
    limits: tuple[int, ...] | None = None,
    unit: str | None = None,
) -> Session:
    return Session(ta_py.Rule.from_ir(trees, limits), snapshot=snapshot, unit=unit)


def _named(rule: ta_py.Rule, data: Any, arrays: Iterable[Floats]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    if isinstance(data, Mapping) and TIME_COLUMN in data:
        named[TIME_COLUMN] = data[TIME_COLUMN]
    return named | dict(zip(output_names(rule), arrays, strict=True))


@dataclass(frozen=True)
class LateStart:
    """What became of one output where history began later."""

    output: str
    look_back: int | None
    """Bars that a value looks at, where it is a function of so many: once these were seen the bits have to meet."""
    starts: int
    """At how many later places history began."""
    met: int
    """At how many of them the bits met those of the whole history, for good."""
    bars: int | None
    """After how many bars at most, where they met at all."""


@dataclass(frozen=True)
class ParityReport:
    """What `verify` found; prints as a table."""

    ok: bool
    """Nothing differed, and every output had a ready value: without one nothing is proven."""
    bars: int
    ready: dict[str, int]
    """Per output, how many values were ready."""
    checks: list[tuple[str, int, int]]
    """Per comparison with a batch run: what was compared, how many values, how many differed in a bit."""
    text: str
    not_made: dict[str, str]
    """The comparisons that were not made, each with the reason."""
    late_starts: list[LateStart]
    """Per output, whether and when the bits meet where history begins later."""

    def __str__(self) -> str:
        return self.text


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Give what shows how far work has come, where a terminal watches; what was shown is wiped off at the end."""
    terminal = sys.stderr
    if terminal is None or not terminal.isatty():
        yield None
        return

    def show(part: str, done: int, bars: int) -> None:
        terminal.write(f"\r\x1b[Kverify: {part}, {100 * done // max(bars, 1)} %")
        terminal.flush()

    try:
        yield show
    finally:
        terminal.write("\r\x1b[K")
        terminal.flush()


class Explanation:
    """What a rule computes; prints as a tree."""

    def __init__(self, rule: ta_py.Rule, timeframe: str | None) -> None:
        self._rule = rule
        self._timeframe_ns = timeframe_to_ns(timeframe)

    @property
    def inputs(self) -> list[str]:
        """Fields that are read."""
        return self._rule.fields

    @property
    def outputs(self) -> list[str]:
        """Names of the values."""
        return output_names(self._rule)

    @property
    def warmup(self) -> int:
        """Bars before all outputs have had a value, when nothing is missing."""
        return max(self._rule.warmup(self._timeframe_ns), default=0)

    def settle(self, tolerance: float = 1e-6) -> int | None:
        """Give the bars until no seed weighs more than `tolerance`, a share between 0 and 1.

        None where the beginning of history may matter for ever (`close.sum()`, `barssince`).
        """
        bars = self._rule.settle(tolerance, self._timeframe_ns)
        settled = [one for one in bars if one is not None]
        return max(settled, default=0) if len(settled) == len(bars) else None

    @property
    def state_bytes(self) -> int:
        """Bytes of state of one symbol; they do not grow with bars."""
        return self._rule.state_bytes(self._timeframe_ns)

    @property
    def is_causal(self) -> bool:
        """True: a rule that looks ahead does not compile."""
        return True

    def to_dot(self) -> str:
        """Give the plan as a Graphviz digraph."""
        return self._rule.to_dot()

    def __str__(self) -> str:
        return self._rule.explain(self._timeframe_ns)

    __repr__ = __str__


class EngineRule:
    """The engine's side of a rule. Who has it says in `_trees` what its named IR trees are, as JSON."""

    _engine_rule: ta_py.Rule | None = None
    _limits: Limits | None = None

    def _trees(self) -> list[tuple[str, str]]:
        raise NotImplementedError

    @property
    def engine_rule(self) -> ta_py.Rule:
        """The compiled rule; raises TypeCheckError or PlanningError where it does not fit together."""
        if self._engine_rule is None:
            limits = self._limits and self._limits.as_numbers()
            self._engine_rule = ta_py.Rule.from_ir(self._trees(), limits)
        return self._engine_rule

    def explain(self, timeframe: str | None = None) -> Explanation:
        """Give what the rule computes: prints as a tree."""
        return Explanation(self.engine_rule, timeframe)

    def run_columns(
        self,
        data: Any,
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        calendar: Calendar | None = None,
        stamps: str | Mapping[str, str] = "open",
        resample: Calendar | None = None,
        unit: str | None = None,
    ) -> dict[str, Any]:
        """Evaluate over arrays, or over a mapping of stream names to tables of arrays: see `Expression.run`."""
        from laakhay.ta.joined import is_streams

        rule = self.engine_rule
        if is_streams(data):
            # Bars are made of those that are given, and only where none are.
            given = None if resample is None else list(data)
            options: dict[str, Any] = {"calendar": calendar, "stamps": stamps, "unit": unit}
            options |= {"resample": resample, "delivered": given, "missing_input": missing_input}
            return self.joined_session(timeframe=timeframe, **options).run(data)
        if resample is not None:
            raise ValueError(NO_STREAMS)
        columns = Columns.of(data, rule.fields, timeframe, unit=unit, needs_timeframe=rule.needs_timeframe)
        session = ta_py.Session(rule, columns.timeframe_ns, missing_input)
        arrays = session.run_columns(columns.fields, columns.times_ns, columns.bars)
        return _named(rule, data, arrays)

    def session(
        self,
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        on_error: str = "raise",
        unit: str | None = None,
    ) -> Session:
        """Give a session that has seen nothing.

        Parameters
        ----------
        timeframe
            Length of a bar; needed where the rule has durations (`close.change_24h`).
        missing_input
            `emit_missing`: what needs an absent field is not ready on that bar and keeps its state; `hold_previous`:
            the field's last good value is fed; `fail`: MissingInputError, nothing changes.
        on_error
            `raise`, `emit_error` or `emit_missing`, for the error of `fail`.
        unit
            What integers count that are given as times: `s`, `ms`, `us` or `ns`. Without one they have to be
            nanoseconds, from 1e17 in magnitude; datetimes and ISO text need none.

        Examples
        --------
        >>> import laakhay.ta as ta
        >>> session = ta.compile("sma(close, 2)").session()
        >>> session.step({"close": 1.0}).availability
        'warming_up'
        >>> session.step({"close": 2.0}).value
        1.5
        """
        return Session(
            self.engine_rule,
            timeframe_ns=timeframe_to_ns(timeframe),
            missing_input=missing_input,
            on_error=on_error,
            unit=unit,
        )

    def joined_session(
        self,
        *,
        timeframe: str | None = None,
        clock: str | None = None,
        alignment: tuple[str, str] | None = None,
        calendar: Calendar | None = None,
        stamps: str | Mapping[str, str] = "open",
        resample: Calendar | None = None,
        delivered: Sequence[str] | None = None,
        missing_input: str = "emit_missing",
        on_error: str = "raise",
        unit: str | None = None,
    ) -> JoinedSession:
        """Give a session over the rule's streams, each with bars of its own, that has seen nothing.

        Parameters
        ----------
        timeframe
            Length of the rule's own bars, those of fields without a qualifier; needed where others are named.
        clock
            Name of the stream at whose bars a row is given; without one that of the shortest bars.
        alignment
            How streams of one timeframe meet, `(how, fill)`: at the bars of all (`inner`), of any (`outer`), of the
            first (`left`: the rule's own, else by name) or of the last (`right`), a stream without a bar at that time
            being missing (`none`) or read as of its last bar (`ffill`). Without one: `left` and `ffill`. Longer bars
            are always read as of their last close.
        calendar
            By which bars of days, weeks and months begin and end: the market's time zone, session start and first day
            of the week. Without one, those of UTC; a bar that opens where none of the calendar begins is refused.
        stamps
            Which of its times a bar is stamped with, `"open"` or `"close"`, or a mapping of stream names to these. Rows
            are stamped as the bars of their stream. Of days, weeks and months, a stamp `"close"` that is the midnight
            of a date means the end of that day, unless a bar of the calendar ends there.
        resample
            Makes bars of longer timeframes out of the shorter ones of the same market; it is the calendar of all.
        delivered
            With `resample`, the names of the streams whose bars are given; by default the shortest of each market.
        missing_input, on_error, unit
            As for `session`.

        Raises PlanningError for an unknown stream, or where a timeframe is needed.

        Examples
        --------
        >>> import laakhay.ta as ta
        >>> session = ta.compile("close > ohlcv.4h.close").joined_session(timeframe="1h")
        >>> session.push("ohlcv.4h", {"timestamp": "2024-01-02T00:00Z", "close": 10.0})
        []
        >>> [row.value for row in session.push("ohlcv", {"timestamp": "2024-01-02T03:00Z", "close": 11.0})]
        [True]
        """
        from laakhay.ta.joined import JoinedSession, session_options

        options = session_options(
            timeframe, clock, alignment, calendar, stamps, resample, delivered, missing_input, on_error
        )
        return JoinedSession(self.engine_rule, unit=unit, **options)

    def restore_joined(self, snapshot: bytes, *, unit: str | None = None) -> JoinedSession:
        """Give a session over several streams that goes on from a snapshot of this rule; `unit` is as for `session`.

        Raises SnapshotError for other bytes, TypeError for what is no bytes.
        """
        from laakhay.ta.joined import JoinedSession

        return JoinedSession(self.engine_rule, snapshot=snapshot, unit=unit)

    def restore(self, snapshot: bytes, *, unit: str | None = None) -> Session:
        """Give a session that goes on from a snapshot of this rule; `unit` is as for `session`.

        Raises SnapshotError for any other bytes, TypeError for what is no bytes: a new session is made by `session`.
        """
        return Session(self.engine_rule, snapshot=snapshot, unit=unit)

    def universe(
        self,
        symbols: Sequence[str],
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        unit: str | None = None,
    ) -> Universe:
        """Give a universe of these symbols that has seen nothing.

        `symbols` are distinct, non-empty names in the order in which rows have their numbers; the options are those of
        `session`. Raises TypeError for one text, a set or names that are no text, ValueError for an empty name or one
        that is given twice.
        """
        names, length = symbol_names(symbols), timeframe_to_ns(timeframe)
        return Universe(self.engine_rule, names, timeframe_ns=length, missing_input=missing_input, unit=unit)

    def restore_universe(
        self, snapshot: bytes, symbols: Sequence[str] | None = None, *, unit: str | None = None
    ) -> Universe:
        """Give a universe that goes on from a snapshot of this rule; the snapshot holds its symbols.

        `unit` is as for `session`. Raises SnapshotError for any other bytes, and where `symbols` are given and are not
        those of the snapshot in their order; TypeError for what is no bytes.
        """
        names = None if symbols is None else symbol_names(symbols)
        return Universe(self.engine_rule, names, snapshot=snapshot, unit=unit)

    def verify(
        self,
        data: Any,
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        calendar: Calendar | None = None,
        stamps: str | Mapping[str, str] = "open",
        resample: Calendar | None = None,
        unit: str | None = None,
    ) -> ParityReport:
        """Run the rule over data in every schedule, restarted and begun later, and compare bit for bit.

        The options are those of `run` and `joined_session`. A mapping of stream names to tables is taken at once, bar
        by bar in several orders of arrival, and restarted. Takes time in proportion to the data: a large state is
        restored at some bars only, which the report says. Where stderr is a terminal it shows how far it has come;
        Ctrl-C ends it.
        """
        from laakhay.ta.joined import is_streams, stream_columns

        rule = self.engine_rule
        with _progress() as progress:
            if is_streams(data):
                given = None if resample is None else list(data)
                options: dict[str, Any] = {"calendar": calendar, "stamps": stamps, "missing_input": missing_input}
                options |= {"resample": resample, "delivered": given, "unit": unit}
                session = self.joined_session(timeframe=timeframe, **options)
                found = session.verify_streams(stream_columns(session.streams, data, unit), progress)
            elif resample is not None:
                raise ValueError(NO_STREAMS)
            else:
                columns = Columns.of(data, rule.fields, timeframe, unit=unit, needs_timeframe=rule.needs_timeframe)
                found = rule.verify(columns.fields, columns.times_ns, columns.timeframe_ns, missing_input, progress)
        text, ok, bars, ready, checks, late = found
        not_made = {name: reason for name, _, _, reason in checks if reason is not None}
        made = [(name, compared, differing) for name, compared, differing, reason in checks if reason is None]
        return ParityReport(ok, bars, dict(ready), made, text, not_made, [LateStart(*one) for one in late])


class RuleSet(EngineRule):
    """Several named rules as one: common parts are computed once.

    Made by `compile` from a mapping of texts or from a text that names its outputs. `run`, `session`, `universe` and
    the rest are those of one rule; a result has one value per name.
    """

    def __init__(self, expressions: Mapping[str, Expression]) -> None:
        if not expressions:
            raise ValueError("at least one rule is needed")
        self.expressions = dict(expressions)

    def _trees(self) -> list[tuple[str, str]]:
        from laakhay.ta.expr._rust import to_json

        return [(name, to_json(expression._node)[0]) for name, expression in self.expressions.items()]

    def run(
        self,
        data: Any,
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        calendar: Calendar | None = None,
        stamps: str | Mapping[str, str] = "open",
        resample: Calendar | None = None,
        unit: str | None = None,
    ) -> dict[str, Any]:
        """Evaluate over an OHLCV, a Series, a mapping of arrays or one of stream names to such: an array per output.

        The options are those of `Expression.run`.
        """
        options: dict[str, Any] = {"timeframe": timeframe, "missing_input": missing_input, "resample": resample}
        return self.run_columns(data, **options, calendar=calendar, stamps=stamps, unit=unit)

    def __repr__(self) -> str:
        return f"RuleSet({self.expressions!r})"


def compile(
    rule: str | Mapping[str, Any],
    /,
    *,
    definitions: str | Sequence[str] | Mapping[str, str] | None = None,
    limits: Limits | None = None,
    **parameters: bool | int | float | str,
) -> Expression | RuleSet:
    """Read a rule, or several named ones that share their common parts.

    Parameters
    ----------
    rule
        A text of one value gives an Expression. A text that names its outputs, `"{signal: ..., stop: ...}"`, and a
        mapping of names to texts both give a RuleSet.
    definitions
        Text of functions and values that the rule may use besides its own and those of `define`, or several texts, or a
        mapping of names, which errors say, to texts.
    limits
        Limits on what is compiled, in place of the safe ones.
    **parameters
        Values for the parameters of the text, written `{period}`. A bound rule is the rule with the values written in.

    Raises
    ------
    StrategyError, TypeCheckError
        With all that is wrong, each with its place in the text, in the message and in `diagnostics`; also for a
        parameter without a value, a value without a parameter, and limits that a text passes.
    PlanningError
        Where limits are passed.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> rule = ta.compile("sma(close, 20) > ema(close, 50) and rsi(14) < 30")
    >>> rule.explain().warmup
    19
    >>> ta.compile("rsi(close, {period}) < {level}", period=14, level=30).explain().warmup
    14
    >>> ta.compile("let slow = sma(close, 20); {signal: close > slow, stop: slow[1]}").explain().outputs
    ['signal', 'stop']
    >>> ta.compile("mid(close, open) > 1", definitions="let mid(a, b) = (a + b) / 2;").explain().inputs
    ['close', 'open']
    """
    from laakhay.ta.expr import _rust
    from laakhay.ta.expr.algebra.operators import Expression
    from laakhay.ta.expr.dsl import compile_expression

    compiled: Expression | RuleSet
    texts = definition_texts(definitions)
    numbers = None if limits is None else limits.as_numbers()
    if isinstance(rule, str):
        outputs = _rust.compile_outputs(rule, parameters, texts, numbers)
        named = {name: Expression(node) for name, node in outputs if name is not None}
        compiled = RuleSet(named) if named else Expression(outputs[0][1])
    elif isinstance(rule, Mapping) and all(isinstance(text, str) for text in rule.values()):
        nodes = _rust.compile_texts(rule, parameters, texts, numbers)
        compiled = RuleSet({name: Expression(node) for name, node in nodes.items()})
    elif parameters or definitions is not None:
        raise TypeError("parameters and definitions belong to texts; this rule is compiled already")
    elif isinstance(rule, Mapping):
        compiled = RuleSet({name: compile_expression(one) for name, one in rule.items()})
    else:
        compiled = compile_expression(rule)
    compiled._limits = limits
    compiled.engine_rule  # noqa: B018  (what is wrong is said now)
    return compiled


def session_of_plan(plan: Expression | PlanResult, timeframe: str | None = None) -> Session:
    """Give a session of a rule or of its plan; without a timeframe durations count rows of an hour.

    Raises TypeError for anything else.
    """
    from laakhay.ta.expr.algebra.operators import Expression
    from laakhay.ta.expr.planner.types import PlanResult

    if isinstance(plan, PlanResult):
        plan = Expression(plan.graph.nodes[plan.graph.root_id].node)
    if not isinstance(plan, EngineRule):
        raise TypeError(f"a session is made of an expression or its plan, not of {type(plan).__name__}")
    return plan.session(timeframe=timeframe or ASSUMED_TIMEFRAME)


__all__ = [
    "Explanation",
    "LateStart",
    "ParityReport",
    "RuleSet",
    "Session",
    "StepOutput",
    "Universe",
    "compile",
    "session_of_plan",
    "timeframe_to_ns",
]
