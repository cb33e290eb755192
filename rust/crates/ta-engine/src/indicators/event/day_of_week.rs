//! Day of the week.

use crate::kernel::{Kernel, choice, declare, state};
use crate::lanes::Lanes;

choice! {
    /// The first day of the week.
    FirstDay {
        /// 1 is Monday, 7 is Sunday.
        Monday "monday",
        /// 1 is Sunday, 7 is Saturday.
        Sunday "sunday",
    }
}

declare! {
    /// The day of the week on which the bar closes, in the calendar's time zone: 1 for the first, 7 for the last.
    ///
    /// A bar that closes at midnight is the last of its day. The calendar is that of the stream, and bars need a timeframe, so that it is known when they
    /// close.
    day_of_week: event, kernel DayOfWeek, version 1,
    source: "ISO 8601; Pine Script's dayofweek counts from Sunday",
    fields: [close, interval of first],
    params: { first: FirstDay = "monday", "Which day is 1." },
    outputs: { value: Number },
    warmup: |_| [0],
}

state! {
    /// It has no state.
    DayOfWeek(_) {}
}

impl<V: Lanes> Kernel<V, 2, 1> for DayOfWeek<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [_, day]: [V; 2], _ready: V::Mask) -> [V; 1] {
        [day]
    }
}
