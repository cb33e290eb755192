"""Statistics over a window.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Condition, Operand, Source, run, series


def rolling_sum(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The sum of a moving window.
    """
    return run("rolling_sum", data, {"source": series(source)}, {"period": period}, options)


def rolling_mean(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values; the arithmetic of `sma`.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The arithmetic mean of a moving window.
    """
    return run("rolling_mean", data, {"source": series(source)}, {"period": period}, options)


def rolling_median(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Median of the last `period` values; of an even number the mean of the two in the middle.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The median of a moving window.
    """
    return run("rolling_median", data, {"source": series(source)}, {"period": period}, options)


def rolling_std(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population standard deviation (divisor `period`) of the last `period` values.

        std = sqrt(mean((x - mean(x))^2))

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
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The population standard deviation of a moving window.
    """
    return run("rolling_std", data, {"source": series(source)}, {"period": period}, options)


def rolling_ema(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean, seeded by its first input; the arithmetic of `ema`.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; after 208 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: P. N. Haurlan, Measuring Trend Values, 1968.
    """
    return run("rolling_ema", data, {"source": series(source)}, {"period": period}, options)


def rolling_rma(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean with Wilder's weight `1 / period`, seeded by its first input.

    The means inside `rsi` and `atr` have the same weight but are seeded by the plain mean of `period` values.

        rma = (1 - 1 / period) * rma[1] + x / period

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; after 280 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("rolling_rma", data, {"source": series(source)}, {"period": period}, options)


def max(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The greatest value of a moving window.
    """
    return run("max", data, {"source": series(source)}, {"period": period}, options)


def min(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The least value of a moving window.
    """
    return run("min", data, {"source": series(source)}, {"period": period}, options)


def rolling_argmax(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many values ago the greatest of the last `period` values was: 0 is now; of equals the newest counts.

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
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The position of the greatest value in a moving window.
    """
    return run("rolling_argmax", data, {"source": series(source)}, {"period": period}, options)


def rolling_argmin(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many values ago the least of the last `period` values was: 0 is now; of equals the newest counts.

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
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The position of the least value in a moving window.
    """
    return run("rolling_argmin", data, {"source": series(source)}, {"period": period}, options)


def percentile(
    data: Any,
    period: int = 20,
    percent: float = 50.0,
    method: Literal["linear", "hazen", "nearest"] = "linear",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value that some percent of the last `period` values do not exceed.

    Between two values it is as far from the one to the other as the rank `percent / 100 * (period - 1)`, counted from
    0, as in NumPy and pandas. With `method` "hazen" the rank is `percent / 100 * period - 0.5`, as in
    `ta.percentile_linear_interpolation` of Pine Script, and no less than that of the least and no more than that of the
    greatest value. With "nearest" it is the value of the rank `percent / 100 * period` rounded up, counted from 1, as
    in `ta.percentile_nearest_rank`.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    percent
        Percent of the values that do not exceed it. From 0.0 to 100.0.
    method
        What is given where no value has just this rank. One of "linear", "hazen", "nearest".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Rob J. Hyndman and Yanan Fan, Sample Quantiles in Statistical Packages, 1996: definitions 7, 5 and 1.
    """
    return run(
        "percentile",
        data,
        {"source": series(source)},
        {"period": period, "percent": percent, "method": method},
        options,
    )


def rolling_rank(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Rank of a value among the last `period`, itself included, over their number: 1 for the greatest.

    Equal values share the mean of their ranks, so that where all are equal it is `(period + 1) / 2 / period`.

        rolling_rank = (values less than x + (values equal to x + 1) / 2) / period

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The mean rank of Maurice G. Kendall, Rank Correlation Methods, 1948, as pandas' rank(pct=True).
    """
    return run("rolling_rank", data, {"source": series(source)}, {"period": period}, options)


def mode(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The most frequent of the last `period` values; of several as frequent the least.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 10,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Karl Pearson, Contributions to the Mathematical Theory of Evolution II, 1895.
    """
    return run("mode", data, {"source": series(source)}, {"period": period}, options)


def skew(
    data: Any,
    period: int = 30,
    of: Literal["population", "sample"] = "population",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Skewness of the last `period` values: greater than 0 where the long tail is that of great values.

    It is the third moment about the mean over the cube of the standard deviation. As of a sample it is corrected for
    its bias, as in pandas. Equal values give 0.

        population = mean((x - mean) ** 3) / mean((x - mean) ** 2) ** 1.5
        sample     = population * sqrt(period * (period - 1)) / (period - 2)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 3 to 10,000.
    of
        Of what the values are taken to be. One of "population", "sample".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Ronald A. Fisher, Statistical Methods for Research Workers, 1925.
    """
    return run("skew", data, {"source": series(source)}, {"period": period, "of": of}, options)


def linreg_slope(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how much the line of least squares through the last `period` values rises from bar to bar.

        slope = sum((i - mean(i)) * x[i]) / sum((i - mean(i))^2)     i = 1, 2, ... period, the newest the last

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("linreg_slope", data, {"source": series(source)}, {"period": period}, options)


def mean_abs_dev(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean distance of the last `period` values from their mean.

        mean_abs_dev = mean(|x - mean(x)|)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: The mean absolute deviation of a moving window.
    """
    return run("mean_abs_dev", data, {"source": series(source)}, {"period": period}, options)


def covariance(
    data: Any,
    x: Operand,
    y: Operand,
    period: int = 30,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population covariance (divisor `period`) of the last `period` pairs, and the variances of both.

        covariance = mean((x - mean(x)) * (y - mean(y)))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    y
        A number, a text of the language or a rule.
    period
        Pairs that count. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    covariance
        As `Rule.run` gives it, one value per bar, a number without a unit.
    variance_x
        As `Rule.run` gives it, one value per bar, a number without a unit.
    variance_y
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The population covariance of a moving window.
    """
    return run("covariance", data, {"x": x, "y": y}, {"period": period}, options)


def kurtosis(
    data: Any,
    period: int = 30,
    of: Literal["population", "sample"] = "sample",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Kurtosis of the last `period` values beyond that of a normal distribution: greater than 0 where extremes are
    frequent.

    As of a sample it is corrected for its bias, as in pandas, Excel and TA-Lib. Of equal values there is none.

        population = mean((x - mean) ** 4) / mean((x - mean) ** 2) ** 2 - 3
        sample     = (period - 1) / ((period - 2) * (period - 3)) * ((period + 1) * population + 6)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 4 to 10,000.
    of
        Of what the values are taken to be. One of "population", "sample".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Ronald A. Fisher, Statistical Methods for Research Workers, 1925.
    """
    return run("kurtosis", data, {"source": series(source)}, {"period": period, "of": of}, options)


def cum_sum(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of all values so far.

    It is kept with twice the digits of a number, so that it does not drift. A value with which it would overflow is
    missing.

        cum_sum = cum_sum[1] + x

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

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The running sum.
    """
    return run("cum_sum", data, {"source": series(source)}, {}, options)


def percent_rank(
    data: Any,
    period: int = 100,
    counted: Literal["less", "not_greater"] = "less",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many of the `period` values before a value it exceeds, in percent.

    Equal values are not exceeded: over values that stand still it is 0. Pine Script counts them: 100.

        percent_rank = 100 * (values of x[1] to x[period] that are less than x) / period     less or equal with "not_greater"

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values before that count. From 1 to 1,000,000.
    counted
        Whether equal values are counted, too. One of "less", "not_greater".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 101 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Laurence Connors and Cesar Alvarez, An Introduction to ConnorsRSI, 2012.
    """
    return run("percent_rank", data, {"source": series(source)}, {"period": period, "counted": counted}, options)


def hurst(
    data: Any,
    period: int = 100,
    chunks: int = 4,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How the range of sums grows with their number: above 0.5 where moves go on, below where they turn back.

    The last `period` values are cut into 1, 2, ... `chunks` pieces of one length, from the oldest on; of each the range
    that its sums of distances from its mean pass through is divided by its standard deviation. The exponent is the
    slope of the straight line through the logarithms of the means of these against those of the lengths, from 0 to 1.
    It is asked of changes, `hurst(close / close[1] - 1)`: of prices themselves it is near 1. Pieces of equal values do
    not count; where all are it is 0.5. A value costs time in proportion to `period` and `chunks`.

        rescaled(piece) = (max(sums) - min(sums)) / deviation(piece), sums of piece - mean(piece)
        hurst = slope of log(mean(rescaled(pieces of length m))) over log(m), m = period, period / 2, ... period / chunks

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 4 to 10,000.
    chunks
        Into how many pieces the window is cut at most; each has two values at least. From 2 to 64.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 100 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Harold E. Hurst, Long-Term Storage Capacity of Reservoirs, 1951; Benoit Mandelbrot, James Wallis, 1969.
    """
    return run("hurst", data, {"source": series(source)}, {"period": period, "chunks": chunks}, options)


def range(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest less least of the last `period` values.

        max(x, period) - min(x, period)

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
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The range of a sample.
    """
    return run("range", data, {"source": series(source)}, {"period": period}, options)


def standard_error(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population standard deviation of the last `period` values over the square root of their number.

    Others call the error of a regression so.

        rolling_std(x, period) / sqrt(period)

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
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The standard error of the mean.
    """
    return run("standard_error", data, {"source": series(source)}, {"period": period}, options)


def zscore(
    data: Any,
    period: int = 30,
    ddof: int = 0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many standard deviations a value is from the mean of the last `period`.

    A window without movement gives 0. With `ddof` 1 the deviation is that of a sample, as in pandas; with 0 a score of
    2 is at the upper band of `bbands(x, period, 2)`.

        zscore = (x - sma(x, period)) / (rolling_std(x, period) * sqrt(period / (period - ddof)))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 1,000,000.
    ddof
        What is taken from the number of values for the deviation. From 0 to 1.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The standard score.
    """
    return run("zscore", data, {"source": series(source)}, {"period": period, "ddof": ddof}, options)


def entropy(
    data: Any,
    period: int = 10,
    base: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Information in the shares that the last values have in the sums of their windows.

    Each value counts with its share in the sum of the `period` values that end with it. There is none where a share is
    negative or the sum is 0.

        share   = x / rolling_sum(x, period)
        entropy = rolling_sum(-share * log(share), period) / log(base)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    base
        Base of the logarithm. From 1.001 to 1000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 19 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Claude E. Shannon, A Mathematical Theory of Communication, 1948.
    """
    return run("entropy", data, {"source": series(source)}, {"period": period, "base": base}, options)


def cum_max(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The greatest value since the first bar.

        greatest(x, the greatest before)

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The running maximum.
    """
    return run("cum_max", data, {"source": series(source)}, {}, options)


def cum_min(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The least value since the first bar.

        least(x, the least before)

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The running minimum.
    """
    return run("cum_min", data, {"source": series(source)}, {}, options)


def linear_decay(
    data: Any,
    period: int = 5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value, or what it was before less `1 / period` for each bar, whichever is greater.

        decay = greatest(x, decay[1] - 1 / period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars on which 1 decays. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Tulip Indicators, decay.
    """
    return run("linear_decay", data, {"source": series(source)}, {"period": period}, options)


def exp_decay(
    data: Any,
    period: int = 5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value, or what it was before less its `period`-th part for each bar, whichever is greater.

        decay = greatest(x, decay[1] * (1 - 1 / period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        On each bar such a part of it is lost. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Tulip Indicators, edecay.
    """
    return run("exp_decay", data, {"source": series(source)}, {"period": period}, options)


def drawdown(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far a value is below the greatest so far, in percent of that.

        100 * (1 - x / cum_max(x))

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
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Loss from a peak.
    """
    return run("drawdown", data, {"source": series(source)}, {}, options)


def sharpe(
    data: Any,
    returns: Operand,
    period: int = 30,
    annual: float = 252.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` returns over their standard deviation, both of a year.

    The returns are what they exceed a riskless rate by; the deviation is that of a sample. There is none where all are
    equal.

        sharpe = mean(returns) / (sample deviation of returns) * sqrt(annual)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    returns
        A number, a text of the language or a rule.
    period
        Returns that count. From 2 to 1,000,000.
    annual
        Values in a year. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: William F. Sharpe, The Sharpe Ratio, 1994.
    """
    return run("sharpe", data, {"returns": returns}, {"period": period, "annual": annual}, options)


def sortino(
    data: Any,
    returns: Operand,
    period: int = 30,
    annual: float = 252.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` returns over the deviation of the negative ones from 0, both of a year.

    The sum of the squares of the negative returns is divided by the number of all. There is none where none is
    negative.

        sortino = mean(returns) / sqrt(mean(least(returns, 0) ** 2)) * sqrt(annual)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    returns
        A number, a text of the language or a rule.
    period
        Returns that count. From 1 to 1,000,000.
    annual
        Values in a year. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Frank A. Sortino and Lee N. Price, Performance Measurement in a Downside Risk Framework, 1994.
    """
    return run("sortino", data, {"returns": returns}, {"period": period, "annual": annual}, options)


def rolling_count(
    data: Any,
    condition: Condition,
    period: int = 20,
    **options: Unpack[HistoryOptions],
) -> Any:
    """On how many of the last `period` bars the condition was true.

        rolling_sum(if(condition, 1, 0), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    condition
        What is true or false: a text of the language or a rule.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The number of events in a window.
    """
    return run("rolling_count", data, {"condition": condition}, {"period": period}, options)


def value_at_risk(
    data: Any,
    returns: Operand,
    period: int = 100,
    level: float = 0.95,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The loss that some share of the last `period` returns did not exceed.

    It is greater than 0 for a loss, and of the history alone: no distribution is assumed.

        value_at_risk = -percentile(returns, period, 100 * (1 - level))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    returns
        A number, a text of the language or a rule.
    period
        Returns that count. From 1 to 1,000,000.
    level
        Share of the returns that are no worse. From 0.0 to 1.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 100 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Philippe Jorion, Value at Risk, 1996: historical simulation.
    """
    return run("value_at_risk", data, {"returns": returns}, {"period": period, "level": level}, options)


def variance(
    data: Any,
    period: int = 5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population variance (divisor `period`) of the last `period` values: the square of `rolling_std`.

        variance = mean((x - mean(x))^2)

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The population variance of a moving window.
    """
    return run("variance", data, {"source": series(source)}, {"period": period}, options)


def talib_var(
    data: Any,
    period: int = 5,
    nbdev: float = 1.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population variance of the last `period` values; `nbdev` changes nothing, as in TA-Lib.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    nbdev
        Changes nothing. From -1000000000.0 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, VAR.
    """
    return run("talib.var", data, {"source": series(source)}, {"period": period, "nbdev": nbdev}, options)


def talib_stddev(
    data: Any,
    period: int = 5,
    nbdev: float = 1.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population standard deviation of the last `period` values, `nbdev` times.

        stddev = nbdev * rolling_std(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    nbdev
        How many deviations. From -1000000000.0 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, STDDEV.
    """
    return run("talib.stddev", data, {"source": series(source)}, {"period": period, "nbdev": nbdev}, options)


def minmax(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least and greatest of the last `period` values.

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
    min
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    max
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The range of a moving window.
    """
    return run("minmax", data, {"source": series(source)}, {"period": period}, options)


def minmaxindex(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many values ago the least and the greatest of the last `period` values were: 0 is now; of equals the newest
    counts.

    `talib.minmaxindex` counts from the first bar.

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
    min
        As `Rule.run` gives it, one value per bar, a count of bars.
    max
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The positions of the ends of a range.
    """
    return run("minmaxindex", data, {"source": series(source)}, {"period": period}, options)


def talib_maxindex(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Number of the value, counted from 0 at the first, that is the greatest of the last `period`.

    A number that counts from the beginning is another one where the history begins elsewhere: `rolling_argmax` says how
    long ago it was. Of equals the newest counts; TA-Lib takes one or the other, as the window happened to move.

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
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 30 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MAXINDEX.
    """
    return run("talib.maxindex", data, {"source": series(source)}, {"period": period}, options)


def talib_minindex(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Number of the value, counted from 0 at the first, that is the least of the last `period`.

    A number that counts from the beginning is another one where the history begins elsewhere: `rolling_argmin` says how
    long ago it was. Of equals the newest counts; TA-Lib takes one or the other, as the window happened to move.

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
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 30 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MININDEX.
    """
    return run("talib.minindex", data, {"source": series(source)}, {"period": period}, options)


def talib_minmaxindex(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Numbers of the values, counted from 0 at the first, that are the least and the greatest of the last `period`.

    A number that counts from the beginning is another one where the history begins elsewhere: `minmaxindex` says how
    long ago it was. Of equals the newest counts; TA-Lib takes one or the other, as the window happened to move.

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
    min
        As `Rule.run` gives it, one value per bar, a count of bars.
    max
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 30 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MINMAXINDEX.
    """
    return run("talib.minmaxindex", data, {"source": series(source)}, {"period": period}, options)


def beta(
    data: Any,
    x: Operand,
    y: Operand,
    period: int = 5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Slope of the line through the last `period` pairs of one-bar returns: by how much `y` returned for what `x` did. Not
    ready where `x` stood still.

        a, b = x / x[1] - 1, y / y[1] - 1
        beta = covariance(a, b, period) / variance(a, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    y
        A number, a text of the language or a rule.
    period
        Returns that count. From 2 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 6 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: William F. Sharpe, Capital Asset Prices, 1964.
    """
    return run("beta", data, {"x": x, "y": y}, {"period": period}, options)


def talib_beta(
    data: Any,
    x: Operand,
    y: Operand,
    period: int = 5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Slope of the line through the last `period` pairs of one-bar returns, of `y` for those of `x`; 0 where `x` stood
    still. A return from 0 is 0.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    y
        A number, a text of the language or a rule.
    period
        Returns that count. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 6 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, BETA.
    """
    return run("talib.beta", data, {"x": x, "y": y}, {"period": period}, options)


def correlation(
    data: Any,
    x: Operand,
    y: Operand,
    period: int = 30,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Pearson's correlation of the last `period` pairs, from -1 to 1. Not ready where `x` or `y` stood still.

        correlation = covariance(x, y) / (std(x) * std(y))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    y
        A number, a text of the language or a rule.
    period
        Pairs that count. From 2 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Karl Pearson, Regression, Heredity, and Panmixia, 1896.
    """
    return run("correlation", data, {"x": x, "y": y}, {"period": period}, options)


def talib_correl(
    data: Any,
    x: Operand,
    y: Operand,
    period: int = 30,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Pearson's correlation of the last `period` pairs; 0 where `x` or `y` stood still, where `correlation` is not ready.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    y
        A number, a text of the language or a rule.
    period
        Pairs that count. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CORREL.
    """
    return run("talib.correl", data, {"x": x, "y": y}, {"period": period}, options)


def linreg_intercept(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the line of least squares through the last `period` values is at the oldest of them.

        linreg_intercept = linreg(x, period) - (period - 1) * linreg_slope(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("linreg_intercept", data, {"source": series(source)}, {"period": period}, options)


def linreg_angle(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Angle in degrees of the line of least squares through the last `period` values, where a bar is as long as a unit of
    price.

        linreg_angle = atan(linreg_slope(x, period)) in degrees

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("linreg_angle", data, {"source": series(source)}, {"period": period}, options)


def pine_highest(
    data: Any,
    length: int = 20,
    *,
    source: Source = "high",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest of the last `length` values; of the highs where no other series is given.

        max(x, length)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.highest.
    """
    return run("pine.highest", data, {"source": series(source)}, {"length": length}, options)


def pine_lowest(
    data: Any,
    length: int = 20,
    *,
    source: Source = "low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least of the last `length` values; of the lows where no other series is given.

        min(x, length)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.lowest.
    """
    return run("pine.lowest", data, {"source": series(source)}, {"length": length}, options)


def pine_max(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The greatest value since the first bar.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.max.
    """
    return run("pine.max", data, {"source": series(source)}, {}, options)


def pine_min(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The least value since the first bar.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.min.
    """
    return run("pine.min", data, {"source": series(source)}, {}, options)


def pine_cum(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of all values since the first bar.

        sum[1] + x

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.cum.
    """
    return run("pine.cum", data, {"source": series(source)}, {}, options)


def pine_stdev(
    data: Any,
    length: int = 20,
    biased: int = 1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Standard deviation of the last `length` values: with `biased` 1 of a population, with 0 of a sample.

        rolling_std(x, length) * sqrt(length / (length - 1 + biased))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 2 to 1,000,000.
    biased
        1: divided by the number of values; 0: by one less. From 0 to 1.
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

    Source: Pine Script v6, ta.stdev.
    """
    return run("pine.stdev", data, {"source": series(source)}, {"length": length, "biased": biased}, options)


def pine_variance(
    data: Any,
    length: int = 20,
    biased: int = 1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Variance of the last `length` values: with `biased` 1 of a population, with 0 of a sample.

        rolling_std(x, length) ** 2 * length / (length - 1 + biased)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 2 to 1,000,000.
    biased
        1: divided by the number of values; 0: by one less. From 0 to 1.
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

    Source: Pine Script v6, ta.variance.
    """
    return run("pine.variance", data, {"source": series(source)}, {"length": length, "biased": biased}, options)


def pine_linreg(
    data: Any,
    length: int = 14,
    offset: int = 0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Value of the line of least squares through the last `length` values, `offset` bars before the newest.

    Where one of the values is missing there is none.

        linreg(x, length) - offset * linreg_slope(x, length)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 2 to 100,000.
    offset
        Bars before the newest. From 0 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Pine Script v6, ta.linreg.
    """
    return run("pine.linreg", data, {"source": series(source)}, {"length": length, "offset": offset}, options)


def pine_percentile_linear_interpolation(
    data: Any,
    length: int = 20,
    percentage: float = 50.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value that some percent of the last `length` values do not exceed, between two of them in proportion.

    Where one of the values is missing there is none.

        percentile(x, length, percentage, method="hazen")

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    percentage
        Percent of the values. From 0.0 to 100.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.percentile_linear_interpolation.
    """
    return run(
        "pine.percentile_linear_interpolation",
        data,
        {"source": series(source)},
        {"length": length, "percentage": percentage},
        options,
    )


def pine_percentile_nearest_rank(
    data: Any,
    length: int = 20,
    percentage: float = 50.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The least of the last `length` values that some percent of them do not exceed.

        percentile(x, length, percentage, method="nearest")

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    percentage
        Percent of the values. From 0.0 to 100.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.percentile_nearest_rank.
    """
    return run(
        "pine.percentile_nearest_rank",
        data,
        {"source": series(source)},
        {"length": length, "percentage": percentage},
        options,
    )


def pine_highestbars(
    data: Any,
    length: int = 20,
    *,
    source: Source = "high",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Bars from the newest back to the greatest of the last `length` values, less than 0; of the highs where no other
    series is given.

    Of equal values the newest counts.

        -rolling_argmax(x, length)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.highestbars.
    """
    return run("pine.highestbars", data, {"source": series(source)}, {"length": length}, options)


def pine_lowestbars(
    data: Any,
    length: int = 20,
    *,
    source: Source = "low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Bars from the newest back to the least of the last `length` values, less than 0; of the lows where no other series
    is given.

    Of equal values the newest counts.

        -rolling_argmin(x, length)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.lowestbars.
    """
    return run("pine.lowestbars", data, {"source": series(source)}, {"length": length}, options)


def talib_sum(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The sum of a moving window.
    """
    return run("talib.sum", data, {"source": series(source)}, {"period": period}, options)


def talib_median(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Median of the last `period` values; of an even number the mean of the two in the middle.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The median of a moving window.
    """
    return run("talib.median", data, {"source": series(source)}, {"period": period}, options)


def pine_median(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Median of the last `period` values; of an even number the mean of the two in the middle.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The median of a moving window.
    """
    return run("pine.median", data, {"source": series(source)}, {"period": period}, options)


def stdev(
    data: Any,
    period: int = 5,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population standard deviation (divisor `period`) of the last `period` values.

        std = sqrt(mean((x - mean(x))^2))

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
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The population standard deviation of a moving window.
    """
    return run("stdev", data, {"source": series(source)}, {"period": period}, options)


def talib_max(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The greatest value of a moving window.
    """
    return run("talib.max", data, {"source": series(source)}, {"period": period}, options)


def rolling_max(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The greatest value of a moving window.
    """
    return run("rolling_max", data, {"source": series(source)}, {"period": period}, options)


def talib_min(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The least value of a moving window.
    """
    return run("talib.min", data, {"source": series(source)}, {"period": period}, options)


def rolling_min(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least of the last `period` values.

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
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The least value of a moving window.
    """
    return run("rolling_min", data, {"source": series(source)}, {"period": period}, options)


def percentile_nearest(
    data: Any,
    period: int = 100,
    percent: float = 50.0,
    method: Literal["linear", "hazen", "nearest"] = "nearest",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value that some percent of the last `period` values do not exceed.

    Between two values it is as far from the one to the other as the rank `percent / 100 * (period - 1)`, counted from
    0, as in NumPy and pandas. With `method` "hazen" the rank is `percent / 100 * period - 0.5`, as in
    `ta.percentile_linear_interpolation` of Pine Script, and no less than that of the least and no more than that of the
    greatest value. With "nearest" it is the value of the rank `percent / 100 * period` rounded up, counted from 1, as
    in `ta.percentile_nearest_rank`.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    percent
        Percent of the values that do not exceed it. From 0.0 to 100.0.
    method
        What is given where no value has just this rank. One of "linear", "hazen", "nearest".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 100 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Rob J. Hyndman and Yanan Fan, Sample Quantiles in Statistical Packages, 1996: definitions 7, 5 and 1.
    """
    return run(
        "percentile_nearest",
        data,
        {"source": series(source)},
        {"period": period, "percent": percent, "method": method},
        options,
    )


def talib_percentile(
    data: Any,
    period: int = 30,
    percent: float = 50.0,
    method: Literal["linear", "hazen", "nearest"] = "nearest",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value that some percent of the last `period` values do not exceed.

    Between two values it is as far from the one to the other as the rank `percent / 100 * (period - 1)`, counted from
    0, as in NumPy and pandas. With `method` "hazen" the rank is `percent / 100 * period - 0.5`, as in
    `ta.percentile_linear_interpolation` of Pine Script, and no less than that of the least and no more than that of the
    greatest value. With "nearest" it is the value of the rank `percent / 100 * period` rounded up, counted from 1, as
    in `ta.percentile_nearest_rank`.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    percent
        Percent of the values that do not exceed it. From 0.0 to 100.0.
    method
        What is given where no value has just this rank. One of "linear", "hazen", "nearest".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Rob J. Hyndman and Yanan Fan, Sample Quantiles in Statistical Packages, 1996: definitions 7, 5 and 1.
    """
    return run(
        "talib.percentile",
        data,
        {"source": series(source)},
        {"period": period, "percent": percent, "method": method},
        options,
    )


def pine_mode(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The most frequent of the last `period` values; of several as frequent the least.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 10,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Karl Pearson, Contributions to the Mathematical Theory of Evolution II, 1895.
    """
    return run("pine.mode", data, {"source": series(source)}, {"period": period}, options)


def talib_linearreg_slope(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how much the line of least squares through the last `period` values rises from bar to bar.

        slope = sum((i - mean(i)) * x[i]) / sum((i - mean(i))^2)     i = 1, 2, ... period, the newest the last

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("talib.linearreg_slope", data, {"source": series(source)}, {"period": period}, options)


def talib_avgdev(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean distance of the last `period` values from their mean.

        mean_abs_dev = mean(|x - mean(x)|)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: The mean absolute deviation of a moving window.
    """
    return run("talib.avgdev", data, {"source": series(source)}, {"period": period}, options)


def pine_dev(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean distance of the last `period` values from their mean.

        mean_abs_dev = mean(|x - mean(x)|)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: The mean absolute deviation of a moving window.
    """
    return run("pine.dev", data, {"source": series(source)}, {"period": period}, options)


def talib_kurtosis(
    data: Any,
    period: int = 30,
    of: Literal["population", "sample"] = "sample",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Kurtosis of the last `period` values beyond that of a normal distribution: greater than 0 where extremes are
    frequent.

    As of a sample it is corrected for its bias, as in pandas, Excel and TA-Lib. Of equal values there is none.

        population = mean((x - mean) ** 4) / mean((x - mean) ** 2) ** 2 - 3
        sample     = (period - 1) / ((period - 2) * (period - 3)) * ((period + 1) * population + 6)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 4 to 10,000.
    of
        Of what the values are taken to be. One of "population", "sample".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Ronald A. Fisher, Statistical Methods for Research Workers, 1925.
    """
    return run("talib.kurtosis", data, {"source": series(source)}, {"period": period, "of": of}, options)


def talib_cumsum(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of all values so far.

    It is kept with twice the digits of a number, so that it does not drift. A value with which it would overflow is
    missing.

        cum_sum = cum_sum[1] + x

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

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The running sum.
    """
    return run("talib.cumsum", data, {"source": series(source)}, {}, options)


def talib_percentrank(
    data: Any,
    period: int = 100,
    counted: Literal["less", "not_greater"] = "less",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many of the `period` values before a value it exceeds, in percent.

    Equal values are not exceeded: over values that stand still it is 0. Pine Script counts them: 100.

        percent_rank = 100 * (values of x[1] to x[period] that are less than x) / period     less or equal with "not_greater"

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values before that count. From 1 to 1,000,000.
    counted
        Whether equal values are counted, too. One of "less", "not_greater".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 101 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Laurence Connors and Cesar Alvarez, An Introduction to ConnorsRSI, 2012.
    """
    return run("talib.percentrank", data, {"source": series(source)}, {"period": period, "counted": counted}, options)


def pine_percentrank(
    data: Any,
    period: int = 100,
    counted: Literal["less", "not_greater"] = "not_greater",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many of the `period` values before a value it exceeds, in percent.

    Equal values are not exceeded: over values that stand still it is 0. Pine Script counts them: 100.

        percent_rank = 100 * (values of x[1] to x[period] that are less than x) / period     less or equal with "not_greater"

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values before that count. From 1 to 1,000,000.
    counted
        Whether equal values are counted, too. One of "less", "not_greater".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 101 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Laurence Connors and Cesar Alvarez, An Introduction to ConnorsRSI, 2012.
    """
    return run("pine.percentrank", data, {"source": series(source)}, {"period": period, "counted": counted}, options)


def pine_range(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest less least of the last `period` values.

        max(x, period) - min(x, period)

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
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The range of a sample.
    """
    return run("pine.range", data, {"source": series(source)}, {"period": period}, options)


def talib_minmax(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least and greatest of the last `period` values.

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
    min
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    max
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The range of a moving window.
    """
    return run("talib.minmax", data, {"source": series(source)}, {"period": period}, options)


def pine_correlation(
    data: Any,
    x: Operand,
    y: Operand,
    period: int = 30,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Pearson's correlation of the last `period` pairs, from -1 to 1. Not ready where `x` or `y` stood still.

        correlation = covariance(x, y) / (std(x) * std(y))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    y
        A number, a text of the language or a rule.
    period
        Pairs that count. From 2 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Karl Pearson, Regression, Heredity, and Panmixia, 1896.
    """
    return run("pine.correlation", data, {"x": x, "y": y}, {"period": period}, options)


def talib_linearreg_intercept(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the line of least squares through the last `period` values is at the oldest of them.

        linreg_intercept = linreg(x, period) - (period - 1) * linreg_slope(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("talib.linearreg_intercept", data, {"source": series(source)}, {"period": period}, options)


def talib_linearreg_angle(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Angle in degrees of the line of least squares through the last `period` values, where a bar is as long as a unit of
    price.

        linreg_angle = atan(linreg_slope(x, period)) in degrees

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
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

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("talib.linearreg_angle", data, {"source": series(source)}, {"period": period}, options)


# Other names.
sum = rolling_sum
mean = rolling_mean
average = rolling_mean
avg = rolling_mean
median = rolling_median
med = rolling_median
std = rolling_std
stddev = rolling_std
rma = rolling_rma
argmax = rolling_argmax
argmin = rolling_argmin
quantile = percentile
ts_rank = rolling_rank
rolling_mode = mode
skewness = skew
linearreg_slope = linreg_slope
kurt = kurtosis
cumsum = cum_sum
cumulative_sum = cum_sum
stderr = standard_error
decay = linear_decay
edecay = exp_decay
var_historical = value_at_risk
rolling_var = variance
correl = correlation
linearreg_intercept = linreg_intercept
linearreg_angle = linreg_angle

__all__ = [
    "argmax",
    "argmin",
    "average",
    "avg",
    "beta",
    "correl",
    "correlation",
    "covariance",
    "cum_max",
    "cum_min",
    "cum_sum",
    "cumsum",
    "cumulative_sum",
    "decay",
    "drawdown",
    "edecay",
    "entropy",
    "exp_decay",
    "hurst",
    "kurt",
    "kurtosis",
    "linear_decay",
    "linearreg_angle",
    "linearreg_intercept",
    "linearreg_slope",
    "linreg_angle",
    "linreg_intercept",
    "linreg_slope",
    "max",
    "mean",
    "mean_abs_dev",
    "med",
    "median",
    "min",
    "minmax",
    "minmaxindex",
    "mode",
    "percent_rank",
    "percentile",
    "percentile_nearest",
    "pine_correlation",
    "pine_cum",
    "pine_dev",
    "pine_highest",
    "pine_highestbars",
    "pine_linreg",
    "pine_lowest",
    "pine_lowestbars",
    "pine_max",
    "pine_median",
    "pine_min",
    "pine_mode",
    "pine_percentile_linear_interpolation",
    "pine_percentile_nearest_rank",
    "pine_percentrank",
    "pine_range",
    "pine_stdev",
    "pine_variance",
    "quantile",
    "range",
    "rma",
    "rolling_argmax",
    "rolling_argmin",
    "rolling_count",
    "rolling_ema",
    "rolling_max",
    "rolling_mean",
    "rolling_median",
    "rolling_min",
    "rolling_mode",
    "rolling_rank",
    "rolling_rma",
    "rolling_std",
    "rolling_sum",
    "rolling_var",
    "sharpe",
    "skew",
    "skewness",
    "sortino",
    "standard_error",
    "std",
    "stddev",
    "stderr",
    "stdev",
    "sum",
    "talib_avgdev",
    "talib_beta",
    "talib_correl",
    "talib_cumsum",
    "talib_kurtosis",
    "talib_linearreg_angle",
    "talib_linearreg_intercept",
    "talib_linearreg_slope",
    "talib_max",
    "talib_maxindex",
    "talib_median",
    "talib_min",
    "talib_minindex",
    "talib_minmax",
    "talib_minmaxindex",
    "talib_percentile",
    "talib_percentrank",
    "talib_stddev",
    "talib_sum",
    "talib_var",
    "ts_rank",
    "value_at_risk",
    "var_historical",
    "variance",
    "zscore",
]
