//! What a declaration says, in words.

use ta_engine::catalog::{Group, IndicatorSpec, Made, OutputKind, OutputSpec, ParamKind, Settle, Timing};
use ta_engine::{state_bytes_of, timing_of};

/// The seed's weight below which a value is called settled.
const TOLERANCE: f64 = 1e-9;

/// A group of the catalogue with its indicators, in the order of the list.
pub(crate) struct Chapter {
    pub(crate) group: Group,
    pub(crate) specs: Vec<&'static IndicatorSpec>,
}

/// The groups in the order of the list.
pub(crate) fn by_group(specs: &[&'static IndicatorSpec]) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    for spec in specs {
        match chapters.iter_mut().find(|chapter| chapter.group == spec.group) {
            Some(chapter) => chapter.specs.push(spec),
            None => chapters.push(Chapter { group: spec.group, specs: vec![spec] }),
        }
    }
    chapters
}

/// The unit and meaning of an output.
pub(crate) fn unit(kind: OutputKind) -> &'static str {
    match kind {
        OutputKind::Price => "in the unit of the input",
        OutputKind::Difference => "a difference, in the unit of the input",
        OutputKind::Histogram => "a difference, in the unit of the input, drawn as bars",
        OutputKind::Percent => "in percent",
        OutputKind::Number => "a number without a unit",
        OutputKind::Bars => "a count of bars",
        OutputKind::Bool => "true or false",
        OutputKind::Like => "a number or a truth value, as its operands are",
    }
}

/// Where an output is drawn, where that is not at the bar that gave it.
pub(crate) fn plotted(output: &OutputSpec) -> String {
    let Some(offset) = output.plot_offset else { return String::new() };
    let side = if offset.is_ahead { "ahead" } else { "back" };
    format!("; drawn `{}` bars {side}, the value stays with the bar that gave it", offset.bars)
}

/// The text that computes it where no kernel does, with the defaults.
pub(crate) fn body(spec: &IndicatorSpec) -> Option<String> {
    match spec.made {
        Made::Kernel { .. } | Made::Function(_) | Made::Across { .. } => None,
        Made::Body { text } => {
            let text = text(&spec.default_values());
            Some(text.lines().map(str::trim).collect::<Vec<_>>().join("\n"))
        }
    }
}

/// Type, default and range of a parameter, each as a text of rules.
pub(crate) struct Range {
    pub(crate) python_type: String,
    pub(crate) default: String,
    pub(crate) accepted: String,
}

pub(crate) fn range(kind: &ParamKind) -> Range {
    match *kind {
        ParamKind::Int { default, min, max } => Range {
            python_type: "int".to_owned(),
            default: default.to_string(),
            accepted: format!("{} to {}", grouped(min), grouped(max)),
        },
        ParamKind::Float { default, min, max } => Range {
            python_type: "float".to_owned(),
            default: format!("{default:?}"),
            accepted: format!("{min:?} to {max:?}"),
        },
        ParamKind::Choice { default, accepted } => {
            let accepted = accepted.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
            Range { python_type: format!("Literal[{accepted}]"), default: format!("\"{default}\""), accepted }
        }
    }
}

/// A whole number with commas between its thousands.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

/// The lines of a description, as they were written behind the slashes.
pub(crate) fn description(spec: &IndicatorSpec) -> Vec<&str> {
    spec.description.trim().lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect()
}

/// Its first sentence.
pub(crate) fn summary(spec: &IndicatorSpec) -> &str {
    spec.description.trim().lines().next().unwrap_or_default().trim()
}

fn timing(spec: &'static IndicatorSpec) -> Timing {
    timing_of(spec, &spec.default_values(), TOLERANCE)
}

/// When the first values come, with the defaults.
pub(crate) fn warmup(spec: &'static IndicatorSpec) -> String {
    let bars = |warmup: usize| match warmup {
        0 => "the first bar on".to_owned(),
        bars => format!("bar {} on", grouped(bars as i64 + 1)),
    };
    let warmup = timing(spec).warmup;
    if warmup.iter().all(|one| *one == warmup[0]) {
        return bars(warmup[0]);
    }
    let each =
        spec.outputs.iter().zip(&warmup).map(|(output, one)| format!("`{}` {}", output.name, bars(*one)));
    each.collect::<Vec<_>>().join(", ")
}

/// How long the beginning of history matters, with the defaults.
pub(crate) fn settle(spec: &'static IndicatorSpec) -> String {
    match timing(spec).settle {
        Settle::Bars(0) => "values are the same wherever the history begins".to_owned(),
        Settle::DependsOnData => "how long the beginning of history matters depends on the data".to_owned(),
        Settle::Never => "the beginning of the history may matter for ever".to_owned(),
        Settle::Bars(bars) => {
            format!("after {} bars the beginning weighs less than {TOLERANCE:e}", grouped(bars as i64))
        }
    }
}

/// What its state takes, with the defaults.
pub(crate) fn state(spec: &'static IndicatorSpec) -> String {
    match state_bytes_of(spec, &spec.default_values()) {
        Some(0) => "nothing from bar to bar".to_owned(),
        Some(bytes) => format!("{} bytes for each symbol", grouped(bytes as i64)),
        None => "as much as the length of a bar makes it".to_owned(),
    }
}
