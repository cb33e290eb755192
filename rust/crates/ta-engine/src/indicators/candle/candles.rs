//! What patterns of candles share: a candle's parts, what of it is long or short, and `candle!`, which declares one.
//!
//! Long and short are said beside the mean of the candles before. The means are computed in nodes of their own, which all
//! patterns of a plan share.

use crate::lanes::{Lanes, Mask};

/// Mean body of ten candles.
pub const BODIES: &str = "sma(abs(close - open), 10)";
/// Mean distance from low to high of ten candles.
pub const RANGES: &str = "sma(range, 10)";

/// Mean distance from low to high of five candles, beside which prices are near or far.
pub const NEARBY: &str = "sma(range, 5)";

/// A candle, with the means of those before it.
#[derive(Clone, Copy, Debug)]
pub struct Candle<V, M> {
    pub open: V,
    pub high: V,
    pub low: V,
    pub close: V,
    pub before: M,
}

/// Means that hold that of bodies.
pub trait Bodies<V> {
    /// Mean body of the ten candles before.
    fn bodies(&self) -> V;
}

/// Means that hold that of distances from low to high.
pub trait Ranges<V> {
    /// Mean distance from low to high of the ten candles before.
    fn ranges(&self) -> V;
}

/// Means that hold that of the last few distances from low to high.
pub trait Nearby<V> {
    /// Mean distance from low to high of the five candles before.
    fn nearby(&self) -> V;
}

impl<V: Lanes, M> Candle<V, M> {
    /// Closes no lower than it opens.
    #[inline(always)]
    pub fn is_white(&self) -> V::Mask {
        self.close.ge(self.open)
    }

    /// Closes lower than it opens.
    #[inline(always)]
    pub fn is_black(&self) -> V::Mask {
        self.open.gt(self.close)
    }

    /// From open to close.
    #[inline(always)]
    pub fn body(&self) -> V {
        (self.close - self.open).abs()
    }

    /// Upper end of the body.
    #[inline(always)]
    pub fn top(&self) -> V {
        self.open.greater(self.close)
    }

    /// Lower end of the body.
    #[inline(always)]
    pub fn bottom(&self) -> V {
        self.open.lesser(self.close)
    }

    /// From the body up to the high.
    #[inline(always)]
    pub fn upper_shadow(&self) -> V {
        self.high - self.top()
    }

    /// From the body down to the low.
    #[inline(always)]
    pub fn lower_shadow(&self) -> V {
        self.bottom() - self.low
    }

    /// The body is below that of another and touches it nowhere.
    #[inline(always)]
    pub fn gaps_below(&self, other: &Self) -> V::Mask {
        other.bottom().gt(self.top())
    }

    /// The body is above that of another and touches it nowhere.
    #[inline(always)]
    pub fn gaps_above(&self, other: &Self) -> V::Mask {
        self.bottom().gt(other.top())
    }
}

impl<V: Lanes, M: Bodies<V>> Candle<V, M> {
    /// The body is longer than those before.
    #[inline(always)]
    pub fn is_long(&self) -> V::Mask {
        self.body().gt(self.before.bodies())
    }

    /// The body is no longer than those before.
    #[inline(always)]
    pub fn is_short(&self) -> V::Mask {
        self.before.bodies().ge(self.body())
    }
}

impl<V: Lanes, M: Nearby<V>> Candle<V, M> {
    /// Where a price is that is near this one: a fifth of the last distances from low to high above it.
    #[inline(always)]
    pub fn near_above(&self, price: V) -> V {
        price + V::splat(0.2) * self.before.nearby()
    }
}

impl<V: Lanes, M: Ranges<V>> Candle<V, M> {
    /// The body is next to nothing: no longer than a tenth of the distances from low to high before.
    #[inline(always)]
    pub fn is_doji(&self) -> V::Mask {
        (V::splat(0.1) * self.before.ranges()).ge(self.body())
    }

    /// What is above the body is next to nothing: shorter than a tenth of the distances from low to high before.
    #[inline(always)]
    pub fn has_hardly_an_upper_shadow(&self) -> V::Mask {
        (V::splat(0.1) * self.before.ranges()).gt(self.upper_shadow())
    }
}

/// A pattern's value: 100 where it says up, −100 where it says down, else 0.
#[inline(always)]
pub fn signal<V: Lanes>(up: V::Mask, down: V::Mask) -> V {
    V::select(up, V::splat(100.0), V::select(down, V::splat(-100.0), V::ZERO))
}

/// The value of a pattern that says up.
#[inline(always)]
pub fn up<V: Lanes>(is_there: V::Mask) -> V {
    signal(is_there, V::Mask::NONE)
}

/// The value of a pattern that says down.
#[inline(always)]
pub fn down<V: Lanes>(is_there: V::Mask) -> V {
    signal(V::Mask::NONE, is_there)
}

/// Declares a pattern of so many candles, the oldest first, and the means that it asks for; its value is that of an
/// expression over them and the parameters.
macro_rules! candle {
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: kernel $kernel:ident, version $version:literal,
        source: $source:literal,
        candles: $count:literal, means: [$($mean:ident),*],
        params: { $($params:tt)* },
        |[$($candle:ident),+], $values:pat_param| $pattern:expr $(,)?
    ) => {
        use $crate::indicators::candles::{self, Candle};
        use $crate::kernel::{Kernel, declare, state};
        use $crate::lanes::Lanes;

        declare! {
            $(#[doc = $doc])+
            $name $(. $member)?: candle, kernel $kernel, version $version,
            source: $source,
            fields: [open, high, low, close $(, $mean as candles::candle!(@text $mean))*],
            params: { $($params)* },
            outputs: { value: Number },
            // The oldest candle stands beside the mean of those before it.
            warmup: |_| [CANDLES - 1 + usize::from(MEANS > 0)],
        }

        const CANDLES: usize = $count;
        const MEANS: usize = INPUTS - 4;

        /// What the pattern asks for of the candles before.
        #[derive(Clone, Copy, Debug)]
        struct Means<V> { $($mean: V,)* lanes: std::marker::PhantomData<V> }

        $(candles::candle!(@has $mean);)*

        // The last of a pattern's candles comes, and it is there.
        state! {
            /// State of a pattern.
            $kernel(params) {
                /// The means up to the candle before, and the candles before with the means before each, the oldest first.
                means: [V; MEANS] = [V::NAN; MEANS],
                past: [[V; INPUTS]; CANDLES - 1] = [[V::NAN; INPUTS]; CANDLES - 1],
            }
            set {
                params: Params = params.clone(),
            }
        }

        impl<V: Lanes> $kernel<V> {
            #[inline(always)]
            fn candle(row: &[V; INPUTS]) -> Candle<V, Means<V>> {
                let [open, high, low, close, _means @ ..] = *row;
                let mut _at = 0..MEANS;
                $(let $mean = _means[_at.next().expect("a column for each mean")];)*
                let before = Means { $($mean,)* lanes: std::marker::PhantomData };
                Candle { open, high, low, close, before }
            }
        }

        impl<V: Lanes> Kernel<V, INPUTS, 1> for $kernel<V> {
            const WARM_BEFORE_FIRST: bool = true;

            #[inline(always)]
            fn step<const WARM: bool>(&mut self, inputs: [V; INPUTS], ready: V::Mask) -> [V; 1] {
                let mut present = inputs;
                present[4..].copy_from_slice(&self.means);
                let mut rows = [present; CANDLES];
                rows[..CANDLES - 1].copy_from_slice(&self.past);
                let [$($candle),+] = rows;
                $(let $candle = Self::candle(&$candle);)+
                let $values = &self.params;
                let value: V = $pattern;

                for (mean, new) in self.means.iter_mut().zip(&inputs[4..]) {
                    *mean = V::keep::<WARM>(ready, *new, *mean);
                }
                for (past, row) in self.past.as_flattened_mut().iter_mut().zip(rows[1..].as_flattened()) {
                    *past = V::keep::<WARM>(ready, *row, *past);
                }
                let has_all = candles::all_numbers(&rows);
                [if WARM { value } else { V::select(has_all, value, V::NAN) }]
            }
        }
    };
    (@text bodies) => { $crate::indicators::candles::BODIES };
    (@text nearby) => { $crate::indicators::candles::NEARBY };
    (@text ranges) => { $crate::indicators::candles::RANGES };
    (@has bodies) => {
        impl<V: Lanes> candles::Bodies<V> for Means<V> {
            #[inline(always)]
            fn bodies(&self) -> V { self.bodies }
        }
    };
    (@has nearby) => {
        impl<V: Lanes> candles::Nearby<V> for Means<V> {
            #[inline(always)]
            fn nearby(&self) -> V { self.nearby }
        }
    };
    (@has ranges) => {
        impl<V: Lanes> candles::Ranges<V> for Means<V> {
            #[inline(always)]
            fn ranges(&self) -> V { self.ranges }
        }
    };
}
pub(crate) use candle;

/// The lanes where every row is there.
#[inline(always)]
pub fn all_numbers<V: Lanes, const N: usize>(rows: &[[V; N]]) -> V::Mask {
    let mut all = V::Mask::ALL;
    for row in rows {
        for x in row {
            all = all & x.is_number();
        }
    }
    all
}
