//! Bollinger Bands.

use crate::incremental::state::StateError;
use crate::isa::{LINE, fetch_ahead};
use crate::kernel::{Declared, Kernel, Known, Visitor, declare};
use crate::lanes::{Lanes, add_zeros};
use crate::window::MeanAndVariance;

declare! {
    /// Mean of a window and bands some population standard deviations above and below it.
    ///
    /// The middle has the bits of `sma` with the same period.
    ///
    /// ```text
    /// middle = sma(x, period)     upper, lower = middle +/- std_dev * rolling_std(x, period)
    /// ```
    bbands: volatility, kernel Bbands, version 1,
    aliases: ["bb"],
    source: "John Bollinger, Bollinger on Bollinger Bands, 2001",
    series: [close],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
        std_dev: f64 = 2.0 in 1e-9..=1e9, "Standard deviations from the middle to a band.",
    },
    outputs: { upper: Price, middle: Price, lower: Price },
}

/// State of `bbands`.
#[derive(Debug)]
pub struct Bbands<V: Lanes> {
    window: MeanAndVariance<V>,
    std_dev: f64,
}

impl<V: Lanes> Bbands<V> {
    /// Puts the bands around some means; `upper` holds the variances before.
    #[inline(always)]
    fn spread<const N: usize>(&self, upper: &mut [V; N], middle: &[V; N], lower: &mut [V; N]) {
        let (variances, middle) = (*upper, *middle);
        for n in 0..N {
            let width = V::splat(self.std_dev) * variances[n].sqrt();
            (upper[n], lower[n]) = (middle[n] + width, middle[n] - width);
        }
    }
}

impl<V: Lanes> Kernel<V, 1, 3> for Bbands<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Bbands { window: MeanAndVariance::new(params.period), std_dev: params.std_dev }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 3] {
        let [middle, variance] = self.window.push::<WARM>(x, ready);
        let width = V::splat(self.std_dev) * variance.sqrt();
        [middle + width, middle, middle - width]
    }

    fn is_warm(&self) -> bool {
        self.window.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [upper, middle, lower]: [&mut [V]; 3]) -> Known {
        self.window.run(xs, [&mut *middle, &mut *upper]);
        // Three columns take more memory than arrives while they are filled. The window asks ahead for that of its two; for
        // the rest of the next chunk's it is done here, where the roots leave time.
        let ahead = xs.len();
        let mut zeros = [V::ZERO; LINE];
        let ((uppers, upper), (lowers, lower)) = (upper.as_chunks_mut(), lower.as_chunks_mut());
        let ((middles, middle), (xs, _)) = (middle.as_chunks(), xs.as_chunks::<LINE>());
        for (((upper, middle), lower), xs) in uppers.iter_mut().zip(middles).zip(lowers).zip(xs) {
            for piece in [&*lower, xs] {
                fetch_ahead(&piece[0], ahead);
            }
            self.spread(upper, middle, lower);
            add_zeros(&mut zeros, upper);
            add_zeros(&mut zeros, lower);
        }
        let mut last = [V::ZERO];
        let rest = upper.as_chunks_mut().0.iter_mut().zip(middle.as_chunks().0);
        for ((upper, middle), lower) in rest.zip(lower.as_chunks_mut().0) {
            self.spread(upper, middle, lower);
            add_zeros(&mut last, upper);
            add_zeros(&mut last, lower);
        }
        // Where both bands are finite, so is the middle.
        Known::finite_if(V::all_numbers(&zeros) && V::all_numbers(&last))
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.window.visit(visitor)
    }
}

impl Declared<3> for Params {
    fn warmup(&self) -> [usize; 3] {
        [self.period - 1; 3]
    }
}
