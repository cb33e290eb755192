"""Functions of Python as indicators of rules: what their signatures say, and how they are called.

The engine asks for two things (`ta_py.register_function`): what a function needs with certain parameters, and the
function at work on one history, an object with `run`, `step`, `save` and `load`.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Lock
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, overload

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.fields import DERIVED_FIELDS, OHLCV_FIELDS

_Target = TypeVar("_Target", bound=Callable[..., Any])

# Where each registered name was defined: the same place again is the same function, changed.
_homes: dict[str, tuple[str, str]] = {}
_lock = Lock()

_FIELDS = (*OHLCV_FIELDS, *DERIVED_FIELDS)
_MOST = 2**53


class _Misfit(TypeError):
    """A function that gives what is no value of an indicator."""

    of_registration = True


@overload
def register(target: _Target, /) -> _Target: ...
@overload
def register(
    *,
    name: str | None = None,
    outputs: type | Sequence[str] | Mapping[str, type] = float,
    window: int | Callable[..., int] | None = None,
    warmup: int | Callable[..., int] | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    version: int = 1,
    replace: bool = False,
) -> Callable[[_Target], _Target]: ...
def register(
    target: _Target | None = None,
    /,
    *,
    name: str | None = None,
    outputs: type | Sequence[str] | Mapping[str, type] = float,
    window: int | Callable[..., int] | None = None,
    warmup: int | Callable[..., int] | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    version: int = 1,
    replace: bool = False,
) -> Any:
    """Make a function or a class an indicator of all later `compile` calls of this process; gives it back as it is.

    Arguments without a default are its inputs: those called like a field of a bar (`close`, `hl2`) are read from the
    bar unless a rule gives others, others have to be given. Arguments with a default are its parameters: whole
    numbers, numbers, or one of the texts of a `Literal`. It sees the bars on which all its inputs are there, without
    gaps; on other bars it has no value.

    A function takes a float64 array per input and gives an array of the same length, NaN where there is no value. It
    is called with whole histories. With `window` its value is one of so many bars alone, and sessions call it with
    these.

    A class takes the parameters, and in `step` a float per input; `step` gives a float, a bool, or None for no value.
    With `get_state() -> bytes`, as many at any bar, and `set_state(bytes)` sessions can have it.

    A universe refuses both; tables with a `symbol` column are run symbol by symbol. What is raised in a function is
    the cause of a FunctionError, and a session is then as it was before the bar.

    Parameters
    ----------
    target
        The function or class.
    name
        By which rules call it; the function's own in small letters otherwise.
    outputs
        `bool` for a condition; names of several outputs, or a mapping of names to `float` or `bool`: a tuple of
        arrays (of a class, of values) is then given.
    window
        Bars that one value is of, the present one included; a number, or a function of parameters, by their names.
    warmup
        Bars without a value at the beginning: `window - 1`, else 0, where it is not told. A value before is an error.
    ranges
        Least and greatest accepted value of parameters that are numbers.
    version
        To be raised when its values change: snapshots of another version are refused.
    replace
        Accept another function for a name that is registered; the same function, defined anew, is accepted anyway.

    Raises
    ------
    TypeError
        For a signature that says not what is an input and what a parameter.
    ValueError
        For a name that rules have already.

    Examples
    --------
    >>> import numpy as np
    >>> import laakhay.ta as ta
    >>> @ta.register(window=lambda period: period)
    ... def spread_of(high, low, period=3):
    ...     mean = np.full(len(high), np.nan)
    ...     if len(high) >= period:
    ...         mean[period - 1:] = np.convolve(high - low, np.ones(period) / period, "valid")
    ...     return mean
    >>> rule = ta.compile("spread_of(period=2) > 1")
    >>> rule.run({"high": [2.0, 4.0, 3.0], "low": [1.0, 1.0, 2.0]})["value"].tolist()
    [nan, 1.0, 1.0]
    >>> rule.session().step({"high": 2.0, "low": 1.0}).availability
    'warming_up'
    """
    if target is None:
        return partial(
            _register,
            name=name,
            outputs=outputs,
            window=window,
            warmup=warmup,
            ranges=ranges,
            version=version,
            replace=replace,
        )
    return _register(target, name=None, outputs=float, window=None, warmup=None, ranges=None, version=1, replace=False)


def _register(
    target: Any,
    *,
    name: str | None,
    outputs: Any,
    window: Any,
    warmup: Any,
    ranges: Mapping[str, tuple[float, float]] | None,
    version: int,
    replace: bool,
) -> Any:
    if not callable(target):
        raise TypeError(f"a function or a class is registered, not {type(target).__name__}")
    called = name or getattr(target, "__name__", "").lower()
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", called):
        raise ValueError(f"{called!r} is no name of an indicator: small letters, digits and underscores; pass name=")
    if isinstance(version, bool) or not isinstance(version, int) or not 0 < version < 2**32:
        raise ValueError(f"version: a whole number from 1 is needed, not {version!r}")
    # What a text could define under this name it can call.
    ta_py.definitions([("definitions", f"let {called}() = 1;")]) if called not in _homes else None
    is_class = inspect.isclass(target)
    if is_class and window is not None:
        raise TypeError(f"`{called}` is a class, which remembers what it needs itself: `window` is of functions")
    names, params = _arguments(called, target, is_class)
    results = _outputs(called, outputs)
    function = _Function(called, target, tuple(name for name, _ in results), window, warmup)
    description = inspect.getdoc(target) or ""
    source = f"{getattr(target, '__module__', '?')}.{getattr(target, '__qualname__', called)}"
    home = (getattr(target, "__module__", ""), getattr(target, "__qualname__", ""))
    specs = [_param(called, param, (ranges or {}).get(param.name)) for param in params]
    unknown = [one for one in ranges or {} if one not in {param.name for param in params}]
    if unknown:
        raise TypeError(f"`{called}` has no parameter `{unknown[0]}` to have a range")
    with _lock:
        if not replace and _homes.get(called, home) != home:
            there = ".".join(_homes[called])
            raise ValueError(f"`{called}` is registered already, as {there}; pass replace=True to change it")
        begin = function.begin_class if is_class else function.begin
        needs = function.needs_of_class if is_class else function.needs
        ta_py.register_function(called, version, description, source, _inputs(names), specs, results, needs, begin)
        _homes[called] = home
    return target


def _arguments(called: str, target: Any, is_class: bool) -> tuple[list[str], list[inspect.Parameter]]:
    """Give the names of the inputs, and the parameters."""
    if is_class:
        if not callable(getattr(target, "step", None)):
            raise TypeError(f"the class `{called}` has no `step`, which takes a bar's inputs and gives its value")
        inputs = [*inspect.signature(target.step).parameters.values()][1:]
        own = [*inspect.signature(target).parameters.values()]
        required = [one.name for one in own if one.default is one.empty]
        if required:
            raise TypeError(f"the class `{called}`: the parameter `{required[0]}` needs a default")
        params = own
    else:
        given = [*inspect.signature(target).parameters.values()]
        inputs = [one for one in given if one.default is one.empty]
        params = [one for one in given if one.default is not one.empty]
    for one in (*inputs, *params):
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            raise TypeError(f"`{called}`: `{one}` takes whatever is given; inputs and parameters are named one by one")
    if not inputs:
        raise TypeError(f"`{called}` has no input: an argument without a default, such as `close`")
    return [one.name for one in inputs], params


def _inputs(names: Sequence[str]) -> list[tuple[str, str, str | None]]:
    """Say how a call fills each input."""
    if len(names) == 1:
        [name] = names
        return [(name, "series", name)] if name in _FIELDS else [(name, "operand", None)]
    role = "field" if all(name in _FIELDS for name in names) else "operand"
    return [(name, role, name if name in _FIELDS else None) for name in names]


def _param(
    called: str, param: inspect.Parameter, within: tuple[float, float] | None
) -> tuple[str, str, float, float, float, list[str]]:
    name, default, annotation = param.name, param.default, param.annotation
    if isinstance(annotation, str):
        annotation = _annotation(annotation, called)
    if isinstance(default, str):
        accepted = [*get_args(annotation)] if get_origin(annotation) is Literal else []
        if default not in accepted or not all(isinstance(text, str) and text == text.lower() for text in accepted):
            raise TypeError(
                f"`{called}`: `{name}` is a text, and which others are accepted is said by "
                f"`Literal[{default!r}, ...]`, in small letters"
            )
        return name, "choice", 0.0, 0.0, 0.0, [default, *(text for text in accepted if text != default)]
    if isinstance(default, bool) or not isinstance(default, (int, float)):
        raise TypeError(
            f"`{called}`: the default of `{name}` is {default!r}; parameters are whole numbers, numbers, or "
            "texts of a `Literal`"
        )
    is_whole = isinstance(default, int) and annotation is not float
    least, greatest = within if within is not None else ((-_MOST, _MOST) if is_whole else (-sys.float_info.max,) * 2)
    if within is None and not is_whole:
        greatest = sys.float_info.max
    if not least <= default <= greatest:
        raise ValueError(f"`{called}`: the default of `{name}`, {default!r}, is not within {least} to {greatest}")
    return name, "int" if is_whole else "float", float(default), float(least), float(greatest), []


def _annotation(text: str, called: str) -> Any:
    """Read an annotation that is kept as a text, as far as it is one of numbers or a `Literal`."""
    if text == "float":
        return float
    found = re.fullmatch(r"(?:\w+\.)?Literal\[(.*)\]", text)
    return Literal[tuple(re.findall(r"['\"]([^'\"]*)['\"]", found[1]))] if found else None


def _outputs(called: str, outputs: Any) -> list[tuple[str, bool]]:
    if outputs in (float, bool):
        return [("value", outputs is bool)]
    if isinstance(outputs, Mapping):
        named = [*outputs.items()]
    elif isinstance(outputs, Sequence) and not isinstance(outputs, str):
        named = [(name, float) for name in outputs]
    else:
        named = []
    names = [name for name, _ in named]
    is_sound = all(isinstance(name, str) and re.fullmatch(r"[a-z_][a-z0-9_]*", name) for name in names)
    if not named or not is_sound or len({*names}) < len(names) or not all(kind in (float, bool) for _, kind in named):
        raise TypeError(
            f"`{called}`: outputs are `float`, `bool`, names in small letters, or a mapping of names to those two"
        )
    return [(name, kind is bool) for name, kind in named]


class _Function:
    """What was registered."""

    def __init__(self, called: str, target: Any, outputs: tuple[str, ...], window: Any, warmup: Any) -> None:
        self.called, self.target, self.outputs = called, target, outputs
        self.window, self.warmup = window, warmup

    def needs(self, params: dict[str, Any]) -> tuple[str, int, int]:
        if self.window is None:
            return "whole", 0, self._bars("warmup", self.warmup, params, 0, 0)
        window = self._bars("window", self.window, params, 1, 1)
        warmup = self._bars("warmup", self.warmup, params, window - 1, window - 1)
        if warmup != window - 1:
            raise _Misfit(
                f"a function of a window of {window} bars has its first value after {window - 1}, not after {warmup}"
            )
        return "window", window, warmup

    def needs_of_class(self, params: dict[str, Any]) -> tuple[str, int, int]:
        warmup = self._bars("warmup", self.warmup, params, 0, 0)
        made = self.target(**params)
        both = [callable(getattr(made, name, None)) for name in ("get_state", "set_state")]
        if any(both) and not all(both):
            raise _Misfit("`get_state` and `set_state` belong together, and one of them is missing")
        return ("bytes", len(_bytes(made.get_state())), warmup) if all(both) else ("untold", 0, warmup)

    def begin(self, params: dict[str, Any]) -> _OverColumns:
        return _OverColumns(self, params)

    def begin_class(self, params: dict[str, Any]) -> _BarByBar:
        return _BarByBar(self, self.target(**params))

    def _bars(self, what: str, given: Any, params: dict[str, Any], default: int, least: int) -> int:
        bars = given
        if callable(given):
            bars = given(**{name: params[name] for name in inspect.signature(given).parameters if name in params})
        bars = default if bars is None else bars
        if isinstance(bars, bool) or not isinstance(bars, (int, np.integer)) or not least <= bars <= 1_000_000:
            raise _Misfit(f"its {what} is {bars!r}; a whole number from {least} to 1000000 is needed")
        return int(bars)

    def parts(self, given: Any, kind: str) -> Sequence[Any]:
        """Give what was given for each output."""
        if len(self.outputs) == 1:
            return (given,)
        if isinstance(given, Mapping):
            missing = [name for name in self.outputs if name not in given]
            if missing:
                raise _Misfit(f"it gave {', '.join(map(str, given))}, and its outputs are {', '.join(self.outputs)}")
            return [given[name] for name in self.outputs]
        if isinstance(given, (tuple, list)) and len(given) == len(self.outputs):
            return given
        raise _Misfit(f"it gave {_told(given)}, and {len(self.outputs)} {kind} are needed: {', '.join(self.outputs)}")


class _OverColumns:
    """A function at work."""

    def __init__(self, function: _Function, params: dict[str, Any]) -> None:
        self.function, self.params = function, params

    def run(self, columns: list[Any]) -> list[Any]:
        bars = len(columns[0])
        given = self.function.target(*columns, **self.params)
        return [self._column(one, bars) for one in self.function.parts(given, "arrays")]

    def _column(self, given: Any, bars: int) -> Any:
        if given is None:
            raise _Misfit(f"it gave nothing, and an array of {bars} numbers is needed")
        try:
            array = np.asarray(given, dtype=np.float64)
        except (TypeError, ValueError):
            raise _Misfit(f"it gave {_told(given)}, and an array of {bars} numbers is needed") from None
        if array.shape != (bars,):
            shape = " x ".join(map(str, array.shape)) or "one number"
            raise _Misfit(f"it gave {shape}, and an array of {bars} numbers is needed, NaN where there is no value")
        # A copy where it may be the caller's.
        return np.ascontiguousarray(array)

    def step(self, inputs: Sequence[float]) -> NoReturn:
        raise _Misfit("it is called with many bars")

    save = load = step


class _BarByBar:
    """An instance of a class at work."""

    def __init__(self, function: _Function, made: Any) -> None:
        self.function, self.made = function, made

    def run(self, columns: list[Any]) -> NoReturn:
        raise _Misfit("it is stepped")

    def step(self, inputs: Sequence[float]) -> list[float]:
        given = self.made.step(*inputs)
        if given is None:
            return [np.nan] * len(self.function.outputs)
        return [self._number(one) for one in self.function.parts(given, "values")]

    @staticmethod
    def _number(given: Any) -> float:
        if given is None:
            return np.nan
        try:
            return float(given)
        except (TypeError, ValueError):
            raise _Misfit(f"`step` gave {_told(given)}, and a number, a truth value or None is needed") from None

    def save(self) -> bytes:
        return _bytes(self.made.get_state())

    def load(self, state: bytes) -> None:
        self.made.set_state(state)


def _bytes(given: Any) -> bytes:
    if not isinstance(given, (bytes, bytearray)):
        raise _Misfit(f"`get_state` gave {_told(given)}, and bytes are needed: `struct.pack` makes some of numbers")
    return bytes(given)


def _told(given: Any) -> str:
    return "nothing" if given is None else f"a {type(given).__name__}"


__all__ = ["register"]
