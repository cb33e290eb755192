//! Williams accumulation/distribution as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Running sum of how far closes are above true lows where they rise, and below true highs where they fall.
    ///
    /// ```text
    /// sum of close - least(low, close[1]) where close > close[1], close - greatest(high, close[1]) where close < close[1]
    /// ```
    pine.wad: volume, version 1,
    source: "Pine Script v6, ta.wad",
    fields: [high, low, close],
    params: {},
    outputs: { value: Price },
    body: "let before = nz(close[1], close);
        let flow = if(close > before, close - least(low, before), if(close < before, close - greatest(high, before), 0));
        let total = total[1] + flow from 0;
        total",
}
