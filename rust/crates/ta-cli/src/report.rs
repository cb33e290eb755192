//! `ta verify` and `ta explain`.

use ta_engine::Policies;
use ta_engine::calendar::Timeframe;

use crate::run::read;
use crate::streams::Joined;
use crate::{Failure, Input, RuleText, compile, print, timeframe_ns};

pub(crate) fn verify(input: &Input) -> Result<(), Failure> {
    let rule = compile(&input.rule)?;
    if input.streams.are_meant(&rule) {
        let joined = Joined::read(&rule, input)?;
        let report = rule
            .verify_streams(&joined.joining, Policies::default(), &joined.columns())
            .map_err(|error| Failure::Data(error.to_string()))?;
        print(&format!("{report}\n"))?;
        return if report.is_ok() { Ok(()) } else { Err(Failure::Data("schedules differ".to_owned())) };
    }
    let mut different = Vec::new();
    for file in &input.files {
        let (table, options) = read(&rule, file, input)?;
        let columns = table.columns_for(rule.plan()).map_err(|error| Failure::Data(error.to_string()))?;
        let report = rule
            .verify(Some(&table.times_ns), &columns, options)
            .map_err(|error| Failure::Data(format!("{}: {error}", file.display())))?;
        print(&format!("{}: {report}\n", file.display()))?;
        if !report.is_ok() {
            different.push(file.display().to_string());
        }
    }
    match different.as_slice() {
        [] => Ok(()),
        files => Err(Failure::Data(format!("schedules differ on {}", files.join(", ")))),
    }
}

pub(crate) fn explain(rule: &RuleText, dot: bool, timeframe: Option<&str>) -> Result<(), Failure> {
    let rule = compile(rule)?;
    let timeframe = timeframe_ns(timeframe)?.and_then(Timeframe::from_ns);
    let explanation = rule.explain(timeframe).map_err(|error| Failure::Usage(error.to_string()))?;
    print(&if dot { explanation.to_dot() } else { format!("{explanation}\n") })
}
