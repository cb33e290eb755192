//! Williams' Accumulation/Distribution.

use crate::kernel::declare;

declare! {
    /// Running sum of how far each close is from the true low where it rises, and from the true high where it falls.
    ///
    /// It begins at 0 with the first bar; volume does not count. The sum is kept with twice the digits of a number.
    ///
    /// ```text
    /// wad = wad[1] + close - least(low, close[1])        where close > close[1]
    /// wad = wad[1] + close - greatest(high, close[1])    where close < close[1], else wad[1]
    /// ```
    wad: volume, version 1,
    also: [talib.wad(), pine.wad()],
    source: "Larry Williams; without volume as in Steven B. Achelis, Technical Analysis from A to Z, 2000",
    fields: [high, low, close],
    params: {},
    outputs: { value: Number },
    body: "let before = nz(close[1], close);
        let moved = if(close > before, close - least(before, low), if(close < before, close - greatest(before, high), 0));
        cum_sum(moved)",
}
