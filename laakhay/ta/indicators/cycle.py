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


def msw(
    data: Any,
    period: int = 5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sine of the phase that a wave of `period` bars has in the last values, and the same an eighth of a wave ahead.

    The phase is that of the discrete Fourier transform of the window at this one frequency. Where there is no such wave
    at all, as in equal values, both are 0.

        real  = sum of cos(2 * pi * i / period) * x[i]     imaginary = sum of sin(2 * pi * i / period) * x[i]
        phase = angle of (real, imaginary) + pi / 2
        sine  = sin(phase)     lead = sin(phase + pi / 4)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of a wave. From 2 to 10,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    sine
        As `Rule.run` gives it, one value per bar, a number without a unit.
    lead
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, MESA and Trading Market Cycles, 1992; Tulip Indicators, msw.
    """
    return run("msw", data, {"source": series(source)}, {"period": period}, options)


def talib_ht_phasor(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The part of the dominant cycle that is in phase and the one that is a quarter ahead, by Ehlers' Hilbert transforms.

    `talib.ht_dcperiod` says how they are made; the one in phase is three values late.

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
    in_phase
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    quadrature
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 33 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_PHASOR.
    """
    return run("talib.ht_phasor", data, {"source": series(source)}, {}, options)


def talib_ht_cycle(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Phase in degrees of the dominant cycle, its sine and the one an eighth ahead, the line without the cycle, and
    whether there is a trend (1) or a cycle (0).

    The period is that of the Hilbert transforms that `talib.ht_dcperiod` has, here begun behind the first 37 values.
    The phase is that of the smoothed values over one such period. The line is the mean of a period's values, weighted
    over four bars. There is a cycle where the sines crossed less than half a period ago or the phase goes on as fast as
    the period says, unless price is more than 1.5 % from the line. All are given from the 64th value on, as in TA-Lib;
    `talib.ht_dcphase`, `talib.ht_sine`, `talib.ht_trendline` and `talib.ht_trendmode` are the parts.

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
    phase
        As `Rule.run` gives it, one value per bar, a number without a unit.
    sine
        As `Rule.run` gives it, one value per bar, a number without a unit.
    lead_sine
        As `Rule.run` gives it, one value per bar, a number without a unit.
    trendline
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    trend_mode
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 64 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_DCPHASE, HT_SINE, HT_TRENDLINE and
    HT_TRENDMODE.
    """
    return run("talib.ht_cycle", data, {"source": series(source)}, {}, options)


def ebsw(
    data: Any,
    high_pass: int = 40,
    smooth: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Phase of the dominant cycle as a sine from -1 to 1, without its strength.

    A high-pass filter takes out what is slower than `high_pass` bars, a super smoother what is quicker than `smooth`;
    three values of that are divided by the root of the mean of their squares. Where all three are 0, so is the value.

        a  = (1 - sin(2 * pi / high_pass)) / cos(2 * pi / high_pass)
        hp = (1 + a) / 2 * (x - x[1]) + a * hp[1]
        f  = c1 * (hp + hp[1]) / 2 + c2 * f[1] + c3 * f[2]     with c2 = 2 * b * cos(sqrt(2) * pi / smooth), c3 = -b * b,
                                                                 b = exp(-sqrt(2) * pi / smooth), c1 = 1 - c2 - c3
        ebsw = (f + f[1] + f[2]) / 3 / sqrt((f * f + f[1] * f[1] + f[2] * f[2]) / 3)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    high_pass
        Bars of the slowest wave that passes. From 5 to 1,000,000.
    smooth
        Bars of the quickest wave that passes. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 4 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Cycle Analytics for Traders, 2013.
    """
    return run("ebsw", data, {"source": series(source)}, {"high_pass": high_pass, "smooth": smooth}, options)


def detrended_synthetic(
    data: Any,
    period: int = 40,
    *,
    source: Source = "hl2",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean over a quarter of a cycle less that over a half.

        ema((high + low) / 2, period / 4) - ema((high + low) / 2, period / 2)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of a cycle. From 4 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; after 208 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, in Technical Analysis of Stocks and Commodities.
    """
    return run("detrended_synthetic", data, {"source": series(source)}, {"period": period}, options)


def talib_ht_dcphase(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Phase of the dominant cycle in degrees, from -45 to 315.

    `talib.ht_cycle` says how it is made.

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 64 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_DCPHASE.
    """
    return run("talib.ht_dcphase", data, {"source": series(source)}, {}, options)


def talib_ht_sine(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sine of the phase of the dominant cycle, and that of 45 degrees later: where they cross the cycle turns.

    `talib.ht_cycle` says how it is made.

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
    sine
        As `Rule.run` gives it, one value per bar, a number without a unit.
    lead_sine
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 64 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_SINE.
    """
    return run("talib.ht_sine", data, {"source": series(source)}, {}, options)


def talib_ht_trendmode(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """1 where price follows a trend, 0 where it follows its dominant cycle.

    `talib.ht_cycle` says how it is made.

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 64 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_TRENDMODE.
    """
    return run("talib.ht_trendmode", data, {"source": series(source)}, {}, options)


def high_pass(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """What is shorter than the period, around zero.

    It begins at 0, as if all values before had been the first one.

        a = (cos(w) + sin(w) - 1) / cos(w)     w = 2 * pi / period
        high_pass = (1 - a / 2) * (x - x[1]) + (1 - a) * high_pass[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Longest swing that passes, in bars. From 5 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("high_pass", data, {"source": series(source)}, {"period": period}, options)


def high_pass2(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """What is shorter than the period, around zero, more strictly than `high_pass`.

    It begins at 0, as if all values before had been the first one.

        a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
        high_pass2 = (1 - a / 2) ** 2 * (x - 2 * x[1] + x[2]) + 2 * (1 - a) * high_pass2[1] - (1 - a) ** 2 * high_pass2[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Longest swing that passes, in bars. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("high_pass2", data, {"source": series(source)}, {"period": period}, options)


def band_pass(
    data: Any,
    period: int = 20,
    delta: float = 0.1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Swings of about the period, around zero.

    It begins at 0, as if all values before had been the first one.

        a = (1 - sin(t)) / cos(t)     t = 4 * pi * delta / period, b = cos(2 * pi / period)
        band_pass = (1 - a) / 2 * (x - x[2]) + b * (1 + a) * band_pass[1] - a * band_pass[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of a swing. From 5 to 1,000,000.
    delta
        Half the width of the band, as a share of the period. From 0.05 to 0.5.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("band_pass", data, {"source": series(source)}, {"period": period, "delta": delta}, options)


def talib_swak_hp(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """What is shorter than the period, around zero.

    It begins at 0, as if all values before had been the first one.

        a = (cos(w) + sin(w) - 1) / cos(w)     w = 2 * pi / period
        high_pass = (1 - a / 2) * (x - x[1]) + (1 - a) * high_pass[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Longest swing that passes, in bars. From 5 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("talib.swak_hp", data, {"source": series(source)}, {"period": period}, options)


def talib_swak_2php(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """What is shorter than the period, around zero, more strictly than `high_pass`.

    It begins at 0, as if all values before had been the first one.

        a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
        high_pass2 = (1 - a / 2) ** 2 * (x - 2 * x[1] + x[2]) + 2 * (1 - a) * high_pass2[1] - (1 - a) ** 2 * high_pass2[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Longest swing that passes, in bars. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("talib.swak_2php", data, {"source": series(source)}, {"period": period}, options)


def talib_swak_bp(
    data: Any,
    period: int = 20,
    delta: float = 0.1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Swings of about the period, around zero.

    It begins at 0, as if all values before had been the first one.

        a = (1 - sin(t)) / cos(t)     t = 4 * pi * delta / period, b = cos(2 * pi / period)
        band_pass = (1 - a) / 2 * (x - x[2]) + b * (1 + a) * band_pass[1] - a * band_pass[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of a swing. From 5 to 1,000,000.
    delta
        Half the width of the band, as a share of the period. From 0.05 to 0.5.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("talib.swak_bp", data, {"source": series(source)}, {"period": period, "delta": delta}, options)


# Other names.
ht_dcperiod = talib_ht_dcperiod
ht_phasor = talib_ht_phasor
dsp = detrended_synthetic
ht_dcphase = talib_ht_dcphase
ht_sine = talib_ht_sine
ht_trendmode = talib_ht_trendmode

__all__ = [
    "band_pass",
    "detrended_synthetic",
    "dsp",
    "ebsw",
    "high_pass",
    "high_pass2",
    "ht_dcperiod",
    "ht_dcphase",
    "ht_phasor",
    "ht_sine",
    "ht_trendmode",
    "msw",
    "talib_ht_cycle",
    "talib_ht_dcperiod",
    "talib_ht_dcphase",
    "talib_ht_phasor",
    "talib_ht_sine",
    "talib_ht_trendmode",
    "talib_swak_2php",
    "talib_swak_bp",
    "talib_swak_hp",
]
