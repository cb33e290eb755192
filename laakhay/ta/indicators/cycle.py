"""Length and phase of swings.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def talib_ht_dcperiod(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Length in bars of the cycle that dominates, from 6 to 50, by Ehlers' Hilbert transforms.

    The series is smoothed over four values and its trend is taken out; the phase that its in-phase and quadrature parts
    go through from one bar to the next gives the period, which may grow by half or shrink by a third on one bar and is
    smoothed twice. All begins with zeros behind the first twelve values, as in TA-Lib; on a bar so far from zero that a
    product overflows there is no value, and the parts of the cycle begin anew.

        hilbert(x) = (0.0962 * (x - x[6]) + 0.5769 * (x[2] - x[4])) * (0.075 * period[1] + 0.54)
        smooth     = wma(x, 4)
        detrended  = hilbert(smooth)
        i1, q1     = detrended[3], hilbert(detrended)
        i2, q2     = i1 - hilbert(q1), q1 + hilbert(i1), each 0.2 of it and 0.8 of the one before
        re, im     = i2 * i2[1] + q2 * q2[1], i2 * q2[1] - q2 * i2[1], smoothed alike
        period     = 360 / atan(im / re) in degrees, within its bounds, smoothed alike
        value      = 0.33 * period + 0.67 * value[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 33 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_DCPERIOD.
    """
    return run("talib.ht_dcperiod", data, {"source": series(source)}, {}, options)


__all__ = [
    "talib_ht_dcperiod",
]
