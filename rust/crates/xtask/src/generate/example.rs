//! A call of an indicator with its defaults, and a rule that has it.

use ta_engine::catalog::{Group, IndicatorSpec, InputRole, OutputKind};

use super::words;

/// What stands for operands that have no default.
const OPERANDS: [&str; 4] = ["close", "open", "high", "low"];
/// What stands for operands of these names, which no price is.
const STAND_INS: [(&str, &str); 2] =
    [("returns", "close / close[1] - 1"), ("periods", "if(close > open, 5, 20)")];

/// What stands for an operand of this name, where it is no price.
pub(crate) fn stand_in(name: &str) -> Option<&'static str> {
    STAND_INS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// What stands for the series of a function of sines and cosines, which no price is.
const SHARE: &str = "(close - open) / high";

/// A call as a text writes it: `rsi(close, 14)`.
pub(crate) fn call(spec: &IndicatorSpec) -> String {
    let open = |input: &&ta_engine::catalog::InputSpec| {
        matches!(input.role, InputRole::Operand { default: None } | InputRole::Condition)
    };
    let is_alone = spec.inputs.iter().filter(open).count() == 1;
    let mut operands = OPERANDS.iter();
    let inputs = spec.inputs.iter().filter_map(|input| match input.role {
        InputRole::Field { .. }
        | InputRole::Computed { .. }
        | InputRole::Time
        | InputRole::Interval { .. } => None,
        InputRole::Series { .. } if ["acos", "asin"].contains(&spec.kernel) => Some(SHARE.to_owned()),
        InputRole::Series { default, .. } | InputRole::Operand { default: Some(default) } => {
            Some(default.to_owned())
        }
        InputRole::NumberOperand { default } => Some(default.to_string()),
        InputRole::Condition => Some("close > open".to_owned()),
        InputRole::Operand { default: None } if stand_in(input.name).is_some() => {
            stand_in(input.name).map(str::to_owned)
        }
        InputRole::Operand { default: None } if is_alone => Some("close / open".to_owned()),
        InputRole::Operand { default: None } => {
            Some((*operands.next().expect("no indicator has so many operands")).to_owned())
        }
    });
    let params = spec.params.iter().map(|param| words::range(&param.kind).default);
    format!("{}({})", spec.name, inputs.chain(params).collect::<Vec<_>>().join(", "))
}

/// A rule that is true on some bars.
pub(crate) fn rule(spec: &IndicatorSpec) -> String {
    let call = call(spec);
    let output = &spec.outputs[0];
    let value = if spec.outputs.len() == 1 { call } else { format!("{call}.{}", output.name) };
    let takes_operands = spec.inputs.iter().any(|input| input.role.is_operand());
    if spec.group == Group::Candle {
        return format!("{value} != 0");
    }
    match output.kind {
        // Of a value that is not there nothing is true.
        _ if spec.ready_by_data && output.kind == OutputKind::Price => format!("close > nz({value}, close)"),
        OutputKind::Bool => value,
        OutputKind::Percent => format!("{value} < 30"),
        OutputKind::Bars => format!("{value} < 5"),
        OutputKind::Price if !takes_operands => format!("close > {value}"),
        OutputKind::Price
        | OutputKind::Difference
        | OutputKind::Histogram
        | OutputKind::Number
        | OutputKind::Like => format!("{value} > {value}[1]"),
    }
}
