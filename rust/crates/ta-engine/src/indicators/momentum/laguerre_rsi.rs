//! Laguerre RSI.

use crate::kernel::declare;

declare! {
    /// Relative strength among four lines that Laguerre filters make of a value, from 0 to 100.
    ///
    /// Lines that do not differ give 50.
    ///
    /// ```text
    /// a = (1 - gamma) * x + gamma * a[1]       b = -gamma * a + a[1] + gamma * b[1]
    /// c = -gamma * b + b[1] + gamma * c[1]     d = -gamma * c + c[1] + gamma * d[1]
    /// up, down: sums of the rises and of the falls from b to a, from c to b, from d to c
    /// 100 * up / (up + down)
    /// ```
    laguerre_rsi: momentum, version 1,
    aliases: ["lrsi"],
    source: "John F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004",
    series: [close by source],
    params: {
        gamma: f64 = 0.5 in 0.0..=0.999, "How far back the lines look.",
    },
    outputs: { value: Percent },
    // The lines of a value of 1e308 differ by up to fifty times as much: those of a part of it, of the same bits, do not overflow.
    body: "let part = close / 256;
        let a = part + gamma * (a[1] - part) from part;
        let b = nz(a[1], part) + gamma * (b[1] - a) from part;
        let c = nz(b[1], part) + gamma * (c[1] - b) from part;
        let d = nz(c[1], part) + gamma * (d[1] - c) from part;
        let first = a - b;
        let second = b - c;
        let third = c - d;
        let up = greatest(first, 0) + greatest(second, 0) + greatest(third, 0);
        let moved = abs(first) + abs(second) + abs(third);
        if(moved == 0, 50, 100 * (up / moved))",
}
