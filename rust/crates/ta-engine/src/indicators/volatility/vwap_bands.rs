//! Bands around the volume-weighted average price.

use crate::indicators::volume::vwap::{self, Anchor, Vwap};
use crate::kernel::{Kernel, Settle, declare, state};
use crate::lanes::Lanes;
use crate::window::add_to;

declare! {
    /// The volume-weighted average price since the anchor, and lines some weighted standard deviations above and below it.
    ///
    /// Each typical price weighs as much as was traded, in the mean as in the deviation. The middle has the bits of `vwap`; what is said of
    /// its anchor holds here.
    ///
    /// ```text
    /// deviation = sqrt(sum(volume * (typical - vwap) ** 2) / sum(volume))
    /// upper, lower = vwap +/- multiplier * deviation
    /// ```
    vwap_bands: volatility, kernel VwapBands, version 1,
    source: "TradingView, Volume Weighted Average Price; D. H. D. West, Updating Mean and Variance Estimates, 1979",
    fields: [high, low, close, volume, interval of anchor],
    params: {
        anchor: Anchor = "first", "Where the sums begin.",
        multiplier: f64 = 1.0 in 1e-9..=1e9, aliases [mult, stdev_mult], "Deviations from the middle to either line.",
    },
    outputs: { upper: Price, vwap: Price, lower: Price },
    warmup: |_| [0; 3],
    settle: |p, _tolerance| match p.anchor {
        Anchor::First => Settle::Never,
        Anchor::Session | Anchor::Week | Anchor::Month => Settle::DependsOnData,
    },
}

state! {
    /// State of `vwap_bands`.
    VwapBands(params) {
        middle: Vwap<V> = Vwap::new(&vwap::Params { anchor: params.anchor }),
        /// When the interval began; NaN before the first bar.
        interval: V = V::NAN,
        /// The middle one bar before.
        mean: V = V::NAN,
        deviation: V = V::ZERO,
        traded: V = V::ZERO,
        /// What that sum is off.
        traded_rest: V = V::ZERO,
    }
    set {
        multiplier: f64 = params.multiplier,
    }
}

impl<V: Lanes> Kernel<V, 5, 3> for VwapBands<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 5], ready: V::Mask) -> [V; 3] {
        let [high, low, close, volume, interval] = bar;
        let third = V::splat(1.0 / 3.0);
        let typical = (high + low + close) / V::splat(3.0);
        let typical = V::select(typical.is_ready(), typical, high * third + low * third + close * third);
        let [mean] = self.middle.step::<WARM>(bar, ready);
        let goes_on = interval.equals(self.interval);
        let begins = |kept: V, anew: V| V::select(goes_on, kept, anew);
        let [traded, traded_rest] =
            add_to([begins(self.traded, V::ZERO), begins(self.traded_rest, V::ZERO)], volume);
        // On the first traded bar there is nothing to differ from.
        let weight = V::select(traded.equals(V::ZERO), V::ZERO, volume / traded);
        let (before, after) = (typical - begins(self.mean, typical), typical - mean);
        // The variance of both, by shares of the greatest of the three, whose squares do not overflow.
        let deviation = begins(self.deviation, V::ZERO);
        let most = deviation.max(before.abs()).max(after.abs());
        let kept = deviation / most;
        let squares = (V::splat(1.0) - weight) * kept * kept + weight * (before / most) * (after / most);
        let moved = most * squares.max(V::ZERO).sqrt();
        let deviation = V::select(most.equals(V::ZERO), V::ZERO, moved);
        let taken = ready & mean.is_ready() & deviation.is_ready();
        self.interval = V::select(taken, interval, self.interval);
        self.mean = V::select(taken, mean, self.mean);
        self.deviation = V::select(taken, deviation, self.deviation);
        self.traded = V::select(taken, traded, self.traded);
        self.traded_rest = V::select(taken, traded_rest, self.traded_rest);
        let width = V::splat(self.multiplier) * deviation;
        [mean + width, mean, mean - width].map(|line| V::select(taken, line, V::NAN))
    }
}
