//! Volume oscillator.

use crate::kernel::declare;

declare! {
    /// Distance of a short mean of volumes from a long one, in percent of that.
    ///
    /// Without volume it is 0.
    ///
    /// ```text
    /// 100 * (sma(volume, short) - sma(volume, long)) / sma(volume, long)
    /// ```
    volume_osc: volume, version 1,
    aliases: ["vosc"],
    source: "Steven B. Achelis, Technical Analysis from A to Z",
    fields: [volume],
    params: {
        short: usize = 14 in 1..=1_000_000, "Period of the short mean.",
        long: usize = 28 in 1..=1_000_000, "Period of the long mean.",
    },
    outputs: { value: Percent },
    body: "let wide = sma(volume, long);
        let apart = sma(volume, short) - wide;
        if(wide == 0, 0 * apart, 100 * (apart / wide))",
}
