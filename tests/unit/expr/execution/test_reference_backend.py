"""The exact reference, on plans built by hand: values, availability, policies, shapes, replay."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from decimal import Decimal

import pytest

from laakhay.ta.core.types import NOT_READY
from laakhay.ta.exceptions import DataError, MissingDataError, MissingInputError
from laakhay.ta.expr.execution.contracts import ErrorPolicy, MissingInputPolicy, StepPolicies
from laakhay.ta.expr.ir import (
    AggregateNode,
    BinaryOpNode,
    CallNode,
    FilterNode,
    IndexNode,
    LiteralNode,
    MemberAccessNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from tests.reference import Reference
from tests.reference.state import StateSnapshot
from tests.unit.expr.by_hand import START, bars, closes, numbers, plan_by_hand, ready, series

CLOSE = SourceRefNode(None, "close")
VOLUME = SourceRefNode(None, "volume")
SELECT = CallNode("select", [], {"field": LiteralNode("close")})
# The worked example: closes, and bars around them.
EXAMPLE = "10 12 11 13 15 14 16 18 17 20 19 22"


def literal(value):
    return LiteralNode(value)


def op(operator, left, right):
    return BinaryOpNode(operator, left, right)


def sma(period, source=None):
    return CallNode("sma", ([] if source is None else [source]) + [literal(period)])


def above(threshold):
    return op("gt", CLOSE, literal(threshold))


def run(root, data=EXAMPLE, **options):
    """Evaluate over closes, or whatever data is given."""
    data = closes(data) if isinstance(data, str) else data
    return Reference().evaluate(plan_by_hand(root), data, **options)


def states(root, values, policies=None, names=("close",)):
    """Step one tick per value and give (output, availability) of each."""
    backend, plan = Reference(), plan_by_hand(root)
    backend.initialize(plan)
    options = {} if policies is None else {"policies": policies}
    results = [backend.step_result(plan, dict.fromkeys(names, value), **options) for value in values]
    return [(result.output, str(result.availability)) for result in results]


def near(values, text):
    for value, expected in zip(values, numbers(text), strict=True):
        assert (value is None) == (expected is None)
        assert value is None or abs(value - expected) < Decimal("0.01")
    return True


# Values


def test_an_indicator_warms_up_and_then_gives_its_values():
    near(ready(run(sma(3))), "- - 11 12 13 14 15 16 17 18.3333 18.6667 20.3333")
    near(ready(run(sma(3, sma(2)))), "- - - 11.5 12.5 13.5 14.5 15.5 16.5 17.6667 18.5 19.5")
    near(ready(run(CallNode("rsi", [CLOSE, literal(3)]), "10 12 11 13 15 14")), "- - - 80 87.5 68.29")


def test_a_comparison_waits_for_its_slower_side():
    result = run(op("gt", SELECT, sma(3)))
    assert ready(result) == [None, None, False, True, True, False, True, True, False, True, True, True]
    assert result.values[0] is False
    assert ready(run(op("neq", SELECT, sma(3))))[:3] == [None, None, False]


def test_logic_waits_for_both_sides_and_gives_bools():
    either = op("or", op("gt", CLOSE, literal(0)), op("gt", sma(3), literal(0)))
    assert ready(run(either, "1 2 3 4")) == [None, None, True, True]
    assert ready(run(UnaryOpNode("not", op("gt", sma(2), literal(1))), "1 2 3")) == [None, False, False]


def test_a_constant_goes_with_a_series_in_either_order():
    near(ready(run(op("add", literal(10), sma(3)), "10 12 11 13")), "- - 21 22")
    assert ready(run(op("gte", CLOSE, literal(0.1)), "0.1")) == [True]


def test_crossings_need_a_bar_before():
    cross = CallNode("crossup", [CLOSE, literal(15)])
    result = run(cross)
    assert [bar for bar, value in enumerate(result.values) if value] == [6]
    assert result.availability_mask[0] is False
    assert all(type(value) is bool for value in result.values)


def test_an_earlier_value_and_the_change_since():
    near(ready(run(TimeShiftNode(CLOSE, "2h_ago"))), "- - 10 12 11 13 15 14 16 18 17 20")
    near(ready(run(TimeShiftNode(CLOSE, "2h", "change"))), "- - 1 1 4 1 1 4 1 2 2 2")
    percent = "- - 10 8.333 36.364 7.692 6.667 28.571 6.25 11.111 11.765 10"
    near(ready(run(TimeShiftNode(CLOSE, "2h", "change_pct"))), percent)
    near(ready(run(TimeShiftNode(CLOSE, "2", "roc"))), percent)
    near(ready(run(IndexNode(CLOSE, literal(2)), "1 2 3 4")), "- - 1 2")
    near(ready(run(IndexNode(CLOSE, literal(0)), "1 2")), "1 2")


def test_a_duration_counts_rows_of_the_series_timeframe():
    quarters = [START.replace(minute=15 * i) for i in range(4)]
    context = {"close": series("1 2 3 4", timeframe="15m", at=quarters)}
    assert ready(run(TimeShiftNode(CLOSE, "30m"), context)) == [None, None, 1, 2]
    with pytest.raises(ValueError, match="Invalid shift format"):
        run(TimeShiftNode(CLOSE, "20m"), context)


def test_an_index_does_not_look_ahead():
    with pytest.raises(ValueError, match="from 0 up"):
        run(IndexNode(CLOSE, literal(-1)))


# Undefined and missing


def test_undefined_arithmetic_takes_away_one_point_only():
    nothing = op("div", CLOSE, op("sub", CLOSE, CLOSE))
    assert ready(run(nothing, "1 2")) == [None, None]
    assert ready(run(op("div", literal(1), CLOSE), "1 0 2")) == [1, None, Decimal("0.5")]
    assert ready(run(op("pow", CLOSE, literal(0.5)), "4 -4 9")) == [2, None, 3]
    assert ready(run(op("mul", CLOSE, literal(1e200)), "1 1e200 1")) == [Decimal("1e200"), None, Decimal("1e200")]
    assert states(op("mod", CLOSE, literal(0)), [1]) == [(None, "missing_input")]
    assert ready(run(TimeShiftNode(CLOSE, "1", "change_pct"), "0 1 2")) == [None, None, 100]


def test_a_remainder_has_the_sign_of_its_dividend():
    assert ready(run(op("mod", CLOSE, literal(3)), "-7 7")) == [-1, 1]


def test_constants_that_are_undefined_raise_when_they_are_evaluated():
    root = op("div", literal(1), literal(0))
    for data in ({}, bars()):
        with pytest.raises(ValueError, match="constants"):
            run(root, data)
    with pytest.raises(ValueError, match="constants"):
        Reference().step(plan_by_hand(root), {})


@pytest.mark.parametrize("bad", [None, float("nan"), float("inf"), "nan", Decimal("NaN"), 10**400])
def test_what_is_no_finite_number_is_missing(bad):
    assert states(CLOSE, [1, bad, 2]) == [(1, "ready"), (None, "missing_input"), (2, "ready")]


def test_a_kernel_counts_ready_inputs_only():
    expected = [(None, "warming_up"), (None, "missing_input"), (2, "ready"), (4, "ready")]
    assert states(sma(2), [1, None, 3, 5]) == expected


@pytest.mark.parametrize("bad", ["buy", "", True, b"1.5", 1j, object(), datetime(2024, 1, 1)])
def test_what_is_no_number_is_an_error_that_names_the_field(bad):
    backend, plan = Reference(), plan_by_hand(op("add", CLOSE, VOLUME))
    with pytest.raises(DataError, match="`volume` is "):
        backend.step(plan, {"close": 1, "volume": bad})


def test_a_field_that_is_not_in_the_tick_is_missing_where_another_is():
    both = op("add", CLOSE, VOLUME)
    assert states(both, [1]) == [(None, "missing_input")]
    for root, names in ((CLOSE, ("open",)), (SourceRefNode(None, "volume", "trades"), ("volume",))):
        with pytest.raises(MissingDataError, match=f"it has {names[0]}"):
            states(root, [1], names=names)


def test_the_worse_operand_decides():
    missing_and_warming = op("add", sma(2), VOLUME)
    assert states(missing_and_warming, [1])[0] == (None, "missing_input")
    excluded_and_warming = op("add", sma(2), FilterNode(CLOSE, above(5)))
    assert states(excluded_and_warming, [1, 1, 9]) == [(None, "warming_up"), (None, "excluded"), (14, "ready")]


def test_a_held_field_repeats_its_last_good_value():
    hold = StepPolicies(missing_input=MissingInputPolicy.HOLD_PREVIOUS)
    assert states(sma(2), [None, 1, None, 4], hold) == [
        (None, "missing_input"),
        (None, "warming_up"),
        (1, "ready"),
        (Decimal("2.5"), "ready"),
    ]
    spread = SourceRefNode(None, "range")
    backend, plan = Reference(hold), plan_by_hand(spread)
    assert backend.step(plan, {"high": 5, "low": 3}) == 2
    assert backend.step(plan, {"high": 9, "low": None}) == 6


def test_a_bar_that_fails_leaves_no_trace():
    fail = StepPolicies(missing_input=MissingInputPolicy.FAIL)
    backend, plan = Reference(fail), plan_by_hand(op("add", sma(2), VOLUME))
    backend.step(plan, {"close": 1, "volume": 1})
    before = backend.snapshot(plan)
    with pytest.raises(MissingInputError, match=r"ohlcv\.volume"):
        backend.step(plan, {"close": 100})
    assert backend.snapshot(plan) == before
    assert backend.step(plan, {"close": 3, "volume": 1}) == 3


def test_an_error_can_be_told_instead_of_raised():
    told = StepPolicies(MissingInputPolicy.FAIL, ErrorPolicy.EMIT_ERROR)
    backend, plan = Reference(told), plan_by_hand(sma(1))
    result = backend.step_result(plan, {"close": None})
    assert result.availability == "error"
    assert isinstance(result.error, MissingInputError)
    assert backend.step(plan, {"close": 3}) == 3
    silent = StepPolicies(MissingInputPolicy.FAIL, ErrorPolicy.EMIT_MISSING)
    assert states(sma(1), [None], silent) == [(None, "missing_input")]


# Filters and aggregates


def test_a_filter_at_the_root_drops_rows():
    result = run(FilterNode(CLOSE, above(12)))
    assert list(result.values) == numbers("13 15 14 16 18 17 20 19 22")
    assert result.timestamps[0] == START.replace(hour=3)


def test_a_condition_that_is_not_ready_is_not_true():
    assert states(FilterNode(CLOSE, op("gt", sma(2), literal(0))), [5, 6]) == [(None, "excluded"), (6, "ready")]
    assert states(FilterNode(CLOSE, op("gt", VOLUME, literal(0))), [5]) == [(None, "excluded")]


def test_an_indicator_over_a_filter_sees_what_is_left():
    assert states(sma(2, FilterNode(CLOSE, above(4))), [5, 1, 7]) == [
        (None, "warming_up"),
        (None, "excluded"),
        (6, "ready"),
    ]


def test_an_aggregate_at_the_root_gives_its_last_point():
    kept = FilterNode(CLOSE, above(12))
    for operation, expected in {"count": 9, "sum": 154, "max": 22, "min": 13}.items():
        result = run(AggregateNode(kept, operation))
        assert (list(result.values), result.timestamps[-1].hour) == ([expected], 11)
    near(run(AggregateNode(kept, "avg")).values, "17.111")


def test_a_running_statistic_has_one_value_per_bar():
    more = op("gt", AggregateNode(FilterNode(CLOSE, above(12)), "count"), literal(3))
    assert ready(run(more)) == [False] * 6 + [True] * 6
    assert states(AggregateNode(CLOSE, "count"), [None, 5, None]) == [(0, "ready"), (1, "ready"), (1, "ready")]
    assert states(AggregateNode(CLOSE, "max"), [None, 5, None]) == [(None, "warming_up"), (5, "ready"), (5, "ready")]


def test_an_aggregate_may_name_another_field():
    kept = FilterNode(SourceRefNode(None, None), above(11))
    result = run(AggregateNode(kept, "sum", "volume"), bars())
    assert result["BTCUSDT", "1h", "default"].values == (1140,)
    trades = SourceRefNode(None, None, "trades")
    expensive = FilterNode(trades, op("gt", SourceRefNode(None, "amount", "trades"), literal(1)))
    context = {"trades.amount": series("1 2 3"), "trades.price": series("10 20 30")}
    assert run(AggregateNode(expensive, "sum", "price"), context).values == (50,)


def test_counting_a_source_that_is_not_there_is_an_error():
    with pytest.raises(MissingDataError):
        run(AggregateNode(SourceRefNode(None, None, "trades"), "count"), "1 2")


# Several outputs


def test_several_outputs_come_by_name_when_stepped_and_in_order_when_run():
    root = CallNode("bbands", [CLOSE, literal(2), literal(1)])
    backend, plan = Reference(), plan_by_hand(root)
    assert backend.step(plan, {"close": 1}) == dict.fromkeys(("upper", "middle", "lower"), NOT_READY)
    assert backend.step(plan, {"close": 3}) == {"upper": 3, "middle": 2, "lower": 1}
    upper, middle, lower = run(root, "1 3")
    assert (ready(upper), ready(middle), ready(lower)) == ([None, 3], [None, 2], [None, 1])


def test_each_output_warms_up_by_itself():
    plan = plan_by_hand(CallNode("stochastic", [literal(1), literal(2)]))
    backend, bar = Reference(), {"high": 3, "low": 1, "close": 2}
    outputs = backend.step_outputs(plan, bar)
    assert {name: str(one.availability) for name, one in outputs.items()} == {"k": "ready", "d": "warming_up"}
    result = backend.step_result(plan, bar)
    assert (result.output, result.is_ready) == ({"k": 50, "d": 50}, True)


def test_one_output_is_chosen_by_member_or_by_the_call():
    call = CallNode("macd", [CLOSE, literal(3), literal(5), literal(2)])
    by_member = run(MemberAccessNode(call, "signal"))
    by_call = run(CallNode("macd", list(call.args), output="signal"))
    assert by_member == by_call
    with pytest.raises(ValueError, match="accepted: macd, signal, histogram"):
        run(MemberAccessNode(call, "upper"))


def test_several_outputs_are_no_operand():
    with pytest.raises(TypeError, match="name one of: upper, middle, lower"):
        run(op("gt", CallNode("bbands", [CLOSE, literal(1)]), literal(5)))


# Data


def test_a_dataset_gives_one_result_per_stream_in_its_order():
    data = bars()
    for key, entry in bars(symbol="ETHUSDT"):
        data.add_series(key.symbol, key.timeframe, entry, key.source)
    results = run(sma(2), data)
    assert list(results) == [("BTCUSDT", "1h", "default"), ("ETHUSDT", "1h", "default")]
    assert results["ETHUSDT", "1h", "default"].symbol == "ETHUSDT"
    assert run(sma(2), data, symbol="ETHUSDT", timeframe="1h") == results["ETHUSDT", "1h", "default"]


def test_no_data_gives_no_result():
    assert run(sma(2), type(bars())()) == {}
    assert len(run(sma(2), type(bars())(), symbol="A", timeframe="1h")) == 0
    with pytest.raises(TypeError, match="a Dataset, not list"):
        run(sma(2), [])


def test_a_series_is_taken_as_the_close():
    assert ready(run(sma(2), series("1 3"))) == [None, 2]


def test_a_field_that_is_not_in_the_data_is_named():
    with pytest.raises(ValueError, match="missing required field 'volume'"):
        run(CallNode("select", [], {"field": LiteralNode("volume")}))
    with pytest.raises(MissingDataError, match="volume"):
        run(VOLUME)
    with pytest.raises(ValueError, match="no series to operate on"):
        run(sma(2), {})


def test_derived_fields_are_computed():
    result = run(CallNode("sma", [SourceRefNode(None, "hlc3"), literal(1)]), bars())
    near(ready(result["BTCUSDT", "1h", "default"])[:2], "10 10.7667")
    near([Reference().step(plan_by_hand(SourceRefNode(None, "hl2")), {"high": 3, "low": 2})], "2.5")


def test_another_symbol_is_matched_and_read_as_of_time():
    data = bars()
    data.add_series("ETHUSDT", "1h", series("1 2 3", "ETHUSDT"), "close")
    root = op("sub", CLOSE, SourceRefNode("ETH", "close"))
    result = run(root, data, symbol="BTCUSDT", timeframe="1h")
    assert list(result.values)[:5] == [9, 9, 9, 8, 10]
    assert run(SourceRefNode("btc-usdt", "close"), data, symbol="BTCUSDT", timeframe="1h").values[0] == 10
    with pytest.raises(MissingDataError, match="'XRP' is not in the data"):
        run(SourceRefNode("XRP", "close"), data)
    with pytest.raises(MissingDataError):
        run(SourceRefNode("BTC", "close", timeframe="4h"), data)


def test_a_bar_of_a_higher_timeframe_is_seen_from_its_close():
    data = bars()
    hours = series("1 2 3", timeframe="4h")
    stamped = type(hours)([START.replace(hour=4 * i) for i in range(3)], hours.values, "BTCUSDT", "4h")
    data.add_series("BTCUSDT", "4h", stamped, "close")
    result = run(op("add", op("mul", CLOSE, literal(0)), SourceRefNode(None, "close", timeframe="4h")), data)
    assert ready(result["BTCUSDT", "1h", "default"]) == [None] * 3 + [1] * 4 + [2] * 4 + [3]


def test_one_source_is_never_read_for_another():
    data = bars()
    with pytest.raises(MissingDataError):
        run(SourceRefNode(None, "volume", "trades"), data)
    data.add_series("BTCUSDT", "1h", series(list(map(Decimal, range(12)))), "trades")
    result = run(sma(1, SourceRefNode("BTC", "volume", "trades")), data)
    assert result["BTCUSDT", "1h", "default"].values == tuple(range(12))


def test_series_of_different_streams_do_not_mix():
    with pytest.raises(ValueError, match="mismatched metadata"):
        run(op("add", CLOSE, VOLUME), {"close": series("1 2"), "volume": series("1 2", "ETHUSDT")})


def test_series_are_aligned_by_the_policy_of_the_plan():
    from laakhay.ta.expr.planner.types import AlignmentPolicy

    late = series("- 5 6")
    late = type(late)(late.timestamps[1:], late.values[1:], late.symbol, late.timeframe)
    context = {"close": series("1 2"), "volume": late}
    root = op("add", CLOSE, VOLUME)

    def aligned(**policy):
        return Reference().evaluate(plan_by_hand(root, AlignmentPolicy(**policy)), context)

    assert ready(aligned()) == [7]
    assert ready(aligned(how="outer", fill="ffill", right_fill_value=Decimal(4))) == [5, 7, 8]
    with pytest.raises(ValueError, match="Missing value"):
        aligned(how="outer")


def test_a_series_in_the_rule_itself_is_a_source():
    root = op("add", op("mul", LiteralNode(series("100 110")), literal(2)), literal(10))
    result = run(root, {})
    assert (list(result.values), result.symbol) == ([210, 230], "BTCUSDT")


def test_a_rule_of_constants_gives_one_point():
    assert run(literal(42), {}).values == (42,)
    assert type(run(literal(42), {}).values[0]) is int
    assert run(op("mul", op("add", literal(10), literal(20)), literal(2)), {}).values == (60,)
    assert run(literal(7), bars())["BTCUSDT", "1h", "default"].symbol == "__SCALAR__"


def test_all_nodes_can_be_asked_for():
    plan = plan_by_hand(op("gt", CLOSE, sma(2)))
    result, nodes = Reference().evaluate(plan, closes("1 3"), return_all_outputs=True)
    assert set(nodes) == set(plan.node_order)
    assert nodes[plan.graph.root_id] == result
    assert ready(next(nodes[i] for i, n in plan.graph.nodes.items() if n.node == sma(2))) == [None, 2]


def test_results_have_explicit_masks_and_the_one_nan():
    result = run(sma(2), "1 2")
    assert result.availability_mask == (False, True)
    assert result.values[0] is NOT_READY
    assert run(sma(2), "1 2") == result


# State


def test_an_indicator_without_an_exact_kernel_is_refused_at_once():
    with pytest.raises(NotImplementedError, match="no kernel for `hma`"):
        Reference().initialize(plan_by_hand(CallNode("hma", [CLOSE])))


def ticks(count=4):
    columns = {"close": "102 106 110 114", "high": "103 107 111 115", "low": "101 105 109 113"}
    rows = {name: numbers(text)[:count] for name, text in columns.items()}
    return [
        {"ohlcv.close": rows["close"][i], **{name: values[i] for name, values in rows.items()}} for i in range(count)
    ]


ROOTS = [
    CallNode("sma", [CLOSE, literal(14)]),
    sma(2),
    CallNode("rsi", [CLOSE, literal(2)]),
    CallNode("atr", [literal(2)]),
    CallNode("macd", [CLOSE, literal(2), literal(3), literal(2)], output="signal"),
    TimeShiftNode(CLOSE, "1h", "change"),
    AggregateNode(CLOSE, "avg"),
    op("gt", CLOSE, sma(2)),
]


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: type(root).__name__)
@pytest.mark.parametrize("cut", [0, 1, 2, 3, 4])
def test_replay_from_a_snapshot_goes_on_as_if_never_stopped(root, cut):
    backend, plan, events = Reference(), plan_by_hand(root), ticks()
    backend.initialize(plan, None)
    whole = [backend.step(plan, tick) for tick in events]
    backend.initialize(plan, None)
    for tick in events[:cut]:
        backend.step(plan, tick)
    snapshot = deepcopy(backend.snapshot(plan))
    backend.step(plan, ticks()[0])  # What happens after a snapshot does not reach it.
    assert tuple(backend.replay(plan, snapshot, events[cut:])) == tuple(whole[cut:])


def test_replayed_warm_up_equals_the_tail_of_a_whole_run_by_identity():
    plan, backend, data = plan_by_hand(ROOTS[0]), Reference(), closes("102 106 110 114")
    full = backend.evaluate(plan, data)
    backend.initialize(plan, data)
    for tick in ticks()[:2]:
        backend.step(plan, tick)
    replayed = backend.replay(plan, backend.snapshot(plan), ticks()[2:])
    assert tuple(Decimal(0) if value is None else Decimal(value) for value in replayed) == full.values[2:]


def test_a_snapshot_of_another_version_is_refused():
    backend, plan = Reference(), plan_by_hand(sma(2))
    with pytest.raises(ValueError, match="Incompatible snapshot schema"):
        backend.replay(plan, StateSnapshot(9, {}), [])


def test_states_do_not_grow_with_the_number_of_bars():
    root = op("add", CallNode("stochastic", [literal(3), literal(2)], output="d"), TimeShiftNode(CLOSE, "2"))
    backend, plan = Reference(), plan_by_hand(root)
    sizes = []
    for bar in range(60):
        backend.step(plan, {"high": bar % 7 + 2, "low": bar % 5, "close": bar % 3 + 1})
        sizes.append(sum(len(repr(state.algorithm_state)) for state in backend.snapshot(plan).states.values()))
    assert max(sizes[30:]) <= max(sizes[:30])


def test_the_state_of_one_rule_is_not_taken_for_that_of_another():
    backend = Reference()
    backend.step(plan_by_hand(sma(2)), {"close": 1})
    assert backend.step(plan_by_hand(sma(2)), {"close": 3}) == 2  # The same rule, planned again.
    assert backend.step(plan_by_hand(op("gt", sma(2), literal(0))), {"close": 1}) is None


def test_clearing_forgets_the_state():
    backend, plan = Reference(), plan_by_hand(sma(2))
    backend.step(plan, {"close": 1})
    backend.clear_cache()
    assert backend.step(plan, {"close": 3}) is NOT_READY


def test_a_number_that_is_not_ready_is_the_shared_nan_and_a_bool_is_none():
    backend = Reference()
    assert backend.step(plan_by_hand(sma(2)), {"close": 1}) is NOT_READY
    assert backend.step(plan_by_hand(op("gt", sma(2), literal(0))), {"close": 1}) is None
