//! McClellan oscillator.

use crate::kernel::{Among, declare};

declare! {
    /// Difference of two exponential means of net advances, as thousandths of the symbols that move.
    ///
    /// Symbols whose close is the one of the bar before, and those without a bar, count for neither. All symbols have the same
    /// value. Where none moves the net is 0.
    ///
    /// ```text
    /// net = 1000 * (advances - declines) / (advances + declines)
    /// mcclellan_osc = ema(net, fast) - ema(net, slow)
    /// ```
    mcclellan_osc: cross_section, version 1,
    source: "McClellan, S. and M. (1970): Patterns for Profit",
    fields: [close],
    params: {
        fast: usize = 19 in 1..=1_000_000, aliases [fast_period], "Values of the quicker mean.",
        slow: usize = 39 in 1..=1_000_000, aliases [slow_period], "Values of the slower mean.",
        group: Among = "own", "Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all` symbols.",
    },
    outputs: { value: Number },
    body: "let change = signum(close - close[1]);
            let moving = cs_sum(abs(change), group=group);
            let net = if(moving == 0, 0, 1000 * cs_sum(change, group=group) / moving);
            ema(net, fast) - ema(net, slow)",
}
