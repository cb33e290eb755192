"""Candles of a few ticks, and between them what the rarest patterns are made of: every pattern is there."""

from __future__ import annotations

import random
from collections.abc import Iterator

Candle = tuple[int, int, int, int]

#: Open, high, low and close, in ticks from where they are put: patterns that random candles hardly ever are. They are
#: used upside down, too.
SHAPES: tuple[tuple[Candle, ...], ...] = (
    ((0, 11, -1, 10), (14, 15, 12, 12), (13, 14, 4, 5)),
    ((0, 9, 0, 8), (8, 8, 4, 4), (6, 6, 2, 2), (4, 4, 0, 0)),
    ((40, 40, 34, 34), (36, 36, 30, 30), (28, 34, 26, 27), (33, 36, 24, 25)),
    ((0, 10, 0, 10), (14, 14, 13, 13), (9, 10, 8, 8), (8, 8, 7, 7), (8, 17, 8, 16)),
    ((40, 41, 29, 30), (27, 28, 25, 26), (26, 27, 24, 25), (25, 26, 22, 23), (23, 29, 23, 28)),
    ((30, 31, 8, 20), (24, 25, 12, 18), (16, 16, 15, 15)),
    ((0, 10, 0, 10), (14, 14, 13, 14), (9, 9, 1, 1)),
    ((10, 10, 0, 0), (14, 24, 14, 24)),
    ((0, 11, -1, 10), (9, 9, 8, 8), (8, 8, 7, 7), (7, 7, 6, 6), (8, 20, 8, 20)),
    ((0, 10, 0, 10), (13, 14, 12, 12), (15, 15, 11, 11)),
    ((30, 30, 26, 26), (28, 28, 24, 24), (26, 26, 22, 22), (23, 27, 20, 21), (24, 31, 24, 30)),
    ((0, 4, 0, 4), (3, 7, 3, 7), (6, 10, 6, 10), (12, 12, -2, -2)),
    ((20, 21, 9, 10), (18, 18, 5, 12), (7, 8, 6, 8)),
    ((20, 20, 10, 10), (0, 10, 0, 10)),
    ((0, 6, 0, 6), (9, 13, 9, 13), (11, 11, 5, 5)),
    ((0, 10, 0, 10), (6, 16, 6, 16), (15, 17, 15, 17)),
    ((10, 20, 0, 12), (8, 18, 2, 2), (6, 14, 4, 10), (8, 12, 3, 5), (6, 16, 6, 16)),
    ((0, 5, 0, 5), (7, 11, 7, 11), (10, 10, 6, 6)),
    ((20, 20, 8, 8), (6, 17, 6, 17)),
    ((12, 12, 0, 0), (0, 0, -8, -8), (-8, -8, -16, -16)),
)


def candles(rng: random.Random, bars: int) -> Iterator[Candle]:
    """Give candles near 60 ticks: small ones, now and then a shape in which some prices are a tick off."""
    price, given = 60, 0
    while given < bars:
        if rng.random() < 0.06:
            turned = rng.random() < 0.5
            for shape in rng.choice(SHAPES):
                opens, high, low, close = shape if not turned else (-shape[0], -shape[2], -shape[1], -shape[3])
                off = [rng.choice((-1, 1)) if rng.random() < 0.06 else 0 for _ in range(4)]
                opens, close = 60 + opens + off[0], 60 + close + off[1]
                yield opens, max(60 + high + off[2], opens, close), min(60 + low + off[3], opens, close), close
                given += 1
            price = 60
            continue
        opens = price + rng.choice((0, 0, 0, 1, -1, 2, -2, 4))
        price = opens + rng.choice((0, 0, 1, -1, 1, -1, 2, -2, 3, -3, 6, -6))
        price += 1 if price < 50 else -1 if price > 70 else 0
        above, below = rng.choice((0, 0, 0, 1, 3, 8)), rng.choice((0, 0, 0, 1, 3, 8))
        yield opens, max(opens, price) + above, min(opens, price) - below, price
        given += 1
