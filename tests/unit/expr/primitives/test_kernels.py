"""Kernels against golden vectors and the conventions that the vectors do not show."""

from __future__ import annotations

import copy
from decimal import Decimal, localcontext

import pytest

from laakhay.ta.core.types import NOT_READY
from tests.reference.bindings import KERNELS, resolve_kernel
from tests.reference.decimals import CONTEXT
from tests.reference.kernel import run_kernel
from tests.reference.kernels.atr import ATRKernel
from tests.reference.kernels.rolling import RollingMeanKernel
from tests.unit.expr.by_hand import GOLDEN, numbers, series

HLC = ("high", "low", "close")
CLOSE = ("close",)

# Kernel, parameters, inputs, and per output the values of bars 0 to 11.
VECTORS = [
    ("sma", {"period": 3}, CLOSE, ["- - 11 11.3333 12 12.6667 13.3333 14 14.5 15.1667 15.5 15.8333"]),
    (
        "ema",
        {"period": 3},
        CLOSE,
        ["10 10.5 11.25 11.125 12.0625 13.0312 13.0156 14.0078 14.7539 14.8770 15.4385 15.9692"],
    ),
    (
        "rma",
        {"period": 3},
        CLOSE,
        ["10 10.3333 10.8889 10.9259 11.6173 12.4115 12.6077 13.4051 14.1034 14.4023 14.9349 15.4566"],
    ),
    (
        "wma",
        {"period": 3},
        CLOSE,
        ["- - 11.3333 11.3333 12.1667 13.1667 13.3333 14.1667 14.9167 15.1667 15.5833 16.0833"],
    ),
    (
        "rolling_std",
        {"period": 3},
        CLOSE,
        ["- - 0.8165 0.4714 0.8165 1.2472 0.4714 0.8165 1.0801 0.2357 0.4082 0.6236"],
    ),
    ("rolling_sum", {"period": 3}, CLOSE, ["- - 33 34 36 38 40 42 43.5 45.5 46.5 47.5"]),
    ("max", {"period": 3}, CLOSE, ["- - 12 12 13 14 14 15 15.5 15.5 16 16.5"]),
    ("min", {"period": 3}, CLOSE, ["- - 10 11 11 11 13 13 13 15 15 15"]),
    ("argmax", {"period": 3}, CLOSE, ["- - 0 1 0 0 1 0 0 1 0 0"]),
    ("argmin", {"period": 3}, CLOSE, ["- - 2 0 1 2 0 1 2 0 1 2"]),
    ("true_range", {}, HLC, ["1 1.2 1.1 1.4 2 1.3 1.6 2.1 1.2 1.7 1.5 1.3"]),
    (
        "atr",
        {"period": 3},
        HLC,
        ["- - 1.1 1.2 1.4667 1.4111 1.4741 1.6827 1.5218 1.5812 1.5541 1.4694"],
    ),
    (
        "rsi",
        {"period": 3},
        CLOSE,
        ["- - - 66.6667 83.3333 87.8788 62.3656 79.8851 82.8746 67.7669 79.1626 83.5298"],
    ),
    (
        "stochastic",
        {"k_period": 3, "d_period": 2, "smooth": 1},
        HLC,
        [
            "- - 96.1538 45 100 94.4444 55.5556 96.2963 86.1111 60 79.1667 77.4194",
            "- - - 70.5769 72.5 97.2222 75 75.9259 91.2037 73.0556 69.5833 78.2930",
        ],
    ),
    (
        "macd",
        {"fast_period": 2, "slow_period": 4, "signal_period": 3},
        CLOSE,
        [
            "0 0.266667 0.515556 0.161185 0.580662 0.776381 0.341823 0.697092 0.715588 0.39513 0.492337 0.513822",
            "0 0.133333 0.324444 0.242815 0.411738 0.594059 0.467941 0.582517 0.649052 0.522091 0.507214 0.510518",
        ],
    ),
    (
        "bbands",
        {"period": 3, "std_dev": 2.0},
        CLOSE,
        [
            "- - 12.6330 12.2761 13.6330 15.1611 14.2761 15.6330 16.6602 15.6381 16.3165 17.0806",
            "- - 11 11.3333 12 12.6667 13.3333 14 14.5 15.1667 15.5 15.8333",
        ],
    ),
]


def run(name, params, inputs):
    """Give every output of a kernel over the golden bars."""
    columns = [numbers(GOLDEN[field]) for field in inputs]
    kernel = KERNELS[name]
    state, rows = kernel.initialize((), **params), []
    with localcontext(CONTEXT):
        for row in zip(*columns, strict=True):
            state, output = kernel.step(state, row if len(row) > 1 else row[0], **params)
            rows.append(output if isinstance(output, tuple) else (output,))
    return list(zip(*rows, strict=True))


@pytest.mark.parametrize(("name", "params", "inputs", "golden"), VECTORS, ids=[vector[0] for vector in VECTORS])
def test_a_kernel_gives_its_golden_vector(name, params, inputs, golden):
    outputs = run(name, params, inputs)
    for output, text in zip(outputs, golden, strict=False):
        for value, expected in zip(output, numbers(text), strict=True):
            if expected is None:
                assert value is NOT_READY
            else:
                assert abs(value - expected) <= Decimal("0.00005")  # The vectors have four decimals or more.


def test_bands_are_as_far_below_the_middle_as_above():
    upper, middle, lower = run("bbands", {"period": 3, "std_dev": 2.0}, CLOSE)
    spread = [(u - m) - (m - low) for u, m, low in zip(upper[2:], middle[2:], lower[2:], strict=True)]
    assert all(abs(value) < Decimal("1e-45") for value in spread)


def test_the_histogram_is_what_the_signal_lags():
    macd, signal, histogram = run("macd", {"fast_period": 2, "slow_period": 4, "signal_period": 3}, CLOSE)
    rows = zip(macd, signal, histogram, strict=True)
    assert all(abs(h - (m - s)) < Decimal("1e-27") for m, s, h in rows)


def test_an_ema_goes_through_zero_without_starting_again():
    result = run_kernel(series("-1 1 2"), KERNELS["ema"], period=3)
    assert result.values == (-1, 0, 1)
    assert run_kernel(series("5 -5 0 7"), KERNELS["ema"], period=3).values[-1] == Decimal("3.5")


def test_a_mean_of_one_value_is_that_value():
    assert run_kernel(series("1.1 2.2"), KERNELS["ema"], period=1).values == (Decimal("1.1"), Decimal("2.2"))


def test_a_flat_market_is_in_the_middle():
    flat = series("5 5 5 5 5")
    assert run_kernel(flat, KERNELS["rsi"], period=3).values[3:] == (50, 50)
    same = series([(Decimal(5),) * 3] * 4)
    result = run_kernel(same, KERNELS["stochastic"], coerce_input=lambda x: x, k_period=3, d_period=1, smooth=1)
    assert result.values[2:] == ((50, 50), (50, 50))


def test_of_equal_extremes_the_newest_counts():
    assert run_kernel(series("3 1 3"), KERNELS["argmax"], period=3).values[-1] == 0
    assert run_kernel(series("1 3 1 3"), KERNELS["argmin"], period=3).values[-1] == 1


def test_a_window_counts_ready_values_and_leaves_gaps_alone():
    result = run_kernel(series("1 - 2 3"), KERNELS["sma"], period=2)
    assert result.availability_mask == (False, False, True, True)
    assert result.values == (NOT_READY, NOT_READY, Decimal("1.5"), Decimal("2.5"))


def test_rolling_mean_of_a_whole_series_has_nothing_before_its_window():
    result = run_kernel(series("102 106 110 114"), RollingMeanKernel(), min_periods=2, period=2)
    assert result.values[1:] == (104, 108, 112)
    assert result.values[0] is NOT_READY
    assert run_kernel(series([]), RollingMeanKernel(), period=2).availability_mask is None


def test_average_true_range_takes_true_ranges_too():
    assert run_kernel(series("10 11 12"), ATRKernel(), period=3).values[-1] == 11


@pytest.mark.parametrize("period", [0, -1, 2.5, True])
def test_a_period_is_a_positive_whole_number(period):
    with pytest.raises(ValueError, match="Period must be positive"):
        run_kernel(series("1 2"), KERNELS["sma"], period=period)


def test_a_period_may_come_as_a_decimal():
    assert run_kernel(series("1 3"), KERNELS["sma"], period=Decimal("2.0")).values[-1] == 2


def test_a_step_leaves_the_state_it_was_given_as_it_was():
    for name, params, inputs, _ in VECTORS:
        kernel = KERNELS[name]
        columns = [numbers(GOLDEN[field]) for field in inputs]
        rows = [row if len(row) > 1 else row[0] for row in zip(*columns, strict=True)]
        state = kernel.initialize(rows[:6], **params)
        before = copy.deepcopy(state)
        first = kernel.step(state, rows[6], **params)
        assert state == before
        assert kernel.step(state, rows[6], **params) == first


def test_a_kernel_is_found_by_any_of_its_names():
    assert resolve_kernel("Mean") is KERNELS["mean"]
    assert resolve_kernel("hma") is None


def test_a_line_crosses_when_it_leaves_the_other_side_or_the_line_itself():
    # a against a constant 2: touches from below, leaves upwards, touches from above, leaves upwards, falls through.
    pairs = series([(Decimal(a), Decimal(2)) for a in (1, 2, 3, 2, 3, 1)])
    expected = {
        "crossup": [NOT_READY, False, True, False, True, False],
        "crossdown": [NOT_READY, False, False, False, False, True],
        "cross": [NOT_READY, False, True, False, True, True],
    }
    for name, values in expected.items():
        assert list(run_kernel(pairs, KERNELS[name], coerce_input=lambda x: x).values) == values
