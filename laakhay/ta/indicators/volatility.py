"""Width of movement.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def true_range(
    data: Any,
    first: Literal["high_low", "none"] = "high_low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest distance that price covered since the last close; on the first bar `high - low`, or none.

        true_range = max(high - low, |high - close[1]|, |low - close[1]|)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    first
        What the first bar gives. One of "high_low", "none".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("true_range", data, {}, {"first": first}, options)


def atr(
    data: Any,
    period: int = 14,
    first: Literal["high_low", "none"] = "high_low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's mean of the true range, seeded with the plain mean of the first `period` ranges.

    The first bar's range is `high - low`; TA-Lib leaves it out.

        atr = (1 - 1 / period) * atr[1] + true_range / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
    first
        What the range of the first bar is. One of "high_low", "none".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 14 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("atr", data, {}, {"period": period, "first": first}, options)


def bbands(
    data: Any,
    period: int = 20,
    std_dev: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of a window and bands some population standard deviations above and below it.

    The middle has the bits of `sma` with the same period.

        middle = sma(x, period)     upper, lower = middle +/- std_dev * rolling_std(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    std_dev
        Standard deviations from the middle to a band. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John Bollinger, Bollinger on Bollinger Bands, 2001.
    """
    return run("bbands", data, {"source": series(source)}, {"period": period, "std_dev": std_dev}, options)


def vwap_bands(
    data: Any,
    anchor: Literal["first", "session", "week", "month"] = "first",
    multiplier: float = 1.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The volume-weighted average price since the anchor, and lines some weighted standard deviations above and below it.

    Each typical price weighs as much as was traded, in the mean as in the deviation. The middle has the bits of `vwap`;
    what is said of its anchor holds here.

        deviation = sqrt(sum(volume * (typical - vwap) ** 2) / sum(volume))
        upper, lower = vwap +/- multiplier * deviation

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    anchor
        Where the sums begin. One of "first", "session", "week", "month".
    multiplier
        Deviations from the middle to either line. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    vwap
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TradingView, Volume Weighted Average Price; D. H. D. West, Updating Mean and Variance Estimates, 1979.
    """
    return run("vwap_bands", data, {}, {"anchor": anchor, "multiplier": multiplier}, options)


def keltner(
    data: Any,
    period: int = 20,
    atr_period: int = 10,
    multiplier: float = 2.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Channel around an exponential mean of closes, as wide as some average true ranges.

        middle = ema(close, period)
        upper  = middle + multiplier * atr(atr_period)
        lower  = middle - multiplier * atr(atr_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Period of the mean. From 1 to 1,000,000.
    atr_period
        Period of the average true range. From 1 to 1,000,000.
    multiplier
        Average true ranges from the middle to either side. From 0.001 to 1000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from `upper` bar 10 on, `middle` the first bar on, `lower` bar 10 on; after
    208 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Linda Bradford Raschke's form of Chester W. Keltner, How to Make Money in Commodities, 1960.
    """
    return run("keltner", data, {}, {"period": period, "atr_period": atr_period, "multiplier": multiplier}, options)


def ma_envelope(
    data: Any,
    period: int = 20,
    percent: float = 2.5,
    average: Literal["sma", "ema", "wma"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A mean, and lines some percent above and below it.

        middle = sma(x, period), or another mean
        upper, lower = middle * (1 +/- percent / 100)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    percent
        Percent from the middle to either line. From 1e-9 to 1000000000.0.
    average
        Kind of the mean. One of "sma", "ema", "wma".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bands by percentages of a moving average.
    """
    return run(
        "ma_envelope",
        data,
        {"source": series(source)},
        {"period": period, "percent": percent, "average": average},
        options,
    )


def chandelier_exit(
    data: Any,
    period: int = 22,
    multiplier: float = 3.0,
    stop: Literal["raw", "ratchet"] = "raw",
    extremes: Literal["wicks", "close"] = "wicks",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Stops some average true ranges below the highest high and above the lowest low.

    With `stop` "ratchet" a long stop only rises until a close was below it, and a short one only falls until a close
    was above it. With `extremes` "close" the highest and lowest closes count.

        long  = max(high, period) - multiplier * atr(period)
        short = min(low, period) + multiplier * atr(period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars whose extremes and ranges count. From 1 to 1,000,000.
    multiplier
        Average ranges from the extreme to the stop. From 1e-9 to 1000000000.0.
    stop
        Whether a stop may be loosened. One of "raw", "ratchet".
    extremes
        What the extremes are of. One of "wicks", "close".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    long
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    short
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 22 on; after 468 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Chuck LeBeau, in Alexander Elder, Come into My Trading Room, 2002.
    """
    return run(
        "chandelier_exit",
        data,
        {},
        {"period": period, "multiplier": multiplier, "stop": stop, "extremes": extremes},
        options,
    )


def keltner_width(
    data: Any,
    period: int = 20,
    atr_period: int = 10,
    multiplier: float = 2.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """From the lower line of `keltner` to the upper one, as a share of the middle.

        (upper - lower) / middle

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Period of the mean. From 1 to 1,000,000.
    atr_period
        Period of the average true range. From 1 to 1,000,000.
    multiplier
        Average true ranges from the middle to either side. From 0.001 to 1000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 10 on; after 208 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Linda Bradford Raschke's form of Chester W. Keltner, How to Make Money in Commodities, 1960.
    """
    return run(
        "keltner_width",
        data,
        {},
        {"period": period, "atr_period": atr_period, "multiplier": multiplier},
        options,
    )


def starc(
    data: Any,
    period: int = 6,
    atr_period: int = 15,
    multiplier: float = 2.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A plain mean of closes, and lines some average true ranges above and below it.

        middle = sma(close, period)
        upper, lower = middle +/- multiplier * atr(atr_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Period of the mean. From 1 to 1,000,000.
    atr_period
        Period of the average true range. From 1 to 1,000,000.
    multiplier
        Average true ranges from the middle to either side. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from `upper` bar 15 on, `middle` bar 6 on, `lower` bar 15 on; after 316 bars
    the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Manning Stoller, STARC bands.
    """
    return run("starc", data, {}, {"period": period, "atr_period": atr_period, "multiplier": multiplier}, options)


def fractal_chaos_bands(
    data: Any,
    period: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The latest high, and the latest low, that none of the bars around it reaches.

    Swings are those of `swing_points(period, period)`.

        upper = swing_high_at(1, period, period)
        lower = swing_low_at(1, period, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars on either side of a fractal. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 5 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Edward W. Dreiss, fractal bands after Bill Williams, Trading Chaos, 1995.
    """
    return run("fractal_chaos_bands", data, {}, {"period": period}, options)


def hilo_activator(
    data: Any,
    high_period: int = 13,
    low_period: int = 21,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The mean of the lows while closes are above the mean of the highs before, the mean of the highs while they are below
    that of the lows before.

    Between the two the line stays where it was. The direction is up (true) until a close is below, and first.

        line = sma(low, low_period)     where close > sma(high, high_period)[1]
        line = sma(high, high_period)   where close < sma(low, low_period)[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    high_period
        Highs that are averaged. From 1 to 1,000,000.
    low_period
        Lows that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    line
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    direction
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 22 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Robert Krausz, The New Gann Swing Chartist, 1998.
    """
    return run("hilo_activator", data, {}, {"high_period": high_period, "low_period": low_period}, options)


def historical_volatility(
    data: Any,
    period: int = 20,
    annual: float = 252.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Standard deviation of the last logarithmic returns, in percent for a year.

    The deviation is that of a sample.

        100 * (sample deviation of log(close / close[1])) * sqrt(annual)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Returns that count. From 2 to 1,000,000.
    annual
        Bars in a year. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 21 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John C. Hull, Options, Futures, and Other Derivatives.
    """
    return run("historical_volatility", data, {"source": series(source)}, {"period": period, "annual": annual}, options)


def ulcer(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Square root of the mean of the squares of the depths below the highest value, in percent.

        depth = 100 * (x - max(x, period)) / max(x, period)
        ulcer = sqrt(sma(depth * depth, period))

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

    With the defaults the first values come from bar 27 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Peter G. Martin and Byron B. McCann, The Investor's Guide to Fidelity Funds, 1989.
    """
    return run("ulcer", data, {"source": series(source)}, {"period": period}, options)


def parkinson(
    data: Any,
    period: int = 20,
    annual: float = 252.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volatility by the ranges of bars, in percent for a year.

        100 * sqrt(annual * sma(log(high / low) ** 2, period) / (4 * log(2)))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    annual
        Bars in a year. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Michael Parkinson, The Extreme Value Method for Estimating the Variance of the Rate of Return, 1980.
    """
    return run("parkinson", data, {}, {"period": period, "annual": annual}, options)


def garman_klass(
    data: Any,
    period: int = 20,
    annual: float = 252.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volatility by the ranges and the bodies of bars, in percent for a year.

        100 * sqrt(annual * sma(log(high / low) ** 2 / 2 - (2 * log(2) - 1) * log(close / open) ** 2, period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    annual
        Bars in a year. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Mark B. Garman and Michael J. Klass, On the Estimation of Security Price Volatilities from Historical Data,
    1980.
    """
    return run("garman_klass", data, {}, {"period": period, "annual": annual}, options)


def yang_zhang(
    data: Any,
    period: int = 20,
    annual: float = 252.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volatility by gaps, bodies and ranges of bars, in percent for a year.

    The variances are those of samples.

        k = 0.34 / (1.34 + (period + 1) / (period - 1))
        rs = log(high / close) * log(high / open) + log(low / close) * log(low / open)
        100 * sqrt(annual * (variance of log(open / close[1]) + k * variance of log(close / open) + (1 - k) * sma(rs, period)))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 2 to 1,000,000.
    annual
        Bars in a year. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 21 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Dennis Yang and Qiang Zhang, Drift-Independent Volatility Estimation Based on High, Low, Open, and Close
    Prices, 2000.
    """
    return run("yang_zhang", data, {}, {"period": period, "annual": annual}, options)


def natr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Average true range in percent of the close.

        natr = 100 * atr(period) / close

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 14 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John Forman, Cross-Market Evaluations with Normalized Average True Range, 2006.
    """
    return run("natr", data, {}, {"period": period}, options)


def talib_natr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """TA-Lib's average true range, which begins with the second bar's, in percent of the close; 0 where that is 0.

        natr = 100 * talib.atr(period) / close

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
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

    Source: TA-Lib, NATR.
    """
    return run("talib.natr", data, {}, {"period": period}, options)


def talib_bbands(
    data: Any,
    period: int = 20,
    nbdevup: float = 2.0,
    nbdevdn: float = 2.0,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A mean of any kind and bands some population standard deviations above and below it, each its own number.

    `bbands` has one number for both and its mean is the plain one. The default period is that of TA-Lib since 0.8;
    before it was 5.

        middle = talib.ma(x, period, matype)
        upper  = middle + nbdevup * rolling_std(x, period)     lower = middle - nbdevdn * rolling_std(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 100,000.
    nbdevup
        Standard deviations from the middle to the upper band. From -1000000000.0 to 1000000000.0.
    nbdevdn
        Standard deviations from the middle to the lower band. From -1000000000.0 to 1000000000.0.
    matype
        Kind of the mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, BBANDS.
    """
    return run(
        "talib.bbands",
        data,
        {"source": series(source)},
        {"period": period, "nbdevup": nbdevup, "nbdevdn": nbdevdn, "matype": matype},
        options,
    )


def accbands(
    data: Any,
    period: int = 20,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Means of closes and of highs and lows that are moved away by the width of their bars.

    Where high and low add up to nothing the width is nothing.

        width  = 4 * (high - low) / (high + low)
        upper  = sma(high * (1 + width), period)
        middle = sma(close, period)
        lower  = sma(low * (1 - width), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Price Headley, Big Trends in Trading, 2002.
    """
    return run("accbands", data, {}, {"period": period}, options)


def adr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean distance from low to high of the last bars; gaps between them do not count.

    Of daily bars it is that of the days; ask another timeframe's with `on(1d, adr(14))`.

        adr = sma(high - low, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Average range of days, as charting programs show it.
    """
    return run("adr", data, {}, {"period": period}, options)


def chaikin_volatility(
    data: Any,
    period: int = 10,
    roc_period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how many percent the exponential mean of the bars' ranges has changed.

    The mean begins with the first range.

        mean = ema(high - low, period)
        chaikin_volatility = 100 * (mean - mean[roc_period]) / mean[roc_period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest range. From 1 to 1,000,000.
    roc_period
        Bars of the change. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 11 on; after 104 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Marc Chaikin; Steven B. Achelis, Technical Analysis from A to Z, 2000.
    """
    return run("chaikin_volatility", data, {}, {"period": period, "roc_period": roc_period}, options)


def talib_cvi(
    data: Any,
    period: int = 10,
    roc_period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how many percent the exponential mean of the bars' ranges has changed.

    The mean begins with the plain mean of its first `period` ranges, unlike that of `chaikin_volatility`. Where the
    mean was nothing the value is 0.

        mean = talib.ema(high - low, period)
        cvi  = 100 * (mean - mean[roc_period]) / mean[roc_period]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest range. From 2 to 1,000,000.
    roc_period
        Bars of the change. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 20 on; after 114 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CVI; Marc Chaikin.
    """
    return run("talib.cvi", data, {}, {"period": period, "roc_period": roc_period}, options)


def donchian(
    data: Any,
    period: int = 20,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest high and least low of the last bars, and the middle between them.

    The bar itself is among them: a price beyond yesterday's channel is beyond `donchian(20).upper[1]`.

        upper  = max(high, period)
        middle = (upper + lower) / 2
        lower  = min(low, period)

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
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Richard D. Donchian, High Finance in Copper, Financial Analysts Journal, 1960.
    """
    return run("donchian", data, {}, {"period": period}, options)


def talib_kc(
    data: Any,
    period: int = 20,
    atr_period: int = 10,
    multiplier: float = 2.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Channel around an exponential mean of typical prices, as wide as some average true ranges.

    Both means begin with plain ones, the shorter one no sooner than it is needed, and the ranges with the second bar's,
    unlike those of `keltner`, whose mean is one of closes. What overflows is missing on that bar alone; TA-Lib's
    channel is infinite from there on.

        middle = talib.ema((high + low + close) / 3, period)
        upper  = middle + multiplier * talib.rma(range, atr_period)     range: that of true_range() from the second bar on
        lower  = middle - multiplier * talib.rma(range, atr_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Period of the mean. From 2 to 1,000,000.
    atr_period
        Period of the average true range. From 1 to 1,000,000.
    multiplier
        Average true ranges from the middle to either side. From -1000000000.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upperband
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middleband
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lowerband
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; after 228 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, KC.
    """
    return run("talib.kc", data, {}, {"period": period, "atr_period": atr_period, "multiplier": multiplier}, options)


def relative_volatility(
    data: Any,
    period: int = 14,
    deviation_period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of rises in the deviations of the last values, from 0 to 100: as RSI, of deviations in place of changes.

    The means are Wilder's, begun with plain ones. Where nothing varies it is 50.

        up   = talib.rma(where x rises rolling_std(x, deviation_period), else 0, period)
        down = talib.rma(where x falls rolling_std(x, deviation_period), else 0, period)
        relative_volatility = 100 * up / (up + down)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Deviations that are averaged. From 1 to 1,000,000.
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

    With the defaults the first values come from bar 23 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald G. Dorsey, The Relative Volatility Index, Technical Analysis of Stocks & Commodities, 1993.
    """
    return run(
        "relative_volatility",
        data,
        {"source": series(source)},
        {"period": period, "deviation_period": deviation_period},
        options,
    )


def bb_width(
    data: Any,
    period: int = 20,
    multiplier: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance between the Bollinger Bands in percent of their middle.

        bb_width = 100 * (upper - lower) / middle     of bbands(x, period, multiplier)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    multiplier
        Standard deviations from the middle to either band. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John Bollinger, Bollinger on Bollinger Bands, 2001.
    """
    return run("bb_width", data, {"source": series(source)}, {"period": period, "multiplier": multiplier}, options)


def percent_b(
    data: Any,
    period: int = 20,
    multiplier: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where a value is between the Bollinger Bands: 0 on the lower, 1 on the upper one.

    Equal values, whose bands meet, give 0.5.

        percent_b = (x - lower) / (upper - lower)     of bbands(x, period, multiplier)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    multiplier
        Standard deviations from the middle to either band. From 1e-9 to 1000000000.0.
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

    Source: John Bollinger, Bollinger on Bollinger Bands, 2001.
    """
    return run("percent_b", data, {"source": series(source)}, {"period": period, "multiplier": multiplier}, options)


def chande_kroll_stop(
    data: Any,
    period: int = 10,
    multiplier: float = 1.0,
    stop_period: int = 9,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Stops some average true ranges from the extremes of the last bars, and the extremes of these.

    Average true ranges are Wilder's, begun with the plain mean of the first `period` from the second bar on.

        high_stop = max(max(high, period) - multiplier * range, stop_period)     range: mean of true ranges
        low_stop  = min(min(low, period) + multiplier * range, stop_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of the extremes and of the average true range. From 1 to 1,000,000.
    multiplier
        Average true ranges from an extreme to its stop. From 0.0 to 1000000000.0.
    stop_period
        Stops of which the extreme counts. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    high_stop
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    low_stop
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 19 on; after 207 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run(
        "chande_kroll_stop",
        data,
        {},
        {"period": period, "multiplier": multiplier, "stop_period": stop_period},
        options,
    )


def rogers_satchell(
    data: Any,
    period: int = 10,
    annualization: float = 252.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volatility from open, high, low and close, which a trend does not disturb.

    It is annualised by the square root of `annualization` bars; 0 takes the bars as they are.

        x = log(high / close) * log(high / open) + log(low / close) * log(low / open)
        rogers_satchell = sqrt(annualization * sma(x, period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    annualization
        Bars of a year. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: L. C. G. Rogers and S. E. Satchell, Estimating Variance from High, Low and Closing Prices, 1991.
    """
    return run("rogers_satchell", data, {}, {"period": period, "annualization": annualization}, options)


def relative_volatility_hl(
    data: Any,
    period: int = 14,
    deviation_period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the Relative Volatility Indices of highs and of lows: Dorsey's revision.

        relative_volatility_hl = (relative_volatility(high, ...) + relative_volatility(low, ...)) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Deviations that are averaged. From 1 to 1,000,000.
    deviation_period
        Values of a deviation. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 23 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald G. Dorsey, Refining the Relative Volatility Index, Stocks & Commodities, 1995.
    """
    return run("relative_volatility_hl", data, {}, {"period": period, "deviation_period": deviation_period}, options)


def squeeze(
    data: Any,
    bb_period: int = 20,
    multiplier: float = 2.0,
    kc_period: int = 20,
    factor_wide: float = 2.0,
    factor_normal: float = 1.5,
    factor_narrow: float = 1.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Whether Bollinger Bands are within Keltner channels of mean true ranges, and where price tends meanwhile.

    The level is 3 within the narrow channel, 2 within the normal one, 1 within the wide one, −1 where both bands are
    beyond the wide one, else 0. Momentum is the end of the straight line through the last distances of the close from
    the middle of Donchian channel and mean.

        apart    = close - ((max(high, kc_period) + min(low, kc_period)) / 2 + sma(close, kc_period)) / 2
        momentum = end of the line through kc_period of these
        bands    = sma(close, bb_period) +- multiplier * rolling_std(close, bb_period)
        channels = sma(close, kc_period) +- factor * sma(true range from the second bar on, kc_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    bb_period
        Closes of the Bollinger Bands. From 2 to 1,000,000.
    multiplier
        Standard deviations from the middle to either band. From 0.0 to 1000000000.0.
    kc_period
        Bars of the channels and of momentum. From 2 to 1,000,000.
    factor_wide
        Mean ranges to either lean of the wide channel. From 0.0 to 1000000000.0.
    factor_normal
        The same of the normal one. From 0.0 to 1000000000.0.
    factor_narrow
        The same of the narrow one. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    momentum
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    squeeze
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from `momentum` bar 39 on, `squeeze` bar 21 on; values are the same wherever
    the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Carter, Mastering the Trade, 2005; LazyBear, Squeeze Momentum, TradingView, 2014.
    """
    return run(
        "squeeze",
        data,
        {},
        {
            "bb_period": bb_period,
            "multiplier": multiplier,
            "kc_period": kc_period,
            "factor_wide": factor_wide,
            "factor_normal": factor_normal,
            "factor_narrow": factor_narrow,
        },
        options,
    )


def talib_sqzmom(
    data: Any,
    bb_period: int = 20,
    multiplier: float = 2.0,
    kc_period: int = 20,
    factor_wide: float = 2.0,
    factor_normal: float = 1.5,
    factor_narrow: float = 1.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Whether Bollinger Bands are within Keltner channels of mean true ranges, and where price tends meanwhile.

    As `squeeze`; both outputs have their first value on one bar.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    bb_period
        Closes of the Bollinger Bands. From 2 to 1,000,000.
    multiplier
        Standard deviations from the middle to either band. From 0.0 to 1000000000.0.
    kc_period
        Bars of the channels and of momentum. From 2 to 1,000,000.
    factor_wide
        Mean ranges to either lean of the wide channel. From 0.0 to 1000000000.0.
    factor_normal
        The same of the normal one. From 0.0 to 1000000000.0.
    factor_narrow
        The same of the narrow one. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    momentum
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    squeeze
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 39 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, SQZMOM; LazyBear, Squeeze Momentum, TradingView, 2014.
    """
    return run(
        "talib.sqzmom",
        data,
        {},
        {
            "bb_period": bb_period,
            "multiplier": multiplier,
            "kc_period": kc_period,
            "factor_wide": factor_wide,
            "factor_normal": factor_normal,
            "factor_narrow": factor_narrow,
        },
        options,
    )


def talib_bbw(
    data: Any,
    period: int = 20,
    deviations_up: float = 2.0,
    deviations_down: float = 2.0,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance between Bollinger Bands around a mean of the kind that is chosen, in percent of it.

    A middle of nothing gives 0.

        bbw = 100 * (upper - lower) / middle

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    deviations_up
        Standard deviations from the middle to the upper band. From -1000000000.0 to 1000000000.0.
    deviations_down
        Standard deviations from the middle to the lower band. From -1000000000.0 to 1000000000.0.
    matype
        Kind of the middle. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, BBW; John Bollinger, Bollinger on Bollinger Bands, 2001.
    """
    return run(
        "talib.bbw",
        data,
        {"source": series(source)},
        {"period": period, "deviations_up": deviations_up, "deviations_down": deviations_down, "matype": matype},
        options,
    )


def talib_percentb(
    data: Any,
    period: int = 20,
    deviations_up: float = 2.0,
    deviations_down: float = 2.0,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where a value is between Bollinger Bands around a mean of the kind that is chosen: 0 on the lower, 1 on the upper
    one.

    Bands that meet give 0.5.

        percentb = (x - lower) / (upper - lower)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    deviations_up
        Standard deviations from the middle to the upper band. From -1000000000.0 to 1000000000.0.
    deviations_down
        Standard deviations from the middle to the lower band. From -1000000000.0 to 1000000000.0.
    matype
        Kind of the middle. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
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

    Source: TA-Lib, PERCENTB; John Bollinger, Bollinger on Bollinger Bands, 2001.
    """
    return run(
        "talib.percentb",
        data,
        {"source": series(source)},
        {"period": period, "deviations_up": deviations_up, "deviations_down": deviations_down, "matype": matype},
        options,
    )


def pine_bb(
    data: Any,
    length: int = 20,
    mult: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of a window and bands some population standard deviations above and below it, the middle first.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    mult
        Standard deviations from the middle to a band. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.bb.
    """
    return run("pine.bb", data, {"source": series(source)}, {"length": length, "mult": mult}, options)


def pine_bbw(
    data: Any,
    length: int = 20,
    mult: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """From the lower band to the upper one, in percent of the middle.

        100 * (upper - lower) / middle

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    mult
        Standard deviations from the middle to a band. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.bbw.
    """
    return run("pine.bbw", data, {"source": series(source)}, {"length": length, "mult": mult}, options)


def pine_kc(
    data: Any,
    length: int = 20,
    mult: float = 2.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean of closes, and lines some exponential means of true ranges above and below it, the middle first.

        middle = pine.ema(close, length)
        upper, lower = middle +/- mult * pine.ema(pine.tr(), length)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Period of the means. From 1 to 1,000,000.
    mult
        Mean ranges from the middle to a line. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from `middle` bar 20 on, `upper` bar 21 on, `lower` bar 21 on; after 228
    bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.kc.
    """
    return run("pine.kc", data, {}, {"length": length, "mult": mult}, options)


def pine_kcw(
    data: Any,
    length: int = 20,
    mult: float = 2.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """From the lower line to the upper one, as a share of the middle.

        (upper - lower) / middle

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Period of the means. From 1 to 1,000,000.
    mult
        Mean ranges from the middle to a line. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 21 on; after 228 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.kcw.
    """
    return run("pine.kcw", data, {}, {"length": length, "mult": mult}, options)


def pine_tr(
    data: Any,
    handle_na: int = 0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True range; with `handle_na` 0 there is none on the first bar, with 1 it is the range of the bar.

        true_range()

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    handle_na
        1: the first bar has its own range. From 0 to 1.
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

    Source: Pine Script v6, ta.tr.
    """
    return run("pine.tr", data, {}, {"handle_na": handle_na}, options)


def linreg_channel(
    data: Any,
    period: int = 100,
    multiplier: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """End of the line of least squares through the last `period` values, and lines some deviations from it above and
    below.

    The deviation is that of the values from the line, of a population. Drawn channels show the whole line of the last
    window and change with every bar; these are its ends, which stay.

        middle = linreg(x, period)
        upper, lower = middle +/- multiplier * sqrt(mean of squared distances from the line)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    multiplier
        Deviations from the middle to either line. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 100 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Gilbert Raff, Trading the Regression Channel, 1996.
    """
    return run(
        "linreg_channel",
        data,
        {"source": series(source)},
        {"period": period, "multiplier": multiplier},
        options,
    )


def talib_trange(
    data: Any,
    first: Literal["high_low", "none"] = "none",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest distance that price covered since the last close; on the first bar `high - low`, or none.

        true_range = max(high - low, |high - close[1]|, |low - close[1]|)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    first
        What the first bar gives. One of "high_low", "none".
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

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.trange", data, {}, {"first": first}, options)


def talib_atr(
    data: Any,
    period: int = 14,
    first: Literal["high_low", "none"] = "none",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's mean of the true range, seeded with the plain mean of the first `period` ranges.

    The first bar's range is `high - low`; TA-Lib leaves it out.

        atr = (1 - 1 / period) * atr[1] + true_range / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
    first
        What the range of the first bar is. One of "high_low", "none".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 15 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.atr", data, {}, {"period": period, "first": first}, options)


def pine_atr(
    data: Any,
    period: int = 14,
    first: Literal["high_low", "none"] = "high_low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's mean of the true range, seeded with the plain mean of the first `period` ranges.

    The first bar's range is `high - low`; TA-Lib leaves it out.

        atr = (1 - 1 / period) * atr[1] + true_range / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
    first
        What the range of the first bar is. One of "high_low", "none".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 14 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("pine.atr", data, {}, {"period": period, "first": first}, options)


def talib_accbands(
    data: Any,
    period: int = 20,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Means of closes and of highs and lows that are moved away by the width of their bars.

    Where high and low add up to nothing the width is nothing.

        width  = 4 * (high - low) / (high + low)
        upper  = sma(high * (1 + width), period)
        middle = sma(close, period)
        lower  = sma(low * (1 - width), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Price Headley, Big Trends in Trading, 2002.
    """
    return run("talib.accbands", data, {}, {"period": period}, options)


def talib_adr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean distance from low to high of the last bars; gaps between them do not count.

    Of daily bars it is that of the days; ask another timeframe's with `on(1d, adr(14))`.

        adr = sma(high - low, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Average range of days, as charting programs show it.
    """
    return run("talib.adr", data, {}, {"period": period}, options)


def talib_donchian(
    data: Any,
    period: int = 20,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest high and least low of the last bars, and the middle between them.

    The bar itself is among them: a price beyond yesterday's channel is beyond `donchian(20).upper[1]`.

        upper  = max(high, period)
        middle = (upper + lower) / 2
        lower  = min(low, period)

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
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Richard D. Donchian, High Finance in Copper, Financial Analysts Journal, 1960.
    """
    return run("talib.donchian", data, {}, {"period": period}, options)


def talib_rvi(
    data: Any,
    period: int = 14,
    deviation_period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Share of rises in the deviations of the last values, from 0 to 100: as RSI, of deviations in place of changes.

    The means are Wilder's, begun with plain ones. Where nothing varies it is 50.

        up   = talib.rma(where x rises rolling_std(x, deviation_period), else 0, period)
        down = talib.rma(where x falls rolling_std(x, deviation_period), else 0, period)
        relative_volatility = 100 * up / (up + down)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Deviations that are averaged. From 1 to 1,000,000.
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

    With the defaults the first values come from bar 23 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald G. Dorsey, The Relative Volatility Index, Technical Analysis of Stocks & Commodities, 1993.
    """
    return run(
        "talib.rvi",
        data,
        {"source": series(source)},
        {"period": period, "deviation_period": deviation_period},
        options,
    )


def talib_cksp(
    data: Any,
    period: int = 10,
    multiplier: float = 1.0,
    stop_period: int = 9,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Stops some average true ranges from the extremes of the last bars, and the extremes of these.

    Average true ranges are Wilder's, begun with the plain mean of the first `period` from the second bar on.

        high_stop = max(max(high, period) - multiplier * range, stop_period)     range: mean of true ranges
        low_stop  = min(min(low, period) + multiplier * range, stop_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of the extremes and of the average true range. From 1 to 1,000,000.
    multiplier
        Average true ranges from an extreme to its stop. From 0.0 to 1000000000.0.
    stop_period
        Stops of which the extreme counts. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    high_stop
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    low_stop
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 19 on; after 207 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run(
        "talib.cksp",
        data,
        {},
        {"period": period, "multiplier": multiplier, "stop_period": stop_period},
        options,
    )


def talib_rogerssatchell(
    data: Any,
    period: int = 10,
    annualization: float = 252.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Volatility from open, high, low and close, which a trend does not disturb.

    It is annualised by the square root of `annualization` bars; 0 takes the bars as they are.

        x = log(high / close) * log(high / open) + log(low / close) * log(low / open)
        rogers_satchell = sqrt(annualization * sma(x, period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    annualization
        Bars of a year. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: L. C. G. Rogers and S. E. Satchell, Estimating Variance from High, Low and Closing Prices, 1991.
    """
    return run("talib.rogerssatchell", data, {}, {"period": period, "annualization": annualization}, options)


def talib_rvir(
    data: Any,
    period: int = 14,
    deviation_period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the Relative Volatility Indices of highs and of lows: Dorsey's revision.

        relative_volatility_hl = (relative_volatility(high, ...) + relative_volatility(low, ...)) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Deviations that are averaged. From 1 to 1,000,000.
    deviation_period
        Values of a deviation. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 23 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Donald G. Dorsey, Refining the Relative Volatility Index, Stocks & Commodities, 1995.
    """
    return run("talib.rvir", data, {}, {"period": period, "deviation_period": deviation_period}, options)


# Other names.
tr = true_range
trange = true_range
bb = bbands
kc = keltner
envelope = ma_envelope
kcw = keltner_width
hilo = hilo_activator
price_channel_midline = hilo_activator
hvol = historical_volatility
ulcer_index = ulcer
atrp = natr

__all__ = [
    "accbands",
    "adr",
    "atr",
    "atrp",
    "bb",
    "bb_width",
    "bbands",
    "chaikin_volatility",
    "chande_kroll_stop",
    "chandelier_exit",
    "donchian",
    "envelope",
    "fractal_chaos_bands",
    "garman_klass",
    "hilo",
    "hilo_activator",
    "historical_volatility",
    "hvol",
    "kc",
    "kcw",
    "keltner",
    "keltner_width",
    "linreg_channel",
    "ma_envelope",
    "natr",
    "parkinson",
    "percent_b",
    "pine_atr",
    "pine_bb",
    "pine_bbw",
    "pine_kc",
    "pine_kcw",
    "pine_tr",
    "price_channel_midline",
    "relative_volatility",
    "relative_volatility_hl",
    "rogers_satchell",
    "squeeze",
    "starc",
    "talib_accbands",
    "talib_adr",
    "talib_atr",
    "talib_bbands",
    "talib_bbw",
    "talib_cksp",
    "talib_cvi",
    "talib_donchian",
    "talib_kc",
    "talib_natr",
    "talib_percentb",
    "talib_rogerssatchell",
    "talib_rvi",
    "talib_rvir",
    "talib_sqzmom",
    "talib_trange",
    "tr",
    "trange",
    "true_range",
    "ulcer",
    "ulcer_index",
    "vwap_bands",
    "yang_zhang",
]
