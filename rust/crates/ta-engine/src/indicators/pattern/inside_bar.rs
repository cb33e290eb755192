//! Inside bar.

use crate::kernel::declare;

declare! {
    /// True where the bar lies within the one before: its high is lower and its low is higher.
    ///
    /// ```text
    /// high < high[1] and low > low[1]
    /// ```
    inside_bar: pattern, version 1,
    aliases: ["cdl_inside"],
    source: "A bar within the bar before",
    fields: [high, low],
    params: {},
    outputs: { value: Bool },
    body: "high < high[1] and low > low[1]",
}
