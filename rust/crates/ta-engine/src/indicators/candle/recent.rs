//! The kernel of all patterns of candles: it keeps the candles before and asks the pattern that was chosen.
//!
//! A pattern is a function of a few candles and the means beside them, so a column is looked at eight bars at a time.

use crate::kernel::{FromParams, Kernel, Known, State, StateError, Visitor};
use crate::lanes::{Lanes, Lanes8, Mask};

/// What a pattern looks at: the fields of the bars up to the present one, and the means as of each.
pub trait Recent {
    /// Numbers of one symbol and bar, or of eight.
    type Numbers: Lanes;

    /// A field or a mean, so many bars ago.
    fn look(&self, column: usize, ago: usize) -> Self::Numbers;
}

/// Rows of a few bars, the present one last.
#[derive(Debug)]
pub struct Rows<'a, V, const IN: usize>(&'a [[V; IN]]);

impl<V: Lanes, const IN: usize> Recent for Rows<'_, V, IN> {
    type Numbers = V;

    #[inline(always)]
    fn look(&self, column: usize, ago: usize) -> V {
        self.0[self.0.len() - 1 - ago][column]
    }
}

/// Columns of one symbol, in which eight bars from this one on are the present ones.
#[derive(Debug)]
pub struct Bars<'a, const IN: usize> {
    columns: &'a [&'a [f64]; IN],
    bar: usize,
}

impl<const IN: usize> Recent for Bars<'_, IN> {
    type Numbers = Lanes8;

    #[inline(always)]
    fn look(&self, column: usize, ago: usize) -> Lanes8 {
        let (bars, _) = self.columns[column][self.bar - ago..].split_first_chunk().expect("eight bars");
        Lanes8(*bars)
    }
}

/// A pattern: how many bars before the present one it looks at, and its value, given a share that some have as a parameter.
#[derive(Debug)]
pub struct Pattern<const IN: usize> {
    /// Bars before the present one.
    pub rows: usize,
    /// Of one symbol.
    pub of_rows: fn(Rows<'_, f64, IN>, f64) -> f64,
    /// Of eight symbols.
    pub of_tiles: fn(Rows<'_, Lanes8, IN>, f64) -> Lanes8,
    /// Of eight bars.
    pub of_bars: fn(Bars<'_, IN>, f64) -> Lanes8,
}

/// A pattern with its parameter.
#[derive(Clone, Debug)]
pub struct Chosen<const IN: usize> {
    /// The pattern.
    pub pattern: &'static Pattern<IN>,
    /// Its parameter; of those without one it is not read.
    pub penetration: f64,
}

/// State of a pattern.
#[derive(Debug)]
pub struct PatternKernel<V, const IN: usize> {
    /// The bars before, the oldest first, and a place for the present one.
    rows: Box<[[V; IN]]>,
    chosen: Chosen<IN>,
    warm: bool,
}

impl<V: Lanes, const IN: usize> FromParams for PatternKernel<V, IN> {
    type Params = Chosen<IN>;

    fn new(chosen: &Chosen<IN>) -> Self {
        let rows = vec![[V::NAN; IN]; chosen.pattern.rows + 1].into_boxed_slice();
        PatternKernel { rows, chosen: chosen.clone(), warm: chosen.pattern.rows == 0 }
    }
}

impl<V: Lanes, const IN: usize> PatternKernel<V, IN> {
    /// The lanes that have seen as many bars as the pattern looks at.
    #[inline(always)]
    fn has_all(&self) -> V::Mask {
        let mut all = V::Mask::ALL;
        for row in &self.rows[..self.chosen.pattern.rows] {
            for x in row {
                all = all & x.is_number();
            }
        }
        all
    }

    /// The present bar is past, in the lanes that are ready.
    #[inline(always)]
    fn advance<const WARM: bool>(&mut self, ready: V::Mask) {
        if WARM || ready.all() {
            self.rows.copy_within(1.., 0);
        } else {
            for at in 1..self.rows.len() {
                for column in 0..IN {
                    let kept = V::select(ready, self.rows[at][column], self.rows[at - 1][column]);
                    self.rows[at - 1][column] = kept;
                }
            }
        }
        self.warm = WARM || self.warm || self.has_all().all();
    }

    #[inline(always)]
    fn take<const WARM: bool>(
        &mut self,
        inputs: [V; IN],
        ready: V::Mask,
        value: impl FnOnce(Rows<'_, V, IN>) -> V,
    ) -> [V; 1] {
        self.rows[self.chosen.pattern.rows] = inputs;
        let value = value(Rows(&self.rows));
        let value = if WARM { value } else { V::select(self.has_all(), value, V::NAN) };
        self.advance::<WARM>(ready);
        [value]
    }
}

impl<V: Lanes, const IN: usize> State<V> for PatternKernel<V, IN> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.warm
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        let (before, _) = self.rows.split_at_mut(self.chosen.pattern.rows);
        for x in before.as_flattened_mut() {
            visitor.lanes(x)?;
        }
        self.warm = self.has_all().all();
        Ok(())
    }
}

impl<const IN: usize> Kernel<Lanes8, IN, 1> for PatternKernel<Lanes8, IN> {
    const WARM_BEFORE_FIRST: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(
        &mut self,
        inputs: [Lanes8; IN],
        ready: <Lanes8 as Lanes>::Mask,
    ) -> [Lanes8; 1] {
        let Chosen { pattern, penetration } = self.chosen;
        self.take::<WARM>(inputs, ready, |rows| (pattern.of_tiles)(rows, penetration))
    }
}

impl<const IN: usize> Kernel<f64, IN, 1> for PatternKernel<f64, IN> {
    const WARM_BEFORE_FIRST: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, inputs: [f64; IN], ready: bool) -> [f64; 1] {
        let Chosen { pattern, penetration } = self.chosen;
        self.take::<WARM>(inputs, ready, |rows| (pattern.of_rows)(rows, penetration))
    }

    #[inline(always)]
    fn run(&mut self, columns: [&[f64]; IN], [out]: [&mut [f64]; 1]) -> Known {
        let Chosen { pattern, penetration } = self.chosen;
        // The first bars look at what came before these columns.
        let first = pattern.rows.min(out.len());
        let pieces = (out.len() - first) / Lanes8::LANES;
        let last = first + pieces * Lanes8::LANES;
        for piece in 0..pieces {
            let bar = first + piece * Lanes8::LANES;
            let values = (pattern.of_bars)(Bars { columns: &columns, bar }, penetration);
            out[bar..bar + Lanes8::LANES].copy_from_slice(&values.0);
        }
        let row_of = |bar: usize| columns.map(|column| column[bar]);
        for (bar, value) in out[..first].iter_mut().enumerate() {
            [*value] = self.step::<true>(row_of(bar), true);
        }
        if pieces > 0 {
            for (ago, row) in self.rows[..pattern.rows].iter_mut().rev().enumerate() {
                *row = row_of(last - 1 - ago);
            }
        }
        for (bar, value) in out[last..].iter_mut().enumerate() {
            [*value] = self.step::<true>(row_of(last + bar), true);
        }
        Known::AllFinite
    }
}
