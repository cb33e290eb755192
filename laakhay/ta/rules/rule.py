"""A rule: compiled once, combined with others by operators, run over history, stepped live, proven."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b
from typing import Any, ClassVar, Self

from laakhay.ta import ta_py
from laakhay.ta.core.series import Series
from laakhay.ta.data.calendar import Calendar
from laakhay.ta.exceptions import StrategyError
from laakhay.ta.expr import _rust
from laakhay.ta.expr.ir.nodes import BinaryOpNode, CallNode, ExprNode
from laakhay.ta.expr.ir.scalars import _make_scalar_series
from laakhay.ta.expr.planner.planner import get_alignment_policy, plan_expression
from laakhay.ta.expr.planner.types import PlanResult, SignalRequirements
from laakhay.ta.frames.columns import timeframe_to_ns

from . import markup
from .definitions import Limits
from .evaluation import OverHistories
from .explanation import Explanation
from .operators import to_node
from .outputs import output_names
from .session import ASSUMED_TIMEFRAME, Adoption, Session
from .streams import JoinedSession, session_options
from .universe import Universe, group_names, symbol_names

ONLY_OUTPUT = "value"


class Rule(OverHistories):
    """A rule with one output or several. It is a value: it never changes, copies and pickles, and has a fingerprint.

    Operators (`+ - * / % **`, comparisons, `& | ~`) on rules of one output give rules. `==` and `!=` do, too, and their
    result says as a condition whether the two rules are the same, that is, have one fingerprint; of rules that name
    their outputs they give just that. The hash follows it, so rules do as keys, in sets and in caches. The plan's
    alignment policy is read at every run.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> fast, slow = ta.compile("sma(close, 12)"), ta.compile("sma(close, 26)")
    >>> (fast > slow).explain().warmup
    25
    >>> bool(fast == ta.compile("sma(close, 6 + 6)")), bool(fast == slow)
    (True, False)
    """

    # An output is asked for by name; there is nothing to iterate over.
    __iter__: ClassVar[None] = None

    def __init__(self, node: ExprNode | Mapping[str, ExprNode]) -> None:
        """Make a rule of a node, or of several by the names of their outputs; `compile` makes one of a text."""
        nodes = dict(node) if isinstance(node, Mapping) else {ONLY_OUTPUT: node}
        if not nodes:
            raise ValueError("at least one rule is needed")
        for one in nodes.values():
            if not isinstance(one, ExprNode):
                instead = "compile, for texts" if isinstance(one, str) else "as_expression"
                raise TypeError(f"a rule is made of a node, not of {type(one).__name__}; see {instead}")
        self._hold(nodes, None, None)

    @classmethod
    def _compiled(cls, engine_rule: ta_py.Rule) -> Self:
        """Give the rule that the engine has compiled; its nodes are made when somebody asks for them."""
        rule = cls.__new__(cls)
        rule._hold(None, engine_rule, engine_rule.limits)
        return rule

    def _hold(self, nodes: dict[str, ExprNode] | None, engine_rule: ta_py.Rule | None, limits: Any) -> None:
        self._is_of_nodes = nodes is not None
        self._nodes = nodes
        self._engine_rule = engine_rule
        # As numbers, in the engine's order.
        self._limits: tuple[int, ...] | None = limits
        self._plan_cache: PlanResult | None = None
        self._identity_cache: Any = None

    @property
    def engine_rule(self) -> ta_py.Rule:
        """The compiled rule; raises TypeCheckError or PlanningError where it does not fit together."""
        if self._engine_rule is None:
            self._engine_rule = ta_py.Rule.from_ir(self._trees()[0], self._limits)
        return self._engine_rule

    def _trees(self) -> tuple[list[tuple[str, str]], _rust.Substitutes]:
        """Give the nodes as JSON, and what stands for the literals that JSON lacks."""
        substitutes = _rust.Substitutes()
        return [(name, _rust.to_json(node, substitutes)[0]) for name, node in self._roots.items()], substitutes

    @property
    def _roots(self) -> dict[str, ExprNode]:
        if self._nodes is None:
            self._nodes = {name: _rust.from_json(tree) for name, tree in self.engine_rule.to_ir()}
        return self._nodes

    @property
    def _names(self) -> list[str]:
        """The names of the roots; an indicator of several outputs is one."""
        return list(self._nodes) if self._nodes is not None else self.engine_rule.names

    @property
    def _is_unnamed(self) -> bool:
        return self._names == [ONLY_OUTPUT]

    @property
    def _node(self) -> ExprNode:
        """The node of the only output."""
        if len(self._names) != 1:
            names = ", ".join(self._names)
            raise TypeError(
                f"the rule has several outputs ({names}), and one is needed; take it by its name: rule[name]"
            )
        return next(iter(self._roots.values()))

    # Identity

    @property
    def fingerprint(self) -> str:
        """Hash, in hexadecimal, of what decides the results: operations, parameters, fields, names of outputs.

        How the rule was written does not count, nor the order of its outputs. Raises what `engine_rule` raises.
        """
        identity = self._identity()
        if isinstance(identity, str):
            return identity
        return self.engine_rule.fingerprint  # Raises: what has no fingerprint does not compile.

    def _identity(self) -> Any:
        """Give what is the same for equal rules: the fingerprint; of nodes that do not compile the nodes."""
        if self._identity_cache is None:
            try:
                written = self._trees()[1] if self._is_of_nodes else _rust.Substitutes()
                self._identity_cache = _fingerprint(self.engine_rule, written)
            except (ValueError, StrategyError):  # Whatever else is wrong with nodes is a ValueError.
                self._identity_cache = tuple(self._roots.items())
        return self._identity_cache

    def __hash__(self) -> int:
        identity = self._identity()
        # The hash of a text differs from process to process.
        return hash(int(identity[:16], 16) if isinstance(identity, str) else identity)

    def __eq__(self, other: Any) -> Any:
        if self._is_unnamed and (not isinstance(other, Rule) or other._is_unnamed):
            return super().__eq__(other)
        return isinstance(other, Rule) and self._identity() == other._identity()

    def __ne__(self, other: Any) -> Any:
        if self._is_unnamed and (not isinstance(other, Rule) or other._is_unnamed):
            return super().__ne__(other)
        return not self == other

    def __bool__(self) -> bool:
        """Tell, of `a == b` and `a != b`, whether the rules are the same, or are not.

        True, with a warning, of any other: `a < e < b`, `e and f` and `not e` lose half of a rule.
        """
        node = next(iter(self._roots.values()))
        if len(self._names) == 1 and isinstance(node, BinaryOpNode) and node.operator in ("eq", "neq"):
            is_same = Rule(node.left)._identity() == Rule(node.right)._identity()
            return is_same if node.operator == "eq" else not is_same
        warnings.warn("a rule has no truth value; combine rules with &, | and ~", stacklevel=2)
        return True

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if not self._is_of_nodes:
            return type(self)._restored, (self.engine_rule,)
        trees: list[tuple[str, Any]] = list(self._roots.items())
        if isinstance(self._identity(), str):
            written, substitutes = self._trees()
            if not (substitutes.series or substitutes.decimals):
                trees = list(written)  # Equal trees give equal texts, whichever nodes they share.
        return type(self)._restored, (trees, self._limits)

    @classmethod
    def _restored(cls, made_of: Any, limits: tuple[int, ...] | None = None) -> Self:
        """Give the rule of a compiled one, or of named nodes or their JSON: what pickles are read with.

        A method of the class: there are caches that look at what is pickled and refuse functions.
        """
        if isinstance(made_of, ta_py.Rule):
            return cls._compiled(made_of)
        rule = cls({name: _rust.from_json(node) if isinstance(node, str) else node for name, node in made_of})
        rule._limits = None if limits is None else Limits.of_numbers(limits).as_numbers()
        return rule

    def __getitem__(self, name: str) -> Self:
        """Give the output of this name as a rule of its own. Raises KeyError where there is none."""
        if not isinstance(name, str):
            raise TypeError(
                f"an output is asked for by its name, a text, not by {name!r}; earlier rows are `close[1]` in a text"
            )
        node = self._roots.get(name)
        if node is None and name in self.outputs and isinstance(self._node, CallNode):
            node = replace(self._node, output=name)
        if node is not None:
            rule = type(self)(node)
            rule._limits = self._limits
            return rule
        raise KeyError(f"there is no output {name!r}; there are: {', '.join(self.outputs)}")

    def on(self, stream: str) -> Self:
        """Give the rule of another stream: what `on(STREAM, ...)` is in a text.

        `stream` is a timeframe (`4h`, `4x` for four times the rule's own), a symbol, a source or several of them
        (`ETH.BTC.1h`). A reference in the rule that names parts keeps them and takes the rest from it; series that
        stand in the rule stay. Raises StrategyError for a text that names no stream.
        """
        rule = type(self)({name: _rust.on_stream(node, stream) for name, node in self._roots.items()})
        rule._limits = self._limits
        return rule

    @property
    def outputs(self) -> list[str]:
        """The names of the outputs, in order."""
        return output_names(self.engine_rule)

    @property
    def expressions(self) -> dict[str, Self]:
        """The rules that were put together, by name."""
        return {name: self[name] for name in self._names}

    def __str__(self) -> str:
        """Give a text that compiles to this rule."""
        if self._is_unnamed:
            return _rust.render(self._node)
        return f"{{{', '.join(f'{name}: {_rust.render(node)}' for name, node in self._roots.items())}}}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return markup.text(f"{self}\n{self.explain()}")

    # Explanation and sessions

    def explain(self, timeframe: str | None = None) -> Explanation:
        """Give what the rule computes: prints as a tree."""
        return Explanation(self.engine_rule, timeframe)

    def session(
        self,
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        on_error: str = "raise",
        unit: str | None = None,
        late: str = "error",
        corrected: str = "error",
        revisions: int = 0,
        closed: str = "each",
        sparse: bool = False,
        bars: str = "trust",
        stamps: str = "close",
        emit: str = "all",
        reorder: str | timedelta | None = None,
        reorder_events: int = 1024,
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
        late
            What becomes of a bar that is older than the last: `error`; `side_output`, set aside with a record; or
            `rebuild`, put where it belongs, so that what follows from it is computed again.
        corrected
            What becomes of a bar that has the time of one that was taken and other fields: `error`, or `revise`.
        revisions
            How many of the last bars can be revised; needed for `rebuild` and `revise`.
        closed
            How the feed of `follow` says that a bar has closed: `each`, `flag` or `next_open`.
        sparse
            No trade, no bar: a hole between bars is no gap. Without it a bar that is missing between two, where the
            timeframe is told, is a gap, and results are `is_degraded` until it is filled or acknowledged.
        bars
            `reject` refuses what cannot be: a high below the low, an open or close outside of both, a negative volume,
            a time that is no whole number of bars behind the last. `trust` takes it.
        stamps
            Which of its times a bar is known by, `close` or `open`: says when a bar that forms ends.
        emit
            Which results `step`, `follow`, `trade` and `revise` give: `all`; `changes`, those that differ from the one
            before; `true`, those in which an output is true, and corrections of such. Others are None, or left out.
        reorder
            How long events wait for older ones (`5s`, `2m`), `reorder_events` of them at most; they are taken in the
            order of their times.

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
            self,
            timeframe_ns=timeframe_to_ns(timeframe),
            missing_input=missing_input,
            on_error=on_error,
            unit=unit,
            live={
                "late": late,
                "corrected": corrected,
                "revisions": revisions,
                "closed": closed,
                "sparse": sparse,
                "bars": bars,
                "stamps": stamps,
                "emit": emit,
                "reorder": None if reorder is None else (_length_ns(reorder), reorder_events),
            },
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
        options = session_options(
            timeframe, clock, alignment, calendar, stamps, resample, delivered, missing_input, on_error
        )
        return JoinedSession(self, unit=unit, **options)

    def restore_joined(self, snapshot: bytes, *, unit: str | None = None) -> JoinedSession:
        """Give a session over several streams that goes on from a snapshot of this rule; `unit` is as for `session`.

        Raises SnapshotError for other bytes, TypeError for what is no bytes.
        """
        return JoinedSession(self, snapshot=snapshot, unit=unit)

    def restore(self, snapshot: bytes, *, unit: str | None = None) -> Session:
        """Give a session that goes on from a snapshot of this rule; `unit` is as for `session`.

        Raises SnapshotError for any other bytes, TypeError for what is no bytes: a new session is made by `session`.
        """
        return Session(self, snapshot=snapshot, unit=unit)

    def adopt(self, snapshot: bytes, allow_dropped: bool = False, *, unit: str | None = None) -> Session:
        """Give a session of this rule that takes over what it still has of a snapshot of another.

        Parts that compute the same of the same (found by a hash of their structure) go on where they were, bit for bit;
        others begin. `adoption` of the session says which, and `bars_to_ready` how many bars what is new needs. Where a
        session keeps bars for revisions, parts that are new have taken these.

        Raises
        ------
        SnapshotError
            Where state of parts that this rule no longer has would be dropped and `allow_dropped` is false, naming
            them; for bytes that are no snapshot of a session.

        Examples
        --------
        >>> import laakhay.ta as ta
        >>> session = ta.compile("sma(close, 2)").session()
        >>> _ = [session.step({"close": close}) for close in (1.0, 2.0)]
        >>> changed = ta.compile({"mean": "sma(close, 2)", "slow": "sma(close, 3)"}).adopt(session.snapshot())
        >>> changed.adoption.kept, changed.adoption.added
        (['sma(close, 2)'], ['sma(close, 3)'])
        >>> changed.step({"close": 3.0}).values
        {'mean': 2.5, 'slow': None}
        """
        state, *parts = ta_py.Session.adopt(self.engine_rule, snapshot, allow_dropped)
        session = Session(self, snapshot=state, unit=unit)
        session.adoption = Adoption(*parts)
        return session

    def universe(
        self,
        symbols: Sequence[str],
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        unit: str | None = None,
        groups: Mapping[str, str] | Sequence[str] | None = None,
    ) -> Universe:
        """Give a universe of these symbols that has seen nothing.

        Parameters
        ----------
        symbols
            Distinct, non-empty names in the order in which rows have their numbers.
        timeframe, missing_input, unit
            As for `session`.
        groups
            For functions that look across symbols (`rank`, `demean`, ...): by symbol the name of its group, or such
            names in the order of the symbols. Symbols are then looked at together with those of their own group,
            unless a call asks for `group="all"`.

        Raises TypeError for one text, a set or names that are no text, ValueError for an empty name, a symbol that is
        given twice and one without a group.

        Examples
        --------
        >>> import laakhay.ta as ta
        >>> universe = ta.compile("demean(close)").universe(["A", "B", "C"], groups={"A": "x", "B": "y", "C": "x"})
        >>> universe.step(close=[1.0, 5.0, 3.0]).tolist()
        [-1.0, 0.0, 1.0]
        """
        names, length = symbol_names(symbols), timeframe_to_ns(timeframe)
        together = group_names(groups, names)
        return Universe(self, names, timeframe_ns=length, missing_input=missing_input, unit=unit, groups=together)

    def restore_universe(
        self, snapshot: bytes, symbols: Sequence[str] | None = None, *, unit: str | None = None
    ) -> Universe:
        """Give a universe that goes on from a snapshot of this rule; the snapshot holds its symbols.

        `unit` is as for `session`. Raises SnapshotError for any other bytes, and where `symbols` are given and are not
        those of the snapshot in their order; TypeError for what is no bytes.
        """
        names = None if symbols is None else symbol_names(symbols)
        return Universe(self, names, snapshot=snapshot, unit=unit)

    # The plan's own surface

    def _ensure_plan(self) -> PlanResult:
        """Give the plan, under the alignment policy of this moment."""
        if self._plan_cache is None:
            self._plan_cache = plan_expression(self._node)
        policy, known = get_alignment_policy(), self._plan_cache.alignment
        if known != policy or known.is_explicit is not policy.is_explicit:
            self._plan_cache = replace(self._plan_cache, alignment=policy)
        return self._plan_cache

    def evaluate(self, context: Any) -> Any:
        """Evaluate to one Series: of a Dataset the first entry's, of a number a one-point series.

        `None` and an empty mapping do for a rule made of constants alone.
        """
        result = self.run({} if context is None else context)
        if isinstance(result, dict):
            if not result:
                result = self.run({})
            elif all(isinstance(key, tuple) for key in result):
                result = next(iter(result.values()))
        return result if isinstance(result, (Series, dict, tuple)) else _make_scalar_series(result)

    def requirements(self) -> SignalRequirements:
        """Give the fields that the rule reads, and how many bars of each one value needs."""
        return self._ensure_plan().requirements

    def dependencies(self) -> list[str]:
        """Give the names of the fields that the rule reads, sorted."""
        return sorted({need.field for need in self.requirements().data_requirements if need.field})

    def describe(self) -> str:
        """Give the rule, its data requirements and its alignment policy as lines of text."""
        plan = self._ensure_plan()
        lines = [f"expr: {_rust.render(self._node)}"]
        if plan.requirements.data_requirements:
            lines.append("data_requirements:")
            lines += [
                f"  - {need.source}.{need.field} symbol={need.symbol or '*'} exchange={need.exchange or '*'} "
                f"timeframe={need.timeframe or '-'} lookback={need.min_lookback}"
                for need in plan.requirements.data_requirements
            ]
        policy = plan.alignment
        lines.append(
            f"alignment: how={policy.how} fill={policy.fill} "
            f"left_fill={policy.left_fill_value} right_fill={policy.right_fill_value}"
        )
        return "\n".join(lines)

    def to_dot(self) -> str:
        """Give the plan as a Graphviz digraph."""
        return _rust.draw(self._node)


def _fingerprint(compiled: ta_py.Rule, written: _rust.Substitutes) -> str:
    """Give the fingerprint of a rule: the engine's, and what decides results that it does not have.

    That is series and Decimals that stand in the rule, and whether outputs are those of one indicator, which are given
    as a tuple where outputs with names of their own are a mapping.
    """
    is_one_indicator = compiled.names != output_names(compiled)
    if not (written.series or written.decimals or is_one_indicator):
        return compiled.fingerprint
    digest = blake2b(compiled.fingerprint.encode(), digest_size=32)
    for one in written.series:
        content = (one.symbol, one.timeframe, one.timestamps, one.values, one.availability_mask)
        digest.update(repr(content).encode())
    digest.update(repr((sorted(written.decimals.items()), is_one_indicator)).encode())
    return digest.hexdigest()


def as_expression(value: Any) -> Rule:
    """Give a rule as it is, and anything else as a rule of its node."""
    return value if isinstance(value, Rule) else Rule(to_node(value))


def _length_ns(length: str | timedelta) -> int:
    """Give a length of time in nanoseconds; raises ValueError for what is none or goes backwards."""
    if isinstance(length, timedelta):
        found: int | None = (length // timedelta(microseconds=1)) * 1_000
    else:
        found = timeframe_to_ns(length)
    if found is None or found < 0:
        raise ValueError(f'reorder: {length!r} is no length of time; such as "5s" or a timedelta')
    return found


def session_of_plan(plan: Rule | PlanResult, timeframe: str | None = None) -> Session:
    """Give a session of a rule or of its plan; without a timeframe durations count rows of an hour.

    Raises TypeError for anything else.
    """
    if isinstance(plan, PlanResult):
        plan = Rule(plan.graph.nodes[plan.graph.root_id].node)
    if not isinstance(plan, Rule):
        raise TypeError(f"a session is made of an expression or its plan, not of {type(plan).__name__}")
    return plan.session(timeframe=timeframe or ASSUMED_TIMEFRAME)


__all__ = ["Rule", "as_expression", "session_of_plan"]
