//! Choppiness Index of true highs and lows, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// As `talib.chop`, beside the distance of the greatest true high from the least true low.
    ///
    /// Where the bars stand still it is 100.
    talib.choptr: trend, version 1,
    source: "TA-Lib, CHOPTR; E. W. Dreiss, the Choppiness Index",
    fields: [high, low, close],
    params: { period: usize = 14 in 2..=1_000_000, aliases [timeperiod], "Bars that count." },
    outputs: { value: Percent },
    body: "let reach = greatest(high - low, abs(high - close[1]), abs(low - close[1]));
        let way = rolling_sum(reach, period);
        let span = max(greatest(high, close[1]), period) - min(least(low, close[1]), period);
        if(span == 0, 100 + 0 * way, 100 * log(way / span) / log(period))",
}
