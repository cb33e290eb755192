//! SuperTrend.

use crate::indicators::volatility::true_range::{self, FirstRange, TrueRange};
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::WilderMean;

declare! {
    /// A stop that follows price at some average true ranges and changes sides when the close crosses it.
    ///
    /// The line is the lower band while the direction is up (true) and the upper one while it is down (false). A band moves
    /// only towards price until a close has passed it. The first value is the lower band, with the direction up; a close on
    /// the line does not turn it.
    ///
    /// ```text
    /// upper = (high + low) / 2 + multiplier * atr(period), or upper[1] where that is lower and close[1] <= upper[1]
    /// lower = (high + low) / 2 - multiplier * atr(period), or lower[1] where that is higher and close[1] >= lower[1]
    /// direction: up when close > upper, down when close < lower, else as before
    /// ```
    supertrend: trend, kernel SuperTrend, version 1,
    source: "Olivier Seban, Tout le monde mérite d'être riche, 2008",
    fields: [high, low, close],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Ranges that are averaged.",
        multiplier: f64 = 3.0 in 1e-9..=1e9, "Average ranges from the middle of the bar to a band.",
    },
    outputs: { supertrend: Price, direction: Bool },
    warmup: |p| [p.period - 1; 2],
    // The oldest range looks at the close before it.
    lookback: |p| p.period + 1,
    settle: depends_on_data,
}

state! {
    /// State of `supertrend`.
    SuperTrend(params) {
        range: TrueRange<V> = TrueRange::new(&true_range::Params { first: FirstRange::HighLow }),
        mean: WilderMean<V> = WilderMean::new(params.period),
        /// Close of the bar before; NaN before the first.
        close: V = V::NAN,
        /// The bands; NaN before the first.
        upper: V = V::NAN,
        lower: V = V::NAN,
        /// 1 while the direction is up, 0 while it is down; NaN before the first.
        up: V = V::NAN,
    }
    set {
        multiplier: f64 = params.multiplier,
    }
}

impl<V: Lanes> Kernel<V, 3, 2> for SuperTrend<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 2] {
        let [high, low, close] = bar;
        let range = self.range.push::<WARM>(bar, ready);
        let [range] = self.mean.push_computed::<WARM>([range], ready);
        let middle = V::splat(0.5) * (high + low);
        let width = V::splat(self.multiplier) * range;
        let (upper, lower) = (middle + width, middle - width);
        // The mean has no value yet, or what is computed overflows.
        let has_bands = ready & upper.is_ready() & lower.is_ready();
        let first = !self.up.is_number();
        let moves = first | self.upper.gt(upper) | self.close.gt(self.upper);
        let upper = V::select(moves, upper, self.upper);
        let moves = first | lower.gt(self.lower) | self.lower.gt(self.close);
        let lower = V::select(moves, lower, self.lower);
        let was_up = first | self.up.equals(V::splat(1.0));
        let stays_up = first | !lower.gt(close);
        let up = (was_up & stays_up) | (!was_up & close.gt(upper));
        let direction = V::from_mask(up);
        self.close = V::keep::<WARM>(ready, close, self.close);
        self.upper = V::select(has_bands, upper, self.upper);
        self.lower = V::select(has_bands, lower, self.lower);
        self.up = V::select(has_bands, direction, self.up);
        [V::select(has_bands, V::select(up, lower, upper), V::NAN), V::select(has_bands, direction, V::NAN)]
    }
}
