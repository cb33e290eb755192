//! What a verification found, and what it did not look at.

use std::fmt;

use crate::lanes::canonical_bits;

/// One comparison of two schedules.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What was compared with a batch run.
    pub name: String,
    /// How many values (or states) were compared.
    pub compared: usize,
    /// How many of them differed in a bit.
    pub differing: usize,
    /// The first difference.
    pub first: Option<Difference>,
    /// Why it was not made, where it was not: it says nothing then, for or against.
    pub not_made: Option<String>,
}

/// Two values that should have been one.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Row of the data.
    pub row: usize,
    /// Which output, or which state.
    pub what: String,
    /// The batch run's.
    pub expected: f64,
    /// The other schedule's.
    pub found: f64,
}

/// What became of one output where history began later.
#[derive(Clone, Debug, PartialEq)]
pub struct LateStart {
    /// Its name.
    pub output: String,
    /// Bars that one value looks at, where it is a function of so many: the bits then have to meet once these have been seen.
    pub look_back: Option<usize>,
    /// At how many places history began.
    pub starts: usize,
    /// At how many of them the bits met those of the whole history, for good.
    pub met: usize,
    /// After how many bars at most, where they met at all.
    pub bars: Option<usize>,
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq)]
pub struct ParityReport {
    /// Bars of the data.
    pub bars: usize,
    /// Per output its name and how many values were ready.
    pub ready: Vec<(String, usize)>,
    /// The comparisons.
    pub checks: Vec<Check>,
    /// What became of each output where history began later.
    pub late_starts: Vec<LateStart>,
}

impl ParityReport {
    /// True when nothing differed and of every output there was a value to compare.
    pub fn is_ok(&self) -> bool {
        self.differing() == 0 && self.unproven().next().is_none() && self.compared() > 0
    }

    /// Values and states that differed.
    pub fn differing(&self) -> usize {
        self.checks.iter().map(|check| check.differing).sum()
    }

    fn compared(&self) -> usize {
        self.checks.iter().map(|check| check.compared).sum()
    }

    /// Outputs that had no value on any bar.
    fn unproven(&self) -> impl Iterator<Item = &str> {
        self.ready.iter().filter(|(_, ready)| *ready == 0).map(|(name, _)| name.as_str())
    }

    /// What it comes to, in words.
    pub fn verdict(&self) -> String {
        if self.differing() > 0 {
            return "the schedules differ".to_owned();
        }
        let unproven: Vec<_> = self.unproven().collect();
        if !unproven.is_empty() {
            let (bars, names) = (self.bars, unproven.join(", "));
            return format!(
                "nothing is proven: {names} had no ready value in {bars} bars; give more or other data"
            );
        }
        let not_made = self.checks.iter().filter(|check| check.not_made.is_some()).count();
        match not_made {
            0 => "every schedule gives the same bits".to_owned(),
            1 => "the schedules that were compared give the same bits; 1 check was not made".to_owned(),
            n => format!("the schedules that were compared give the same bits; {n} checks were not made"),
        }
    }
}

impl fmt::Display for ParityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ready: Vec<_> = self.ready.iter().map(|(name, n)| format!("{name} {n}")).collect();
        writeln!(f, "{} bars; ready values: {}", self.bars, ready.join(", "))?;
        for check in &self.checks {
            if let Some(reason) = &check.not_made {
                writeln!(f, "  {:<44} not made: {reason}", check.name)?;
                continue;
            }
            let verdict = if check.differing == 0 { "equal" } else { "DIFFERENT" };
            writeln!(
                f,
                "  {:<44} {:>9} compared  {:>6} differing  {verdict}",
                check.name, check.compared, check.differing
            )?;
            if let Some(d) = &check.first {
                writeln!(
                    f,
                    "    first in row {}, {}: expected {}, found {}",
                    d.row, d.what, d.expected, d.found
                )?;
            }
        }
        for late in &self.late_starts {
            writeln!(f, "  {late}")?;
        }
        write!(f, "{}", self.verdict())
    }
}

impl fmt::Display for LateStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LateStart { output, starts, met, .. } = self;
        write!(
            f,
            "history begun later: {output} meets the whole history's bits at {met} of {starts} places"
        )?;
        if let Some(bars) = self.bars {
            write!(f, ", after {bars} bars at most")?;
        }
        match self.look_back {
            Some(bars) => write!(f, "; it looks at {bars} bars"),
            None => write!(f, "; of this nothing is promised"),
        }
    }
}

impl Check {
    pub(crate) fn new(name: impl Into<String>) -> Check {
        Check { name: name.into(), compared: 0, differing: 0, first: None, not_made: None }
    }

    /// One that says nothing, and why.
    pub(crate) fn not_made(name: impl Into<String>, reason: String) -> Check {
        Check { not_made: Some(reason), ..Check::new(name) }
    }

    /// This one, or that there was nothing to compare and why.
    pub(crate) fn unless_empty(self, reason: &str) -> Check {
        if self.compared > 0 { self } else { Check::not_made(self.name, reason.to_owned()) }
    }

    pub(crate) fn compare(&mut self, row: usize, what: &str, expected: f64, found: f64) {
        self.compared += 1;
        if canonical_bits(expected) != canonical_bits(found) {
            self.differing += 1;
            if self.first.is_none() {
                self.first = Some(Difference { row, what: what.to_owned(), expected, found });
            }
        }
    }

    pub(crate) fn compare_bytes(&mut self, row: usize, what: &str, expected: &[u8], found: &[u8]) {
        self.compared += 1;
        if expected != found {
            self.differing += 1;
            if self.first.is_none() {
                let at = expected.iter().zip(found).position(|(a, b)| a != b);
                let what = match at {
                    Some(at) => format!("{what}, byte {at}"),
                    None => format!("{what}, number of bytes"),
                };
                let (expected, found) = (expected.len() as f64, found.len() as f64);
                self.first = Some(Difference { row, what, expected, found });
            }
        }
    }
}
