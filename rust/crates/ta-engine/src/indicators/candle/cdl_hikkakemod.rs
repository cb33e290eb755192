//! Modified Hikkake, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// As the hikkake, of two candles within each other, of which the first closes near its low or high: 100 or −100,
    /// confirmed 200 or −200, else 0.
    ///
    /// Up where it closes near its low and the pattern is left downwards, down where near its high and upwards. Near is
    /// within a fifth of the mean distance from low to high of the five candles before. The first of the three bars behind it
    /// that closes beyond the inner candle on the other side confirms it; a new pattern takes the place of the one before.
    cdl_hikkakemod: version 1,
    also: [talib.cdl_hikkakemod()],
    source: "TA-Lib, CDLHIKKAKEMOD; Daniel L. Chesler, The Hikkake Pattern, Active Trader, 2004",
    means: [nearby] in 6,
    |[z, a, b, c, d, e, now]| {
        candles::confirmed(
            [(z, a, b, c), (a, b, c, d), (b, c, d, e), (c, d, e, now)].map(|(one, outer, inside, leaves)| {
                let is_outer = one.high().gt(outer.high()) & outer.low().gt(one.low());
                let is_inside = is_outer & outer.high().gt(inside.high()) & inside.low().gt(outer.low());
                let falls = inside.high().gt(leaves.high()) & inside.low().gt(leaves.low());
                let rises = leaves.high().gt(inside.high()) & leaves.low().gt(inside.low());
                let is_low = (outer.low() + outer.near()).ge(outer.close());
                let is_high = outer.close().ge(outer.high() - outer.near());
                (is_inside & falls & is_low, is_inside & rises & is_high, inside)
            }),
            [d.close(), e.close(), now.close()],
        )
    },
}
