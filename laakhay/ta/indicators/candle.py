"""Patterns of a few bars' bodies and shadows.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import run


def cdl_2crows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, black one in a gap above it, black one that opens within that and closes within the first: −100,
    else 0.

    A body is long where it is longer than the mean of the ten before it. Gaps are of bodies.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL2CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_2crows", data, {}, {}, options)


def cdl_3blackcrows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles with hardly a lower shadow, each of which opens within the one before and closes lower: −100,
    else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. They follow a
    white candle, below whose high the first of them closes.

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

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3BLACKCROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_3blackcrows", data, {}, {}, options)


def cdl_3inside(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, a short one within it, one that closes beyond where the first opened: 100 where the first is black,
    −100 where white, else 0.

    A body is long where it is longer than the mean of the ten before it, else short.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3INSIDE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_3inside", data, {}, {}, options)


def cdl_3linestrike(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three candles of one colour that go on, and one of the other that opens beyond them and closes before the first: 100
    where the three are white, −100 where black, else 0.

    Each opens within the body before or near it. Near is within a fifth of the mean distance from low to high of the
    five candles before.

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

    With the defaults the first values come from bar 9 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3LINESTRIKE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_3linestrike", data, {}, {}, options)


def cdl_3outside(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A body that reaches over the one before of the other colour, and a close that goes on: 100 where it is white, −100
    where black, else 0.

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

    With the defaults the first values come from bar 3 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3OUTSIDE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_3outside", data, {}, {}, options)


def cdl_3starsinsouth(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles, each within the range of the one before: long with a long lower shadow, shorter with a lower
    shadow, small with hardly any: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter; a long shadow
    is longer than its body. Hardly a shadow is one below a tenth of the mean distance from low to high of the ten
    candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3STARSINSOUTH; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_3starsinsouth", data, {}, {}, options)


def cdl_3whitesoldiers(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three white candles with hardly an upper shadow, each of which opens within the one before or near its close and
    closes higher: 100, else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before, near within a
    fifth and far three fifths of that of the five candles before. No body is far shorter than the one before, and the
    last is longer than the mean of the ten before it.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3WHITESOLDIERS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_3whitesoldiers", data, {}, {}, options)


def cdl_abandonedbaby(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, a doji with a gap to either side, candle of the other colour that closes well within the first: 100
    where the last is white, −100 where black, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    whole candles. A body is long where it is longer than the mean of the ten before it; the third one is.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body past whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLABANDONEDBABY; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_abandonedbaby", data, {}, {"penetration": penetration}, options)


def cdl_advanceblock(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three white candles with rising closes that lose strength: −100, else 0.

    Each opens within the one before or near its close; the first is long with a short upper shadow. They lose strength
    where bodies get far shorter, or shorter with long upper shadows.

    A body is long where it is longer than the mean of the ten before it. A shadow is short where it is shorter than
    half the mean of both shadows of the ten before, long where it is longer than its body; near is within a fifth, far
    three fifths of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLADVANCEBLOCK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_advanceblock", data, {}, {}, options)


def cdl_belthold(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle with hardly a shadow where it opens: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLBELTHOLD; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_belthold", data, {}, {}, options)


def cdl_breakaway(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, one of its colour in a gap beyond it, two that go on, and one of the other colour that closes within
    the gap: 100 where the last is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. The second and the fourth have the colour of
    the first.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLBREAKAWAY; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_breakaway", data, {}, {}, options)


def cdl_closingmarubozu(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle with hardly a shadow where it closes: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLCLOSINGMARUBOZU; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_closingmarubozu", data, {}, {}, options)


def cdl_concealbabyswall(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two black candles with hardly a shadow, a black one in a gap below them that reaches back up, and a black one that
    swallows it: 100, else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. Gaps are of
    bodies; the third one's upper shadow reaches into the second, the fourth one's shadows over the third.

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

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLCONCEALBABYSWALL; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_concealbabyswall", data, {}, {}, options)


def cdl_counterattack(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a long one of the other colour that closes about where it did: 100 where that is white, −100 where
    black, else 0.

    A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the
    mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLCOUNTERATTACK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_counterattack", data, {}, {}, options)


def cdl_darkcloudcover(
    data: Any,
    penetration: float = 0.5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, and a black one that opens above its high and closes well within it: −100, else 0.

    A body is long where it is longer than the mean of the ten before it.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the second has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLDARKCLOUDCOVER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_darkcloudcover", data, {}, {"penetration": penetration}, options)


def cdl_doji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A candle that closes about where it opens: 100, else 0.

    The body is no longer than a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_doji", data, {}, {}, options)


def cdl_dojistar(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a doji in a gap beyond it: −100 where the first is white, 100 where black, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    bodies. A body is long where it is longer than the mean of the ten before it.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_dojistar", data, {}, {}, options)


def cdl_dragonflydoji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with a lower shadow and hardly an upper one: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    shadow is one below a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLDRAGONFLYDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_dragonflydoji", data, {}, {}, options)


def cdl_engulfing(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A body of the other colour that reaches over the one before: 100 where it is white, −100 where black, else 0.

    Where the bodies meet on one side the value is 80 or −80. A candle that closes where it opens is white.

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

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLENGULFING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_engulfing", data, {}, {}, options)


def cdl_eveningdojistar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, a doji in a gap above it, black candle that closes well within the first: −100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    bodies. A body is long where it is longer than the mean of the ten before it; the third one is.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLEVENINGDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_eveningdojistar", data, {}, {"penetration": penetration}, options)


def cdl_eveningstar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, short body in a gap above it, black candle that closes well within the first: −100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLEVENINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_eveningstar", data, {}, {"penetration": penetration}, options)


def cdl_gapsidesidewhite(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two white candles of about one size, side by side in a gap beyond the one before: 100 where the gap is upwards, −100
    where downwards, else 0.

    Their bodies differ by a fifth of the mean distance from low to high of the five candles before at most, where they
    open by a twentieth; gaps are of bodies.

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

    With the defaults the first values come from bar 8 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLGAPSIDESIDEWHITE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_gapsidesidewhite", data, {}, {}, options)


def cdl_gravestonedoji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with an upper shadow and hardly a lower one: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    shadow is one below a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLGRAVESTONEDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_gravestonedoji", data, {}, {}, options)


def cdl_hammer(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow below and hardly one above, near the low of the candle before: 100, else 0.

    The body is shorter than the mean of the ten before it and than its own lower shadow; the upper one is shorter than
    a tenth of the mean distance from low to high of the ten candles before. Near is within a fifth of that of the five
    candles before the one before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_hammer", data, {}, {}, options)


def cdl_hangingman(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow below and hardly one above, near the high of the candle before: −100, else 0.

    The body is shorter than the mean of the ten before it and than its own lower shadow; the upper one is shorter than
    a tenth of the mean distance from low to high of the ten candles before. Near is within a fifth of that of the five
    candles before the one before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHANGINGMAN; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_hangingman", data, {}, {}, options)


def cdl_harami(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a short one within its body: −100 where the first is white, 100 where black, else 0.

    Where the bodies meet on one side the value is 80 or −80. A body is long where it is longer than the mean of the ten
    before it, else short.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHARAMI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_harami", data, {}, {}, options)


def cdl_haramicross(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a doji within its body: −100 where the first is white, 100 where black, else 0.

    Where the bodies meet on one side the value is 80 or −80. A doji is a body no longer than a tenth of the mean
    distance from low to high of the ten candles before. A body is long where it is longer than the mean of the ten
    before it.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHARAMICROSS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_haramicross", data, {}, {}, options)


def cdl_highwave(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with very long shadows to both sides: 100 where it is white, −100 where black, else 0.

    The body is shorter than the mean of the ten before it, and each shadow longer than two bodies.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHIGHWAVE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_highwave", data, {}, {}, options)


def cdl_hikkake(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A candle within the range of the one before, and one that leaves it: 100 where downwards, −100 where upwards; on one
    of the three bars behind it that closes beyond the inner candle on the other side, 200 or −200; else 0.

    The first that does so confirms it, no later one; a new pattern takes the place of the one before.

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

    With the defaults the first values come from bar 6 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHIKKAKE; Daniel L. Chesler, The Hikkake Pattern, Active Trader, 2004.
    """
    return run("cdl_hikkake", data, {}, {}, options)


def cdl_hikkakemod(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """As the hikkake, of two candles within each other, of which the first closes near its low or high: 100 or −100,
    confirmed 200 or −200, else 0.

    Up where it closes near its low and the pattern is left downwards, down where near its high and upwards. Near is
    within a fifth of the mean distance from low to high of the five candles before. The first of the three bars behind
    it that closes beyond the inner candle on the other side confirms it; a new pattern takes the place of the one
    before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHIKKAKEMOD; Daniel L. Chesler, The Hikkake Pattern, Active Trader, 2004.
    """
    return run("cdl_hikkakemod", data, {}, {}, options)


def cdl_homingpigeon(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a short black one within its body: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHOMINGPIGEON; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_homingpigeon", data, {}, {}, options)


def cdl_identical3crows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles with hardly a lower shadow and falling closes, each of which opens about where the one before
    closed: −100, else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. About the same
    is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLIDENTICAL3CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_identical3crows", data, {}, {}, options)


def cdl_inneck(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a white one that opens below its low and closes at its close or just above: −100, else 0.

    A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the
    mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLINNECK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_inneck", data, {}, {}, options)


def cdl_invertedhammer(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow above and hardly one below, in a gap below the body before: 100, else 0.

    The body is shorter than the mean of the ten before it and than its own upper shadow. Hardly a shadow is one below a
    tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLINVERTEDHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_invertedhammer", data, {}, {}, options)


def cdl_kicking(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two long candles with hardly a shadow, of different colours, and a gap between them: 100 where the second is white,
    −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before; the gap is of whole candles, in the direction of the
    second.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLKICKING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_kicking", data, {}, {}, options)


def cdl_kickingbylength(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two long candles with hardly a shadow, of different colours, and a gap between them: 100 where the longer one is
    white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before; the gap is of whole candles, in the direction of the
    second; of equal bodies the first decides.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLKICKINGBYLENGTH; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_kickingbylength", data, {}, {}, options)


def cdl_ladderbottom(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles with falling opens and closes, a black one with an upper shadow, and a white one that opens
    above its body and closes above its high: 100, else 0.

    The upper shadow is longer than a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLLADDERBOTTOM; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_ladderbottom", data, {}, {}, options)


def cdl_longleggeddoji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with a shadow longer than its body: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLLONGLEGGEDDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_longleggeddoji", data, {}, {}, options)


def cdl_longline(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long body with short shadows: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it, and a shadow short where it is shorter than
    half the mean of both shadows of the ten before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLLONGLINE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_longline", data, {}, {}, options)


def cdl_marubozu(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle with hardly a shadow: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLMARUBOZU; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_marubozu", data, {}, {}, options)


def cdl_matchinglow(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two black candles that close about at the same price: 100, else 0.

    About the same is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 7 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLMATCHINGLOW; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_matchinglow", data, {}, {}, options)


def cdl_mathold(
    data: Any,
    penetration: float = 0.5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, three small ones that fall from a gap above it and hold well within its body, and a white one
    that closes above them all: 100, else 0.

    The first of the three is black. A body is long where it is longer than the mean of the ten before it, and small
    where it is shorter; gaps are of bodies.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the small ones must not reach. From 0.0 to 1000000000.0.
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

    Source: TA-Lib, CDLMATHOLD; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_mathold", data, {}, {"penetration": penetration}, options)


def cdl_morningdojistar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, a doji in a gap below it, white candle that closes well within the first: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    bodies. A body is long where it is longer than the mean of the ten before it; the third one is.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body above whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLMORNINGDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_morningdojistar", data, {}, {"penetration": penetration}, options)


def cdl_morningstar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, short body in a gap below it, white candle that closes well within the first: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body above whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLMORNINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_morningstar", data, {}, {"penetration": penetration}, options)


def cdl_onneck(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a white one that opens below its low and closes about there: −100, else 0.

    A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the
    mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLONNECK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_onneck", data, {}, {}, options)


def cdl_piercing(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a long white one that opens below its low and closes in the upper half of its body: 100, else
    0.

    A body is long where it is longer than the mean of the ten before it.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLPIERCING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_piercing", data, {}, {}, options)


def cdl_rickshawman(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji near the middle of its range, with both shadows longer than its body: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Near is
    within a fifth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLRICKSHAWMAN; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_rickshawman", data, {}, {}, options)


def cdl_risefall3methods(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, three small ones of the other colour that go back within its range, and a long one of its colour that
    goes on: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLRISEFALL3METHODS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_risefall3methods", data, {}, {}, options)


def cdl_separatinglines(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A long candle of the other colour that opens about where the one before did, with hardly a shadow there: 100 where
    it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before. About the same is within a twentieth of the mean distance
    from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSEPARATINGLINES; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_separatinglines", data, {}, {}, options)


def cdl_shootingstar(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow above and hardly one below, in a gap above the body before: −100, else 0.

    The body is shorter than the mean of the ten before it and than its own upper shadow. Hardly a shadow is one below a
    tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSHOOTINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_shootingstar", data, {}, {}, options)


def cdl_shortline(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Small body with short shadows: 100 where it is white, −100 where black, else 0.

    A body is small where it is shorter than the mean of the ten before it, and a shadow short where it is shorter than
    half the mean of both shadows of the ten before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSHORTLINE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_shortline", data, {}, {}, options)


def cdl_spinningtop(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Small body with longer shadows to both sides: 100 where it is white, −100 where black, else 0.

    A body is small where it is shorter than the mean of the ten before it.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSPINNINGTOP; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_spinningtop", data, {}, {}, options)


def cdl_stalledpattern(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two long white candles, and a small white one on the shoulder of the second: −100, else 0.

    Closes rise; the second opens within the first or near its close and has hardly an upper shadow; the third opens
    near the second one's close or its own body below that.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter. Hardly a shadow
    is one below a tenth of the mean distance from low to high of the ten candles before, near within a fifth of that of
    the five candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSTALLEDPATTERN; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_stalledpattern", data, {}, {}, options)


def cdl_sticksandwich(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Black candle, a white one above its close, and a black one that closes about where the first did: 100, else 0.

    About the same is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 8 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSTICKSANDWICH; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_sticksandwich", data, {}, {}, options)


def cdl_takuri(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with a very long lower shadow and hardly an upper one: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    shadow is one below a tenth of the mean distance from low to high of the ten candles before, a very long one longer
    than two bodies.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTAKURI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_takuri", data, {}, {}, options)


def cdl_tasukigap(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A candle in a gap beyond the one before, and one of the other colour and about the size that opens within it and
    closes in the gap: 100 where the gap is upwards, −100 where downwards, else 0.

    The bodies differ by less than a fifth of the mean distance from low to high of the five candles before; gaps are of
    bodies, and the candle beyond is white above one and black below it.

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

    With the defaults the first values come from bar 8 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTASUKIGAP; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_tasukigap", data, {}, {}, options)


def cdl_thrusting(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a white one that opens below its low and closes in the lower half of its body: −100, else 0.

    A body is long where it is longer than the mean of the ten before it. It closes above what would be about the first
    one's close. About the same is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTHRUSTING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_thrusting", data, {}, {}, options)


def cdl_tristar(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three doji, of which the second is in a gap beyond the first and the third falls back: −100 where the gap is
    upwards, 100 where downwards, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before the first;
    gaps are of bodies.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTRISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_tristar", data, {}, {}, options)


def cdl_unique3river(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, a black one within its body with a lower low, and a small white one above that low: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter. The second
    closes above the first and opens no higher.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLUNIQUE3RIVER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_unique3river", data, {}, {}, options)


def cdl_upsidegap2crows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, a short black one in a gap above it, and a black one that reaches over that and closes above the
    first: −100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; gaps are of bodies.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLUPSIDEGAP2CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_upsidegap2crows", data, {}, {}, options)


def cdl_xsidegap3methods(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two candles of one colour with a gap between them, and one of the other that opens within the second and closes
    within the first: 100 where the gap is upwards, −100 where downwards, else 0.

    Gaps are of bodies: upwards between white candles, downwards between black ones.

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

    With the defaults the first values come from bar 3 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLXSIDEGAP3METHODS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("cdl_xsidegap3methods", data, {}, {}, options)


def talib_cdl_2crows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, black one in a gap above it, black one that opens within that and closes within the first: −100,
    else 0.

    A body is long where it is longer than the mean of the ten before it. Gaps are of bodies.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL2CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_2crows", data, {}, {}, options)


def talib_cdl_3blackcrows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles with hardly a lower shadow, each of which opens within the one before and closes lower: −100,
    else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. They follow a
    white candle, below whose high the first of them closes.

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

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3BLACKCROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_3blackcrows", data, {}, {}, options)


def talib_cdl_3inside(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, a short one within it, one that closes beyond where the first opened: 100 where the first is black,
    −100 where white, else 0.

    A body is long where it is longer than the mean of the ten before it, else short.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3INSIDE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_3inside", data, {}, {}, options)


def talib_cdl_3linestrike(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three candles of one colour that go on, and one of the other that opens beyond them and closes before the first: 100
    where the three are white, −100 where black, else 0.

    Each opens within the body before or near it. Near is within a fifth of the mean distance from low to high of the
    five candles before.

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

    With the defaults the first values come from bar 9 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3LINESTRIKE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_3linestrike", data, {}, {}, options)


def talib_cdl_3outside(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A body that reaches over the one before of the other colour, and a close that goes on: 100 where it is white, −100
    where black, else 0.

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

    With the defaults the first values come from bar 3 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3OUTSIDE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_3outside", data, {}, {}, options)


def talib_cdl_3starsinsouth(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles, each within the range of the one before: long with a long lower shadow, shorter with a lower
    shadow, small with hardly any: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter; a long shadow
    is longer than its body. Hardly a shadow is one below a tenth of the mean distance from low to high of the ten
    candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3STARSINSOUTH; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_3starsinsouth", data, {}, {}, options)


def talib_cdl_3whitesoldiers(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three white candles with hardly an upper shadow, each of which opens within the one before or near its close and
    closes higher: 100, else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before, near within a
    fifth and far three fifths of that of the five candles before. No body is far shorter than the one before, and the
    last is longer than the mean of the ten before it.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDL3WHITESOLDIERS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_3whitesoldiers", data, {}, {}, options)


def talib_cdl_abandonedbaby(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, a doji with a gap to either side, candle of the other colour that closes well within the first: 100
    where the last is white, −100 where black, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    whole candles. A body is long where it is longer than the mean of the ten before it; the third one is.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body past whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLABANDONEDBABY; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_abandonedbaby", data, {}, {"penetration": penetration}, options)


def talib_cdl_advanceblock(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three white candles with rising closes that lose strength: −100, else 0.

    Each opens within the one before or near its close; the first is long with a short upper shadow. They lose strength
    where bodies get far shorter, or shorter with long upper shadows.

    A body is long where it is longer than the mean of the ten before it. A shadow is short where it is shorter than
    half the mean of both shadows of the ten before, long where it is longer than its body; near is within a fifth, far
    three fifths of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLADVANCEBLOCK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_advanceblock", data, {}, {}, options)


def talib_cdl_belthold(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle with hardly a shadow where it opens: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLBELTHOLD; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_belthold", data, {}, {}, options)


def talib_cdl_breakaway(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, one of its colour in a gap beyond it, two that go on, and one of the other colour that closes within
    the gap: 100 where the last is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. The second and the fourth have the colour of
    the first.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLBREAKAWAY; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_breakaway", data, {}, {}, options)


def talib_cdl_closingmarubozu(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle with hardly a shadow where it closes: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLCLOSINGMARUBOZU; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_closingmarubozu", data, {}, {}, options)


def talib_cdl_concealbabyswall(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two black candles with hardly a shadow, a black one in a gap below them that reaches back up, and a black one that
    swallows it: 100, else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. Gaps are of
    bodies; the third one's upper shadow reaches into the second, the fourth one's shadows over the third.

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

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLCONCEALBABYSWALL; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_concealbabyswall", data, {}, {}, options)


def talib_cdl_counterattack(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a long one of the other colour that closes about where it did: 100 where that is white, −100 where
    black, else 0.

    A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the
    mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLCOUNTERATTACK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_counterattack", data, {}, {}, options)


def talib_cdl_darkcloudcover(
    data: Any,
    penetration: float = 0.5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, and a black one that opens above its high and closes well within it: −100, else 0.

    A body is long where it is longer than the mean of the ten before it.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the second has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLDARKCLOUDCOVER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_darkcloudcover", data, {}, {"penetration": penetration}, options)


def talib_cdl_doji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A candle that closes about where it opens: 100, else 0.

    The body is no longer than a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_doji", data, {}, {}, options)


def talib_cdl_dojistar(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a doji in a gap beyond it: −100 where the first is white, 100 where black, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    bodies. A body is long where it is longer than the mean of the ten before it.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_dojistar", data, {}, {}, options)


def talib_cdl_dragonflydoji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with a lower shadow and hardly an upper one: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    shadow is one below a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLDRAGONFLYDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_dragonflydoji", data, {}, {}, options)


def talib_cdl_engulfing(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A body of the other colour that reaches over the one before: 100 where it is white, −100 where black, else 0.

    Where the bodies meet on one side the value is 80 or −80. A candle that closes where it opens is white.

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

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLENGULFING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_engulfing", data, {}, {}, options)


def talib_cdl_eveningdojistar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, a doji in a gap above it, black candle that closes well within the first: −100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    bodies. A body is long where it is longer than the mean of the ten before it; the third one is.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLEVENINGDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_eveningdojistar", data, {}, {"penetration": penetration}, options)


def talib_cdl_eveningstar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, short body in a gap above it, black candle that closes well within the first: −100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLEVENINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_eveningstar", data, {}, {"penetration": penetration}, options)


def talib_cdl_gapsidesidewhite(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two white candles of about one size, side by side in a gap beyond the one before: 100 where the gap is upwards, −100
    where downwards, else 0.

    Their bodies differ by a fifth of the mean distance from low to high of the five candles before at most, where they
    open by a twentieth; gaps are of bodies.

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

    With the defaults the first values come from bar 8 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLGAPSIDESIDEWHITE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_gapsidesidewhite", data, {}, {}, options)


def talib_cdl_gravestonedoji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with an upper shadow and hardly a lower one: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    shadow is one below a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLGRAVESTONEDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_gravestonedoji", data, {}, {}, options)


def talib_cdl_hammer(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow below and hardly one above, near the low of the candle before: 100, else 0.

    The body is shorter than the mean of the ten before it and than its own lower shadow; the upper one is shorter than
    a tenth of the mean distance from low to high of the ten candles before. Near is within a fifth of that of the five
    candles before the one before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_hammer", data, {}, {}, options)


def talib_cdl_hangingman(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow below and hardly one above, near the high of the candle before: −100, else 0.

    The body is shorter than the mean of the ten before it and than its own lower shadow; the upper one is shorter than
    a tenth of the mean distance from low to high of the ten candles before. Near is within a fifth of that of the five
    candles before the one before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHANGINGMAN; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_hangingman", data, {}, {}, options)


def talib_cdl_harami(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a short one within its body: −100 where the first is white, 100 where black, else 0.

    Where the bodies meet on one side the value is 80 or −80. A body is long where it is longer than the mean of the ten
    before it, else short.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHARAMI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_harami", data, {}, {}, options)


def talib_cdl_haramicross(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, and a doji within its body: −100 where the first is white, 100 where black, else 0.

    Where the bodies meet on one side the value is 80 or −80. A doji is a body no longer than a tenth of the mean
    distance from low to high of the ten candles before. A body is long where it is longer than the mean of the ten
    before it.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHARAMICROSS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_haramicross", data, {}, {}, options)


def talib_cdl_highwave(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with very long shadows to both sides: 100 where it is white, −100 where black, else 0.

    The body is shorter than the mean of the ten before it, and each shadow longer than two bodies.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHIGHWAVE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_highwave", data, {}, {}, options)


def talib_cdl_hikkake(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A candle within the range of the one before, and one that leaves it: 100 where downwards, −100 where upwards; on one
    of the three bars behind it that closes beyond the inner candle on the other side, 200 or −200; else 0.

    The first that does so confirms it, no later one; a new pattern takes the place of the one before.

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

    With the defaults the first values come from bar 6 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHIKKAKE; Daniel L. Chesler, The Hikkake Pattern, Active Trader, 2004.
    """
    return run("talib.cdl_hikkake", data, {}, {}, options)


def talib_cdl_hikkakemod(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """As the hikkake, of two candles within each other, of which the first closes near its low or high: 100 or −100,
    confirmed 200 or −200, else 0.

    Up where it closes near its low and the pattern is left downwards, down where near its high and upwards. Near is
    within a fifth of the mean distance from low to high of the five candles before. The first of the three bars behind
    it that closes beyond the inner candle on the other side confirms it; a new pattern takes the place of the one
    before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHIKKAKEMOD; Daniel L. Chesler, The Hikkake Pattern, Active Trader, 2004.
    """
    return run("talib.cdl_hikkakemod", data, {}, {}, options)


def talib_cdl_homingpigeon(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a short black one within its body: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHOMINGPIGEON; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_homingpigeon", data, {}, {}, options)


def talib_cdl_identical3crows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles with hardly a lower shadow and falling closes, each of which opens about where the one before
    closed: −100, else 0.

    Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. About the same
    is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLIDENTICAL3CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_identical3crows", data, {}, {}, options)


def talib_cdl_inneck(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a white one that opens below its low and closes at its close or just above: −100, else 0.

    A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the
    mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLINNECK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_inneck", data, {}, {}, options)


def talib_cdl_invertedhammer(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow above and hardly one below, in a gap below the body before: 100, else 0.

    The body is shorter than the mean of the ten before it and than its own upper shadow. Hardly a shadow is one below a
    tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLINVERTEDHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_invertedhammer", data, {}, {}, options)


def talib_cdl_kicking(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two long candles with hardly a shadow, of different colours, and a gap between them: 100 where the second is white,
    −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before; the gap is of whole candles, in the direction of the
    second.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLKICKING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_kicking", data, {}, {}, options)


def talib_cdl_kickingbylength(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two long candles with hardly a shadow, of different colours, and a gap between them: 100 where the longer one is
    white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before; the gap is of whole candles, in the direction of the
    second; of equal bodies the first decides.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLKICKINGBYLENGTH; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_kickingbylength", data, {}, {}, options)


def talib_cdl_ladderbottom(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three black candles with falling opens and closes, a black one with an upper shadow, and a white one that opens
    above its body and closes above its high: 100, else 0.

    The upper shadow is longer than a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLLADDERBOTTOM; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_ladderbottom", data, {}, {}, options)


def talib_cdl_longleggeddoji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with a shadow longer than its body: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLLONGLEGGEDDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_longleggeddoji", data, {}, {}, options)


def talib_cdl_longline(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long body with short shadows: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it, and a shadow short where it is shorter than
    half the mean of both shadows of the ten before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLLONGLINE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_longline", data, {}, {}, options)


def talib_cdl_marubozu(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle with hardly a shadow: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLMARUBOZU; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_marubozu", data, {}, {}, options)


def talib_cdl_matchinglow(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two black candles that close about at the same price: 100, else 0.

    About the same is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 7 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLMATCHINGLOW; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_matchinglow", data, {}, {}, options)


def talib_cdl_mathold(
    data: Any,
    penetration: float = 0.5,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, three small ones that fall from a gap above it and hold well within its body, and a white one
    that closes above them all: 100, else 0.

    The first of the three is black. A body is long where it is longer than the mean of the ten before it, and small
    where it is shorter; gaps are of bodies.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the small ones must not reach. From 0.0 to 1000000000.0.
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

    Source: TA-Lib, CDLMATHOLD; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_mathold", data, {}, {"penetration": penetration}, options)


def talib_cdl_morningdojistar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, a doji in a gap below it, white candle that closes well within the first: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    bodies. A body is long where it is longer than the mean of the ten before it; the third one is.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body above whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLMORNINGDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_morningdojistar", data, {}, {"penetration": penetration}, options)


def talib_cdl_morningstar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, short body in a gap below it, white candle that closes well within the first: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body above whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLMORNINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_morningstar", data, {}, {"penetration": penetration}, options)


def talib_cdl_onneck(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a white one that opens below its low and closes about there: −100, else 0.

    A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the
    mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLONNECK; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_onneck", data, {}, {}, options)


def talib_cdl_piercing(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a long white one that opens below its low and closes in the upper half of its body: 100, else
    0.

    A body is long where it is longer than the mean of the ten before it.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLPIERCING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_piercing", data, {}, {}, options)


def talib_cdl_rickshawman(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji near the middle of its range, with both shadows longer than its body: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Near is
    within a fifth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLRICKSHAWMAN; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_rickshawman", data, {}, {}, options)


def talib_cdl_risefall3methods(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long candle, three small ones of the other colour that go back within its range, and a long one of its colour that
    goes on: 100 where it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter.

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

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLRISEFALL3METHODS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_risefall3methods", data, {}, {}, options)


def talib_cdl_separatinglines(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A long candle of the other colour that opens about where the one before did, with hardly a shadow there: 100 where
    it is white, −100 where black, else 0.

    A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the
    mean distance from low to high of the ten candles before. About the same is within a twentieth of the mean distance
    from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSEPARATINGLINES; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_separatinglines", data, {}, {}, options)


def talib_cdl_shootingstar(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow above and hardly one below, in a gap above the body before: −100, else 0.

    The body is shorter than the mean of the ten before it and than its own upper shadow. Hardly a shadow is one below a
    tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSHOOTINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_shootingstar", data, {}, {}, options)


def talib_cdl_shortline(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Small body with short shadows: 100 where it is white, −100 where black, else 0.

    A body is small where it is shorter than the mean of the ten before it, and a shadow short where it is shorter than
    half the mean of both shadows of the ten before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSHORTLINE; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_shortline", data, {}, {}, options)


def talib_cdl_spinningtop(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Small body with longer shadows to both sides: 100 where it is white, −100 where black, else 0.

    A body is small where it is shorter than the mean of the ten before it.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSPINNINGTOP; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_spinningtop", data, {}, {}, options)


def talib_cdl_stalledpattern(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two long white candles, and a small white one on the shoulder of the second: −100, else 0.

    Closes rise; the second opens within the first or near its close and has hardly an upper shadow; the third opens
    near the second one's close or its own body below that.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter. Hardly a shadow
    is one below a tenth of the mean distance from low to high of the ten candles before, near within a fifth of that of
    the five candles before.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSTALLEDPATTERN; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_stalledpattern", data, {}, {}, options)


def talib_cdl_sticksandwich(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Black candle, a white one above its close, and a black one that closes about where the first did: 100, else 0.

    About the same is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 8 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLSTICKSANDWICH; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_sticksandwich", data, {}, {}, options)


def talib_cdl_takuri(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A doji with a very long lower shadow and hardly an upper one: 100, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    shadow is one below a tenth of the mean distance from low to high of the ten candles before, a very long one longer
    than two bodies.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTAKURI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_takuri", data, {}, {}, options)


def talib_cdl_tasukigap(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A candle in a gap beyond the one before, and one of the other colour and about the size that opens within it and
    closes in the gap: 100 where the gap is upwards, −100 where downwards, else 0.

    The bodies differ by less than a fifth of the mean distance from low to high of the five candles before; gaps are of
    bodies, and the candle beyond is white above one and black below it.

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

    With the defaults the first values come from bar 8 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTASUKIGAP; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_tasukigap", data, {}, {}, options)


def talib_cdl_thrusting(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, and a white one that opens below its low and closes in the lower half of its body: −100, else 0.

    A body is long where it is longer than the mean of the ten before it. It closes above what would be about the first
    one's close. About the same is within a twentieth of the mean distance from low to high of the five candles before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTHRUSTING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_thrusting", data, {}, {}, options)


def talib_cdl_tristar(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three doji, of which the second is in a gap beyond the first and the third falls back: −100 where the gap is
    upwards, 100 where downwards, else 0.

    A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before the first;
    gaps are of bodies.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLTRISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_tristar", data, {}, {}, options)


def talib_cdl_unique3river(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, a black one within its body with a lower low, and a small white one above that low: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, and small where it is shorter. The second
    closes above the first and opens no higher.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLUNIQUE3RIVER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_unique3river", data, {}, {}, options)


def talib_cdl_upsidegap2crows(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, a short black one in a gap above it, and a black one that reaches over that and closes above the
    first: −100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; gaps are of bodies.

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

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLUPSIDEGAP2CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_upsidegap2crows", data, {}, {}, options)


def talib_cdl_xsidegap3methods(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Two candles of one colour with a gap between them, and one of the other that opens within the second and closes
    within the first: 100 where the gap is upwards, −100 where downwards, else 0.

    Gaps are of bodies: upwards between white candles, downwards between black ones.

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

    With the defaults the first values come from bar 3 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLXSIDEGAP3METHODS; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_xsidegap3methods", data, {}, {}, options)


__all__ = [
    "cdl_2crows",
    "cdl_3blackcrows",
    "cdl_3inside",
    "cdl_3linestrike",
    "cdl_3outside",
    "cdl_3starsinsouth",
    "cdl_3whitesoldiers",
    "cdl_abandonedbaby",
    "cdl_advanceblock",
    "cdl_belthold",
    "cdl_breakaway",
    "cdl_closingmarubozu",
    "cdl_concealbabyswall",
    "cdl_counterattack",
    "cdl_darkcloudcover",
    "cdl_doji",
    "cdl_dojistar",
    "cdl_dragonflydoji",
    "cdl_engulfing",
    "cdl_eveningdojistar",
    "cdl_eveningstar",
    "cdl_gapsidesidewhite",
    "cdl_gravestonedoji",
    "cdl_hammer",
    "cdl_hangingman",
    "cdl_harami",
    "cdl_haramicross",
    "cdl_highwave",
    "cdl_hikkake",
    "cdl_hikkakemod",
    "cdl_homingpigeon",
    "cdl_identical3crows",
    "cdl_inneck",
    "cdl_invertedhammer",
    "cdl_kicking",
    "cdl_kickingbylength",
    "cdl_ladderbottom",
    "cdl_longleggeddoji",
    "cdl_longline",
    "cdl_marubozu",
    "cdl_matchinglow",
    "cdl_mathold",
    "cdl_morningdojistar",
    "cdl_morningstar",
    "cdl_onneck",
    "cdl_piercing",
    "cdl_rickshawman",
    "cdl_risefall3methods",
    "cdl_separatinglines",
    "cdl_shootingstar",
    "cdl_shortline",
    "cdl_spinningtop",
    "cdl_stalledpattern",
    "cdl_sticksandwich",
    "cdl_takuri",
    "cdl_tasukigap",
    "cdl_thrusting",
    "cdl_tristar",
    "cdl_unique3river",
    "cdl_upsidegap2crows",
    "cdl_xsidegap3methods",
    "talib_cdl_2crows",
    "talib_cdl_3blackcrows",
    "talib_cdl_3inside",
    "talib_cdl_3linestrike",
    "talib_cdl_3outside",
    "talib_cdl_3starsinsouth",
    "talib_cdl_3whitesoldiers",
    "talib_cdl_abandonedbaby",
    "talib_cdl_advanceblock",
    "talib_cdl_belthold",
    "talib_cdl_breakaway",
    "talib_cdl_closingmarubozu",
    "talib_cdl_concealbabyswall",
    "talib_cdl_counterattack",
    "talib_cdl_darkcloudcover",
    "talib_cdl_doji",
    "talib_cdl_dojistar",
    "talib_cdl_dragonflydoji",
    "talib_cdl_engulfing",
    "talib_cdl_eveningdojistar",
    "talib_cdl_eveningstar",
    "talib_cdl_gapsidesidewhite",
    "talib_cdl_gravestonedoji",
    "talib_cdl_hammer",
    "talib_cdl_hangingman",
    "talib_cdl_harami",
    "talib_cdl_haramicross",
    "talib_cdl_highwave",
    "talib_cdl_hikkake",
    "talib_cdl_hikkakemod",
    "talib_cdl_homingpigeon",
    "talib_cdl_identical3crows",
    "talib_cdl_inneck",
    "talib_cdl_invertedhammer",
    "talib_cdl_kicking",
    "talib_cdl_kickingbylength",
    "talib_cdl_ladderbottom",
    "talib_cdl_longleggeddoji",
    "talib_cdl_longline",
    "talib_cdl_marubozu",
    "talib_cdl_matchinglow",
    "talib_cdl_mathold",
    "talib_cdl_morningdojistar",
    "talib_cdl_morningstar",
    "talib_cdl_onneck",
    "talib_cdl_piercing",
    "talib_cdl_rickshawman",
    "talib_cdl_risefall3methods",
    "talib_cdl_separatinglines",
    "talib_cdl_shootingstar",
    "talib_cdl_shortline",
    "talib_cdl_spinningtop",
    "talib_cdl_stalledpattern",
    "talib_cdl_sticksandwich",
    "talib_cdl_takuri",
    "talib_cdl_tasukigap",
    "talib_cdl_thrusting",
    "talib_cdl_tristar",
    "talib_cdl_unique3river",
    "talib_cdl_upsidegap2crows",
    "talib_cdl_xsidegap3methods",
]
