"""What must stay the same in two places: entry points, backends, and the lists that two languages keep of one thing."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta import exceptions, ta_py
from laakhay.ta.core import Dataset, Series
from laakhay.ta.expr.execution import evaluate_plan
from laakhay.ta.expr.execution.backend import resolve_backend
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalRustBackend
from laakhay.ta.expr.execution.contracts import ErrorPolicy, MissingInputPolicy
from laakhay.ta.expr.ir import BinaryOpNode, SourceRefNode, UnaryOpNode
from laakhay.ta.expr.ir.nodes import AggregateNode, FilterNode, TimeShiftNode, node_children
from laakhay.ta.expr.ir.serialize import ir_to_dict
from laakhay.ta.expr.ir.types import AGGREGATE_OPERATIONS, BINARY_OPERATORS, COMPARISONS, LOGICAL, UNARY_OPERATORS
from tests.parity.compare import assert_same_bits
from tests.parity.markets import generated_market, real_market
from tests.parity.rules import CASES
from tests.parity.witness import Exact
from tests.parity.witnesses import WITNESSES
from tests.reference import Reference
from tests.reference.bindings import KERNELS, resolve_kernel
from tests.reference.node_adapters import binary_value, unary_value

BRIDGE = Path(__file__).parents[4] / "rust" / "crates" / "ta-py" / "src"
CLOSE = SourceRefNode(None, "close")

ENTRY_POINT_RULES = ["close + 10", "sma(close, 14)", "rsi(close, 14)", "close > sma(close, 3)", "close.change_2h"]
PARITY_RULES = [
    "sma(close, 14)",
    "ema(close, 14)",
    "rsi(close, 14)",
    "atr(14)",
    "close + 10",
    "close * 2",
    "sma(ema(close, 10), 5)",
    "(close > 10) and (close < 1000000)",
    "close.change_1h",
    "close.change_pct_1h",
]


@pytest.fixture(autouse=True)
def binder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave binding to the engine, unlike the tests beside these; begin with the default execution mode."""
    monkeypatch.delenv("TA_EXECUTION_MODE", raising=False)


def walk(bars: int) -> Dataset:
    data = generated_market("walk").head(bars).data()
    assert isinstance(data, Dataset)
    return data


def only(result: dict[Any, Any]) -> Series[Any]:
    (series,) = result.values()
    return series


# Entry points


@pytest.mark.parametrize("rule", ENTRY_POINT_RULES)
def test_an_expression_a_plan_and_a_backend_give_the_same(rule: str) -> None:
    expression, data = ta.compile(rule), walk(60)
    run = only(expression.run(data))
    assert assert_same_bits(run, only(evaluate_plan(expression._ensure_plan(), data)), rule) >= 45
    assert_same_bits(run, only(BatchBackend().evaluate(expression._ensure_plan(), data)), rule)
    assert_same_bits(run, expression.evaluate(data), rule)


@pytest.mark.parametrize("rule", ENTRY_POINT_RULES)
def test_arrays_and_series_give_the_same(rule: str) -> None:
    market = generated_market("walk")
    series = only(ta.compile(rule).run(market.data()))
    columns = {name: values.to_numpy() for name, values in market.context().items()}
    columns["timestamp"] = 10**18 + np.arange(len(columns["close"])) * 3_600_000_000_000
    array = list(ta.compile(rule).run(columns, timeframe="1h").values())[-1]
    assert [x == x for x in array.tolist()] == list(series.availability_mask)
    ready = [(x, y) for x, y in zip(array.tolist(), series.values, strict=True) if x == x]
    assert len(ready) >= 380
    assert all(x == (y if isinstance(y, bool) else float(y)) for x, y in ready)


@pytest.mark.parametrize("rule", PARITY_RULES)
def test_four_bars_are_the_same_in_batch_and_in_both_incremental_backends(rule: str) -> None:
    plan, data = ta.compile(rule)._ensure_plan(), real_market("eurusd_1h", 4).data()
    batch = BatchBackend().evaluate(plan, data)
    for backend in (Reference(), IncrementalRustBackend()):
        stepped = backend.evaluate(plan, data)
        assert list(stepped) == list(batch)
        one, other = only(batch), only(stepped)
        assert (one.symbol, one.timeframe, one.timestamps) == (other.symbol, other.timeframe, other.timestamps)
        assert one.availability_mask == other.availability_mask
        for x, y, is_ready in zip(one.values, other.values, one.availability_mask, strict=True):
            assert not is_ready or abs(Decimal(x) - Decimal(y)) < Decimal("1e-9")


@pytest.mark.parametrize(
    ("rule", "ready_min"),
    [("sma(close, 14)", 380), ("close * 2", 400), *((rule, 370) for rule in PARITY_RULES[1:4] + PARITY_RULES[6:])],
)
def test_batch_equals_incremental(rule: str, ready_min: int) -> None:
    plan, data = ta.compile(rule)._ensure_plan(), walk(400)
    batch, stepped = (only(evaluate_plan(plan, data, mode=mode)) for mode in ("batch", "incremental"))
    assert batch.availability_mask == stepped.availability_mask
    assert sum(batch.availability_mask) >= ready_min
    pairs = zip(batch.values, stepped.values, batch.availability_mask, strict=True)
    assert all(abs(x - y) < Decimal("1e-9") for x, y, is_ready in pairs if is_ready)


def test_the_environment_decides_what_executes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TA_INCREMENTAL_BACKEND", raising=False)
    thirds, data = ta.compile("close / 3"), walk(2)
    in_doubles = Decimal(repr(100 / 3))
    assert only(thirds.run(data)).values[0] == in_doubles
    monkeypatch.setenv("TA_EXECUTION_MODE", "incremental")
    monkeypatch.setenv("TA_INCREMENTAL_BACKEND", " ")
    assert type(resolve_backend()) is IncrementalRustBackend
    assert only(thirds.run(data)).values[0] == in_doubles
    monkeypatch.setenv("TA_EXECUTION_MODE", "")
    assert type(resolve_backend()) is BatchBackend
    assert type(resolve_backend("incremental")) is IncrementalRustBackend


def test_the_exact_reference_is_a_backend_that_is_passed() -> None:
    plan, data = ta.compile("close / 3")._ensure_plan(), walk(2)
    given = only(evaluate_plan(plan, data, backend=Reference()))
    assert abs(given.values[0] - Decimal(100) / 3) < Decimal("1e-25")
    assert given.values[0] != Decimal(repr(100 / 3))


@pytest.mark.parametrize("variable", ["TA_EXECUTION_MODE", "TA_INCREMENTAL_BACKEND"])
def test_a_wrong_environment_is_named_with_what_it_accepts(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TA_EXECUTION_MODE", "incremental")
    monkeypatch.setenv(variable, "turbo")
    with pytest.raises(ValueError, match=f"{variable} is 'turbo'; accepted: "):
        evaluate_plan(ta.compile("close")._ensure_plan(), walk(2))


# Operators


CANDIDATES = {
    *BINARY_OPERATORS,
    *UNARY_OPERATORS,
    *AGGREGATE_OPERATIONS,
    *("ne", "ge", "le", "floordiv", "xor", "nand", "nor", "implies", "lshift", "rshift", "matmul", "in", "is", "abs"),
    *("invert", "sqrt", "log", "exp", "median", "std", "first", "last", "", "+", "=="),
}


def engine_accepts(payload: dict[str, Any]) -> bool:
    try:
        ta_py.Rule.from_ir([("value", json.dumps(payload))])
    except ValueError:
        return False
    return True


def accepted_binary(operator: str) -> bool:
    operand = CLOSE if operator not in LOGICAL else BinaryOpNode("gt", CLOSE, SourceRefNode(None, "open"))
    return engine_accepts(ir_to_dict(BinaryOpNode("add", operand, operand)) | {"operator": operator})


def accepted_unary(operator: str) -> bool:
    return engine_accepts(ir_to_dict(UnaryOpNode("neg", CLOSE)) | {"operator": operator})


def reference_accepts(apply: Any, operator: str, *operands: Decimal) -> bool:
    try:
        apply(operator, *operands)
    except ValueError:
        return False
    return True


def test_the_ir_the_engine_and_the_reference_have_the_same_binary_operators() -> None:
    assert len(BINARY_OPERATORS) == 14 and BINARY_OPERATORS >= COMPARISONS | LOGICAL
    assert {one for one in CANDIDATES if accepted_binary(one)} == BINARY_OPERATORS
    two = Decimal(2)
    assert {one for one in CANDIDATES if reference_accepts(binary_value, one, two, two)} == BINARY_OPERATORS


def test_the_ir_the_engine_and_the_reference_have_the_same_unary_operators() -> None:
    assert {one for one in CANDIDATES if accepted_unary(one)} == UNARY_OPERATORS
    assert {one for one in CANDIDATES if reference_accepts(unary_value, one, Decimal(2))} == UNARY_OPERATORS


def test_the_ir_and_the_engine_have_the_same_statistics() -> None:
    payload = ir_to_dict(AggregateNode(CLOSE, "sum"))
    names = {one for one in CANDIDATES if engine_accepts(payload | {"operation": one})}
    assert names == AGGREGATE_OPERATIONS


def test_the_policies_of_the_reference_are_those_of_the_engine() -> None:
    rule = ta.compile("close")
    for policy in MissingInputPolicy:
        rule.session(missing_input=str(policy))
    for policy in ErrorPolicy:
        rule.session(on_error=str(policy))
    listed = []
    for option in ("missing_input", "on_error"):
        with pytest.raises(ValueError, match="is not one of") as caught:
            rule.session(**{option: "none of them"})
        listed.append(set(str(caught.value).rpartition("one of ")[2].split(", ")))
    assert listed == [set(MissingInputPolicy), set(ErrorPolicy)]


# Indicators


def test_every_indicator_has_a_witness_and_every_witness_an_indicator() -> None:
    assert {*WITNESSES} == {spec["name"] for spec in ta.catalog()}
    assert [name for name, witnesses in WITNESSES.items() if not witnesses] == []


def test_every_exact_kernel_is_a_witness_of_its_indicator() -> None:
    of = {spec["name"]: spec["kernel"] for spec in ta.catalog()}
    kernels = {name: resolve_kernel(kernel) for name, kernel in of.items()}
    heard = {name for name, witnesses in WITNESSES.items() if any(isinstance(one, Exact) for one in witnesses)}
    # Of the names of one kernel one is heard.
    assert {of[name] for name in heard} == {of[name] for name, kernel in kernels.items() if kernel is not None}
    named = {type(kernel) for kernel in kernels.values() if kernel is not None}
    assert named == {type(kernel) for kernel in KERNELS.values()}, "an exact kernel without an indicator"


def test_exact_kernels_have_the_inputs_and_outputs_of_the_catalogue() -> None:
    for spec in ta.catalog():
        kernel = resolve_kernel(spec["kernel"])
        if kernel is not None:
            assert kernel.outputs == tuple(output["name"] for output in spec["outputs"]), spec["name"]
            assert kernel.arity == len(spec["inputs"]), spec["name"]


def test_names_and_aliases_resolve_to_the_kernel_of_their_indicator() -> None:
    for spec in ta.catalog():
        for name in (spec["name"], *spec["aliases"]):
            if name in KERNELS:
                assert type(KERNELS[name]) is type(resolve_kernel(spec["kernel"])), name


def parts(node: Any) -> list[Any]:
    return [node, *(part for child in node_children(node) for part in parts(child))]


def test_every_operator_and_kind_of_node_is_among_the_proven_rules() -> None:
    roots = [ta.compile(case.rule)._node for case in CASES]
    nodes = [part for root in roots for part in parts(root)]
    assert {node.operator for node in nodes if isinstance(node, BinaryOpNode)} == BINARY_OPERATORS
    assert {node.operator for node in nodes if isinstance(node, UnaryOpNode)} == UNARY_OPERATORS
    assert {node.operation for node in nodes if isinstance(node, AggregateNode)} == AGGREGATE_OPERATIONS
    shifts = {node.operation for node in nodes if isinstance(node, TimeShiftNode)}
    assert shifts == {None, "change", "change_pct", "roc"}
    assert any(isinstance(node, FilterNode) for node in nodes)


# Errors


class Calling(dict[str, Any]):
    """A bar that is read by stepping the session that reads it."""

    def __init__(self) -> None:
        super().__init__(close=1)
        self.session = ta.compile("close").session()

    def __contains__(self, key: object) -> bool:
        if key == "timestamp":
            self.session.preview(self)
        return super().__contains__(key)


@ta.register
def py_never_right(close: Any) -> Any:
    raise ArithmeticError(f"of {len(close)} bars")


def raise_each() -> dict[str, Any]:
    rule = ta.compile("sma(close, 2)")
    late = rule.session(unit="ns")
    late.step({"close": 1, "timestamp": 2})
    return {
        "StrategyError": lambda: ta.compile("sma(close"),
        "TypeCheckError": lambda: ta.compile("sma(close, 0)"),
        "PlanningError": lambda: ta.compile("close.change_24h").session(),
        "OrderError": lambda: late.step({"close": 1, "timestamp": 1}),
        "MissingInputError": lambda: rule.session(missing_input="fail").step({"close": None}),
        "DataError": lambda: rule.session().step({"close": True}),
        "MissingDataError": lambda: rule.session().step({"clsoe": 1}),
        "SnapshotError": lambda: rule.restore(b""),
        "FunctionError": lambda: ta.compile("py_never_right()").run({"close": [1.0]}),
        "SessionBusyError": lambda: (calling := Calling()).session.preview(calling),
    }


def test_every_error_the_engine_raises_is_a_class_of_the_package() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in BRIDGE.glob("*.rs"))
    named = set(re.findall(r'"([A-Z]\w*Error)"', sources))
    triggers = raise_each()
    assert named == set(triggers), "an error without a test, or a test without an error"
    for name, trigger in triggers.items():
        with pytest.raises(getattr(exceptions, name)) as caught:
            trigger()
        assert type(caught.value).__name__ == name
        assert name in exceptions.__all__
        assert str(caught.value)
