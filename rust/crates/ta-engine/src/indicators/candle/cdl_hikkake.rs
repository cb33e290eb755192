//! Hikkake, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A candle within the range of the one before, and one that leaves it: 100 where downwards, −100 where upwards; on one
    /// of the three bars behind it that closes beyond the inner candle on the other side, 200 or −200; else 0.
    ///
    /// The first that does so confirms it, no later one; a new pattern takes the place of the one before.
    cdl_hikkake: version 1,
    also: [talib.cdl_hikkake()],
    source: "TA-Lib, CDLHIKKAKE; Daniel L. Chesler, The Hikkake Pattern, Active Trader, 2004",
    means: [],
    |[a, b, c, d, e, now]| {
        candles::confirmed(
            [(a, b, c), (b, c, d), (c, d, e), (d, e, now)].map(|(one, inside, leaves)| {
                let is_inside = one.high().gt(inside.high()) & inside.low().gt(one.low());
                let falls = inside.high().gt(leaves.high()) & inside.low().gt(leaves.low());
                let rises = leaves.high().gt(inside.high()) & leaves.low().gt(inside.low());
                (is_inside & falls, is_inside & rises, inside)
            }),
            [d.close(), e.close(), now.close()],
        )
    },
}
