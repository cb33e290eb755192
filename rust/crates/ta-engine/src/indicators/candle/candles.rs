//! What patterns of candles share: a candle's parts, what of it is long or short, and `candle!`, which declares one.
//!
//! Long and short are said beside the mean of the candles before. The means are computed in nodes of their own, which all
//! patterns of a plan share.

use std::marker::PhantomData;

use super::recent::Recent;
use crate::lanes::{Lanes, Mask};

/// Mean body of ten candles.
pub const BODIES: &str = "sma(abs(close - open), 10)";
/// Mean distance from low to high of ten candles.
pub const RANGES: &str = "sma(range, 10)";
/// Mean distance from low to high of five candles, beside which prices are near, far or equal.
pub const NEARBY: &str = "sma(range, 5)";
/// Mean of both shadows together of ten candles.
pub const SHADOWS: &str = "sma(high - greatest(open, close) + (least(open, close) - low), 10)";

/// Which means a pattern asks for, in the order in which they stand behind the fields of a bar.
pub trait Beside {
    /// Their names.
    const MEANS: &'static [&'static str];
}

/// The place of a mean among what a pattern reads.
const fn place(means: &[&str], name: &str) -> usize {
    let mut at = 0;
    while at < means.len() {
        let (one, other) = (means[at].as_bytes(), name.as_bytes());
        let mut same = one.len() == other.len();
        let mut byte = 0;
        while same && byte < one.len() {
            same = one[byte] == other[byte];
            byte += 1;
        }
        if same {
            return 4 + at;
        }
        at += 1;
    }
    panic!("the pattern does not ask for this mean");
}

/// A candle, with the means of those before it.
#[derive(Debug)]
pub struct Candle<'a, R, B> {
    recent: &'a R,
    ago: usize,
    beside: PhantomData<B>,
}

impl<R, B> Clone for Candle<'_, R, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, B> Copy for Candle<'_, R, B> {}

impl<'a, R: Recent, B: Beside> Candle<'a, R, B> {
    /// The candle of so many bars ago.
    #[inline(always)]
    pub fn of(recent: &'a R, ago: usize) -> Self {
        Candle { recent, ago, beside: PhantomData }
    }

    /// First price.
    #[inline(always)]
    pub fn open(self) -> R::Numbers {
        self.recent.look(0, self.ago)
    }

    /// Highest price.
    #[inline(always)]
    pub fn high(self) -> R::Numbers {
        self.recent.look(1, self.ago)
    }

    /// Lowest price.
    #[inline(always)]
    pub fn low(self) -> R::Numbers {
        self.recent.look(2, self.ago)
    }

    /// Last price.
    #[inline(always)]
    pub fn close(self) -> R::Numbers {
        self.recent.look(3, self.ago)
    }

    /// Mean body of the ten candles before.
    #[inline(always)]
    pub fn bodies(self) -> R::Numbers {
        self.recent.look(const { place(B::MEANS, "bodies") }, self.ago + 1)
    }

    /// A tenth of the mean distance from low to high of the ten candles before: what is next to nothing.
    #[inline(always)]
    pub fn hardly(self) -> R::Numbers {
        R::Numbers::splat(0.1) * self.recent.look(const { place(B::MEANS, "ranges") }, self.ago + 1)
    }

    #[inline(always)]
    fn nearby(self, share: f64) -> R::Numbers {
        R::Numbers::splat(share) * self.recent.look(const { place(B::MEANS, "nearby") }, self.ago + 1)
    }

    /// How far apart prices are that are near: a fifth of the mean distance from low to high of the five candles before.
    #[inline(always)]
    pub fn near(self) -> R::Numbers {
        self.nearby(0.2)
    }

    /// How far apart prices are at least that are far: three fifths of the same.
    #[inline(always)]
    pub fn far(self) -> R::Numbers {
        self.nearby(0.6)
    }

    /// How far apart prices are that are about the same: a twentieth of the same.
    #[inline(always)]
    pub fn about(self) -> R::Numbers {
        self.nearby(0.05)
    }

    /// The price is about that one.
    #[inline(always)]
    pub fn is_about(self, price: R::Numbers, that: R::Numbers) -> MaskOf<R> {
        let apart = self.about();
        (that + apart).ge(price) & price.ge(that - apart)
    }

    /// Half the mean of both shadows of the ten candles before.
    #[inline(always)]
    pub fn short_shadow(self) -> R::Numbers {
        R::Numbers::splat(0.5) * self.recent.look(const { place(B::MEANS, "shadows") }, self.ago + 1)
    }

    /// Closes no lower than it opens.
    #[inline(always)]
    pub fn is_white(self) -> MaskOf<R> {
        self.close().ge(self.open())
    }

    /// Closes lower than it opens.
    #[inline(always)]
    pub fn is_black(self) -> MaskOf<R> {
        self.open().gt(self.close())
    }

    /// Both are white, or both are black.
    #[inline(always)]
    pub fn is_like(self, other: Self) -> MaskOf<R> {
        (self.is_white() & other.is_white()) | (self.is_black() & other.is_black())
    }

    /// From open to close.
    #[inline(always)]
    pub fn body(self) -> R::Numbers {
        (self.close() - self.open()).abs()
    }

    /// Upper end of the body.
    #[inline(always)]
    pub fn top(self) -> R::Numbers {
        self.open().greater(self.close())
    }

    /// Lower end of the body.
    #[inline(always)]
    pub fn bottom(self) -> R::Numbers {
        self.open().lesser(self.close())
    }

    /// From the body up to the high.
    #[inline(always)]
    pub fn upper_shadow(self) -> R::Numbers {
        self.high() - self.top()
    }

    /// From the body down to the low.
    #[inline(always)]
    pub fn lower_shadow(self) -> R::Numbers {
        self.bottom() - self.low()
    }

    /// The body is below that of another and touches it nowhere.
    #[inline(always)]
    pub fn gaps_below(self, other: Self) -> MaskOf<R> {
        other.bottom().gt(self.top())
    }

    /// The body is above that of another and touches it nowhere.
    #[inline(always)]
    pub fn gaps_above(self, other: Self) -> MaskOf<R> {
        self.bottom().gt(other.top())
    }

    /// All of it is below another.
    #[inline(always)]
    pub fn is_below(self, other: Self) -> MaskOf<R> {
        other.low().gt(self.high())
    }

    /// All of it is above another.
    #[inline(always)]
    pub fn is_above(self, other: Self) -> MaskOf<R> {
        self.low().gt(other.high())
    }

    /// A price is within the body, ends left out.
    #[inline(always)]
    pub fn encloses(self, price: R::Numbers) -> MaskOf<R> {
        self.top().gt(price) & price.gt(self.bottom())
    }

    /// The body is longer than those before.
    #[inline(always)]
    pub fn is_long(self) -> MaskOf<R> {
        self.body().gt(self.bodies())
    }

    /// The body is no longer than those before.
    #[inline(always)]
    pub fn is_short(self) -> MaskOf<R> {
        self.bodies().ge(self.body())
    }

    /// The body is shorter than those before.
    #[inline(always)]
    pub fn is_small(self) -> MaskOf<R> {
        self.bodies().gt(self.body())
    }

    /// The body is next to nothing.
    #[inline(always)]
    pub fn is_doji(self) -> MaskOf<R> {
        self.hardly().ge(self.body())
    }

    /// What is above the body is less than next to nothing.
    #[inline(always)]
    pub fn has_hardly_an_upper_shadow(self) -> MaskOf<R> {
        self.hardly().gt(self.upper_shadow())
    }

    /// What is below the body is less than next to nothing.
    #[inline(always)]
    pub fn has_hardly_a_lower_shadow(self) -> MaskOf<R> {
        self.hardly().gt(self.lower_shadow())
    }

    /// The upper shadow is longer than so many bodies.
    #[inline(always)]
    pub fn reaches_up(self, bodies: f64) -> MaskOf<R> {
        self.upper_shadow().gt(R::Numbers::splat(bodies) * self.body())
    }

    /// The lower shadow is longer than so many bodies.
    #[inline(always)]
    pub fn reaches_down(self, bodies: f64) -> MaskOf<R> {
        self.lower_shadow().gt(R::Numbers::splat(bodies) * self.body())
    }
}

/// Truth values beside the numbers of what a pattern looks at.
pub type MaskOf<R> = <<R as Recent>::Numbers as Lanes>::Mask;

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

/// The value of a pattern that says what the colour of a candle does: up where it is white.
#[inline(always)]
pub fn coloured<'a, R: Recent, B: Beside>(is_there: MaskOf<R>, candle: Candle<'a, R, B>) -> R::Numbers {
    signal(is_there & candle.is_white(), is_there & candle.is_black())
}

/// Where a pattern says up, where down, and the candle beyond which a close confirms it.
pub type Confirmable<'a, R, B> = (MaskOf<R>, MaskOf<R>, Candle<'a, R, B>);

/// The value of a pattern that a close confirms later, of what is there where each of the last four bars is the last of one, the
/// oldest first, and of the last three closes.
///
/// On the bar of a pattern 100 or −100; where this is the first close that confirms the newest pattern, 200 or −200.
#[inline(always)]
pub fn confirmed<'a, R: Recent, B: Beside>(
    patterns: [Confirmable<'a, R, B>; 4],
    closes: [R::Numbers; 3],
) -> R::Numbers {
    let none = MaskOf::<R>::NONE;
    let (mut up, mut down) = (none, none);
    let (mut high, mut low) = (R::Numbers::ZERO, R::Numbers::ZERO);
    let (mut confirms_up, mut confirms_down) = (none, none);
    for (at, (is_up, is_down, inside)) in patterns.into_iter().enumerate() {
        let is_new = is_up | is_down;
        if at > 0 {
            let close = closes[at - 1];
            confirms_up = up & !is_new & close.gt(high);
            confirms_down = down & !is_new & low.gt(close);
        }
        let goes_on = !is_new & !confirms_up & !confirms_down;
        (up, down) = (is_up | (goes_on & up), is_down | (goes_on & down));
        high = R::Numbers::select(is_new, inside.high(), high);
        low = R::Numbers::select(is_new, inside.low(), low);
    }
    let [(..), (..), (..), (is_up, is_down, _)] = patterns;
    signal::<R::Numbers>(is_up, is_down)
        + signal::<R::Numbers>(confirms_up, confirms_down) * R::Numbers::splat(2.0)
}

/// Declares a pattern of so many candles, the oldest first, and the means that it asks for; its value is that of an
/// expression over them and the share that is its parameter.
///
/// All patterns that ask for as many means have one kernel: of each there are three functions, of what has come, of eight symbols
/// side by side and of eight bars side by side.
macro_rules! candle {
    (
        $(#[doc = $doc:literal])+
        $name:ident: version $version:literal,
        also: [$($also:tt)+],
        source: $source:literal,
        means: [$($mean:ident),*] $(in $rows:literal)?,
        $(penetration: $default:literal, $about:literal,)?
        |[$($candle:ident),+] $(, $penetration:ident)?| $value:expr $(,)?
    ) => {
        #[allow(unused_imports, reason = "what only some patterns need")]
        use $crate::indicators::{candles::{self, Candle}, recent::{Chosen, Pattern, PatternKernel, Recent}};
        #[allow(unused_imports, reason = "as above")]
        use $crate::lanes::Lanes;

        /// Checked parameters.
        #[derive(Clone, Debug)]
        pub struct Params(Chosen<INPUTS>);

        impl Params {
            /// From checked values, in the order of the declaration.
            pub fn from_values(values: &[$crate::catalog::ParamValue]) -> Params {
                let of = |value: &$crate::catalog::ParamValue| $crate::catalog::FromParamValue::from_value(*value);
                Params(Chosen { pattern: &PATTERN, penetration: values.first().map_or(0.0, of) })
            }
        }

        impl std::ops::Deref for Params {
            type Target = Chosen<INPUTS>;

            fn deref(&self) -> &Chosen<INPUTS> { &self.0 }
        }

        impl $crate::kernel::Declared<OUTPUTS> for Params {
            fn warmup(&self) -> [usize; OUTPUTS] { [PATTERN.rows] }
        }

        /// The kernel over a number type.
        pub type KernelOf<V> = PatternKernel<V, INPUTS>;
        /// Version of the arithmetic.
        pub const VERSION: u32 = $version;
        /// Name of the kernel.
        pub const KERNEL: &str = stringify!($name);

        $crate::kernel::declare!(@spec [$($doc)+] [$name] candle [$source] []
            fields [open, high, low, close $(, $mean as candles::candle!(@text $mean))*]
            [$(penetration: f64 = $default in 0.0..=1e9, [] $about;)?] [value: Number [];] [] [kernel] [$($also)+]);

        #[derive(Debug)]
        struct Means;

        impl candles::Beside for Means {
            const MEANS: &'static [&'static str] = &[$(stringify!($mean)),*];
        }

        static PATTERN: Pattern<INPUTS> = Pattern {
            rows: candles::candle!(@rows [$($rows)?] [$($candle)+] [$($mean)*]),
            of_rows: |rows, penetration| value(&rows, penetration),
            of_tiles: |rows, penetration| value(&rows, penetration),
            of_bars: |bars, penetration| value(&bars, penetration),
        };

        #[inline(always)]
        fn value<R: Recent>(recent: &R, _penetration: f64) -> R::Numbers {
            let _ago = [$(stringify!($candle)),+].len();
            $(let _ago = _ago - 1; let $candle = Candle::<R, Means>::of(recent, _ago);)+
            $(let $penetration = R::Numbers::splat(_penetration);)?
            $value
        }
    };
    (@rows [$rows:literal] $($rest:tt)*) => { $rows };
    // The oldest candle stands beside the mean of those before it.
    (@rows [] [$($candle:ident)+] [$($mean:ident)*]) => {
        [$(stringify!($candle)),+].len() - 1 + (!<[&str]>::is_empty(&[$(stringify!($mean)),*])) as usize
    };
    (@text bodies) => { $crate::indicators::candles::BODIES };
    (@text ranges) => { $crate::indicators::candles::RANGES };
    (@text nearby) => { $crate::indicators::candles::NEARBY };
    (@text shadows) => { $crate::indicators::candles::SHADOWS };
}
pub(crate) use candle;
