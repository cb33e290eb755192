//! Pivot points.

use crate::indicators::volume::vwap::Anchor;
use crate::kernel::{choice, declare};

choice! {
    /// Whose levels they are.
    PivotKind {
        /// Multiples of the range beyond the pivot, the outer ones from the pivot's own.
        Traditional "traditional",
        /// Multiples of the range beyond the pivot.
        Classic "classic",
        /// Ratios of Fibonacci numbers of the range.
        Fibonacci "fibonacci",
        /// The close counts twice in the pivot.
        Woodie "woodie",
        /// Parts of the range around the close.
        Camarilla "camarilla",
    }
}

declare! {
    /// Pivot of the session, week or month before, and levels above and below it.
    ///
    /// Intervals are those of `previous_high_low`. Levels that a kind does not have (`r4` and on of "fibonacci", `r5`
    /// of "classic" and "woodie") have no value. The pivot of "woodie" is made of the close before, where Pine Script
    /// takes the open.
    ///
    /// ```text
    /// p = (high + low + close) / 3; of woodie (high + low + 2 * close) / 4             range = high - low
    /// traditional  r1 = 2 * p - low   r2 = p + range   rn = (n - 1) * p + high - (n - 1) * low
    /// classic      r1 = 2 * p - low   r2 = p + range   r3 = p + 2 * range   r4 = p + 3 * range
    /// fibonacci    r1 = p + 0.382 * range   r2 = p + 0.618 * range   r3 = p + range
    /// woodie       r1 = 2 * p - low   r2 = p + range   r3 = high + 2 * (p - low)   r4 = r3 + range
    /// camarilla    rn = close + 1.1 * range / (12, 6, 4, 2 for n = 1, 2, 3, 4)   r5 = high / low * close
    /// ```
    pivot_points: pattern, version 1,
    source: "Pine Script, ta.pivot_point_levels",
    fields: [high, low, close, interval of anchor],
    params: {
        kind: PivotKind = "traditional", "Whose levels they are.",
        anchor: Anchor = "session", "What makes an interval.",
    },
    outputs: { p: Price, r1: Price, r2: Price, r3: Price, r4: Price, r5: Price,
        s1: Price, s2: Price, s3: Price, s4: Price, s5: Price },
    readiness: by_data,
    body: |p| {
        let [r, s] = match p.kind {
            PivotKind::Traditional => [
                ["2 * p - low", "p + range", "2 * p + high - 2 * low", "3 * p + high - 3 * low", "4 * p + high - 4 * low"],
                ["2 * p - high", "p - range", "2 * p + low - 2 * high", "3 * p + low - 3 * high", "4 * p + low - 4 * high"],
            ],
            PivotKind::Classic => [
                ["2 * p - low", "p + range", "p + 2 * range", "p + 3 * range", NONE],
                ["2 * p - high", "p - range", "p - 2 * range", "p - 3 * range", NONE],
            ],
            PivotKind::Fibonacci => [
                ["p + 0.382 * range", "p + 0.618 * range", "p + range", NONE, NONE],
                ["p - 0.382 * range", "p - 0.618 * range", "p - range", NONE, NONE],
            ],
            PivotKind::Woodie => [
                ["2 * p - low", "p + range", "high + 2 * (p - low)", "high + 2 * (p - low) + range", NONE],
                ["2 * p - high", "p - range", "low - 2 * (high - p)", "low - 2 * (high - p) - range", NONE],
            ],
            PivotKind::Camarilla => [
                ["close + 1.1 * range / 12", "close + 1.1 * range / 6", "close + 1.1 * range / 4", "close + 1.1 * range / 2", "high / low * close"],
                ["close - 1.1 * range / 12", "close - 1.1 * range / 6", "close - 1.1 * range / 4", "close - 1.1 * range / 2", "close - (high / low * close - close)"],
            ],
        };
        let middle = match p.kind {
            PivotKind::Woodie => "(high + low + 2 * close) / 4",
            _ => "(high + low + close) / 3",
        };
        let level = |name: &str, text: &str, at: usize| format!(", {name}{at}: {}", of_before(text));
        let levels: String = r.iter().enumerate().map(|(at, text)| level("r", text, at + 1)).collect();
        let below: String = s.iter().enumerate().map(|(at, text)| level("s", text, at + 1)).collect();
        format!(
            "let before = previous_high_low(anchor);
            let pivot = {};
            let width = before.high - before.low;
            {{p: pivot{levels}{below}}}",
            of_before(middle)
        )
    },
}

/// A level that a kind does not have.
const NONE: &str = "pivot.filter(pivot != pivot)";

/// A formula of levels as a text about the interval before.
fn of_before(formula: &str) -> String {
    let words = formula.split(' ').map(|word| {
        let name = word.trim_matches(['(', ')']);
        let stands = match name {
            "high" | "low" | "close" => format!("before.{name}"),
            "p" => "pivot".to_owned(),
            "range" => "width".to_owned(),
            _ => return word.to_owned(),
        };
        word.replace(name, &stands)
    });
    words.collect::<Vec<_>>().join(" ")
}
