//! Chandelier exit.

use crate::kernel::{choice, declare};

choice! {
    /// Whether a stop may be loosened.
    Stop {
        /// It is what it is on each bar.
        Raw "raw",
        /// Not before a close has passed it.
        Ratchet "ratchet",
    }
}

choice! {
    /// What the extremes are of.
    Extremes {
        /// Highs and lows.
        Wicks "wicks",
        /// Closes.
        Close "close",
    }
}

declare! {
    /// Stops some average true ranges below the highest high and above the lowest low.
    ///
    /// With `stop` "ratchet" a long stop only rises until a close was below it, and a short one only falls until a
    /// close was above it. With `extremes` "close" the highest and lowest closes count.
    ///
    /// ```text
    /// long  = max(high, period) - multiplier * atr(period)
    /// short = min(low, period) + multiplier * atr(period)
    /// ```
    chandelier_exit: volatility, version 1,
    source: "Chuck LeBeau, in Alexander Elder, Come into My Trading Room, 2002",
    fields: [high, low, close],
    params: {
        period: usize = 22 in 1..=1_000_000, aliases [lookback], "Bars whose extremes and ranges count.",
        multiplier: f64 = 3.0 in 1e-9..=1e9, aliases [mult], "Average ranges from the extreme to the stop.",
        stop: Stop = "raw", "Whether a stop may be loosened.",
        extremes: Extremes = "wicks", "What the extremes are of.",
    },
    outputs: { long: Price, short: Price },
    body: |p| {
        let (high, low) = match p.extremes {
            Extremes::Wicks => ("high", "low"),
            Extremes::Close => ("close", "close"),
        };
        let raw = format!(
            "let reach = multiplier * atr(period);
            let below = max({high}, period) - reach;
            let above = min({low}, period) + reach;"
        );
        match p.stop {
            Stop::Raw => format!("{raw} {{long: below, short: above}}"),
            Stop::Ratchet => format!(
                "{raw}
                let long = if(close[1] > long[1], greatest(below, long[1]), below) from below;
                let short = if(close[1] < short[1], least(above, short[1]), above) from above;
                {{long: long, short: short}}"
            ),
        }
    },
}
