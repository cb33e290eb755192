"""Finds the exact kernel of an indicator."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.reference import kernels
from tests.reference.kernel import FoldedKernel


def _found() -> dict[str, FoldedKernel]:
    """Give the kernels of every module in their folder, by each of their names."""
    found: dict[str, FoldedKernel] = {}
    for entry in iter_modules(kernels.__path__, f"{kernels.__name__}."):
        module = import_module(entry.name)
        for kind in vars(module).values():
            # What a module has from another one is found there.
            if not (isinstance(kind, type) and issubclass(kind, FoldedKernel) and kind.__module__ == module.__name__):
                continue
            for name in kind.names:
                if name in found:
                    raise ValueError(f"two exact kernels go by {name!r}: {type(found[name]).__name__}, {kind.__name__}")
                found[name] = kind()
    return found


KERNELS = _found()


def resolve_kernel(kernel_id: str) -> FoldedKernel | None:
    """Give the exact kernel of that name, or None when the reference has none."""
    return KERNELS.get(kernel_id.lower())


__all__ = ["KERNELS", "resolve_kernel"]
