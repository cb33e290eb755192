"""Speed and exhaustion of movement.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Operand, Source, run, series


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

    It is Spearman's coefficient in percent: the correlation of ranks, of which equal values share the mean. The newest
    bar has the greatest rank of time. Where all values are equal it is 0.

        rci = 100 * correlation of (ranks of the values, 1 ... period)

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
    fast_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    slow_period: int = 26,
    slow_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    signal_period: int = 9,
    signal_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
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
        Kind of the fast mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma",
        "zlema", "rma".
    slow_period
        Values that count in the slow mean. From 2 to 100,000.
    slow_matype
        Kind of the slow mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma",
        "zlema", "rma".
    signal_period
        Values that count in the signal. From 1 to 100,000.
    signal_matype
        Kind of the signal's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma",
        "zlema", "rma".
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

    With the defaults the first values come from `macd` bar 26 on, `signal` bar 34 on, `histogram` bar 34 on; values are
    the same wherever the history begins.

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

    With the defaults the first values come from `rvgi` bar 13 on, `signal` bar 16 on; values are the same wherever the
    history begins.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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
    slowk_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    slowd_period: int = 3,
    slowd_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
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
        Kind of %K's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    slowd_period
        Values of %K that %D averages. From 1 to 100,000.
    slowd_matype
        Kind of %D's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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
    fastd_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
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
        Kind of %D's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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
    fastd_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
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
        Kind of %D's mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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

    With the defaults the first values come from bar 2 on; after 933 bars the beginning weighs less than 1e-9.

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

    With the defaults the first values come from bar 89 on; after 1,023 bars the beginning weighs less than 1e-9.

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

    With the defaults the first values come from bar 29 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 29 on; values are the same wherever the history begins.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

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
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "ema",
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
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "ema",
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
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "ema",
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
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "ema",
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
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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


def ao(
    data: Any,
    fast_period: int = 5,
    slow_period: int = 34,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the mean of the last few bars' middles from the mean of more of them.

        ao = sma((high + low) / 2, fast_period) - sma((high + low) / 2, slow_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Middles of the short mean. From 1 to 1,000,000.
    slow_period
        Middles of the long mean. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 34 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bill Williams, New Trading Dimensions, 1998.
    """
    return run("ao", data, {}, {"fast_period": fast_period, "slow_period": slow_period}, options)


def ac(
    data: Any,
    fast_period: int = 5,
    slow_period: int = 34,
    signal_period: int = 5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The Awesome Oscillator less its own mean.

        ac = ao(fast_period, slow_period) - sma(ao(fast_period, slow_period), signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Middles of the short mean. From 1 to 1,000,000.
    slow_period
        Middles of the long mean. From 1 to 1,000,000.
    signal_period
        Oscillator's values that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 38 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bill Williams, New Trading Dimensions, 1998.
    """
    return run(
        "ac",
        data,
        {},
        {"fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def cmo_sum(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Upward movement less downward movement of the last changes, as a share of all of it, from −100 to 100.

    Chande's own form with plain sums; Wilder's means are in TA-Lib's `CMO`. A window without movement gives 0.

        cmo_sum = 100 * (up - down) / (up + down)     up, down: sums of the last `period` rises and falls

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("cmo_sum", data, {"source": series(source)}, {"period": period}, options)


def coppock(
    data: Any,
    wma_period: int = 10,
    fast_roc: int = 11,
    slow_roc: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Weighted mean of two rates of change added up.

        coppock = wma(roc(close, fast_roc) + roc(close, slow_roc), wma_period)     roc in percent

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    wma_period
        Sums that are averaged. From 1 to 1,000,000.
    fast_roc
        Bars of the shorter change. From 1 to 1,000,000.
    slow_roc
        Bars of the longer change. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 24 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Edwin S. C. Coppock, Barron's, 1962.
    """
    return run(
        "coppock",
        data,
        {"source": series(source)},
        {"wma_period": wma_period, "fast_roc": fast_roc, "slow_roc": slow_roc},
        options,
    )


def dpo(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A value of half a period ago less the mean of the last ones.

    It looks back, not ahead: the mean is not moved to the middle of its window.

        dpo = x[period / 2 + 1] - sma(x, period)     period / 2 without its fraction

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that are averaged. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Steven B. Achelis, Technical Analysis from A to Z, 2000.
    """
    return run("dpo", data, {"source": series(source)}, {"period": period}, options)


def efficiency_ratio(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance between two values over the way there, from 0 to 1.

    Where nothing moves it is 1, as `kama` has it.

        efficiency_ratio = abs(x - x[period]) / rolling_sum(abs(x - x[1]), period)

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Perry J. Kaufman, Smarter Trading, 1995.
    """
    return run("efficiency_ratio", data, {"source": series(source)}, {"period": period}, options)


def forecast_osc(
    data: Any,
    period: int = 5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how many percent a value is above what the straight line through the ones before foretold.

    The line is that of least squares through the last `period` values up to the one before.

        forecast     = 3 * wma(x, period) - 2 * sma(x, period) + 6 * (wma(x, period) - sma(x, period)) / (period - 1)
        forecast_osc = 100 * (x - forecast[1]) / x

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that the line goes through. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 6 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("forecast_osc", data, {"source": series(source)}, {"period": period}, options)


def imi(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of the rises within bars in all of their bodies, from 0 to 100.

    Bars without bodies give 50.

        imi = 100 * up / (up + down)     up, down: sums of the last `period` white and black bodies

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
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("imi", data, {}, {"period": period}, options)


def mass_index(
    data: Any,
    fast_period: int = 9,
    slow_period: int = 25,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of what an exponential mean of the bars' ranges is of its own mean.

    Means begin with their first values. While no bar has a range the ratio is 1.

        mean = ema(high - low, fast_period)
        mass_index = rolling_sum(mean / ema(mean, fast_period), slow_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the means. From 1 to 1,000,000.
    slow_period
        Ratios that are added up. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 25 on; after 186 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald G. Dorsey, The Mass Index, Technical Analysis of Stocks & Commodities, 1992.
    """
    return run("mass_index", data, {}, {"fast_period": fast_period, "slow_period": slow_period}, options)


def talib_massi(
    data: Any,
    fast_period: int = 9,
    slow_period: int = 25,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of what an exponential mean of the bars' ranges is of its own mean.

    Means begin with the plain means of their first `fast_period` values. While no bar has a range the ratio is 1.

        mean  = talib.ema(high - low, fast_period)
        massi = rolling_sum(mean / talib.ema(mean, fast_period), slow_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the means. From 2 to 1,000,000.
    slow_period
        Ratios that are added up. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 41 on; after 204 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MASSI; Donald G. Dorsey, The Mass Index, Technical Analysis of Stocks & Commodities, 1992.
    """
    return run("talib.massi", data, {}, {"fast_period": fast_period, "slow_period": slow_period}, options)


def pvo(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    *,
    source: Source = "volume",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast exponential mean of volume from a slow one, in percent of the slow one.

    The means begin with the first volume.

        pvo = 100 * (ema(volume, fast_period) - ema(volume, slow_period)) / ema(volume, slow_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
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

    Source: Gerald Appel's price oscillator, of volume.
    """
    return run(
        "pvo",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period},
        options,
    )


def talib_pvo(
    data: Any,
    fast_period: int = 12,
    slow_period: int = 26,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "ema",
    *,
    source: Source = "volume",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast mean of volume from a slow one of the kind that is chosen, in percent of the slow one.

    The means are those of `talib.ma`; where the fast period is the longer one they change places. Where the slow one is
    nothing the value is 0.

        pvo = 100 * (talib.ma(volume, fast_period, matype) - slow) / slow     slow = talib.ma(volume, slow_period, matype)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Values that count in the fast mean. From 2 to 1,000,000.
    slow_period
        Values that count in the slow mean. From 2 to 1,000,000.
    matype
        Kind of both means. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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

    Source: TA-Lib, PVO.
    """
    return run(
        "talib.pvo",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "matype": matype},
        options,
    )


def tsi(
    data: Any,
    first_period: int = 25,
    second_period: int = 13,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Double exponential mean of changes as a share of that of their sizes, from −100 to 100.

    The means begin with the first change. A market that has not moved gives 0.

        tsi = 100 * ema(ema(x - x[1], first_period), second_period) / ema(ema(abs(x - x[1]), first_period), second_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    first_period
        Period of the means of changes. From 1 to 1,000,000.
    second_period
        Period of the means of these. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; after 394 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: William Blau, Momentum, Direction, and Divergence, 1995.
    """
    return run(
        "tsi",
        data,
        {"source": series(source)},
        {"first_period": first_period, "second_period": second_period},
        options,
    )


def talib_tsi(
    data: Any,
    first_period: int = 25,
    second_period: int = 13,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Double exponential mean of changes as a share of that of their sizes, from −100 to 100.

    Each mean begins with the plain mean of its first values. A market that has not moved gives 0.

        tsi = 100 * talib.ema(talib.ema(x - x[1], first_period), second_period) / the same of abs(x - x[1])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    first_period
        Period of the means of changes. From 2 to 1,000,000.
    second_period
        Period of the means of these. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 38 on; after 432 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, TSI; William Blau, Momentum, Direction, and Divergence, 1995.
    """
    return run(
        "talib.tsi",
        data,
        {"source": series(source)},
        {"first_period": first_period, "second_period": second_period},
        options,
    )


def talib_kdj(
    data: Any,
    fastk_period: int = 9,
    slowk_period: int = 3,
    slowk_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "rma",
    slowd_period: int = 3,
    slowd_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "rma",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Stochastic oscillator with a third line, three times the first less twice the second.

    A window without range gives 0. Both means are Wilder's where no other kind is chosen, and begin with plain means.

        k = talib.ma(100 * (close - min(low, fastk_period)) / (max(high, fastk_period) - min(low, fastk_period)), slowk_period, slowk_matype)
        d = talib.ma(k, slowd_period, slowd_matype)
        j = 3 * k - 2 * d

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fastk_period
        Bars whose range counts. From 1 to 1,000,000.
    slowk_period
        Period of the mean that K is. From 1 to 100,000.
    slowk_matype
        Kind of the mean that K is. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma",
        "zlema", "rma".
    slowd_period
        Period of the mean that D is. From 1 to 100,000.
    slowd_matype
        Kind of the mean that D is. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma",
        "zlema", "rma".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.
    j
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 13 on; after 110 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, KDJ; George C. Lane's stochastic oscillator.
    """
    return run(
        "talib.kdj",
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


def kdj(
    data: Any,
    period: int = 9,
    k_period: int = 3,
    d_period: int = 3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Stochastic oscillator with a third line, three times the first less twice the second.

    The means are Wilder's, begun with plain ones. A window without range gives 50.

        k = talib.rma(100 * (close - min(low, period)) / (max(high, period) - min(low, period)), k_period)
        d = talib.rma(k, d_period)
        j = 3 * k - 2 * d

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose range counts. From 1 to 1,000,000.
    k_period
        Period of the mean that K is. From 1 to 1,000,000.
    d_period
        Period of the mean that D is. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    k
        As `Rule.run` gives it, one value per bar, in percent.
    d
        As `Rule.run` gives it, one value per bar, in percent.
    j
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `k` bar 11 on, `d` bar 13 on, `j` bar 13 on; after 110 bars the
    beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: George C. Lane's stochastic oscillator, as Chinese charts show it.
    """
    return run("kdj", data, {}, {"period": period, "k_period": k_period, "d_period": d_period}, options)


def smi(
    data: Any,
    period: int = 13,
    fast_period: int = 2,
    slow_period: int = 25,
    signal_period: int = 9,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the close from the middle of the last bars' range, doubly averaged, in percent of half that range,
    averaged alike.

    The means begin with their first values. While there is no range the value is 0.

        smi    = 200 * ema(ema(close - middle, slow_period), fast_period) / ema(ema(span, slow_period), fast_period)
        middle = (max(high, period) + min(low, period)) / 2
        span   = max(high, period) - min(low, period)
        signal = ema(smi, signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose range counts. From 1 to 1,000,000.
    fast_period
        Period of the second mean. From 1 to 1,000,000.
    slow_period
        Period of the first mean. From 1 to 1,000,000.
    signal_period
        Period of the signal. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    smi
        As `Rule.run` gives it, one value per bar, a number without a unit.
    signal
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; after 371 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: William Blau, Stochastic Momentum, Technical Analysis of Stocks & Commodities, 1993.
    """
    return run(
        "smi",
        data,
        {},
        {"period": period, "fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def talib_smi(
    data: Any,
    period: int = 13,
    fast_period: int = 2,
    slow_period: int = 25,
    signal_period: int = 9,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the close from the middle of the last bars' range, doubly averaged, in percent of half that range,
    averaged alike.

    Each mean begins with the plain mean of its first values. While there is no range the value is 0. Both outputs have
    their first value on one bar.

        as smi, of means of talib.ema

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose range counts. From 2 to 1,000,000.
    fast_period
        Period of the second mean. From 2 to 1,000,000.
    slow_period
        Period of the first mean. From 2 to 1,000,000.
    signal_period
        Period of the signal. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    smi
        As `Rule.run` gives it, one value per bar, a number without a unit.
    smisignal
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 46 on; after 407 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, SMI; William Blau, Stochastic Momentum, Technical Analysis of Stocks & Commodities, 1993.
    """
    return run(
        "talib.smi",
        data,
        {},
        {"period": period, "fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def cti(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Correlation of the last values with time, from −1 to 1.

    Equal values give 0.

        cti = sqrt(3 * (period + 1) / (period - 1)) * (wma(x, period) - sma(x, period)) / rolling_std(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: John F. Ehlers, Correlation as a Trend Indicator, Stocks & Commodities, 2020.
    """
    return run("cti", data, {"source": series(source)}, {"period": period}, options)


def cog(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where in its window the weight of the last values is, in bars from the newest one, which counts 1; negative, so that
    it rises with price.

    Equal values give `-(period + 1) / 2`.

        cog = -(1 * x + 2 * x[1] + ... + period * x[period - 1]) / rolling_sum(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, The CG Oscillator, Stocks & Commodities, 2002.
    """
    return run("cog", data, {"source": series(source)}, {"period": period}, options)


def fisher(
    data: Any,
    period: int = 9,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the bars' middles are in their range of the last bars, averaged and stretched so that extremes stand out.

    Both recursions begin at 0; the averaged place is kept between −0.999 and 0.999. Without range the place is the
    middle.

        m      = (high + low) / 2
        x      = (m - min(m, period)) / (max(m, period) - min(m, period)) - 0.5
        v      = 0.66 * x + 0.67 * v[1]
        fisher = 0.5 * log((1 + v) / (1 - v)) + 0.5 * fisher[1]
        signal = fisher[1]

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
    fisher
        As `Rule.run` gives it, one value per bar, a number without a unit.
    signal
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from `fisher` bar 9 on, `signal` bar 10 on; how long the beginning of
    history matters depends on the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Using the Fisher Transform, Stocks & Commodities, 2002.
    """
    return run("fisher", data, {}, {"period": period}, options)


def talib_fisher(
    data: Any,
    period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the bars' middles are in their range of the last bars, averaged and stretched so that extremes stand out.

    Beyond 0.99 the averaged place is 0.999; the trigger begins at 0 with the first value.

        as fisher

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    fisher
        As `Rule.run` gives it, one value per bar, a number without a unit.
    trigger
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 10 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, FISHER; John F. Ehlers, Using the Fisher Transform, Stocks & Commodities, 2002.
    """
    return run("talib.fisher", data, {}, {"period": period}, options)


def ibs(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where in its range a bar closes: 0 at the low, 1 at the high.

    A bar without range gives 0.5.

        ibs = (close - low) / (high - low)

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

    Source: Internal bar strength, as in Volker Knapp's articles for Active Trader.
    """
    return run("ibs", data, {}, {}, options)


def kst(
    data: Any,
    roc_1_period: int = 10,
    roc_2_period: int = 15,
    roc_3_period: int = 20,
    roc_4_period: int = 30,
    sma_1_period: int = 10,
    sma_2_period: int = 10,
    sma_3_period: int = 10,
    sma_4_period: int = 15,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Means of four rates of change, the longer the greater their weight, and the mean of their sum.

        kst    = 1 * sma(roc(x, roc_1_period), sma_1_period) + 2 * sma(roc(x, roc_2_period), sma_2_period) + 3 * ... + 4 * ...
        signal = sma(kst, signal_period)     roc in percent

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    roc_1_period
        Bars of the change that counts once. From 1 to 1,000,000.
    roc_2_period
        Bars of the change that counts twice. From 1 to 1,000,000.
    roc_3_period
        Bars of the change that counts three times. From 1 to 1,000,000.
    roc_4_period
        Bars of the change that counts four times. From 1 to 1,000,000.
    sma_1_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    sma_2_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    sma_3_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    sma_4_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    signal_period
        Values that the signal averages. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    kst
        As `Rule.run` gives it, one value per bar, in percent.
    signal
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `kst` bar 45 on, `signal` bar 53 on; values are the same wherever the
    history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Martin J. Pring, Summed Rate of Change, Stocks & Commodities, 1992.
    """
    return run(
        "kst",
        data,
        {"source": series(source)},
        {
            "roc_1_period": roc_1_period,
            "roc_2_period": roc_2_period,
            "roc_3_period": roc_3_period,
            "roc_4_period": roc_4_period,
            "sma_1_period": sma_1_period,
            "sma_2_period": sma_2_period,
            "sma_3_period": sma_3_period,
            "sma_4_period": sma_4_period,
            "signal_period": signal_period,
        },
        options,
    )


def talib_kst(
    data: Any,
    roc_1_period: int = 10,
    roc_2_period: int = 15,
    roc_3_period: int = 20,
    roc_4_period: int = 30,
    sma_1_period: int = 10,
    sma_2_period: int = 10,
    sma_3_period: int = 10,
    sma_4_period: int = 15,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Means of four rates of change, the longer the greater their weight, and the mean of their sum.

    Both outputs have their first value on one bar.

        kst    = 1 * sma(roc(x, roc_1_period), sma_1_period) + 2 * sma(roc(x, roc_2_period), sma_2_period) + 3 * ... + 4 * ...
        signal = sma(kst, signal_period)     roc in percent

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    roc_1_period
        Bars of the change that counts once. From 1 to 1,000,000.
    roc_2_period
        Bars of the change that counts twice. From 1 to 1,000,000.
    roc_3_period
        Bars of the change that counts three times. From 1 to 1,000,000.
    roc_4_period
        Bars of the change that counts four times. From 1 to 1,000,000.
    sma_1_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    sma_2_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    sma_3_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    sma_4_period
        Changes of that kind that are averaged. From 1 to 1,000,000.
    signal_period
        Values that the signal averages. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    kst
        As `Rule.run` gives it, one value per bar, in percent.
    kstsignal
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 53 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, KST; Martin J. Pring, Summed Rate of Change, Stocks & Commodities, 1992.
    """
    return run(
        "talib.kst",
        data,
        {"source": series(source)},
        {
            "roc_1_period": roc_1_period,
            "roc_2_period": roc_2_period,
            "roc_3_period": roc_3_period,
            "roc_4_period": roc_4_period,
            "sma_1_period": sma_1_period,
            "sma_2_period": sma_2_period,
            "sma_3_period": sma_3_period,
            "sma_4_period": sma_4_period,
            "signal_period": signal_period,
        },
        options,
    )


def talib_kstext(
    data: Any,
    roc_1_period: int = 10,
    roc_2_period: int = 15,
    roc_3_period: int = 20,
    roc_4_period: int = 30,
    ma_1_period: int = 10,
    ma_1_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    ma_2_period: int = 10,
    ma_2_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    ma_3_period: int = 10,
    ma_3_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    ma_4_period: int = 15,
    ma_4_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    signal_period: int = 9,
    signal_matype: Literal[
        "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"
    ] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Means of four rates of change, the longer the greater their weight, and the mean of their sum.

    Both outputs have their first value on one bar.

        kst    = 1 * talib.ma(roc(x, roc_1_period), ma_1_period, ma_1_matype) + 2 * talib.ma(roc(x, roc_2_period), ma_2_period, ma_2_matype) + 3 * ... + 4 * ...
        signal = talib.ma(kst, signal_period, signal_matype)     roc in percent

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    roc_1_period
        Bars of the change that counts once. From 1 to 1,000,000.
    roc_2_period
        Bars of the change that counts twice. From 1 to 1,000,000.
    roc_3_period
        Bars of the change that counts three times. From 1 to 1,000,000.
    roc_4_period
        Bars of the change that counts four times. From 1 to 1,000,000.
    ma_1_period
        Changes of that kind that are averaged. From 1 to 100,000.
    ma_1_matype
        Kind of that mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    ma_2_period
        Changes of that kind that are averaged. From 1 to 100,000.
    ma_2_matype
        Kind of that mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    ma_3_period
        Changes of that kind that are averaged. From 1 to 100,000.
    ma_3_matype
        Kind of that mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    ma_4_period
        Changes of that kind that are averaged. From 1 to 100,000.
    ma_4_matype
        Kind of that mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    signal_period
        Values that the signal averages. From 1 to 100,000.
    signal_matype
        Kind of the mean that the signal is. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3",
        "hma", "zlema", "rma".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    kst
        As `Rule.run` gives it, one value per bar, in percent.
    kstsignal
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 53 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, KSTEXT; Martin J. Pring, Summed Rate of Change, Stocks & Commodities, 1992.
    """
    return run(
        "talib.kstext",
        data,
        {"source": series(source)},
        {
            "roc_1_period": roc_1_period,
            "roc_2_period": roc_2_period,
            "roc_3_period": roc_3_period,
            "roc_4_period": roc_4_period,
            "ma_1_period": ma_1_period,
            "ma_1_matype": ma_1_matype,
            "ma_2_period": ma_2_period,
            "ma_2_matype": ma_2_matype,
            "ma_3_period": ma_3_period,
            "ma_3_matype": ma_3_matype,
            "ma_4_period": ma_4_period,
            "ma_4_matype": ma_4_matype,
            "signal_period": signal_period,
            "signal_matype": signal_matype,
        },
        options,
    )


def connors_rsi(
    data: Any,
    period: int = 3,
    streak_period: int = 2,
    rank_period: int = 100,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of three strengths: of the values, of the lengths of their rises and falls, and of the last change among those
    before.

    A streak counts the bars of rises on end, or of falls, negative; a bar that stands ends it. The rank is that of
    `percent_rank`.

        connors_rsi = (rsi(x, period) + rsi(streak, streak_period) + percent_rank(roc(x, 1), rank_period)) / 3

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes of the first strength. From 2 to 1,000,000.
    streak_period
        Changes of the second strength. From 2 to 1,000,000.
    rank_period
        Changes among which the last one is ranked. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 102 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Laurence Connors and Cesar Alvarez, An Introduction to ConnorsRSI, 2012.
    """
    return run(
        "connors_rsi",
        data,
        {"source": series(source)},
        {"period": period, "streak_period": streak_period, "rank_period": rank_period},
        options,
    )


def wavetrend(
    data: Any,
    channel_period: int = 10,
    average_period: int = 21,
    signal_period: int = 4,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the typical price is from its mean, in means of that distance, averaged twice.

    Means begin with their first values. Where the typical price is its mean the distance is 0.

        apart = (high + low + close) / 3 - ema((high + low + close) / 3, channel_period)
        wt1   = ema(apart / (0.015 * ema(abs(apart), channel_period)), average_period)
        wt2   = sma(wt1, signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    channel_period
        Period of the means of price and distance. From 1 to 1,000,000.
    average_period
        Period of the mean of their ratio. From 1 to 1,000,000.
    signal_period
        Values that the second line averages. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    wt1
        As `Rule.run` gives it, one value per bar, a number without a unit.
    wt2
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from `wt1` the first bar on, `wt2` bar 4 on; after 426 bars the beginning
    weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: LazyBear, WaveTrend Oscillator, TradingView, 2014.
    """
    return run(
        "wavetrend",
        data,
        {},
        {"channel_period": channel_period, "average_period": average_period, "signal_period": signal_period},
        options,
    )


def talib_wavetrend(
    data: Any,
    channel_period: int = 10,
    average_period: int = 21,
    signal_period: int = 4,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the typical price is from its mean, in means of that distance, averaged twice.

    Means begin with the plain means of their first values. Both outputs have their first value on one bar. Where the
    typical price is its mean the distance is 0.

        apart = (high + low + close) / 3 - talib.ema((high + low + close) / 3, channel_period)
        wt1   = talib.ema(apart / (0.015 * talib.ema(abs(apart), channel_period)), average_period)
        wt2   = sma(wt1, signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    channel_period
        Period of the means of price and distance. From 2 to 1,000,000.
    average_period
        Period of the mean of their ratio. From 1 to 1,000,000.
    signal_period
        Values that the second line averages. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    wt1
        As `Rule.run` gives it, one value per bar, a number without a unit.
    wt2
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 42 on; after 467 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, WAVETREND; LazyBear, WaveTrend Oscillator, TradingView, 2014.
    """
    return run(
        "talib.wavetrend",
        data,
        {},
        {"channel_period": channel_period, "average_period": average_period, "signal_period": signal_period},
        options,
    )


def derivative_osc(
    data: Any,
    period: int = 14,
    first_period: int = 5,
    second_period: int = 3,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A strength that is averaged twice, less its mean.

    The exponential means begin with their first values.

        line = ema(ema(rsi(x, period), first_period), second_period)
        derivative_osc = line - sma(line, signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes of the strength. From 1 to 1,000,000.
    first_period
        Period of the first mean. From 1 to 1,000,000.
    second_period
        Period of the second mean. From 1 to 1,000,000.
    signal_period
        Values that are averaged at last. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 23 on; after 376 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Constance Brown, Technical Analysis for the Trading Professional, 1999.
    """
    return run(
        "derivative_osc",
        data,
        {"source": series(source)},
        {
            "period": period,
            "first_period": first_period,
            "second_period": second_period,
            "signal_period": signal_period,
        },
        options,
    )


def talib_dosc(
    data: Any,
    period: int = 14,
    first_period: int = 5,
    second_period: int = 3,
    signal_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A strength that is averaged twice, less its mean.

    The exponential means begin with plain ones.

        line = talib.ema(talib.ema(rsi(x, period), first_period), second_period)
        dosc = line - sma(line, signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes of the strength. From 2 to 1,000,000.
    first_period
        Period of the first mean. From 1 to 1,000,000.
    second_period
        Period of the second mean. From 1 to 1,000,000.
    signal_period
        Values that are averaged at last. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 29 on; after 384 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, DOSC; Constance Brown, Technical Analysis for the Trading Professional, 1999.
    """
    return run(
        "talib.dosc",
        data,
        {"source": series(source)},
        {
            "period": period,
            "first_period": first_period,
            "second_period": second_period,
            "signal_period": signal_period,
        },
        options,
    )


def premier_stochastic(
    data: Any,
    period: int = 8,
    ema_period: int = 5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the close is in the range of the last bars, averaged twice and squeezed between −1 and 1.

    Means begin with their first values. Without range the place is the middle.

        place = 10 * ((close - min(low, period)) / (max(high, period) - min(low, period)) - 0.5)
        s     = ema(ema(place, ema_period), ema_period)
        premier_stochastic = (exp(s) - 1) / (exp(s) + 1)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose range counts. From 1 to 1,000,000.
    ema_period
        Period of both means. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 8 on; after 104 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Lee Leibfarth, Premier Stochastic Oscillator, Stocks & Commodities, 2008.
    """
    return run("premier_stochastic", data, {}, {"period": period, "ema_period": ema_period}, options)


def talib_pso(
    data: Any,
    period: int = 8,
    ema_period: int = 5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the close is in the range of the last bars, averaged twice and squeezed between −1 and 1.

    Means begin with the plain means of their first values. Without range the place is the middle.

        place = 10 * ((close - min(low, period)) / (max(high, period) - min(low, period)) - 0.5)
        s     = talib.ema(talib.ema(place, ema_period), ema_period)
        pso = (exp(s) - 1) / (exp(s) + 1)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose range counts. From 1 to 1,000,000.
    ema_period
        Period of both means. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 16 on; after 114 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, PSO; Lee Leibfarth, Premier Stochastic Oscillator, Stocks & Commodities, 2008.
    """
    return run("talib.pso", data, {}, {"period": period, "ema_period": ema_period}, options)


def inertia(
    data: Any,
    rvi_period: int = 14,
    period: int = 20,
    deviation_period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """End of the regression line over the last values of the Relative Volatility Index.

    Above 50 the trend is taken to go on upwards, below it downwards.

        inertia = linreg(relative_volatility(x, rvi_period, deviation_period), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    rvi_period
        Deviations that the index averages. From 1 to 1,000,000.
    period
        Values of the line. From 2 to 1,000,000.
    deviation_period
        Values of a deviation. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 42 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald G. Dorsey, Inertia, Technical Analysis of Stocks & Commodities, 1995.
    """
    return run(
        "inertia",
        data,
        {"source": series(source)},
        {"rvi_period": rvi_period, "period": period, "deviation_period": deviation_period},
        options,
    )


def swing_index(
    data: Any,
    limit_move: float = 3.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the way of a bar since the close before went in one direction.

    A bar on which nothing moved counts 0.

        swing_index = 50 * moved / r * greatest(up, down) / limit_move
        moved = close - close[1] + (close - open) / 2 + (close[1] - open[1]) / 4
        up = abs(high - close[1]), down = abs(low - close[1])
        r  = greatest(up - down / 2, down - up / 2, high - low) + abs(close[1] - open[1]) / 4

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    limit_move
        Greatest move of a day that the exchange allows. From 1e-8 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("swing_index", data, {}, {"limit_move": limit_move}, options)


def accumulative_swing_index(
    data: Any,
    limit_move: float = 3.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of the Swing Index.

    It begins at 0 with the first bar; the sum is kept with twice the digits of a number.

        accumulative_swing_index = accumulative_swing_index[1] + swing_index(limit_move)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    limit_move
        Greatest move of a day that the exchange allows. From 1e-8 to 1000000000000.0.
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

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("accumulative_swing_index", data, {}, {"limit_move": limit_move}, options)


def stc(
    data: Any,
    fast_period: int = 23,
    slow_period: int = 50,
    cycle_period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Stochastic oscillator of the stochastic oscillator of MACD, each smoothed.

    Means begin with their first values. Without range a place stays what it was, at first 0.

        line  = ema(x, fast_period) - ema(x, slow_period)
        place = 100 * (line - min(line, cycle_period)) / (max(line, cycle_period) - min(line, cycle_period))
        s     = s[1] + (place - s[1]) / 2, and both once more of s

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 1 to 1,000,000.
    slow_period
        Period of the slow mean. From 1 to 1,000,000.
    cycle_period
        Values whose range counts. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 19 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Doug Schaff, Schaff Trend Cycle, 2008.
    """
    return run(
        "stc",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "cycle_period": cycle_period},
        options,
    )


def talib_stc(
    data: Any,
    fast_period: int = 23,
    slow_period: int = 50,
    cycle_period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Stochastic oscillator of the stochastic oscillator of MACD, each smoothed.

    Means begin with the plain means of their first values; where the fast period is the longer one they change places.
    Without range a place stays what it was, at first 0.

        line  = talib.ema(x, fast_period) - talib.ema(x, slow_period)
        place = 100 * (line - min(line, cycle_period)) / (max(line, cycle_period) - min(line, cycle_period))
        s     = s[1] + (place - s[1]) / 2, and both once more of s

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Period of the fast mean. From 2 to 1,000,000.
    slow_period
        Period of the slow mean. From 2 to 1,000,000.
    cycle_period
        Values whose range counts. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 68 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, STC; Doug Schaff, Schaff Trend Cycle, 2008.
    """
    return run(
        "talib.stc",
        data,
        {"source": series(source)},
        {"fast_period": fast_period, "slow_period": slow_period, "cycle_period": cycle_period},
        options,
    )


def pine_change(
    data: Any,
    length: int = 1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Difference from the value `length` bars before.

        x - x[length]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Bars back. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.change.
    """
    return run("pine.change", data, {"source": series(source)}, {"length": length}, options)


def pine_mom(
    data: Any,
    length: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Difference from the value `length` bars before.

        x - x[length]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Bars back. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.mom.
    """
    return run("pine.mom", data, {"source": series(source)}, {"length": length}, options)


def pine_roc(
    data: Any,
    length: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Change over `length` bars in percent of the value before.

        100 * (x - x[length]) / x[length]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Bars back. From 1 to 1,000,000.
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

    Source: Pine Script v6, ta.roc.
    """
    return run("pine.roc", data, {"source": series(source)}, {"length": length}, options)


def pine_macd(
    data: Any,
    fastlen: int = 12,
    slowlen: int = 26,
    siglen: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a fast exponential mean from a slow one, its own mean, and their difference, of means that begin with
    plain ones.

        macd = pine.ema(x, fastlen) - pine.ema(x, slowlen)
        signal = pine.ema(macd, siglen)
        histogram = macd - signal

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fastlen
        Period of the fast mean. From 1 to 1,000,000.
    slowlen
        Period of the slow mean. From 1 to 1,000,000.
    siglen
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

    With the defaults the first values come from `macd` bar 26 on, `signal` bar 34 on, `histogram` bar 34 on; after 398
    bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.macd.
    """
    return run(
        "pine.macd",
        data,
        {"source": series(source)},
        {"fastlen": fastlen, "slowlen": slowlen, "siglen": siglen},
        options,
    )


def pine_tsi(
    data: Any,
    short_length: int = 13,
    long_length: int = 25,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Doubly smoothed changes over their doubly smoothed sizes, from -1 to 1.

        ema(ema(x - x[1], long_length), short_length) / ema(ema(abs(x - x[1]), long_length), short_length)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    short_length
        Period of the second mean. From 1 to 1,000,000.
    long_length
        Period of the first mean. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 38 on; after 432 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.tsi.
    """
    return run(
        "pine.tsi",
        data,
        {"source": series(source)},
        {"short_length": short_length, "long_length": long_length},
        options,
    )


def pine_cmo(
    data: Any,
    length: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Rises less falls of the last `length` changes, in percent of both.

        100 * (up - down) / (up + down)

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

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.cmo.
    """
    return run("pine.cmo", data, {"source": series(source)}, {"length": length}, options)


def pine_wpr(
    data: Any,
    length: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the close from the highest high, in percent of the range of the window, from -100 to 0.

        100 * (close - max(high, length)) / (max(high, length) - min(low, length))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Bars that count. From 1 to 1,000,000.
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

    Source: Pine Script v6, ta.wpr.
    """
    return run("pine.wpr", data, {}, {"length": length}, options)


def pine_stoch(
    data: Any,
    x: Operand = "close",
    high: Operand = "high",
    low: Operand = "low",
    length: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where a value is between the least and the greatest of other series, in percent.

        100 * (x - min(low, length)) / (max(high, length) - min(low, length))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    high
        A number, a text of the language or a rule.
    low
        A number, a text of the language or a rule.
    length
        Values that count. From 1 to 1,000,000.
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

    Source: Pine Script v6, ta.stoch.
    """
    return run("pine.stoch", data, {"x": x, "high": high, "low": low}, {"length": length}, options)


def pine_rsi(
    data: Any,
    length: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of rises in all movement by Wilder's means, from 0 to 100; without falls 100.

        100 - 100 / (1 + pine.rma(rises, length) / pine.rma(falls, length))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
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

    Source: Pine Script v6, ta.rsi.
    """
    return run("pine.rsi", data, {"source": series(source)}, {"length": length}, options)


def pine_dmi(
    data: Any,
    di_length: int = 14,
    adx_smoothing: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Shares of upward and of downward movement in the true range, in percent, and how strong their difference is.

    Where there is no movement the strength is 0.

        plus  = 100 * pine.rma(high - high[1] where that is greater than low[1] - low and than 0, di_length) / pine.rma(pine.tr(), di_length)
        minus = the same of low[1] - low
        adx   = 100 * pine.rma(abs(plus - minus) / (plus + minus), adx_smoothing)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    di_length
        Period of the means of movement. From 1 to 1,000,000.
    adx_smoothing
        Period of the mean of strengths. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    plus
        As `Rule.run` gives it, one value per bar, in percent.
    minus
        As `Rule.run` gives it, one value per bar, in percent.
    adx
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `plus` bar 15 on, `minus` bar 15 on, `adx` bar 28 on; after 588 bars
    the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.dmi.
    """
    return run("pine.dmi", data, {}, {"di_length": di_length, "adx_smoothing": adx_smoothing}, options)


def pine_cci(
    data: Any,
    length: int = 20,
    *,
    source: Source = "hlc3",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of a value from its mean, in mean distances.

        (x - sma(x, length)) / (0.015 * pine.dev(x, length))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Pine Script v6, ta.cci.
    """
    return run("pine.cci", data, {"source": series(source)}, {"length": length}, options)


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


def pine_rci(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Rank correlation of the last `period` values with time, from -100 (each is less than the one before) to 100.

    It is Spearman's coefficient in percent: the correlation of ranks, of which equal values share the mean. The newest
    bar has the greatest rank of time. Where all values are equal it is 0.

        rci = 100 * correlation of (ranks of the values, 1 ... period)

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
    return run("pine.rci", data, {"source": series(source)}, {"period": period}, options)


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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

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


def talib_ao(
    data: Any,
    fast_period: int = 5,
    slow_period: int = 34,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance of the mean of the last few bars' middles from the mean of more of them.

        ao = sma((high + low) / 2, fast_period) - sma((high + low) / 2, slow_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Middles of the short mean. From 1 to 1,000,000.
    slow_period
        Middles of the long mean. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 34 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bill Williams, New Trading Dimensions, 1998.
    """
    return run("talib.ao", data, {}, {"fast_period": fast_period, "slow_period": slow_period}, options)


def talib_ac(
    data: Any,
    fast_period: int = 5,
    slow_period: int = 34,
    signal_period: int = 5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The Awesome Oscillator less its own mean.

        ac = ao(fast_period, slow_period) - sma(ao(fast_period, slow_period), signal_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_period
        Middles of the short mean. From 1 to 1,000,000.
    slow_period
        Middles of the long mean. From 1 to 1,000,000.
    signal_period
        Oscillator's values that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 38 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bill Williams, New Trading Dimensions, 1998.
    """
    return run(
        "talib.ac",
        data,
        {},
        {"fast_period": fast_period, "slow_period": slow_period, "signal_period": signal_period},
        options,
    )


def talib_cmou(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Upward movement less downward movement of the last changes, as a share of all of it, from −100 to 100.

    Chande's own form with plain sums; Wilder's means are in TA-Lib's `CMO`. A window without movement gives 0.

        cmo_sum = 100 * (up - down) / (up + down)     up, down: sums of the last `period` rises and falls

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("talib.cmou", data, {"source": series(source)}, {"period": period}, options)


def talib_coppock(
    data: Any,
    wma_period: int = 10,
    fast_roc: int = 11,
    slow_roc: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Weighted mean of two rates of change added up.

        coppock = wma(roc(close, fast_roc) + roc(close, slow_roc), wma_period)     roc in percent

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    wma_period
        Sums that are averaged. From 1 to 1,000,000.
    fast_roc
        Bars of the shorter change. From 1 to 1,000,000.
    slow_roc
        Bars of the longer change. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 24 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Edwin S. C. Coppock, Barron's, 1962.
    """
    return run(
        "talib.coppock",
        data,
        {"source": series(source)},
        {"wma_period": wma_period, "fast_roc": fast_roc, "slow_roc": slow_roc},
        options,
    )


def talib_dpo(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A value of half a period ago less the mean of the last ones.

    It looks back, not ahead: the mean is not moved to the middle of its window.

        dpo = x[period / 2 + 1] - sma(x, period)     period / 2 without its fraction

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that are averaged. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Steven B. Achelis, Technical Analysis from A to Z, 2000.
    """
    return run("talib.dpo", data, {"source": series(source)}, {"period": period}, options)


def talib_er(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance between two values over the way there, from 0 to 1.

    Where nothing moves it is 1, as `kama` has it.

        efficiency_ratio = abs(x - x[period]) / rolling_sum(abs(x - x[1]), period)

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Perry J. Kaufman, Smarter Trading, 1995.
    """
    return run("talib.er", data, {"source": series(source)}, {"period": period}, options)


def talib_fosc(
    data: Any,
    period: int = 5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how many percent a value is above what the straight line through the ones before foretold.

    The line is that of least squares through the last `period` values up to the one before.

        forecast     = 3 * wma(x, period) - 2 * sma(x, period) + 6 * (wma(x, period) - sma(x, period)) / (period - 1)
        forecast_osc = 100 * (x - forecast[1]) / x

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that the line goes through. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 6 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("talib.fosc", data, {"source": series(source)}, {"period": period}, options)


def talib_imi(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of the rises within bars in all of their bodies, from 0 to 100.

    Bars without bodies give 50.

        imi = 100 * up / (up + down)     up, down: sums of the last `period` white and black bodies

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
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("talib.imi", data, {}, {"period": period}, options)


def talib_cti(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Correlation of the last values with time, from −1 to 1.

    Equal values give 0.

        cti = sqrt(3 * (period + 1) / (period - 1)) * (wma(x, period) - sma(x, period)) / rolling_std(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: John F. Ehlers, Correlation as a Trend Indicator, Stocks & Commodities, 2020.
    """
    return run("talib.cti", data, {"source": series(source)}, {"period": period}, options)


def talib_cg(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where in its window the weight of the last values is, in bars from the newest one, which counts 1; negative, so that
    it rises with price.

    Equal values give `-(period + 1) / 2`.

        cog = -(1 * x + 2 * x[1] + ... + period * x[period - 1]) / rolling_sum(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, The CG Oscillator, Stocks & Commodities, 2002.
    """
    return run("talib.cg", data, {"source": series(source)}, {"period": period}, options)


def pine_cog(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where in its window the weight of the last values is, in bars from the newest one, which counts 1; negative, so that
    it rises with price.

    Equal values give `-(period + 1) / 2`.

        cog = -(1 * x + 2 * x[1] + ... + period * x[period - 1]) / rolling_sum(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, The CG Oscillator, Stocks & Commodities, 2002.
    """
    return run("pine.cog", data, {"source": series(source)}, {"period": period}, options)


def talib_ibs(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where in its range a bar closes: 0 at the low, 1 at the high.

    A bar without range gives 0.5.

        ibs = (close - low) / (high - low)

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

    Source: Internal bar strength, as in Volker Knapp's articles for Active Trader.
    """
    return run("talib.ibs", data, {}, {}, options)


def talib_crsi(
    data: Any,
    period: int = 3,
    streak_period: int = 2,
    rank_period: int = 100,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of three strengths: of the values, of the lengths of their rises and falls, and of the last change among those
    before.

    A streak counts the bars of rises on end, or of falls, negative; a bar that stands ends it. The rank is that of
    `percent_rank`.

        connors_rsi = (rsi(x, period) + rsi(streak, streak_period) + percent_rank(roc(x, 1), rank_period)) / 3

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes of the first strength. From 2 to 1,000,000.
    streak_period
        Changes of the second strength. From 2 to 1,000,000.
    rank_period
        Changes among which the last one is ranked. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 102 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Laurence Connors and Cesar Alvarez, An Introduction to ConnorsRSI, 2012.
    """
    return run(
        "talib.crsi",
        data,
        {"source": series(source)},
        {"period": period, "streak_period": streak_period, "rank_period": rank_period},
        options,
    )


def talib_si(
    data: Any,
    limit_move: float = 3.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the way of a bar since the close before went in one direction.

    A bar on which nothing moved counts 0.

        swing_index = 50 * moved / r * greatest(up, down) / limit_move
        moved = close - close[1] + (close - open) / 2 + (close[1] - open[1]) / 4
        up = abs(high - close[1]), down = abs(low - close[1])
        r  = greatest(up - down / 2, down - up / 2, high - low) + abs(close[1] - open[1]) / 4

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    limit_move
        Greatest move of a day that the exchange allows. From 1e-8 to 1000000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.si", data, {}, {"limit_move": limit_move}, options)


def talib_asi(
    data: Any,
    limit_move: float = 3.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of the Swing Index.

    It begins at 0 with the first bar; the sum is kept with twice the digits of a number.

        accumulative_swing_index = accumulative_swing_index[1] + swing_index(limit_move)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    limit_move
        Greatest move of a day that the exchange allows. From 1e-8 to 1000000000000.0.
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

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.asi", data, {}, {"limit_move": limit_move}, options)


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
    "ac",
    "accumulative_swing_index",
    "ao",
    "apo",
    "balance_of_power",
    "bias",
    "bop",
    "cci",
    "cmo",
    "cmo_sum",
    "cog",
    "connors_rsi",
    "coppock",
    "cti",
    "demarker",
    "derivative_osc",
    "disparity_index",
    "dpo",
    "efficiency_ratio",
    "fast_stochastic",
    "fisher",
    "forecast_osc",
    "ibs",
    "imi",
    "inertia",
    "kdj",
    "kst",
    "laguerre_rsi",
    "log_return",
    "lrsi",
    "macd",
    "macd_histogram",
    "macdext",
    "macdfix",
    "mass_index",
    "mom",
    "momentum",
    "osma",
    "pgo",
    "pine_cci",
    "pine_change",
    "pine_cmo",
    "pine_cog",
    "pine_dmi",
    "pine_macd",
    "pine_mom",
    "pine_rci",
    "pine_roc",
    "pine_rsi",
    "pine_stoch",
    "pine_tsi",
    "pine_wpr",
    "pmo",
    "ppo",
    "premier_stochastic",
    "pvo",
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
    "smi",
    "stc",
    "stoch",
    "stoch_fast",
    "stoch_rsi",
    "stochastic",
    "stochf",
    "stochrsi",
    "swing_index",
    "talib_ac",
    "talib_ao",
    "talib_apo",
    "talib_asi",
    "talib_bop",
    "talib_cci",
    "talib_cg",
    "talib_cmo",
    "talib_cmou",
    "talib_coppock",
    "talib_crsi",
    "talib_cti",
    "talib_dosc",
    "talib_dpo",
    "talib_er",
    "talib_fisher",
    "talib_fosc",
    "talib_ibs",
    "talib_imi",
    "talib_kdj",
    "talib_kst",
    "talib_kstext",
    "talib_macd",
    "talib_macdext",
    "talib_macdfix",
    "talib_massi",
    "talib_mom",
    "talib_ppo",
    "talib_pso",
    "talib_pvo",
    "talib_roc",
    "talib_rocp",
    "talib_rocr",
    "talib_rocr100",
    "talib_rsi",
    "talib_si",
    "talib_smi",
    "talib_stc",
    "talib_stoch",
    "talib_stochf",
    "talib_stochrsi",
    "talib_trix",
    "talib_tsi",
    "talib_ultosc",
    "talib_wavetrend",
    "talib_willr",
    "trix",
    "tsi",
    "ultimate",
    "ultosc",
    "wavetrend",
    "williams_r",
    "willr",
]
