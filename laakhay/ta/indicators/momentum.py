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
    flat: float = 50.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of upward movement in all movement, from 0 to 100.

    Each bar's change is split into a gain and a loss; each is averaged with Wilder's mean, seeded with the plain mean
    of the first `period` changes. Before anything moves it is 50, or what `flat` says; where a value is the one before
    it, the strength stays what it was.

        rsi = 100 * (gain / (gain + loss))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that are averaged. From 1 to 1,000,000.
    flat
        The strength before anything moves. From 0.0 to 100.0.
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
    return run("rsi", data, {"source": series(source)}, {"period": period, "flat": flat}, options)


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


def talib_macd(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    signal_period: int = 9,
    fast_weight: float = 0.0,
    slow_weight: float = 0.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast exponential mean from a slow one, its own exponential mean, and their difference, as TA-Lib
    begins them.

    Every mean begins with a plain one of its period; those of the input end on the same bar, so that the fast one
    leaves out the first values. The shorter period is the fast one. The first output has values before the others,
    where TA-Lib has none; with a signal period of 1, where TA-Lib's values are those of a later bar, these are not.

        macd      = talib.ema(x, fast_period) - talib.ema(x, slow_period)
        signal    = talib.ema(macd, signal_period)
        histogram = macd - signal

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 2 to 100,000.
    slow_period
        Period of the slow mean. From 2 to 100,000.
    signal_period
        Period of the signal's mean. From 1 to 100,000.
    fast_weight
        Weight of the newest value in the fast mean; 0 is that of its period. From 0.0 to 1.0.
    slow_weight
        Weight of the newest value in the slow mean; 0 is that of its period. From 0.0 to 1.0.
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

    With the defaults the first values come from `macd` bar 26 on, `signal` bar 34 on, `histogram` bar 34 on; after 398
    bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MACD.
    """
    return run(
        "talib.macd",
        data,
        {"source": series(source)},
        {
            "fast_period": fast_period,
            "slow_period": slow_period,
            "signal_period": signal_period,
            "fast_weight": fast_weight,
            "slow_weight": slow_weight,
        },
        options,
    )


def talib_macdext(
    data: Any,
    fast_period: int = 12,
    fast_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "sma",
    slow_period: int = 26,
    slow_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "sma",
    signal_period: int = 9,
    signal_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "sma",
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
        Kind of the fast mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    slow_period
        Values that count in the slow mean. From 2 to 100,000.
    slow_matype
        Kind of the slow mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    signal_period
        Values that count in the signal. From 1 to 100,000.
    signal_matype
        Kind of the signal's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
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


def momentum(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change since the value of `period` ago.

        momentum = x - x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The change over some bars.
    """
    return run("momentum", data, {"source": series(source)}, {"period": period}, options)


def roc(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change in percent since the value of `period` ago.

    Not ready where that value is 0.

        roc = 100 * ((x - x[period]) / x[period])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The rate of change over some bars.
    """
    return run("roc", data, {"source": series(source)}, {"period": period}, options)


def talib_roc(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change in percent since the value of `period` ago, 0 where that value is 0.

        roc = 100 * ((x - x[period]) / x[period])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ROC.
    """
    return run("talib.roc", data, {"source": series(source)}, {"period": period}, options)


def rocp(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change since the value of `period` ago as a share of it.

    Not ready where that value is 0.

        rocp = (x - x[period]) / x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The rate of change over some bars.
    """
    return run("rocp", data, {"source": series(source)}, {"period": period}, options)


def talib_rocp(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change since the value of `period` ago as a share of it, 0 where that value is 0.

        rocp = (x - x[period]) / x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ROCP.
    """
    return run("talib.rocp", data, {"source": series(source)}, {"period": period}, options)


def rocr(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Ratio to the value of `period` ago.

    Not ready where that value is 0.

        rocr = x / x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The rate of change over some bars.
    """
    return run("rocr", data, {"source": series(source)}, {"period": period}, options)


def talib_rocr(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Ratio to the value of `period` ago, 0 where that value is 0.

        rocr = x / x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ROCR.
    """
    return run("talib.rocr", data, {"source": series(source)}, {"period": period}, options)


def rocr100(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Ratio to the value of `period` ago, in percent.

    Not ready where that value is 0.

        rocr100 = 100 * x / x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The rate of change over some bars.
    """
    return run("rocr100", data, {"source": series(source)}, {"period": period}, options)


def talib_rocr100(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Ratio to the value of `period` ago, in percent, 0 where that value is 0.

        rocr100 = 100 * x / x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ROCR100.
    """
    return run("talib.rocr100", data, {"source": series(source)}, {"period": period}, options)


def williams_r(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Place of the close in the range of the last bars, from -100 at the lowest low to 0 at the highest high; -50 without
    a range.

        williams_r = -100 * (highest high - close) / (highest high - lowest low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose range counts. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Larry Williams, How I Made One Million Dollars, 1973.
    """
    return run("williams_r", data, {}, {"period": period}, options)


def talib_willr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Williams %R as TA-Lib has it: 0 without a range, where `williams_r` is -50.

        willr = -100 * (highest high - close) / (highest high - lowest low)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose range counts. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, WILLR.
    """
    return run("talib.willr", data, {}, {"period": period}, options)


def stochf(
    data: Any,
    k_period: int = 5,
    d_period: int = 3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Place of the close in the range of the last bars, from 0 to 100, and its mean; a window without range gives 50.

    It is `stochastic` with a `k` that is not averaged, and shorter windows.

        k = 100 * (close - lowest low) / (highest high - lowest low)     d = sma(k, d_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    k_period
        Bars whose range counts. From 1 to 1,000,000.
    d_period
        Values of %K that %D averages. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 5 on, `d` bar 7 on; values are the same wherever the history
    begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: George C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984.
    """
    return run("stochf", data, {}, {"k_period": k_period, "d_period": d_period}, options)


def talib_stoch(
    data: Any,
    fastk_period: int = 5,
    slowk_period: int = 3,
    slowk_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "sma",
    slowd_period: int = 3,
    slowd_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "sma",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Slow stochastic with means of any kind; a window without range gives 0, where `stochastic` gives 50.

        fast = 100 * (close - lowest low) / (highest high - lowest low)
        k    = talib.ma(fast, slowk_period, slowk_matype)     d = talib.ma(k, slowd_period, slowd_matype)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fastk_period
        Bars whose range counts. From 1 to 100,000.
    slowk_period
        Values that %K averages. From 1 to 100,000.
    slowk_matype
        Kind of %K's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    slowd_period
        Values of %K that %D averages. From 1 to 100,000.
    slowd_matype
        Kind of %D's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 7 on, `d` bar 9 on; values are the same wherever the history
    begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, STOCH.
    """
    return run(
        "talib.stoch",
        data,
        {},
        {
            "fastk_period": fastk_period,
            "slowk_period": slowk_period,
            "slowk_matype": slowk_matype,
            "slowd_period": slowd_period,
            "slowd_matype": slowd_matype,
        },
        options,
    )


def talib_stochf(
    data: Any,
    fastk_period: int = 5,
    fastd_period: int = 3,
    fastd_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "sma",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Fast stochastic with a mean of any kind; a window without range gives 0, where `stochf` gives 50.

        k = 100 * (close - lowest low) / (highest high - lowest low)     d = talib.ma(k, fastd_period, fastd_matype)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fastk_period
        Bars whose range counts. From 1 to 100,000.
    fastd_period
        Values of %K that %D averages. From 1 to 100,000.
    fastd_matype
        Kind of %D's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 5 on, `d` bar 7 on; values are the same wherever the history
    begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, STOCHF.
    """
    return run(
        "talib.stochf",
        data,
        {},
        {"fastk_period": fastk_period, "fastd_period": fastd_period, "fastd_matype": fastd_matype},
        options,
    )


def stoch_rsi(
    data: Any,
    period: int = 14,
    k_period: int = 5,
    d_period: int = 3,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Place of the relative strength in its own range of the last values, from 0 to 100, and its mean; a strength that
    does not move gives 50.

        strength = rsi(x, period)
        k = 100 * (strength - min(strength, k_period)) / (max(strength, k_period) - min(strength, k_period))     d = sma(k, d_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that the strength averages. From 1 to 1,000,000.
    k_period
        Strengths whose range counts. From 1 to 1,000,000.
    d_period
        Values of %K that %D averages. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 19 on, `d` bar 21 on; after 294 bars the beginning weighs less
    than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande, Stanley Kroll, The New Technical Trader, 1994.
    """
    return run(
        "stoch_rsi",
        data,
        {"source": series(source)},
        {"period": period, "k_period": k_period, "d_period": d_period},
        options,
    )


def talib_stochrsi(
    data: Any,
    period: int = 14,
    fastk_period: int = 5,
    fastd_period: int = 3,
    fastd_matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Fast stochastic of the relative strength, with a mean of any kind; a strength that does not move gives 0, where
    `stoch_rsi` gives 50.

        strength = talib.rsi(x, period)
        k = 100 * (strength - min(strength, fastk_period)) / (max(strength, fastk_period) - min(strength, fastk_period))
        d = talib.ma(k, fastd_period, fastd_matype)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that the strength averages. From 1 to 1,000,000.
    fastk_period
        Strengths whose range counts. From 1 to 100,000.
    fastd_period
        Values of %K that %D averages. From 1 to 100,000.
    fastd_matype
        Kind of %D's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 19 on, `d` bar 21 on; after 294 bars the beginning weighs less
    than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, STOCHRSI.
    """
    return run(
        "talib.stochrsi",
        data,
        {"source": series(source)},
        {"period": period, "fastk_period": fastk_period, "fastd_period": fastd_period, "fastd_matype": fastd_matype},
        options,
    )


def trix(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change in percent of a mean that was smoothed three times, each mean seeded by its first input.

        smooth = ema(ema(ema(x, period), period), period)
        trix   = 100 * (smooth - smooth[1]) / smooth[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 2 on; after 934 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Jack K. Hutson, Good TRIX, Technical Analysis of Stocks & Commodities, 1983.
    """
    return run("trix", data, {"source": series(source)}, {"period": period}, options)


def talib_trix(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change in percent of a mean that was smoothed three times, of means that begin with the plain mean of their first
    `period` values.

    `trix` is the same of means that are seeded by their first input. A smoothed value of 0 gives 0 on the next bar.

        smooth = talib.ema(talib.ema(talib.ema(x, period), period), period)
        trix   = 100 * (smooth - smooth[1]) / smooth[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 89 on; after 1,024 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, TRIX.
    """
    return run("talib.trix", data, {"source": series(source)}, {"period": period}, options)


def ultimate(
    data: Any,
    first_period: int = 7,
    second_period: int = 14,
    third_period: int = 28,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of buying pressure in the true range over three windows, the shortest of which weighs the most; from 0 to 100.

    Both are measured from the close before, so that the first bar has neither. Not ready while a window has no range.

        pressure = close - min(low, close[1])     range = max(high, close[1]) - min(low, close[1])
        average(n) = sum(pressure, n) / sum(range, n)
        ultimate = 100 * (4 * average(first_period) + 2 * average(second_period) + average(third_period)) / 7

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    first_period
        Bars of the shortest window. From 1 to 1,000,000.
    second_period
        Bars of the middle one. From 1 to 1,000,000.
    third_period
        Bars of the longest one. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 29 on; after 28 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Larry Williams, The Ultimate Oscillator, 1985.
    """
    return run(
        "ultimate",
        data,
        {},
        {"first_period": first_period, "second_period": second_period, "third_period": third_period},
        options,
    )


def talib_ultosc(
    data: Any,
    timeperiod1: int = 7,
    timeperiod2: int = 14,
    timeperiod3: int = 28,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Ultimate oscillator of three periods in any order: the shortest weighs the most. A window without range counts as 0.

    `ultimate` takes the periods as they are given, and is not ready where a window has no range.

        pressure = close - min(low, close[1])     range = max(high, close[1]) - min(low, close[1])
        average(n) = sum(pressure, n) / sum(range, n)
        ultosc = 100 * (4 * average(shortest) + 2 * average(middle) + average(longest)) / 7

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    timeperiod1
        Bars of one window. From 1 to 1,000,000.
    timeperiod2
        Bars of another. From 1 to 1,000,000.
    timeperiod3
        Bars of the third. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 29 on; after 28 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ULTOSC.
    """
    return run(
        "talib.ultosc",
        data,
        {},
        {"timeperiod1": timeperiod1, "timeperiod2": timeperiod2, "timeperiod3": timeperiod3},
        options,
    )


def bop(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of the bar's range that lies between open and close, from -1 to 1; 0 where there is no range.

        bop = (close - open) / (high - low)

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

    Source: Igor Livshin, Balance of Market Power, Technical Analysis of Stocks & Commodities, 2001.
    """
    return run("bop", data, {}, {}, options)


def cmo(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Upward less downward movement as a share of all movement over the last `period` changes, from -100 to 100; 0 where
    nothing moves.

    Plain sums, as Chande has them; `talib.cmo` smooths both as `rsi` does.

        gain, loss = max(x - x[1], 0), max(x[1] - x, 0)
        cmo = 100 * (sum(gain, period) - sum(loss, period)) / (sum(gain, period) + sum(loss, period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 14 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande, Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("cmo", data, {"source": series(source)}, {"period": period}, options)


def talib_cmo(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Upward less downward movement as a share of all movement, both averaged as in `rsi`; from -100 to 100, 0 before
    anything moves.

    `cmo` is Chande's own, of plain sums.

        cmo = 2 * rsi(x, period) - 100

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

    Source: TA-Lib, CMO.
    """
    return run("talib.cmo", data, {"source": series(source)}, {"period": period}, options)


def apo(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "ema",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean from a slow one.

        fast, slow = ma(x, fast_period, matype), ma(x, slow_period, matype)
        apo = fast - slow

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Values that count in the fast mean; fewer than in the slow one. From 1 to 100,000.
    slow_period
        Values that count in the slow mean. From 1 to 100,000.
    matype
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; after 270 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Gerald Appel, The Moving Average Convergence-Divergence Method, 1979.
    """
    return run(
        "apo",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "matype": matype},
        options,
    )


def talib_apo(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "ema",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean from a slow one, with TA-Lib's means; the shorter period is the fast one.

        fast, slow = talib.ma(x, fast_period, matype), talib.ma(x, slow_period, matype)
        apo = fast - slow

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Values that count in one mean. From 2 to 100,000.
    slow_period
        Values that count in the other. From 2 to 100,000.
    matype
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 26 on; after 296 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, APO.
    """
    return run(
        "talib.apo",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "matype": matype},
        options,
    )


def ppo(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "ema",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean from a slow one, in percent of the slow one.

        fast, slow = ma(x, fast_period, matype), ma(x, slow_period, matype)
        ppo = 100 * (fast - slow) / slow

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Values that count in the fast mean; fewer than in the slow one. From 1 to 100,000.
    slow_period
        Values that count in the slow mean. From 1 to 100,000.
    matype
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from the first bar on; after 270 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Gerald Appel, The Moving Average Convergence-Divergence Method, 1979.
    """
    return run(
        "ppo",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "matype": matype},
        options,
    )


def talib_ppo(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] = "ema",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean from a slow one, in percent of the slow one, 0 where that is 0, with TA-Lib's means; the
    shorter period is the fast one.

        fast, slow = talib.ma(x, fast_period, matype), talib.ma(x, slow_period, matype)
        ppo = 100 * (fast - slow) / slow

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Values that count in one mean. From 2 to 100,000.
    slow_period
        Values that count in the other. From 2 to 100,000.
    matype
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 26 on; after 296 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, PPO.
    """
    return run(
        "talib.ppo",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "matype": matype},
        options,
    )


def talib_macdfix(
    data: Any,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """MACD of 12 and 26 values whose newest weighs 0.15 and 0.075, which `talib.macd` has as 2 / 13 and 2 / 27.

        macdfix = talib.macd(x, 12, 26, signal_period, 0.15, 0.075)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    signal_period
        Period of the signal's mean. From 1 to 100,000.
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

    With the defaults the first values come from `macd` bar 26 on, `signal` bar 34 on, `histogram` bar 34 on; after 394
    bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MACDFIX.
    """
    return run("talib.macdfix", data, {"source": series(source)}, {"signal_period": signal_period}, options)


def cci(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the typical price from its mean, in mean distances; 0 where prices do not move.

        typical = (high + low + close) / 3
        cci     = (typical - sma(typical, period)) / (0.015 * mean_abs_dev(typical, period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald R. Lambert, Commodity Channel Index, Commodities, 1980.
    """
    return run("cci", data, {}, {"period": period}, options)


def talib_rsi(
    data: Any,
    period: int = 14,
    flat: float = 0.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of upward movement in all movement, from 0 to 100.

    Each bar's change is split into a gain and a loss; each is averaged with Wilder's mean, seeded with the plain mean
    of the first `period` changes. Before anything moves it is 50, or what `flat` says; where a value is the one before
    it, the strength stays what it was.

        rsi = 100 * (gain / (gain + loss))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes that are averaged. From 1 to 1,000,000.
    flat
        The strength before anything moves. From 0.0 to 100.0.
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
    return run("talib.rsi", data, {"source": series(source)}, {"period": period, "flat": flat}, options)


def talib_mom(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change since the value of `period` ago.

        momentum = x - x[period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars back. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 11 on; after 10 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The change over some bars.
    """
    return run("talib.mom", data, {"source": series(source)}, {"period": period}, options)


def talib_bop(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of the bar's range that lies between open and close, from -1 to 1; 0 where there is no range.

        bop = (close - open) / (high - low)

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

    Source: Igor Livshin, Balance of Market Power, Technical Analysis of Stocks & Commodities, 2001.
    """
    return run("talib.bop", data, {}, {}, options)


def talib_cci(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the typical price from its mean, in mean distances; 0 where prices do not move.

        typical = (high + low + close) / 3
        cci     = (typical - sma(typical, period)) / (0.015 * mean_abs_dev(typical, period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald R. Lambert, Commodity Channel Index, Commodities, 1980.
    """
    return run("talib.cci", data, {}, {"period": period}, options)


# Other names.
stoch = stochastic
macdext = talib_macdext
rvgi = relative_vigor
osma = macd_histogram
disparity_index = bias
lrsi = laguerre_rsi
mom = momentum
willr = williams_r
stoch_fast = stochf
fast_stochastic = stochf
stochrsi = stoch_rsi
ultosc = ultimate
balance_of_power = bop
macdfix = talib_macdfix

__all__ = [
    "apo",
    "balance_of_power",
    "bias",
    "bop",
    "cci",
    "cmo",
    "demarker",
    "disparity_index",
    "fast_stochastic",
    "laguerre_rsi",
    "log_return",
    "lrsi",
    "macd",
    "macd_histogram",
    "macdext",
    "macdfix",
    "mom",
    "momentum",
    "osma",
    "pgo",
    "pmo",
    "ppo",
    "qqe",
    "rci",
    "relative_vigor",
    "roc",
    "rocp",
    "rocr",
    "rocr100",
    "rsi",
    "rsx",
    "rvgi",
    "slope",
    "stoch",
    "stoch_fast",
    "stoch_rsi",
    "stochastic",
    "stochf",
    "stochrsi",
    "talib_apo",
    "talib_bop",
    "talib_cci",
    "talib_cmo",
    "talib_macd",
    "talib_macdext",
    "talib_macdfix",
    "talib_mom",
    "talib_ppo",
    "talib_roc",
    "talib_rocp",
    "talib_rocr",
    "talib_rocr100",
    "talib_rsi",
    "talib_stoch",
    "talib_stochf",
    "talib_stochrsi",
    "talib_trix",
    "talib_ultosc",
    "talib_willr",
    "trix",
    "ultimate",
    "ultosc",
    "williams_r",
    "willr",
]
