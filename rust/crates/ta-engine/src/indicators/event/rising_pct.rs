//! Rise by a percentage.

use crate::kernel::declare;

declare! {
    /// True where `a` is at least `pct` percent above its value one bar before.
    ///
    /// ```text
    /// a >= a[1] * (1 + pct / 100)
    /// ```
    rising_pct: event, version 1,
    source: "A rise by a percentage",
    operands: [a or close],
    params: {
        pct: f64 = 5.0 in 0.0..=1e6, "Percent; so much is enough.",
    },
    outputs: { value: Bool },
    body: "a >= a[1] * (1 + pct / 100)",
}
