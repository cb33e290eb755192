//! The moving averages of TA-Lib under one name.

use crate::kernel::{choice, declare};

choice! {
    /// The kinds of moving averages that TA-Lib chooses from.
    MaType {
        /// Plain mean.
        Sma "sma",
        /// Exponential mean.
        Ema "ema",
        /// Linearly weighted mean.
        Wma "wma",
        /// Double exponential mean.
        Dema "dema",
        /// Triple exponential mean.
        Tema "tema",
        /// Triangular mean.
        Trima "trima",
        /// Kaufman's adaptive mean.
        Kama "kama",
        /// Mesa adaptive mean, which has no period.
        Mama "mama",
        /// Generalised double exponential mean, three times.
        T3 "t3",
        /// Hull's mean.
        Hma "hma",
        /// Exponential mean with less lag.
        Zlema "zlema",
        /// Wilder's mean.
        Rma "rma",
    }
}

impl MaType {
    /// How many means it is made of.
    pub fn parts(self) -> usize {
        match self {
            MaType::Sma
            | MaType::Ema
            | MaType::Wma
            | MaType::Kama
            | MaType::Mama
            | MaType::Zlema
            | MaType::Rma => 1,
            MaType::Dema | MaType::Trima => 2,
            MaType::Hma => 3,
            MaType::Tema => 3,
            MaType::T3 => 6,
        }
    }

    /// The indicator that the kind is.
    pub fn name(self) -> &'static str {
        match self {
            MaType::Sma => "sma",
            MaType::Ema => "ema",
            MaType::Wma => "wma",
            MaType::Dema => "dema",
            MaType::Tema => "tema",
            MaType::Trima => "trima",
            MaType::Kama => "kama",
            MaType::Mama => "mama",
            MaType::T3 => "t3",
            MaType::Hma => "hma",
            MaType::Zlema => "zlema",
            MaType::Rma => "rma",
        }
    }

    /// Values before the first mean of so many.
    pub fn warmup(self, period: usize) -> usize {
        let one = period - 1;
        match self {
            MaType::Sma | MaType::Ema | MaType::Wma | MaType::Trima | MaType::Rma => one,
            MaType::Hma => one + period.isqrt() - 1,
            MaType::Zlema => one + one / 2,
            // It begins with a change; of one value it is that value.
            MaType::Kama => {
                if one == 0 {
                    0
                } else {
                    period
                }
            }
            MaType::Dema => 2 * one,
            MaType::Tema => 3 * one,
            MaType::Mama => 32,
            MaType::T3 => 6 * one,
        }
    }
}

declare! {
    /// Moving average of the chosen kind, with the values that TA-Lib's `MA` has from its first one on.
    ///
    /// Exponential means, also those that others are made of, begin with the plain mean of their first `period` values;
    /// the limits of `mama`, which has no period, are 0.5 and 0.05; the volume factor of `t3` is 0.7, which here stands in its powers times one or three. Of one value every mean is that value.
    talib.ma: trend, version 1,
    source: "TA-Lib, MA",
    series: [close by source],
    params: {
        period: usize = 30 in 1..=100_000, aliases [timeperiod], "Values that count.",
        matype: MaType = "sma", "Kind of the mean.",
    },
    outputs: { value: Price },
    body: |p| match p.matype {
        _ if p.period == 1 => "close".to_owned(),
        MaType::Sma => "sma(close, period)".to_owned(),
        MaType::Ema => "talib.ema(close, period)".to_owned(),
        MaType::Wma => "wma(close, period)".to_owned(),
        MaType::Dema => format!("{ONE} {TWO} 2 * one - two"),
        MaType::Tema => format!("{ONE} {TWO} {THREE} 3 * one - 3 * two + three"),
        MaType::Trima => format!("sma(sma(close, {}), {})", p.period.div_ceil(2), p.period / 2 + 1),
        MaType::Kama => "kama(close, period)".to_owned(),
        MaType::Mama => "mama(close, 0.5, 0.05).mama".to_owned(),
        MaType::Hma => "talib.hma(close, period)".to_owned(),
        MaType::Zlema => "talib.zlema(close, period)".to_owned(),
        MaType::Rma => "talib.rma(close, period)".to_owned(),
        MaType::T3 => format!(
            "{ONE} {TWO} {THREE}
            let four = talib.ema(three, period);
            let five = talib.ema(four, period);
            let six = talib.ema(five, period);
            let a = three - four;
            let b = four - five;
            let f = five - six;
            three + 2.1 * a + 1.47 * (a - b) + 0.343 * (a - 2 * b + f)"
        ),
    },
}

const ONE: &str = "let one = talib.ema(close, period);";
const TWO: &str = "let two = talib.ema(one, period);";
const THREE: &str = "let three = talib.ema(two, period);";
