"""What is called what elsewhere: a rule here, and calls of the libraries that are installed.

TA-Lib's functions are found by their names: `talib.rsi` is `RSI`, with the same parameters by default. What others call
theirs is written down.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

import laakhay.ta as ta

Bars = dict[str, np.ndarray]
Call = Callable[[Bars], Any]

#: The name by which a column is known in rules; TA-Lib gives MAVP a column of periods.
PERIODS = "2 + volume / 40"
#: What the C library calls otherwise than our names do, in capitals and without the underscore of `cdl_`.
CAPITALS = {"talib.sub": "SUB", "talib.ha": "HA"}

#: A rule, the function of tulipy and its options.
TULIPY: list[tuple[str, str, tuple[float, ...]]] = [
    ("ad()", "ad", ()),
    ("talib.adosc()", "adosc", (3, 10)),
    ("talib.adx()", "adx", (14,)),
    ("talib.adxr()", "adxr", (14,)),
    ("talib.ao()", "ao", ()),
    ("apo(close, 12, 26)", "apo", (12, 26)),
    ("talib.aroon()", "aroon", (14,)),
    ("talib.aroonosc()", "aroonosc", (14,)),
    ("atr(14)", "atr", (14,)),
    ("bbands(close, 20, 2)", "bbands", (20, 2)),
    ("talib.bop()", "bop", ()),
    ("cci(20)", "cci", (20,)),
    ("dema(close, 30)", "dema", (30,)),
    ("talib.dx()", "dx", (14,)),
    ("ema(close, 30)", "ema", (30,)),
    ("talib.fosc()", "fosc", (14,)),
    ("hma(close, 20)", "hma", (20,)),
    ("kama(close, 30)", "kama", (30,)),
    ("linreg(close, 14)", "linreg", (14,)),
    ("talib.linearreg_slope(close, 14)", "linregslope", (14,)),
    ("talib.linearreg_intercept(close, 14)", "linregintercept", (14,)),
    ("macd(close, 12, 26, 9)", "macd", (12, 26, 9)),
    ("max(close, 30)", "max", (30,)),
    ("min(close, 30)", "min", (30,)),
    ("mean_abs_dev(close, 20)", "md", (20,)),
    ("mfi(14)", "mfi", (14,)),
    ("talib.mom(close, 10)", "mom", (10,)),
    ("msw(close, 30)", "msw", (30,)),
    ("natr(14)", "natr", (14,)),
    ("obv()", "obv", ()),
    ("ppo(close, 12, 26)", "ppo", (12, 26)),
    ("talib.qstick(10)", "qstick", (10,)),
    ("talib.rocr(close, 10)", "rocr", (10,)),
    ("rsi(close, 14)", "rsi", (14,)),
    ("sma(close, 30)", "sma", (30,)),
    ("rolling_std(close, 20)", "stddev", (20,)),
    ("stochastic(14, 3)", "stoch", (14, 1, 3)),
    ("rolling_sum(close, 30)", "sum", (30,)),
    ("tema(close, 30)", "tema", (30,)),
    ("true_range()", "tr", ()),
    ("trima(close, 30)", "trima", (30,)),
    ("trix(close, 30)", "trix", (30,)),
    ("talib.tsf(close, 14)", "tsf", (14,)),
    ("talib.ultosc()", "ultosc", (7, 14, 28)),
    ("rolling_var(close, 20)", "var", (20,)),
    ("talib.vhf(close, 28)", "vhf", (28,)),
    ("vwma(close, 20)", "vwma", (20,)),
    ("talib.wad()", "wad", ()),
    ("rma(close, 14)", "wilders", (14,)),
    ("talib.willr()", "willr", (14,)),
    ("wma(close, 30)", "wma", (30,)),
    ("talib.zlema(close, 20)", "zlema", (20,)),
]

#: A rule, the class of wickra and its parameters.
WICKRA: list[tuple[str, str, tuple[float, ...]]] = [
    ("sma(close, 30)", "SMA", (30,)),
    ("ema(close, 30)", "EMA", (30,)),
    ("wma(close, 30)", "WMA", (30,)),
    ("dema(close, 30)", "DEMA", (30,)),
    ("tema(close, 30)", "TEMA", (30,)),
    ("hma(close, 20)", "HMA", (20,)),
    ("kama(close, 30)", "KAMA", (30,)),
    ("alma(close, 9)", "ALMA", (9,)),
    ("rsi(close, 14)", "RSI", (14,)),
    ("atr(14)", "ATR", (14,)),
    ("natr(14)", "NATR", (14,)),
    ("cci(20)", "CCI", (20,)),
    ("mfi(14)", "MFI", (14,)),
    ("obv()", "OBV", ()),
    ("macd(close, 12, 26, 9)", "MACD", (12, 26, 9)),
    ("bbands(close, 20, 2)", "BollingerBands", (20, 2.0)),
    ("stochastic(14, 3)", "Stochastic", (14, 3)),
    ("donchian(20)", "Donchian", (20,)),
    ("keltner(20, 10, 2)", "Keltner", (20, 10, 2.0)),
    ("supertrend(10, 3)", "SuperTrend", (10, 3.0)),
    ("psar(0.02, 0.02, 0.2)", "PSAR", (0.02, 0.02, 0.2)),
    ("linreg(close, 14)", "LinearRegression", (14,)),
    ("rolling_std(close, 20)", "StdDev", (20,)),
    ("rolling_median(close, 14)", "MedianMA", (14,)),
    ("skew(close, 20)", "Skewness", (20,)),
    ("kurtosis(close, 20)", "Kurtosis", (20,)),
    ("correlation(close, volume, 20)", "RollingCorrelation", (20,)),
    ("covariance(close, volume, 20)", "RollingCovariance", (20,)),
    ("laguerre_rsi(0.5)", "LaguerreRSI", (0.5,)),
    ("choppiness(14)", "ChoppinessIndex", (14,)),
]


@dataclass(frozen=True)
class Case:
    """A rule, and by the names of tools what it is called elsewhere."""

    rule: str
    peers: dict[str, Call] = field(default_factory=dict)
    #: Elementary functions have values of small numbers alone.
    is_of_small_numbers: bool = False


def tool_of_talib() -> str | None:
    """Two packages are imported by this name; they exclude each other."""
    if importlib.util.find_spec("talib") is None:
        return None
    try:
        version("ta-lib-takt")
    except PackageNotFoundError:
        return "TA-Lib"
    return "takt"


def cases() -> list[Case]:
    """Every function that the catalogue and a library that is installed here have."""
    found: dict[str, Case] = {}
    for rule, tool, call, is_small in [*_talib(), *_tulipy(), *_wickra()]:
        case = found.setdefault(rule, Case(rule, is_of_small_numbers=is_small))
        case.peers[tool] = call
    return list(found.values())


def _talib() -> Iterator[tuple[str, str, Call, bool]]:
    tool = tool_of_talib()
    if tool is None:
        return
    import talib
    from talib import abstract

    names = {name.replace("_", "").upper(): name for name in (spec["name"] for spec in ta.catalog())}
    for name in talib.get_functions():
        ours = names.get(f"TALIB.{name.replace('_', '')}")
        if ours is None:
            continue
        columns = [
            column
            for given in abstract.Function(name).input_names.values()
            for column in (given if isinstance(given, list) else [given])
        ]
        spec = next(spec for spec in ta.catalog() if spec["name"] == ours)
        is_given = [one["role"]["role"] in ("series", "operand", "number_operand") for one in spec["inputs"]]
        operands = [column for column, given in zip(columns, is_given, strict=False) if given] if all(is_given) else []
        rule = f"{ours}({', '.join(PERIODS if column == 'periods' else column for column in operands)})"
        function = getattr(talib, name)
        is_small = talib.abstract.Function(name).info["group"] == "Math Transform"
        yield rule, tool, lambda bars, of=function, of_columns=columns: of(*(bars[one] for one in of_columns)), is_small


def _tulipy() -> Iterator[tuple[str, str, Call, bool]]:
    if importlib.util.find_spec("tulipy") is None:
        return
    import tulipy

    for rule, name, options in TULIPY:
        function = getattr(tulipy, name)
        columns = ["close" if column == "real" else column for column in function.inputs]
        yield (
            rule,
            "tulipy",
            lambda bars, of=function, of_columns=columns, options=options: of(
                *(bars[one] for one in of_columns), *options
            ),
            False,
        )


def _wickra() -> Iterator[tuple[str, str, Call, bool]]:
    if importlib.util.find_spec("wickra") is None:
        return
    import wickra

    stubs = _columns_of_wickra()
    for rule, name, params in WICKRA:
        of, columns = getattr(wickra, name), stubs[name]
        yield (
            rule,
            "wickra",
            lambda bars, of=of, of_columns=columns, params=params: of(*params).batch(*(bars[c] for c in of_columns)),
            False,
        )


def _columns_of_wickra() -> dict[str, list[str]]:
    """What each class takes, as its stub says: its signatures are not told at run time."""
    import ast
    from pathlib import Path

    import wickra

    named = {"prices": "close", "a": "close", "b": "volume"}
    found = {}
    for one in ast.parse((Path(wickra.__file__).parent / "__init__.pyi").read_text(encoding="utf8")).body:
        for method in one.body if isinstance(one, ast.ClassDef) else []:
            if isinstance(method, ast.FunctionDef) and method.name == "batch":
                found[one.name] = [named.get(arg.arg, arg.arg) for arg in method.args.args[1:]]
    return found
