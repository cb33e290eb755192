//! Positive Volume Index.

use crate::kernel::declare;

declare! {
    /// A line that takes a bar's relative change where volume rises, and else stays.
    ///
    /// It begins at `start` with the first bar: 1000, and 1 in Pine Script.
    ///
    /// ```text
    /// pvi = pvi[1] * close / close[1]     where volume > volume[1], else pvi[1]
    /// ```
    pvi: volume, version 1,
    also: [talib.pvi(), pine.pvi(start = 1.0)],
    source: "Norman G. Fosback, Stock Market Logic, 1976",
    fields: [close, volume],
    params: { start: f64 = 1_000.0 in 1e-9..=1e12, "What it begins at." },
    outputs: { value: Number },
    body: "let before = nz(close[1], close);
        let line = if(volume > nz(volume[1], volume), line[1] + line[1] * ((close - before) / before), line[1]) from start;
        line",
}
