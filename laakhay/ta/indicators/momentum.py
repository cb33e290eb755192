"""Speed and exhaustion of movement.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def rsi(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of upward movement in all movement, from 0 to 100.

    Each bar's change is split into a gain and a loss; each is averaged with Wilder's mean, seeded with the plain mean
    of the first `period` changes. A window without movement gives 50; where a value is the one before it, the strength
    stays what it was.

        rsi = 100 * (gain / (gain + loss))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that are averaged. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("rsi", data, {"source": series(source)}, {"period": period}, options)


def macd(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast exponential mean from a slow one, its own exponential mean, and their difference.

    Every mean is seeded by its first input, so all three outputs are ready from the first value on.

        macd      = ema(x, fast_period) - ema(x, slow_period)
        signal    = ema(macd, signal_period)
        histogram = macd - signal

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean; less than the slow one's. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
    signal_period
        Period of the signal's mean. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
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

    With the defaults the first values come from the first bar on; after 363 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Gerald Appel, The Moving Average Convergence-Divergence Method, 1979.
    """
    return run(
        "macd",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def stochastic(
    data: Any,
    k_period: int = 14,
    d_period: int = 3,
    smooth: int = 1,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Place of the close in the range of the last bars, from 0 to 100, and its moving average.

    A window without range gives 50. A close so far outside a range that its place overflows is missing input.

        k = sma(100 * (close - lowest low) / (highest high - lowest low), smooth)     d = sma(k, d_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    k_period
        Bars whose range counts. From 1 to 1,000,000.
    d_period
        Values of %K that %D averages. From 1 to 1,000,000.
    smooth
        Raw values that %K averages; 1 leaves them as they are. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 14 on, `d` bar 16 on; values are the same wherever the history
    begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: George C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984.
    """
    return run("stochastic", data, {}, {"k_period": k_period, "d_period": d_period, "smooth": smooth}, options)


def rci(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Rank correlation of the last `period` values with time, from -100 (each is less than the one before) to 100.

    It is Spearman's coefficient in percent. Equal values share the mean of their ranks; the newest bar has the greatest
    rank of time.

        d   = rank of a value - rank of its time
        rci = 100 * (1 - 6 * sum(d * d) / (period * (period * period - 1)))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 10,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Charles Spearman, The Proof and Measurement of Association between Two Things, 1904.
    """
    return run("rci", data, {"source": series(source)}, {"period": period}, options)


def talib_macdext(
    data: Any,
    fast_period: int = 12,
    fast_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3"] = "sma",
    slow_period: int = 26,
    slow_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3"] = "sma",
    signal_period: int = 9,
    signal_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean from a slow one, its mean, and their difference, each mean of the kind that is chosen.

    The means are those of `talib.ma`. The two of the input have their first value on the same bar: the shorter one is
    not begun before it is needed. Where the fast period is the longer one, the two means change places.

        macd      = talib.ma(x, fast_period, fast_matype) - talib.ma(x, slow_period, slow_matype)
        signal    = talib.ma(macd, signal_period, signal_matype)
        histogram = macd - signal

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Values that count in the fast mean. From 2 to 100,000.
    fast_matype
        Kind of the fast mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3".
    slow_period
        Values that count in the slow mean. From 2 to 100,000.
    slow_matype
        Kind of the slow mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3".
    signal_period
        Values that count in the signal. From 1 to 100,000.
    signal_matype
        Kind of the signal's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3".
    source
        What it is computed of: a text of the language or a rule.
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

    With the defaults the first values come from `macd` bar 26 on, `signal` bar 34 on, `histogram` bar 34 on; after 33
    bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MACDEXT.
    """
    return run(
        "talib.macdext",
        data,
        {"source": series(source)},
        {
            "fast_period": fast_period,
            "fast_matype": fast_matype,
            "slow_period": slow_period,
            "slow_matype": slow_matype,
            "signal_period": signal_period,
            "signal_matype": signal_matype,
        },
        options,
    )


def relative_vigor(
    data: Any,
    period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Symmetrically weighted bodies of bars over their ranges, summed over a window, and a signal line.

    The signal is the same weighting of the line. A window without ranges gives 0.

        rvgi   = rolling_sum(swma(close - open), period) / rolling_sum(swma(high - low), period)
        signal = swma(rvgi)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are summed. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    rvgi
        As `Rule.run` gives it, one value per bar, a number without a unit.
    signal
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from `rvgi` bar 13 on, `signal` bar 16 on; after 15 bars the beginning
    weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Relative Vigor Index, Stocks and Commodities, 2002.
    """
    return run("relative_vigor", data, {}, {"period": period}, options)


def demarker(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of rises of highs in those and the falls of lows, from 0 to 1.

    A window without either gives 0.5; MetaTrader's gives 0.

        up   = greatest(high - high[1], 0)     down = greatest(low[1] - low, 0)
        demarker = rolling_sum(up, period) / (rolling_sum(up, period) + rolling_sum(down, period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that are summed. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 15 on; after 14 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Thomas R. DeMark, The New Science of Technical Analysis, 1994.
    """
    return run("demarker", data, {}, {"period": period}, options)


def macd_histogram(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the MACD line from its signal.

        macd(x, fast_period, slow_period, signal_period).histogram

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean; less than the slow one's. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
    signal_period
        Period of the signal's mean. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from the first bar on; after 363 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Thomas Aspray, 1986.
    """
    return run(
        "macd_histogram",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def log_return(
    data: Any,
    period: int = 1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Natural logarithm of a value over that of some bars before.

        log(x / x[period])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; after 1 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Returns that add up over time.
    """
    return run("log_return", data, {"source": series(source)}, {"period": period}, options)


def pgo(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the close from its mean, in exponential means of true ranges.

    Without movement it is 0.

        (close - sma(close, period)) / ema(true_range(), period)

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 14 on; after 145 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Mark Johnson, Pretty Good Oscillator.
    """
    return run("pgo", data, {}, {"period": period}, options)


def bias(
    data: Any,
    period: int = 26,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a value from its mean, in percent of the mean.

        100 * (x - sma(x, period)) / sma(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 26 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The disparity index of Steve Nison, Beyond Candlesticks, 1994.
    """
    return run("bias", data, {"source": series(source)}, {"period": period}, options)


def laguerre_rsi(
    data: Any,
    gamma: float = 0.5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Relative strength among four lines that Laguerre filters make of a value, from 0 to 100.

    Lines that do not differ give 50.

        a = (1 - gamma) * x + gamma * a[1]       b = -gamma * a + a[1] + gamma * b[1]
        c = -gamma * b + b[1] + gamma * c[1]     d = -gamma * c + c[1] + gamma * d[1]
        up, down: sums of the rises and of the falls from b to a, from c to b, from d to c
        100 * up / (up + down)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    gamma
        How far back the lines look. From 0.0 to 0.999.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004.
    """
    return run("laguerre_rsi", data, {"source": series(source)}, {"gamma": gamma}, options)


def rsx(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Relative strength of smoothed changes, from 0 to 100.

    Changes and their sizes are smoothed alike, three times by the same filter of two exponential means, which begins
    with 0. Where the sizes are less than 1e-12 of the value it is 50.

        smooth(v) = 1.5 * a - 0.5 * b, where a = a[1] + f * (v - a[1]), b = b[1] + f * (a - b[1]), f = 3 / (period + 2)
        rsx = 50 + 50 * smooth(smooth(smooth(x - x[1]))) / smooth(smooth(smooth(abs(x - x[1]))))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest change. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The published reading of Mark Jurik's RSX.
    """
    return run("rsx", data, {"source": series(source)}, {"period": period}, options)


def qqe(
    data: Any,
    period: int = 14,
    smoothing: int = 5,
    factor: float = 4.236,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A smoothed RSI, and a stop that follows it at some smoothed ranges of its own.

    The stop is the long one while the direction is up (true), first, and the short one while it is down.

        line  = ema(rsi(x, period), smoothing)
        reach = factor * ema(ema(abs(line - line[1]), 2 * period - 1), 2 * period - 1)
        long  = greatest(long[1], line - reach) where line and line[1] are above long[1], else line - reach
        short = least(short[1], line + reach)   where line and line[1] are below short[1], else line + reach
        turns up where line > short[1], down where line < long[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Period of the RSI. From 1 to 1,000,000.
    smoothing
        Period of the mean of the RSI. From 1 to 1,000,000.
    factor
        Ranges from the line to the stop. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    line
        As `Rule.run` gives it, one value per bar, in percent.
    stop
        As `Rule.run` gives it, one value per bar, in percent.
    direction
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from `line` bar 15 on, `stop` bar 16 on, `direction` bar 16 on; how long the
    beginning of history matters depends on the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Roman Ignatov, QQE, 2005.
    """
    return run(
        "qqe",
        data,
        {"source": series(source)},
        {"period": period, "smoothing": smoothing, "factor": factor},
        options,
    )


def pmo(
    data: Any,
    first: int = 35,
    second: int = 20,
    signal_period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """One-bar changes in percent, smoothed twice, and a signal line.

    The smoothing weighs the newest value by `2 / period` and begins with the first; the signal is an exponential mean.

        once   = once[1] + 2 / first * (100 * (x / x[1] - 1) - once[1])
        pmo    = pmo[1] + 2 / second * (10 * once - pmo[1])
        signal = ema(pmo, signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    first
        Sets the weight in the first smoothing. From 2 to 1,000,000.
    second
        Sets the weight in the second smoothing. From 2 to 1,000,000.
    signal_period
        Period of the signal. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    pmo
        As `Rule.run` gives it, one value per bar, a number without a unit.
    signal
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Carl Swenlin, DecisionPoint.
    """
    return run(
        "pmo",
        data,
        {"source": series(source)},
        {"first": first, "second": second, "signal_period": signal_period},
        options,
    )


def slope(
    data: Any,
    period: int = 1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change over some bars, per bar.

        (x - x[period]) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 2 on; after 1 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The slope of a chord.
    """
    return run("slope", data, {"source": series(source)}, {"period": period}, options)


# Other names.
stoch = stochastic
rvgi = relative_vigor
osma = macd_histogram
disparity_index = bias
lrsi = laguerre_rsi

__all__ = [
    "bias",
    "demarker",
    "disparity_index",
    "laguerre_rsi",
    "log_return",
    "lrsi",
    "macd",
    "macd_histogram",
    "osma",
    "pgo",
    "pmo",
    "qqe",
    "rci",
    "relative_vigor",
    "rsi",
    "rsx",
    "rvgi",
    "slope",
    "stoch",
    "stochastic",
    "talib_macdext",
]
