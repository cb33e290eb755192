//! TA-Lib's MFI.

use crate::kernel::declare;

declare! {
    /// Money flow index as TA-Lib has it: 0 where no money flows, where `mfi` is 50; a typical price that differs by no more than 1e-14
    /// does not move.
    ///
    /// ```text
    /// flow = typical * volume, where typical = (high + low + close) / 3
    /// mfi  = 100 * up / (up + down), sums of the last `period` flows with typical above and below typical[1]
    /// ```
    talib.mfi: volume, version 1,
    source: "TA-Lib, MFI",
    fields: [high, low, close, volume],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [timeperiod], "Bars whose flows count.",
    },
    outputs: { value: Percent },
    body: "let typical = (high + low + close) / 3;
        let flow = typical * volume;
        let up = rolling_sum(if(typical - typical[1] > 1e-14, flow, 0), period);
        let down = rolling_sum(if(typical[1] - typical > 1e-14, flow, 0), period);
        if(up + down == 0, 0, 100 * (up / (up + down)))",
}
