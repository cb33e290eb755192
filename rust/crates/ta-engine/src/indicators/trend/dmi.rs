//! Directional movement index.

use crate::indicators::directional::{self, Movement, Seed};
use crate::indicators::volatility::true_range::{self, FirstRange, TrueRange};
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::{WilderMean, WilderMeans, bars_until};

declare! {
    /// How much of the range goes up and how much goes down, how far the two are apart, and the mean of that.
    ///
    /// A bar's movement is how far it reaches above the one before, or below it if that is more; movements and true ranges are
    /// averaged with Wilder's mean. Without any range the directions are not ready and the distance is 0; with the seed
    /// `talib` the directions are then 0, and the distance and its mean stay what they were.
    ///
    /// ```text
    /// plus_di, minus_di = 100 * wilder(movement up or down, period) / wilder(true_range, period)
    /// dx  = 100 * |plus_di - minus_di| / (plus_di + minus_di)
    /// adx = wilder(dx, smoothing)
    /// ```
    dmi: trend, kernel Dmi, version 1,
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Movements that are averaged.",
        smoothing: usize = 14 in 1..=1_000_000, "Distances that are averaged.",
        seed: Seed = "mean", "How the means begin: with the mean of the first movements, or as in TA-Lib.",
    },
    outputs: { adx: Percent, plus_di: Percent, minus_di: Percent, dx: Percent },
    // The first bar has no movement.
    warmup: |p| [p.period + p.smoothing - 1, p.period, p.period, p.period],
    settle: |p, tolerance| {
        let until = |period: usize| period + bars_until(tolerance, 1.0 - 1.0 / period as f64);
        until(p.period) + until(p.smoothing)
    },
    // Directions without any range.
    readiness: by_data,
}

state! {
    /// State of `dmi`.
    Dmi(params) {
        range: TrueRange<V> = TrueRange::new(&true_range::Params { first: FirstRange::None }),
        movement: Movement<V> = Movement::new(&directional::Params),
        /// Mean movements up and down, and mean range.
        means: WilderMeans<V, 3> = WilderMeans::new(params.period),
        /// The mean range of the bar before; NaN before the first.
        spanned: V = V::NAN,
        mean: WilderMean<V> = WilderMean::new(params.smoothing),
        /// The distance before.
        distance: V = V::ZERO,
        /// The mean distance before; NaN before the first.
        adx: V = V::NAN,
    }
    set {
        seed: Seed = params.seed,
    }
}

impl<V: Lanes> Kernel<V, 3, 4> for Dmi<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 4] {
        let is_talib = self.seed == Seed::Talib;
        let [plus, minus] = self.movement.push::<WARM>(bar[0], bar[1], self.seed, ready);
        let had_range = self.range.has_before();
        let range = self.range.push::<WARM>(bar, ready);
        let range = if WARM { range } else { V::select(had_range, range, self.seed.first()) };
        let [plus, minus, range] = self.means.push_computed::<WARM>([plus, minus, range], ready);

        let hundred = V::splat(100.0);
        let (plus_di, minus_di) = (hundred * (plus / range), hundred * (minus / range));
        let (apart, all) = ((plus - minus).abs(), plus + minus);
        let stands = all.equals(V::ZERO);
        let distance = V::select(stands, V::ZERO, hundred * (apart / all));
        // TA-Lib has a mean one bar earlier than it shows it.
        let has_mean = ready & range.is_number();
        let is_given = if is_talib { has_mean & self.spanned.is_number() } else { has_mean };
        self.spanned = V::select(has_mean, range, self.spanned);
        let given = |x: V| V::select(is_given, x, V::NAN);
        if !is_talib {
            let [adx] = self.mean.push_computed::<WARM>([given(distance)], ready);
            self.distance = V::select(is_given, distance, self.distance);
            self.adx = V::select(adx.is_number(), adx, self.adx);
            return [adx, given(plus_di), given(minus_di), given(distance)];
        }
        let stays = stands & self.adx.is_number();
        let [adx] = self.mean.push_computed::<WARM>([V::select(stays, V::NAN, given(distance))], ready);
        let adx = V::select(stays & is_given, self.adx, adx);
        self.adx = V::select(adx.is_number(), adx, self.adx);
        let distance = V::select(stands, self.distance, distance);
        self.distance = V::select(is_given, distance, self.distance);
        let [plus_di, minus_di] = [plus_di, minus_di].map(|x| V::select(range.equals(V::ZERO), V::ZERO, x));
        [adx, given(plus_di), given(minus_di), given(distance)]
    }
}
