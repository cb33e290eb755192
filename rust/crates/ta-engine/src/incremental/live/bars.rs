//! What bars and trades have to be.

use super::policies::Bars;
use super::{LiveSession, StepError};
use crate::plan::{BarField, Plan};

const DAY_NS: u64 = 24 * 3_600 * 1_000_000_000;

/// Which field of a bar each field of a plan is, where it is one of the rule's own bars.
pub(super) fn fields_of(plan: &Plan) -> Box<[Option<BarField>]> {
    plan.fields.iter().map(BarField::of).collect()
}

/// Refuses a trade without a price, or of less than nothing. A price of zero or below is one.
pub(super) fn check_trade(time_ns: i64, price: f64, amount: f64) -> Result<(), StepError> {
    let refuse = |what: String| Err(StepError::Impossible { event_ns: time_ns, what });
    if !price.is_finite() {
        return refuse(format!("a trade at the price {price}"));
    }
    if !amount.is_finite() || amount < 0.0 {
        return refuse(format!("a trade of {amount}"));
    }
    Ok(())
}

impl LiveSession {
    /// Refuses a bar that cannot be or does not stand a whole number of bars behind the last.
    pub(super) fn check_bar(&self, time_ns: i64, fields: &[f64]) -> Result<(), StepError> {
        if self.policies.bars == Bars::Trust {
            return Ok(());
        }
        if let (Some(last_ns), Some(length_ns)) = (self.session.last_time_ns(), self.plan().timeframe_ns)
            && length_ns < DAY_NS
            && !time_ns.abs_diff(last_ns).is_multiple_of(length_ns)
        {
            let what = format!("it is no whole number of bars of {length_ns} ns behind the last");
            return Err(StepError::Impossible { event_ns: time_ns, what });
        }
        self.check_possible(time_ns, fields)
    }

    /// Refuses a bar whose fields contradict each other. What the rule does not read is not known.
    pub(super) fn check_possible(&self, time_ns: i64, fields: &[f64]) -> Result<(), StepError> {
        if self.policies.bars == Bars::Trust {
            return Ok(());
        }
        let of = |field: BarField| {
            let at = self.bar_fields.iter().position(|known| *known == Some(field))?;
            Some(fields[at]).filter(|x| x.is_finite())
        };
        let refuse = |what: String| Err(StepError::Impossible { event_ns: time_ns, what });
        let (high, low) = (of(BarField::High), of(BarField::Low));
        if let (Some(high), Some(low)) = (high, low)
            && high < low
        {
            return refuse(format!("its high {high} is below its low {low}"));
        }
        for (name, field) in [("open", BarField::Open), ("close", BarField::Close)] {
            let Some(price) = of(field) else { continue };
            if let Some(high) = high.filter(|high| price > *high) {
                return refuse(format!("its {name} {price} is above its high {high}"));
            }
            if let Some(low) = low.filter(|low| price < *low) {
                return refuse(format!("its {name} {price} is below its low {low}"));
            }
        }
        match of(BarField::Volume).filter(|volume| *volume < 0.0) {
            Some(volume) => refuse(format!("its volume is {volume}")),
            None => Ok(()),
        }
    }
}
