//! `ta verify` and `ta explain`.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use ta_engine::calendar::Timeframe;
use ta_engine::incremental::watch::{Interrupted, Watch};

use crate::joined::Joined;
use crate::run::{read, symbols};
use crate::universe::Together;
use crate::{Failure, Input, RuleText, compile, print, timeframe_ns};

/// Shows how far a verification has come, where a terminal watches.
struct Progress {
    told: Instant,
    is_watched: bool,
    is_shown: bool,
}

impl Progress {
    fn new() -> Progress {
        Progress { told: Instant::now(), is_watched: std::io::stderr().is_terminal(), is_shown: false }
    }
}

impl Watch for Progress {
    fn look(&mut self) -> Result<(), Interrupted> {
        Ok(())
    }

    fn progress(&mut self, part: &str, done: usize, all: usize) {
        if self.is_watched && self.told.elapsed() >= Duration::from_millis(100) {
            eprint!("\r\x1b[Kverify: {part}, {} %", 100 * done / all.max(1));
            (self.told, self.is_shown) = (Instant::now(), true);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown {
            eprint!("\r\x1b[K");
        }
    }
}

pub(crate) fn verify(input: &Input) -> Result<(), Failure> {
    let rule = compile(&input.rule)?;
    if input.streams.are_meant(&rule) {
        let joined = Joined::read(&rule, input)?;
        let policies = input.policies()?;
        let report = rule
            .verify_streams_watched(&joined.joining, policies, &joined.columns()?, &mut Progress::new())
            .map_err(|error| Failure::Data(error.to_string()))?;
        print(&format!("{report}\n"))?;
        return if report.is_ok() { Ok(()) } else { Err(Failure::Data(report.verdict())) };
    }
    if rule.plan().needs_universe() {
        let together = Together::read(&rule, input, &symbols(&input.files)?)?;
        let report = together.verify(&rule, &mut Progress::new())?;
        print(&format!("{report}\n"))?;
        return if report.is_ok() { Ok(()) } else { Err(Failure::Data(report.verdict())) };
    }
    let mut failed = Vec::new();
    for file in &input.files {
        let tables = read(&rule, file, input)?;
        let is_one = tables.len() == 1;
        for (table, options) in tables {
            let columns = table.columns_for(rule.plan()).map_err(|error| Failure::Data(error.to_string()))?;
            let name = match &table.symbol {
                Some(symbol) if !is_one => format!("{}, {symbol}", file.display()),
                _ => file.display().to_string(),
            };
            let report = rule
                .verify_watched(Some(&table.times_ns), &columns, options, &mut Progress::new())
                .map_err(|error| Failure::Data(format!("{name}: {error}")))?;
            print(&format!("{name}: {report}\n"))?;
            if !report.is_ok() {
                failed.push(format!("{name}: {}", report.verdict()));
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Failure::Data(failed.join("\n"))) }
}

pub(crate) fn explain(rule: &RuleText, dot: bool, timeframe: Option<&str>) -> Result<(), Failure> {
    let rule = compile(rule)?;
    let timeframe = timeframe_ns(timeframe)?.and_then(Timeframe::from_ns);
    let explanation = rule.explain(timeframe).map_err(|error| Failure::Usage(error.to_string()))?;
    print(&if dot { explanation.to_dot() } else { format!("{explanation}\n") })
}
