"""The witnesses of patterns of candles: TA-Lib, to the integer, on a market on which every value of each comes."""

from __future__ import annotations

from tests.parity.witness import Pattern, candle

#: The values that are no zero.
VALUES: dict[str, tuple[int, ...]] = {
    "2crows": (-100,),
    "3blackcrows": (-100,),
    "3inside": (-100, 100),
    "3linestrike": (-100, 100),
    "3outside": (-100, 100),
    "3starsinsouth": (100,),
    "3whitesoldiers": (100,),
    "abandonedbaby": (-100, 100),
    "advanceblock": (-100,),
    "belthold": (-100, 100),
    "breakaway": (-100, 100),
    "closingmarubozu": (-100, 100),
    "concealbabyswall": (100,),
    "counterattack": (-100, 100),
    "darkcloudcover": (-100,),
    "doji": (100,),
    "dojistar": (-100, 100),
    "dragonflydoji": (100,),
    "engulfing": (-100, -80, 80, 100),
    "eveningdojistar": (-100,),
    "eveningstar": (-100,),
    "gapsidesidewhite": (-100, 100),
    "gravestonedoji": (100,),
    "hammer": (100,),
    "hangingman": (-100,),
    "harami": (-100, -80, 80, 100),
    "haramicross": (-100, -80, 80, 100),
    "highwave": (-100, 100),
    "hikkake": (-200, -100, 100, 200),
    "hikkakemod": (-200, -100, 100, 200),
    "homingpigeon": (100,),
    "identical3crows": (-100,),
    "inneck": (-100,),
    "invertedhammer": (100,),
    "kicking": (-100, 100),
    "kickingbylength": (-100, 100),
    "ladderbottom": (100,),
    "longleggeddoji": (100,),
    "longline": (-100, 100),
    "marubozu": (-100, 100),
    "matchinglow": (100,),
    "mathold": (100,),
    "morningdojistar": (100,),
    "morningstar": (100,),
    "onneck": (-100,),
    "piercing": (100,),
    "rickshawman": (100,),
    "risefall3methods": (-100, 100),
    "separatinglines": (-100, 100),
    "shootingstar": (-100,),
    "shortline": (-100, 100),
    "spinningtop": (-100, 100),
    "stalledpattern": (-100,),
    "sticksandwich": (100,),
    "takuri": (100,),
    "tasukigap": (-100, 100),
    "thrusting": (-100,),
    "tristar": (-100, 100),
    "unique3river": (100,),
    "upsidegap2crows": (-100,),
    "xsidegap3methods": (-100, 100),
}

#: Shares that are none of the defaults, of the patterns with one.
SHARES: dict[str, tuple[float, ...]] = {
    "abandonedbaby": (0.0, 0.7),
    "darkcloudcover": (0.0, 0.7),
    "eveningdojistar": (0.0, 0.7),
    "eveningstar": (0.0, 0.7),
    "mathold": (0.7,),
    "morningdojistar": (0.0, 0.7),
    "morningstar": (0.0, 0.7),
}


def patterns(prefix: str) -> dict[str, list[Pattern]]:
    """Give the witnesses of all patterns under their names with this prefix."""
    return {
        f"{prefix}{name}": [
            candle(prefix, name, *values),
            *(candle(prefix, name, *values, penetration=share) for share in SHARES.get(name, ())),
        ]
        for name, values in VALUES.items()
    }
