"""What programs around rules need: check one, look through it, try it on bars, follow it live."""

from __future__ import annotations

from .analyze import AnalysisResult, analyze
from .capability_validator import CapabilityValidator
from .emission import IndicatorEmission, IndicatorInputBinding, IndicatorRenderHints
from .preview import PreviewResult, preview
from .stream import AvailabilityTransition, Stream, StreamUpdate
from .validate import ExprValidationError, ValidationResult, validate

__all__ = [
    "AnalysisResult",
    "AvailabilityTransition",
    "CapabilityValidator",
    "ExprValidationError",
    "IndicatorEmission",
    "IndicatorInputBinding",
    "IndicatorRenderHints",
    "PreviewResult",
    "Stream",
    "StreamUpdate",
    "ValidationResult",
    "analyze",
    "preview",
    "validate",
]
