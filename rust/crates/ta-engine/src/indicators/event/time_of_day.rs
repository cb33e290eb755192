//! Time of day.

use crate::kernel::{Kernel, choice, declare, state};
use crate::lanes::Lanes;

choice! {
    /// Where the clock begins.
    Since {
        /// With the day.
        Midnight "midnight",
    }
}

declare! {
    /// Minutes from midnight to the close of the bar, by the clock of the calendar's time zone.
    ///
    /// A bar that closes at 9:35 gives 575; one that closes at midnight is the last of its day and gives 1440. The calendar is that of the stream, and
    /// bars need a timeframe, so that it is known when they close.
    ///
    /// ```text
    /// time_of_day = 60 * hour + minute + second / 60
    /// ```
    time_of_day: event, kernel TimeOfDay, version 1,
    source: "The clock of a time zone",
    fields: [close, interval of since],
    params: { since: Since = "midnight", "Where the clock begins." },
    outputs: { value: Number },
    warmup: |_| [0],
}

state! {
    /// It has no state.
    TimeOfDay(_) {}
}

impl<V: Lanes> Kernel<V, 2, 1> for TimeOfDay<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [_, minutes]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [minutes]
    }
}
