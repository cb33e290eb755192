"""Traded quantity.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Condition, Operand, Source, run, series


def obv(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volume: added where the close rises, taken away where it falls.

    Begins with the first bar's volume. The sum is kept with twice the digits of a number, so that it does not drift.

        obv = obv[1] + volume * sign(close - close[1])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Joseph E. Granville, Granville's New Key to Stock Market Profits, 1963.
    """
    return run("obv", data, {}, {}, options)


def vwap(
    data: Any,
    anchor: Literal["first", "session", "week", "month"] = "first",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bars' typical prices, each weighing as much as was traded, since the anchor.

    The anchor is the first bar, or the first of each session, week or month of the calendar. A calendar's intervals are
    known where bars are given as streams, which have closes and a calendar; a bar is part of the interval that it
    closes in. While nothing is traded the value is the typical price.

        vwap = sum((high + low + close) / 3 * volume) / sum(volume)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    anchor
        Where the sums begin. One of "first", "session", "week", "month".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Stephen A. Berkowitz, Dennis E. Logue, Eugene A. Noser, The Total Cost of Transactions on the NYSE, 1988.
    """
    return run("vwap", data, {}, {"anchor": anchor}, options)


def ad(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volume, each bar's times the place of its close in its range, from -1 at the low to 1 at the high.

    A bar without range adds nothing. The sum is kept with twice the digits of a number, so that it does not drift.

        ad = ad[1] + volume * ((close - low) - (high - close)) / (high - low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Marc Chaikin, The Accumulation/Distribution Line.
    """
    return run("ad", data, {}, {}, options)


def volume_profile(
    data: Any,
    period: int = 100,
    bins: int = 24,
    area: float = 0.7,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Prices at which most was traded: the point of control, and the area around it in which a share of all volume was.

    The range of the last `period` bars is cut into `bins` of one height, and each bar's volume spread evenly over its
    own range, since no bar says where in it was traded. The point of control is the middle of the bin that has most, of
    several the lowest. The area grows from it by the neighbour that has more, of equal ones the upper, until it holds
    the share. Without volume there is none. A value costs time in proportion to `period` and to the bins that its bars
    reach over.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 10,000.
    bins
        Into how many parts the range of prices is cut. From 2 to 1,000.
    area
        Share of all volume that the area holds. From 0.01 to 1.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    poc
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    vah
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    val
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 100 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Peter Steidlmayer, Kevin Koy, Markets and Market Logic, 1986.
    """
    return run("volume_profile", data, {}, {"period": period, "bins": bins, "area": area}, options)


def anchored_vwap(
    data: Any,
    anchor: Condition,
    price: Operand = "hlc3",
    volume: Operand = "volume",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean price since the condition was last true, each weighing as much as was traded.

    Before the condition was ever true it counts from the first bar; the bar on which it is true counts. While nothing
    is traded the value is the price.

        sum(price * volume) / sum(volume), both since `anchor` was last true

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    anchor
        What is true or false: a text of the language or a rule.
    price
        A number, a text of the language or a rule.
    volume
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Brian Shannon, Maximum Trading Gains with Anchored VWAP, 2023.
    """
    return run("anchored_vwap", data, {"anchor": anchor, "price": price, "volume": volume}, {}, options)


def rolling_vwap(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last typical prices, each weighing as much as was traded.

    Where nothing was traded in the window it is the plain mean.

        rolling_sum(hlc3 * volume, period) / rolling_sum(volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Volume-weighted mean of a moving window.
    """
    return run("rolling_vwap", data, {}, {"period": period}, options)


def intraday_intensity(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Traded quantity, by where in the range of the bar the close is: all of it at the high, none in the middle, all of it
    less than 0 at the low.

    A bar without a range gives 0. (`ta.iii` of Pine Script divides by the volume.)

        volume * (2 * close - high - low) / (high - low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: David Bostian, Intraday Intensity Index.
    """
    return run("intraday_intensity", data, {}, {}, options)


def volume_osc(
    data: Any,
    short: int = 14,
    long: int = 28,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a short mean of volumes from a long one, in percent of that.

    Without volume it is 0.

        100 * (sma(volume, short) - sma(volume, long)) / sma(volume, long)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    short
        Period of the short mean. From 1 to 1,000,000.
    long
        Period of the long mean. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 28 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Steven B. Achelis, Technical Analysis from A to Z.
    """
    return run("volume_osc", data, {}, {"short": short, "long": long}, options)


def wvad(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Traded quantity, by the share of the body in the range of the bar.

    A bar without a range gives 0.

        volume * (close - open) / (high - low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Larry Williams, How I Made One Million Dollars, 1973.
    """
    return run("wvad", data, {}, {}, options)


def archer_obv(
    data: Any,
    fast: int = 4,
    slow: int = 12,
    lookback: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """On-balance volume with its extremes, two exponential means, and their trends.

    The trends are those of `amat`.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast
        Period of the fast mean. From 1 to 1,000,000.
    slow
        Period of the slow mean. From 1 to 1,000,000.
    lookback
        Bars of the extremes and of the trends. From 1 to 10,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    obv
        As `Rule.run` gives it, one value per bar, a number without a unit.
    least
        As `Rule.run` gives it, one value per bar, a number without a unit.
    greatest
        As `Rule.run` gives it, one value per bar, a number without a unit.
    fast
        As `Rule.run` gives it, one value per bar, a number without a unit.
    slow
        As `Rule.run` gives it, one value per bar, a number without a unit.
    long
        As `Rule.run` gives it, one value per bar, true or false.
    short
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from `obv` the first bar on, `least` bar 2 on, `greatest` bar 2 on, `fast`
    the first bar on, `slow` the first bar on, `long` bar 3 on, `short` bar 3 on; the beginning of the history may
    matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tom Joseph, Archer On Balance Volume.
    """
    return run("archer_obv", data, {}, {"fast": fast, "slow": slow, "lookback": lookback}, options)


def vfi(
    data: Any,
    period: int = 130,
    coefficient: float = 0.2,
    volume_coefficient: float = 2.5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volumes of the last bars that moved, with the sign of the move and cut to a multiple of the mean, over that mean.

    A bar has moved where its typical price changed by more than `coefficient` times the deviation of the last 30
    logarithmic returns, of the close. The mean of volumes is that of the `period` bars before. Without volume it is 0.
    It is not smoothed.

        cutoff = coefficient * rolling_std(log(typical / typical[1]), 30) * close
        flow   = least(volume, volume_coefficient * mean) * (1 where typical - typical[1] > cutoff, -1 where < -cutoff, else 0)
        vfi    = rolling_sum(flow, period) / mean

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are summed. From 1 to 1,000,000.
    coefficient
        Deviations that a move has to exceed. From 0.0 to 1000000000.0.
    volume_coefficient
        Means of volumes at which a volume is cut. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 260 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Markos Katsanos, Volume Flow Indicator, Stocks and Commodities, 2004.
    """
    return run(
        "vfi",
        data,
        {},
        {"period": period, "coefficient": coefficient, "volume_coefficient": volume_coefficient},
        options,
    )


def vzo(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean of volumes with the sign of the change of the close, in percent of that of the volumes.

    Without volume it is 0.

        100 * ema(volume * signum(close - close[1]), period) / ema(volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Period of the means. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 2 on; after 145 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Walid Khalil and David Steckler, In the Volume Zone, Stocks and Commodities, 2011.
    """
    return run("vzo", data, {}, {"period": period}, options)


def elder_volume_weighted_macd(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    signal_period: int = 9,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The MACD of means in which each close weighs as much as was traded.

    Where nothing was traded in a window its mean is the plain one.

        vwma(n)   = rolling_sum(close * volume, n) / rolling_sum(volume, n)
        macd      = vwma(fast_period) - vwma(slow_period)
        signal    = ema(macd, signal_period)
        histogram = macd - signal

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
    signal_period
        Period of the signal's mean. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    macd
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    signal
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    histogram
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 26 on; after 93 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Buff Dormeier, Investing with Volume Analysis, 2011.
    """
    return run(
        "elder_volume_weighted_macd",
        data,
        {},
        {"fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def mfi(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of money that flowed at rising typical prices in all that flowed at moving ones, from 0 to 100; 50 where none
    did.

        flow = typical * volume, where typical = (high + low + close) / 3
        mfi  = 100 * up / (up + down), sums of the last `period` flows with typical above and below typical[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose flows count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Gene Quong, Avrum Soudack, Volume-Weighted RSI: Money Flow, 1989.
    """
    return run("mfi", data, {}, {"period": period}, options)


def talib_mfi(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Money flow index as TA-Lib has it: 0 where no money flows, where `mfi` is 50; a typical price that differs by no
    more than 1e-14 does not move.

        flow = typical * volume, where typical = (high + low + close) / 3
        mfi  = 100 * up / (up + down), sums of the last `period` flows with typical above and below typical[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose flows count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MFI.
    """
    return run("talib.mfi", data, {}, {"period": period}, options)


def adosc(
    data: Any,
    fast_period: int = 3,
    slow_period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast exponential mean of the accumulation line from a slow one, both seeded by the line's first value.

        adosc = ema(ad, fast_period) - ema(ad, slow_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Marc Chaikin, The Chaikin Oscillator.
    """
    return run("adosc", data, {}, {"fast_period": fast_period, "slow_period": slow_period}, options)


def talib_adosc(
    data: Any,
    fast_period: int = 3,
    slow_period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The values of `adosc` from the longer period's bar on.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 2 to 100,000.
    slow_period
        Period of the slow mean. From 2 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 10 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ADOSC.
    """
    return run("talib.adosc", data, {}, {"fast_period": fast_period, "slow_period": slow_period}, options)


def cmf(
    data: Any,
    period: int = 20,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of the volume of the last bars that was traded near their highs, less that near their lows.

    Within a bar the share is where it closes, 1 at the high and −1 at the low; a bar without range has none. Without
    volume there is no value.

        flow = ((close - low) - (high - close)) / (high - low) * volume
        cmf  = rolling_sum(flow, period) / rolling_sum(volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Marc Chaikin, Chaikin Money Flow.
    """
    return run("cmf", data, {}, {"period": period}, options)


def force_index(
    data: Any,
    period: int = 13,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean of changes times volumes.

    The mean begins with the first one.

        force_index = ema((close - close[1]) * volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest bar. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; after 135 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Alexander Elder, Trading for a Living, 1993.
    """
    return run("force_index", data, {}, {"period": period}, options)


def talib_efi(
    data: Any,
    period: int = 13,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean of changes times volumes, begun with the plain mean of the first `period`.

        efi = talib.ema((close - close[1]) * volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest bar. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 14 on; after 148 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, EFI; Alexander Elder, Trading for a Living, 1993.
    """
    return run("talib.efi", data, {}, {"period": period}, options)


def market_facilitation(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance from low to high per unit of volume.

    Without volume there is no value.

        market_facilitation = (high - low) / volume

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Bill Williams, Trading Chaos, 1995.
    """
    return run("market_facilitation", data, {}, {}, options)


def talib_marketfi(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance from low to high per unit of volume.

    Without volume it is 0.

        marketfi = (high - low) / volume

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, MARKETFI; Bill Williams, Trading Chaos, 1995.
    """
    return run("talib.marketfi", data, {}, {}, options)


def nvi(
    data: Any,
    start: float = 1000.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A line that takes a bar's relative change where volume falls, and else stays.

    It begins at `start` with the first bar: 1000, and 1 in Pine Script.

        nvi = nvi[1] * close / close[1]     where volume < volume[1], else nvi[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        What it begins at. From 1e-9 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Norman G. Fosback, Stock Market Logic, 1976.
    """
    return run("nvi", data, {}, {"start": start}, options)


def pvi(
    data: Any,
    start: float = 1000.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A line that takes a bar's relative change where volume rises, and else stays.

    It begins at `start` with the first bar: 1000, and 1 in Pine Script.

        pvi = pvi[1] * close / close[1]     where volume > volume[1], else pvi[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        What it begins at. From 1e-9 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Norman G. Fosback, Stock Market Logic, 1976.
    """
    return run("pvi", data, {}, {"start": start}, options)


def pvt(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volume times the bar's relative change.

    It begins at 0 with the first bar; the sum is kept with twice the digits of a number.

        pvt = pvt[1] + volume * (close - close[1]) / close[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: David L. Markstein, How to Chart Your Way to Stock Market Profits, 1966.
    """
    return run("pvt", data, {}, {}, options)


def rvol(
    data: Any,
    period: int = 20,
    *,
    source: Source = "volume",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volume as a multiple of the mean of the bars before.

    The bar itself is not among them. Where they have none there is no value.

        rvol = volume / sma(volume, period)[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 21 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Relative volume, as charting programs show it.
    """
    return run("rvol", data, {"source": series(source)}, {"period": period}, options)


def wad(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of how far each close is from the true low where it rises, and from the true high where it falls.

    It begins at 0 with the first bar; volume does not count. The sum is kept with twice the digits of a number.

        wad = wad[1] + close - least(low, close[1])        where close > close[1]
        wad = wad[1] + close - greatest(high, close[1])    where close < close[1], else wad[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Larry Williams; without volume as in Steven B. Achelis, Technical Analysis from A to Z, 2000.
    """
    return run("wad", data, {}, {}, options)


def ease_of_movement(
    data: Any,
    period: int = 14,
    volume_divisor: float = 10000.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of how far the bars' middles moved per volume and range.

    A bar without range or volume counts as 0.

        ease_of_movement = sma((m - m[1]) * (high - low) / (volume / volume_divisor), period)     m = (high + low) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    volume_divisor
        Volume that counts as one. From 1.0 to 1e18.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Richard W. Arms Jr., Volume Cycles in the Stock Market, 1983.
    """
    return run("ease_of_movement", data, {}, {"period": period, "volume_divisor": volume_divisor}, options)


def klinger(
    data: Any,
    fast_period: int = 34,
    slow_period: int = 55,
    signal_period: int = 13,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean of volume force from a slow one, and its mean.

    The force begins with the second bar, and the means with it. The trend is up where the sum of high, low and close
    rises, down where it falls, and stays where it stands.

        range  = high - low
        sum    = sum[1] + range, from range[1] + range where the trend turns
        force  = volume * abs(2 * range / sum - 1) * 100, with the sign of the trend
        kvo    = ema(force, fast_period) - ema(force, slow_period)
        signal = ema(kvo, signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
    signal_period
        Period of the signal. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    kvo
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    signal
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Stephen J. Klinger, Identifying Trends with Volume Analysis, Stocks & Commodities, 1997.
    """
    return run(
        "klinger",
        data,
        {},
        {"fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def talib_vwap(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bars' typical prices, each weighing as much as was traded, since the first bar.

    While nothing is traded it is 0.

        vwap = sum((high + low + close) / 3 * volume) / sum(volume)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, VWAP.
    """
    return run("talib.vwap", data, {}, {}, options)


def pine_mfi(
    data: Any,
    length: int = 14,
    *,
    source: Source = "hlc3",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Relative strength of sums of values that rose or fell, each times what was traded.

        up = rolling_sum(volume * x where x > x[1], length)   down likewise
        100 - 100 / (1 + up / down)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Changes that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.mfi.
    """
    return run("pine.mfi", data, {"source": series(source)}, {"length": length}, options)


def pine_obv(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volumes with the sign of the change of the close, from the second bar on.

        sum of volume * signum(close - close[1])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.obv.
    """
    return run("pine.obv", data, {}, {}, options)


def pine_pvt(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volumes, each times the change of the close as a share, from the second bar on.

        sum of volume * (close - close[1]) / close[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.pvt.
    """
    return run("pine.pvt", data, {}, {}, options)


def pine_accdist(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volumes, each by where in the range of its bar the close is.

        sum of volume * (2 * close - high - low) / (high - low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.accdist.
    """
    return run("pine.accdist", data, {}, {}, options)


def pine_wvad(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Traded quantity, by the share of the body in the range of the bar; none where that has no range.

        volume * (close - open) / (high - low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.wvad.
    """
    return run("pine.wvad", data, {}, {}, options)


def pine_iii(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where in the range of the bar the close is, over the volume.

        (2 * close - high - low) / ((high - low) * volume)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.iii.
    """
    return run("pine.iii", data, {}, {}, options)


def talib_obv(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volume: added where the close rises, taken away where it falls.

    Begins with the first bar's volume. The sum is kept with twice the digits of a number, so that it does not drift.

        obv = obv[1] + volume * sign(close - close[1])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Joseph E. Granville, Granville's New Key to Stock Market Profits, 1963.
    """
    return run("talib.obv", data, {}, {}, options)


def pine_vwap(
    data: Any,
    anchor: Literal["first", "session", "week", "month"] = "session",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bars' typical prices, each weighing as much as was traded, since the anchor.

    The anchor is the first bar, or the first of each session, week or month of the calendar. A calendar's intervals are
    known where bars are given as streams, which have closes and a calendar; a bar is part of the interval that it
    closes in. While nothing is traded the value is the typical price.

        vwap = sum((high + low + close) / 3 * volume) / sum(volume)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    anchor
        Where the sums begin. One of "first", "session", "week", "month".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Stephen A. Berkowitz, Dennis E. Logue, Eugene A. Noser, The Total Cost of Transactions on the NYSE, 1988.
    """
    return run("pine.vwap", data, {}, {"anchor": anchor}, options)


def talib_ad(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volume, each bar's times the place of its close in its range, from -1 at the low to 1 at the high.

    A bar without range adds nothing. The sum is kept with twice the digits of a number, so that it does not drift.

        ad = ad[1] + volume * ((close - low) - (high - close)) / (high - low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Marc Chaikin, The Accumulation/Distribution Line.
    """
    return run("talib.ad", data, {}, {}, options)


def talib_cmf(
    data: Any,
    period: int = 20,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of the volume of the last bars that was traded near their highs, less that near their lows.

    Within a bar the share is where it closes, 1 at the high and −1 at the low; a bar without range has none. Without
    volume there is no value.

        flow = ((close - low) - (high - close)) / (high - low) * volume
        cmf  = rolling_sum(flow, period) / rolling_sum(volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Marc Chaikin, Chaikin Money Flow.
    """
    return run("talib.cmf", data, {}, {"period": period}, options)


def talib_nvi(
    data: Any,
    start: float = 1000.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A line that takes a bar's relative change where volume falls, and else stays.

    It begins at `start` with the first bar: 1000, and 1 in Pine Script.

        nvi = nvi[1] * close / close[1]     where volume < volume[1], else nvi[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        What it begins at. From 1e-9 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Norman G. Fosback, Stock Market Logic, 1976.
    """
    return run("talib.nvi", data, {}, {"start": start}, options)


def pine_nvi(
    data: Any,
    start: float = 1.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A line that takes a bar's relative change where volume falls, and else stays.

    It begins at `start` with the first bar: 1000, and 1 in Pine Script.

        nvi = nvi[1] * close / close[1]     where volume < volume[1], else nvi[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        What it begins at. From 1e-9 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Norman G. Fosback, Stock Market Logic, 1976.
    """
    return run("pine.nvi", data, {}, {"start": start}, options)


def talib_pvi(
    data: Any,
    start: float = 1000.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A line that takes a bar's relative change where volume rises, and else stays.

    It begins at `start` with the first bar: 1000, and 1 in Pine Script.

        pvi = pvi[1] * close / close[1]     where volume > volume[1], else pvi[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        What it begins at. From 1e-9 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Norman G. Fosback, Stock Market Logic, 1976.
    """
    return run("talib.pvi", data, {}, {"start": start}, options)


def pine_pvi(
    data: Any,
    start: float = 1.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A line that takes a bar's relative change where volume rises, and else stays.

    It begins at `start` with the first bar: 1000, and 1 in Pine Script.

        pvi = pvi[1] * close / close[1]     where volume > volume[1], else pvi[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        What it begins at. From 1e-9 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Norman G. Fosback, Stock Market Logic, 1976.
    """
    return run("pine.pvi", data, {}, {"start": start}, options)


def talib_pvt(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volume times the bar's relative change.

    It begins at 0 with the first bar; the sum is kept with twice the digits of a number.

        pvt = pvt[1] + volume * (close - close[1]) / close[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: David L. Markstein, How to Chart Your Way to Stock Market Profits, 1966.
    """
    return run("talib.pvt", data, {}, {}, options)


def talib_rvol(
    data: Any,
    period: int = 20,
    *,
    source: Source = "volume",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volume as a multiple of the mean of the bars before.

    The bar itself is not among them. Where they have none there is no value.

        rvol = volume / sma(volume, period)[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 21 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Relative volume, as charting programs show it.
    """
    return run("talib.rvol", data, {"source": series(source)}, {"period": period}, options)


def talib_wad(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of how far each close is from the true low where it rises, and from the true high where it falls.

    It begins at 0 with the first bar; volume does not count. The sum is kept with twice the digits of a number.

        wad = wad[1] + close - least(low, close[1])        where close > close[1]
        wad = wad[1] + close - greatest(high, close[1])    where close < close[1], else wad[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Larry Williams; without volume as in Steven B. Achelis, Technical Analysis from A to Z, 2000.
    """
    return run("talib.wad", data, {}, {}, options)


def pine_wad(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of how far each close is from the true low where it rises, and from the true high where it falls.

    It begins at 0 with the first bar; volume does not count. The sum is kept with twice the digits of a number.

        wad = wad[1] + close - least(low, close[1])        where close > close[1]
        wad = wad[1] + close - greatest(high, close[1])    where close < close[1], else wad[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Larry Williams; without volume as in Steven B. Achelis, Technical Analysis from A to Z, 2000.
    """
    return run("pine.wad", data, {}, {}, options)


def talib_emv(
    data: Any,
    period: int = 14,
    volume_divisor: float = 10000.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of how far the bars' middles moved per volume and range.

    A bar without range or volume counts as 0.

        ease_of_movement = sma((m - m[1]) * (high - low) / (volume / volume_divisor), period)     m = (high + low) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    volume_divisor
        Volume that counts as one. From 1.0 to 1e18.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Richard W. Arms Jr., Volume Cycles in the Stock Market, 1983.
    """
    return run("talib.emv", data, {}, {"period": period, "volume_divisor": volume_divisor}, options)


# Other names.
accumulation_distribution = ad
avwap = anchored_vwap
iii = intraday_intensity
vosc = volume_osc
aobv = archer_obv
vwmacd = elder_volume_weighted_macd
money_flow_index = mfi
chaikin_oscillator = adosc

__all__ = [
    "accumulation_distribution",
    "ad",
    "adosc",
    "anchored_vwap",
    "aobv",
    "archer_obv",
    "avwap",
    "chaikin_oscillator",
    "cmf",
    "ease_of_movement",
    "elder_volume_weighted_macd",
    "force_index",
    "iii",
    "intraday_intensity",
    "klinger",
    "market_facilitation",
    "mfi",
    "money_flow_index",
    "nvi",
    "obv",
    "pine_accdist",
    "pine_iii",
    "pine_mfi",
    "pine_nvi",
    "pine_obv",
    "pine_pvi",
    "pine_pvt",
    "pine_vwap",
    "pine_wad",
    "pine_wvad",
    "pvi",
    "pvt",
    "rolling_vwap",
    "rvol",
    "talib_ad",
    "talib_adosc",
    "talib_cmf",
    "talib_efi",
    "talib_emv",
    "talib_marketfi",
    "talib_mfi",
    "talib_nvi",
    "talib_obv",
    "talib_pvi",
    "talib_pvt",
    "talib_rvol",
    "talib_vwap",
    "talib_wad",
    "vfi",
    "volume_osc",
    "volume_profile",
    "vosc",
    "vwap",
    "vwmacd",
    "vzo",
    "wad",
    "wvad",
]
