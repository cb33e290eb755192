//! Closes that files are stamped with, turned into opens.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

const MINUTE: i64 = 60_000_000_000;
const DAY: i64 = 1_440 * MINUTE;

/// The last second, millisecond, microsecond or nanosecond of a minute, where all are stamped with it, becomes its end.
pub(crate) fn inclusive_end(times: &mut [i64]) -> bool {
    let lacks = [1, 1_000, 1_000_000, 1_000_000_000];
    let found = lacks.into_iter().find(|lack| {
        !times.is_empty()
            && times.iter().all(|time| time.checked_add(*lack).is_some_and(|end| end % MINUTE == 0))
    });
    if let Some(lack) = found {
        times.iter_mut().for_each(|time| *time += lack);
    }
    found.is_some()
}

/// Opens of bars of this length; days of a zone last as long as they do there.
pub(crate) fn opens_of(times: &mut [i64], length: i64, zone: Option<&TimeZone>) {
    let days = zone.filter(|_| length % DAY == 0);
    for time in times {
        let earlier = days.and_then(|zone| {
            let close = Timestamp::from_nanosecond((*time).into()).ok()?.to_zoned(zone.clone());
            let open = close.checked_sub(Span::new().days(length / DAY)).ok()?;
            i64::try_from(open.timestamp().as_nanosecond()).ok()
        });
        *time = earlier.unwrap_or_else(|| time.saturating_sub(length));
    }
}
