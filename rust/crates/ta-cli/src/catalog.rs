//! `ta catalog`: what rules can call.

use ta_engine::catalog as builtin;
use ta_engine::catalog::{IndicatorSpec, InputRole, ParamKind};
use ta_engine::{state_bytes_of, timing_of};

use crate::{Failure, print};

pub(crate) fn show(name: Option<&str>) -> Result<(), Failure> {
    match name {
        None => {
            let lines = builtin().specs().iter().map(|spec| format!("{:<16} {}\n", spec.name, summary(spec)));
            let words = words().map(|(name, remark, _)| format!("{name:<16} {remark}\n"));
            print(&lines.chain(words).collect::<String>())
        }
        Some(name) => match builtin().find(name) {
            Some(spec) => print(&page(spec)),
            None if words().any(|word| word.0.eq_ignore_ascii_case(name)) => {
                let found = words().find(|word| word.0.eq_ignore_ascii_case(name));
                let (_, remark, statement) = found.unwrap_or_default();
                print(&format!(
                    "{}\n\n{remark}\n\na function of the language:\n  {statement}\n",
                    heading(statement)
                ))
            }
            None => Err(Failure::Usage(format!(
                "indicator `{name}` not found; there are {}",
                builtin()
                    .names()
                    .into_iter()
                    .chain(words().map(|word| word.0))
                    .collect::<Vec<_>>()
                    .join(", ")
            ))),
        },
    }
}

/// The functions of the language: name, what it is, and the statement.
fn words() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    ta_engine::lang::prelude::functions()
}

/// What stands before the equals sign of a function's statement: its name and its parameters.
fn heading(statement: &str) -> &str {
    let words = statement.strip_prefix("let ").unwrap_or(statement);
    words.split(") =").next().map_or(words, |head| &words[..head.len() + 1])
}

/// The first sentence of a description.
fn summary(spec: &IndicatorSpec) -> &str {
    spec.description.trim().lines().next().unwrap_or_default()
}

fn page(spec: &'static IndicatorSpec) -> String {
    let mut page = format!("{}({})\n\n", spec.name, signature(spec));
    for line in spec.description.trim().lines() {
        page.push_str(&format!("{}\n", line.strip_prefix(' ').unwrap_or(line)));
    }
    page.push_str("\nparameters:\n");
    for param in spec.params {
        let (kind, default, range) = match param.kind {
            ParamKind::Int { default, min, max } => ("int", default.to_string(), format!("{min} to {max}")),
            ParamKind::Float { default, min, max } => {
                ("float", default.to_string(), format!("{min} to {max}"))
            }
            ParamKind::Choice { accepted, .. } => {
                ("text", param.default_value().to_string(), format!("one of {}", accepted.join(", ")))
            }
        };
        let aliases = match param.aliases {
            [] => String::new(),
            aliases => format!(" (alias {})", aliases.join(", ")),
        };
        page.push_str(&format!(
            "  {}{aliases}: {kind} = {default}, {range}. {}\n",
            param.name, param.description
        ));
    }
    let outputs = spec.outputs.iter().map(|output| match output.plot_offset {
        None => format!("{} ({:?})", output.name, output.kind),
        Some(offset) => format!("{} ({:?}, drawn {offset} bars away)", output.name, output.kind),
    });
    let outputs: Vec<_> = outputs.collect();
    let timing = timing_of(spec, &spec.default_values(), 1e-6);
    page.push_str(&format!("outputs: {}\n", outputs.join(", ")));
    page.push_str(&format!("first values with the defaults: after {:?} bars\n", timing.warmup));
    if let Some(bytes) = state_bytes_of(spec, &spec.default_values()) {
        page.push_str(&format!("keeps with the defaults: {bytes} bytes for each symbol\n"));
    }
    if !spec.aliases.is_empty() {
        page.push_str(&format!("also called: {}\n", spec.aliases.join(", ")));
    }
    page.push_str(&format!("source: {}\n", spec.source));
    page
}

fn signature(spec: &IndicatorSpec) -> String {
    let inputs = spec.inputs.iter().filter_map(|input| match input.role {
        InputRole::Series { default, .. } => Some(default.to_owned()),
        InputRole::Operand { default: Some(default) } => Some(format!("{}={default}", input.name)),
        InputRole::NumberOperand { default } => Some(format!("{}={default}", input.name)),
        InputRole::Operand { default: None } | InputRole::Condition => Some(input.name.to_owned()),
        InputRole::Field { .. }
        | InputRole::Computed { .. }
        | InputRole::Time
        | InputRole::Interval { .. } => None,
    });
    let params = spec.params.iter().map(|p| format!("{}={}", p.name, p.default_value()));
    inputs.chain(params).collect::<Vec<_>>().join(", ")
}
