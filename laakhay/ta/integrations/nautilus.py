"""Rules as indicators of nautilus_trader, which takes subclasses of its own class alone.

`TaIndicator(rule, **options)` is registered as any indicator is: `self.register_indicator_for_bars(bar_type, it)`. The
class is made, and nautilus_trader imported, when it is asked for.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from laakhay.ta.rules.compilation import compile
from laakhay.ta.rules.session import Session, StepOutput


def _base() -> Any:
    """Give nautilus' class of indicators, from where it has been and from where it is."""
    module: Any = import_module("nautilus_trader.indicators.base")
    if not hasattr(module, "Indicator"):
        module = import_module("nautilus_trader.indicators.base.indicator")
    return module.Indicator


@cache
def _indicator() -> Any:
    base = _base()

    class TaIndicator(base):  # type: ignore[misc, valid-type]
        """A rule that is stepped by nautilus' bars; initialized once every output has a value.

        `rule` is a text or a rule, options are those of `Rule.session`. `output` is the last result, `value` its value,
        None before there is one; `save` and `load` are what a strategy keeps in `on_save` and takes in `on_load`.
        """

        def __init__(self, rule: Any, **options: Any) -> None:
            compiled = compile(rule)
            super().__init__([str(compiled)])
            self._options = options
            self.session: Session = compiled.session(**options)
            self.output: StepOutput | None = None

        @property
        def value(self) -> float | bool | None:
            """The value of the last bar; None where it is not ready."""
            return None if self.output is None else self.output.value

        def __getitem__(self, name: str) -> float | bool | None:
            """Give an output of the last bar by its name."""
            return None if self.output is None else self.output[name]

        def handle_bar(self, bar: Any) -> None:
            """Take a closed bar."""
            self.output = self.session.step(bar)
            self._set_has_inputs(True)
            self._tell()

        def _tell(self) -> None:
            self._set_initialized(self.session.ready)

        def save(self) -> bytes:
            """Give the state as bytes."""
            return self.session.snapshot()

        def load(self, state: bytes) -> None:
            """Go on from a state of the same rule. Raises SnapshotError for any other bytes."""
            self.session.restore_from(state)
            self.output = None
            self._set_has_inputs(self.session.position > 0)
            self._tell()

        def _reset(self) -> None:
            self.session = self.session.rule.session(**self._options)
            self.output = None

    TaIndicator.__module__, TaIndicator.__qualname__ = __name__, "TaIndicator"
    return TaIndicator


def __getattr__(name: str) -> Any:
    """Make the class when it is asked for. Raises ImportError where nautilus_trader is not installed."""
    if name == "TaIndicator":
        return _indicator()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["TaIndicator"]  # noqa: F822  (made when it is asked for)
