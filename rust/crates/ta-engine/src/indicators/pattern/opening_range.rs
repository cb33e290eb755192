//! Opening range.

use crate::kernel::{Kernel, choice, declare, state};
use crate::lanes::Lanes;

choice! {
    /// What is opened.
    Opened {
        /// A session of the calendar.
        Session "session",
        /// A week of the calendar.
        Week "week",
        /// A month of the calendar.
        Month "month",
    }
}

declare! {
    /// Highest high and lowest low of the bars that close within the first minutes of the session, from the end of those minutes on.
    ///
    /// The minutes are counted from where the session of the calendar begins. There is a value on the bars that close at their end or
    /// behind it, until the next session begins, where there was a bar within them; and on no others. The calendar is that of the stream, and bars
    /// need a timeframe, so that it is known when they close.
    opening_range: pattern, kernel OpeningRange, version 1,
    source: "Toby Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout, 1990",
    fields: [high, low, time, interval of anchor],
    params: {
        minutes: usize = 30 in 1..=100_000, "Minutes of the opening.",
        anchor: Opened = "session", "What is opened.",
    },
    outputs: { high: Price, low: Price },
    warmup: |_| [0; 2],
    settle: depends_on_data,
    readiness: by_data,
}

state! {
    /// State of `opening_range`.
    OpeningRange(params) {
        /// When the interval began; NaN before the first bar.
        interval: V = V::NAN,
        /// Highest high and lowest low of its opening; NaN where no bar was in it.
        high: V = V::NAN,
        low: V = V::NAN,
    }
    set {
        length_us: f64 = 60e6 * params.minutes as f64,
    }
}

impl<V: Lanes> Kernel<V, 4, 2> for OpeningRange<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [high, low, time, interval]: [V; 4], ready: V::Mask) -> [V; 2] {
        let goes_on = interval.equals(self.interval);
        let (top, bottom) = (V::select(goes_on, self.high, V::NAN), V::select(goes_on, self.low, V::NAN));
        let end = interval + V::splat(self.length_us);
        let is_opening = end.ge(time);
        let raises = is_opening & !top.ge(high);
        let lowers = is_opening & !low.ge(bottom);
        let top = V::select(raises, high, top);
        let bottom = V::select(lowers, low, bottom);
        self.interval = V::keep::<WARM>(ready, interval, self.interval);
        self.high = V::keep::<WARM>(ready, top, self.high);
        self.low = V::keep::<WARM>(ready, bottom, self.low);
        let is_told = ready & time.ge(end);
        [V::select(is_told, top, V::NAN), V::select(is_told, bottom, V::NAN)]
    }
}
