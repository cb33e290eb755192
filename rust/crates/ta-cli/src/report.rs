//! `ta verify` and `ta explain`.

use ta_engine::Options;

use crate::run::read;
use crate::{Failure, Input, RuleText, compile, print, timeframe_ns};

pub(crate) fn verify(input: &Input) -> Result<(), Failure> {
    let rule = compile(&input.rule)?;
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
    let options = Options { timeframe_ns: timeframe_ns(timeframe)?, ..Options::default() };
    let plan = match options.timeframe_ns {
        None => rule.plan().clone(),
        some => rule.plan_at(some).map_err(|error| Failure::Usage(error.to_string()))?,
    };
    let explanation = plan.explain();
    print(&if dot { explanation.to_dot() } else { format!("{explanation}\n") })
}
