//! Positive Volume Index.

use crate::kernel::declare;

declare! {
    /// A line that takes a bar's relative change where volume rises, and else stays.
    ///
    /// It begins at 1000 with the first bar.
    ///
    /// ```text
    /// pvi = pvi[1] * close / close[1]     where volume > volume[1], else pvi[1]
    /// ```
    pvi: volume, version 1,
    also: [talib.pvi()],
    source: "Norman G. Fosback, Stock Market Logic, 1976",
    fields: [close, volume],
    params: {},
    outputs: { value: Number },
    body: "let before = nz(close[1], close);
        let line = if(volume > nz(volume[1], volume), line[1] + line[1] * ((close - before) / before), line[1]) from 1000;
        line",
}
