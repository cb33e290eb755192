//! Market Facilitation Index, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Distance from low to high per unit of volume.
    ///
    /// Without volume it is 0.
    ///
    /// ```text
    /// marketfi = (high - low) / volume
    /// ```
    talib.marketfi: volume, version 1,
    source: "TA-Lib, MARKETFI; Bill Williams, Trading Chaos, 1995",
    fields: [high, low, volume],
    params: {},
    outputs: { value: Number },
    body: "if(volume == 0, 0, (high - low) / volume)",
}
