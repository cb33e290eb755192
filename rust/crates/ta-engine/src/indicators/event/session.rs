//! Time of day within two.

use crate::kernel::declare;

declare! {
    /// True where the bar lies between two times of the day, by the clock of the calendar's time zone.
    ///
    /// A bar belongs to the session where it closes behind `start` and not behind `end`; with a `start` behind the
    /// `end` the session goes over midnight. Times are written as Pine Script does, 930 for 9:30 and 2400 for midnight.
    /// What is said of the calendar at `time_of_day` holds here.
    ///
    /// ```text
    /// start < time of day <= end
    /// ```
    session: event, version 1,
    source: "Sessions of Pine Script, 0930-1600",
    fields: [close],
    params: {
        start: usize = 930 in 0..=2400, "Hour and minute from which on.",
        end: usize = 1600 in 0..=2400, "Hour and minute up to which.",
    },
    outputs: { value: Bool },
    refusal: |p| (p.start % 100 > 59 || p.end % 100 > 59).then_some("an hour has 60 minutes: 959 is followed by 1000"),
    body: |p| {
        let minutes = |time: usize| 60 * (time / 100) + time % 100;
        let joined = if p.start < p.end { "and" } else { "or" };
        format!(
            "let minute = time_of_day(); minute > {} {joined} minute <= {}",
            minutes(p.start),
            minutes(p.end)
        )
    },
}
