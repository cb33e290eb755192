//! True Range.

use crate::incremental::state::StateError;
use crate::kernel::{Declared, Kernel, Visitor, declare};
use crate::lanes::Lanes;

declare! {
    /// Greatest distance that price covered since the last close; `high - low` on the first bar.
    ///
    /// ```text
    /// true_range = max(high - low, |high - close[1]|, |low - close[1]|)
    /// ```
    true_range: volatility, kernel TrueRange, version 1,
    aliases: ["tr"],
    source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    fields: [high, low, close],
    params: {},
    outputs: { value: Difference },
}

/// State of `true_range`.
#[derive(Debug)]
pub struct TrueRange<V> {
    /// Close of the bar before; NaN before the first.
    previous: V,
}

impl<V: Lanes> TrueRange<V> {
    /// Before the first bar.
    pub fn start() -> Self {
        TrueRange { previous: V::NAN }
    }

    /// Takes a bar in the lanes that are ready and gives its range, never infinite.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, [high, low, close]: [V; 3], ready: V::Mask) -> V {
        let range = high - low;
        // Numbers are enough to compare: NaN stands only in lanes without a bar before, which do not take `whole`.
        let gap = (high - self.previous).abs().greater((low - self.previous).abs());
        let whole = range.greater(gap);
        let value = if WARM { whole } else { V::select(self.previous.is_number(), whole, range) };
        self.previous = V::keep::<WARM>(ready, close, self.previous);
        value.bounded()
    }

    /// Walks the state.
    pub fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(&mut self.previous)
    }
}

impl<V: Lanes> Kernel<V, 3, 1> for TrueRange<V> {
    type Params = Params;

    fn new(_params: &Params) -> Self {
        TrueRange::start()
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, bar: [V; 3], ready: V::Mask) -> [V; 1] {
        [self.push::<WARM>(bar, ready)]
    }

    fn is_warm(&self) -> bool {
        use crate::lanes::Mask;
        self.previous.is_number().all()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        TrueRange::visit(self, visitor)
    }
}

impl Declared<1> for Params {
    fn warmup(&self) -> [usize; 1] {
        [0]
    }

    fn lookback(&self) -> usize {
        2 // This bar and the close before it.
    }
}
