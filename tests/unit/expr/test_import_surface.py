"""Every public name is where programs look for it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest

from laakhay.ta.expr import planner
from laakhay.ta.expr.compile import compile_to_ir
from laakhay.ta.expr.dsl import parser
from laakhay.ta.expr.ir import BinaryOpNode, UnaryOpNode
from laakhay.ta.expr.ir.types import BINARY_OPERATORS, LOGICAL, UNARY_OPERATORS


@pytest.fixture(autouse=True)
def binder() -> None:
    """Leave binding to the engine, unlike the tests beside these."""


NODES = (
    "LiteralNode SourceRefNode CallNode BinaryOpNode UnaryOpNode FilterNode AggregateNode TimeShiftNode "
    "MemberAccessNode IndexNode LoopNode LoopValue OwnNode CanonicalExpression"
)
CONTRACTS = "Availability MissingInputPolicy ErrorPolicy StepPolicies DEFAULT_STEP_POLICIES StepResult NodeStepper"
CONTEXT = "build_evaluation_context collect_required_field_names resolve_source_from_context"
SEMANTICS = (
    "SourceDef OHLCV TRADES ORDERBOOK LIQUIDATION SOURCE_DEFS SOURCE_FIELDS KNOWN_SOURCES SOURCE_DESCRIPTIONS "
    "SELECT_FIELD_ALIASES VALID_SELECT_FIELDS DEFAULT_SOURCE_FIELDS canonical_select_field valid_source_fields "
    "is_valid_source_field ohlcv trades orderbook liquidation"
)
RUNTIME = (
    "preview PreviewResult IndicatorEmission IndicatorInputBinding IndicatorRenderHints validate ValidationResult "
    "ExprValidationError Stream StreamUpdate AvailabilityTransition analyze AnalysisResult"
)
BACKEND_MODULES = {
    "base": "ExecutionBackend",
    "batch": "BatchBackend",
    "incremental_rust": "IncrementalBackend IncrementalRustBackend",
}

SURFACE = {
    "": "preview PreviewResult validate ValidationResult ExprValidationError analyze AnalysisResult",
    "compile": "compile_to_ir",
    "dsl": "StrategyError parse_expression_text expression_from_dict expression_to_dict compile_expression "
    "extract_indicator_nodes compute_trim CanonicalExpression CallNode",
    "dsl.parser": "StrategyError ExpressionParser _BIN_OP_MAP _COMPARE_MAP _UNARY_MAP",
    "dsl.analyzer": "IndicatorAnalyzer",
    "ir": f"{NODES} BinaryOperator UnaryOperator ExprType ir_to_dict ir_from_dict IRSearializationError",
    "ir.nodes": f"{NODES} ExprNode SCALAR_SYMBOL BinaryOperator UnaryOperator ExprType",
    "ir.types": "ExprType",
    "ir.serialize": "ir_to_dict ir_from_dict IRSearializationError",
    "normalize": "normalize_expression",
    "normalize.normalize": "normalize_expression",
    "typecheck": "typecheck_expression TypeCheckError",
    "typecheck.checker": "typecheck_expression TypeCheckError",
    "semantics": SEMANTICS,
    "semantics.source_schema": SEMANTICS,
    "planner": "AlignmentPolicy alignment get_alignment_policy plan_expression compute_plan SignalRequirements "
    "PlanResult Evaluator generate_capability_manifest",
    "planner.builder": "build_graph",
    "planner.planner": "alignment get_alignment_policy plan_expression compute_plan PlanningError",
    "planner.types": "GraphNode Graph AlignmentPolicy DataRequirement SignalRequirements PlanResult",
    "planner.evaluator": "Evaluator",
    "planner.manifest": "generate_capability_manifest",
    "algebra": "Expression as_expression alignment alignment_func get_policy",
    "algebra.operators": "Expression as_expression _to_node",
    "algebra.alignment": "alignment get_policy",
    "algebra.scalar_helpers": "_make_scalar_series _broadcast_scalar_series",
    "execution": "Engine DEFAULT_EXECUTION_MODE resolve_execution_mode resolve_backend evaluate_plan "
    f"{CONTRACTS} {CONTEXT}",
    "execution.backend": "ExecutionMode DEFAULT_EXECUTION_MODE resolve_execution_mode resolve_backend",
    "execution.backends": " ".join(BACKEND_MODULES.values()),
    **{f"execution.backends.{module}": name for module, name in BACKEND_MODULES.items()},
    "execution.runner": "evaluate_plan",
    "execution.engine": "Engine",
    "execution.context_builder": CONTEXT,
    "execution.contracts": CONTRACTS,
    "runtime": RUNTIME,
    "runtime.preview": "preview PreviewResult",
    "runtime.validate": "validate ValidationResult ExprValidationError",
    "runtime.analyze": "analyze AnalysisResult",
    "runtime.stream": "Stream StreamUpdate AvailabilityTransition",
    "runtime.emission": "IndicatorEmission IndicatorInputBinding IndicatorRenderHints build_indicator_emissions",
    "runtime.capability_validator": "CapabilityValidator",
}
NAMES = [(module, name) for module, names in SURFACE.items() for name in names.split()]


def module_of(path: str) -> ModuleType:
    return import_module(f"laakhay.ta.expr.{path}".rstrip("."))


@pytest.mark.parametrize(("path", "name"), NAMES, ids=".".join)
def test_a_name_is_in_its_module(path: str, name: str) -> None:
    assert getattr(module_of(path), name) is not None


@pytest.mark.parametrize("path", SURFACE)
def test_a_module_lists_its_public_names_and_has_what_it_lists(path: str) -> None:
    module = module_of(path)
    listed = module.__all__
    assert len(listed) == len(set(listed))
    assert all(hasattr(module, name) for name in listed)
    public = {name for name in SURFACE[path].split() if not name.startswith("_")}
    if path == "ir.nodes":  # Operators and types live beside it.
        public -= {"BinaryOperator", "UnaryOperator", "ExprType"}
    assert public <= set(listed)


@pytest.mark.parametrize("path", ["", "planner", "execution", "execution.backends"])
def test_a_module_that_loads_late_refuses_other_names(path: str) -> None:
    module = module_of(path)
    with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute 'nothing'"):
        module.nothing  # noqa: B018
    assert not hasattr(module, "nothing")


def test_the_package_offers_exactly_seven_names() -> None:
    assert sorted(module_of("").__all__) == sorted(SURFACE[""].split())


def test_the_algebra_has_the_submodule_of_alignment_and_its_function_apart() -> None:
    algebra = module_of("algebra")
    assert isinstance(algebra.alignment, ModuleType)
    assert algebra.alignment_func is algebra.alignment.alignment


def test_one_name_is_one_object_wherever_it_is() -> None:
    assert module_of("").preview is module_of("runtime").preview is module_of("runtime.preview").preview
    assert module_of("dsl").StrategyError is module_of("dsl.parser").StrategyError
    assert planner.Evaluator is module_of("planner.evaluator").Evaluator
    assert module_of("execution").Engine is module_of("execution.engine").Engine


def test_each_module_can_be_the_first_that_is_imported() -> None:
    # Packages load their parts in an order of their own; what is imported first must not decide whether it works.
    listed = {f"laakhay.ta.expr.{path}".rstrip("."): names.replace(" ", ", ") for path, names in SURFACE.items()}
    imports = [f"from {module} import {names}" for module, names in listed.items()]
    program = f"""
import sys
for statement in {imports!r}:
    for name in [name for name in sys.modules if name.startswith("laakhay") and name != "laakhay.ta.ta_py"]:
        del sys.modules[name]
    try:
        exec(statement)
    except ImportError as error:
        sys.exit(f"{{statement}}: {{error}}")
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


def test_errors_have_their_kinds() -> None:
    assert not issubclass(parser.StrategyError, ValueError)
    assert parser.StrategyError.__bases__ == (Exception,)
    for path, name in {
        "typecheck": "TypeCheckError",
        "planner.planner": "PlanningError",
        "ir.serialize": "IRSearializationError",
        "runtime": "ExprValidationError",
    }.items():
        assert issubclass(getattr(module_of(path), name), ValueError)


# Symbols of operators


@pytest.mark.parametrize(("symbol", "operator"), [*parser._BIN_OP_MAP.items(), *parser._COMPARE_MAP.items()])
def test_a_symbol_is_read_as_its_operator(symbol: str, operator: str) -> None:
    node = compile_to_ir(f"high {symbol} low")
    assert isinstance(node, BinaryOpNode) and node.operator == operator


@pytest.mark.parametrize(("symbol", "operator"), parser._UNARY_MAP.items())
def test_a_prefix_is_read_as_its_operator(symbol: str, operator: str) -> None:
    node = compile_to_ir(f"{symbol} (high > low)" if operator == "not" else f"{symbol} high")
    assert isinstance(node, UnaryOpNode) and node.operator == operator


def test_symbols_are_those_of_all_operators() -> None:
    assert {*parser._BIN_OP_MAP.values(), *parser._COMPARE_MAP.values()} == BINARY_OPERATORS - LOGICAL
    assert set(parser._UNARY_MAP.values()) == UNARY_OPERATORS
