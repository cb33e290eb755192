//! How long a plan over several streams takes to its first values, counted in the rows that it gives.

use std::collections::HashMap;

use super::{JoinedPlan, Link};
use crate::calendar::Timeframe;
use crate::catalog::Settle;

/// Decides how long a seed matters, which is not asked of a warm-up.
const ANY_TOLERANCE: f64 = 0.5;

/// Bars before the first ready value, and how long the beginning of history matters.
#[derive(Clone, Copy, Debug)]
struct Waits {
    warmup: usize,
    settle: Settle,
}

/// Of what is there at once.
const NOTHING: Waits = Waits { warmup: 0, settle: Settle::AT_ONCE };

impl JoinedPlan {
    /// Per output: rows before its first ready value when no stream has holes and all begin together.
    pub fn warmup(&self) -> Vec<usize> {
        self.waits(ANY_TOLERANCE).into_iter().map(|waits| waits.warmup).collect()
    }

    /// Per output: how long the beginning of history matters, in rows, until no seed weighs more than the tolerance (a share,
    /// such as 1e-6).
    pub fn settle(&self, tolerance: f64) -> Vec<Settle> {
        let with_warmup = |waits: Waits| waits.settle.max(Settle::Bars(waits.warmup));
        self.waits(tolerance).into_iter().map(with_warmup).collect()
    }

    fn waits(&self, tolerance: f64) -> Vec<Waits> {
        // Per slot of the joined row, in bars of the clock that it belongs to.
        let mut waits = vec![NOTHING; self.slots.len()];
        for region in &self.regions {
            let links: HashMap<usize, &Link> =
                region.inputs.iter().map(|input| (input.place, &input.link)).collect();
            for node in &self.joined.nodes[region.nodes.clone()] {
                let read = |slot: usize| match links.get(&slot) {
                    Some(link) => self.read(link, region.clock, &waits),
                    None => waits[slot],
                };
                let warmups =
                    node.warmups(|slot| read(slot).warmup).expect("a region knows its bars' length");
                let settles = node.settles(|slot| read(slot).settle, &warmups, tolerance);
                let own: Vec<Waits> = std::iter::zip(&warmups, settles)
                    .map(|(warmup, settle)| Waits { warmup: *warmup, settle })
                    .collect();
                waits[node.output..][..own.len()].copy_from_slice(&own);
            }
        }
        self.outputs.iter().map(|link| self.read(link, self.clock, &waits)).collect()
    }

    /// What a link is waited for, in bars of the clock that reads it.
    fn read(&self, link: &Link, reader: usize, waits: &[Waits]) -> Waits {
        let Some(clock) = self.clock_of(link.from) else { return NOTHING };
        let length = |clock: usize| {
            let stream = self.clocks[clock].streams[0];
            self.streams[stream].timeframe.map_or(1, Timeframe::nominal_ns)
        };
        let (waits, read, reader) = (waits[link.slot], length(clock), length(reader));
        // The bar after so many closes then; the reader's bar that closes no earlier is the first to see it.
        let bars = |bars: usize| {
            let close = (bars as u128 + 1) * u128::from(read);
            usize::try_from(close.div_ceil(u128::from(reader)) - 1).unwrap_or(usize::MAX)
        };
        let settle = match waits.settle {
            Settle::Bars(0) | Settle::DependsOnData | Settle::Never => waits.settle,
            Settle::Bars(settle) => Settle::Bars(bars(settle)),
        };
        Waits { warmup: bars(waits.warmup), settle }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Joining;
    use super::*;
    use crate::rule::Rule;

    fn warmup(text: &str, clock: Option<&str>) -> Vec<usize> {
        let joining = Joining {
            timeframe: Timeframe::parse("1h"),
            clock: clock.map(str::to_owned),
            ..Joining::default()
        };
        Rule::compile(text).unwrap().joined_plan(joining).unwrap().warmup()
    }

    #[test]
    fn waiting_is_counted_in_rows() {
        assert_eq!(warmup("sma(close, 20)", None), [19]);
        // Twenty bars of four hours have closed with the eightieth row.
        assert_eq!(warmup("sma(ohlcv.4h.close, 20) > close", None), [79]);
        assert_eq!(warmup("sma(ohlcv.4h.close, 20)", None), [19]);
        assert_eq!(warmup("sma(ohlcv.4h.close, 20)", Some("ohlcv")), [79]);
        assert_eq!(warmup("sma(sma(ohlcv.4h.close, 2) + close, 5)", None), [11]);
        assert_eq!(warmup("sma(ohlcv.15m.close, 6) > 0", Some("ohlcv")), [1]);
        assert_eq!(warmup("close.1d_ago > ohlcv.4h.close.1d_ago", None), [27]);
        assert_eq!(warmup("{a: close, b: rsi(ETH.close, 14), c: 1}", None), [0, 14, 0]);
    }

    #[test]
    fn a_joined_plan_says_when_its_seeds_matter_no_more() {
        let joining = Joining { timeframe: Timeframe::parse("1h"), ..Joining::default() };
        let plan = |text: &str| Rule::compile(text).unwrap().joined_plan(joining.clone()).unwrap();
        let alone = plan("ema(ohlcv.4h.close, 12)").settle(1e-6)[0].bars().unwrap();
        let joined = plan("ema(ohlcv.4h.close, 12) > close");
        assert_eq!(joined.settle(1e-6)[0], Settle::Bars(4 * alone + 3));
        let explained = joined.explain().to_string();
        assert!(explained.contains("reads: ohlcv.4h.close, close"), "{explained}");
        assert!(explained.contains("first value after 3 bars"), "{explained}");
    }
}
