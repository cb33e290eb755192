//! The Python functions of the catalogue, a module per group, formatted as `ruff format` leaves them.

use std::fmt::Write;

use ta_engine::catalog::{IndicatorSpec, InputRole, ParamKind};

use super::example::stand_in;
use super::words::Chapter;
use super::{File, MARK, words};

pub(crate) const FOLDER: &str = "laakhay/ta/indicators";

/// Words that Python keeps for itself; none of them can name a function or a parameter.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];
/// What every function has of its own.
const TAKEN: [&str; 3] = ["data", "source", "options"];
const WIDTH: usize = 120;

pub(crate) fn files(groups: &[Chapter]) -> Vec<File> {
    let mut files = vec![File { path: format!("{FOLDER}/__init__.py"), text: package(groups) }];
    for chapter in groups {
        files.push(File { path: format!("{FOLDER}/{}.py", chapter.group.name()), text: module(chapter) });
    }
    files
}

fn package(groups: &[Chapter]) -> String {
    let mut names: Vec<_> = groups.iter().map(|chapter| chapter.group.name()).collect();
    names.sort_unstable();
    let lines: String = names.iter().map(|name| format!("        {name},\n")).collect();
    let mut text = format!(
        "\"\"\"The indicators of the catalogue as functions, a module per group, which is loaded when it is asked for.

{MARK}; change the declaration of an indicator instead.

Examples
--------
>>> import laakhay.ta as ta
>>> ta.trend.sma({{\"close\": [1.0, 2.0, 4.0]}}, 2)[\"value\"].tolist()
[nan, 1.5, 3.0]
\"\"\"

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import (
{lines}    )

"
    );
    text.push_str("# In their order in the documentation.\nGROUPS = (\n");
    for chapter in groups {
        let _ = writeln!(text, "    \"{}\",", chapter.group.name());
    }
    text.push_str(")\n\n");
    text.push_str(&listed(names));
    text
}

/// `__all__` of a module.
fn listed(mut names: Vec<&str>) -> String {
    names.sort_unstable();
    let names: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    format!("__all__ = [\n{names}]\n")
}

fn module(chapter: &Chapter) -> String {
    let takes =
        |ask: fn(&InputRole) -> bool| chapter.specs.iter().any(|s| s.inputs.iter().any(|i| ask(&i.role)));
    let imports: Vec<_> = [
        (takes(|role| matches!(role, InputRole::Condition)), "Condition"),
        (takes(|role| role.is_operand() && !matches!(role, InputRole::Condition)), "Operand"),
        (takes(|role| matches!(role, InputRole::Series { .. })), "Source"),
        (true, "run"),
        (takes(|role| matches!(role, InputRole::Series { .. })), "series"),
    ]
    .iter()
    .filter_map(|(is_used, name)| is_used.then_some(*name))
    .collect();
    let is_choice = |kind: &ParamKind| matches!(kind, ParamKind::Choice { .. });
    let chooses = chapter.specs.iter().any(|spec| spec.params.iter().any(|param| is_choice(&param.kind)));
    let mut text = format!(
        "\"\"\"{}

{MARK}; change the declaration of an indicator instead.
\"\"\"

from __future__ import annotations

from typing import Any, {}Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import {}
",
        chapter.group.description(),
        if chooses { "Literal, " } else { "" },
        imports.join(", ")
    );
    let mut names = Vec::new();
    for spec in &chapter.specs {
        let _ = write!(text, "\n\n{}", function(spec));
        names.push(identifier(spec.name));
    }
    let mut others = String::new();
    for spec in &chapter.specs {
        for alias in spec.aliases.iter().filter(|alias| !KEYWORDS.contains(alias)) {
            let _ = writeln!(others, "{} = {}", identifier(alias), identifier(spec.name));
            names.push(identifier(alias));
        }
    }
    if !others.is_empty() {
        let _ = write!(text, "\n\n# Other names.\n{others}");
    }
    text.push_str(if others.is_empty() { "\n\n" } else { "\n" });
    text.push_str(&listed(names.iter().map(String::as_str).collect()));
    text
}

/// The name of an indicator, or its alias, as Python can write it.
fn identifier(name: &str) -> String {
    let name = name.replace('.', "_");
    assert!(!KEYWORDS.contains(&name.as_str()), "Python keeps `{name}` for itself");
    name
}

/// A call with the defaults: `rsi(data, 14)`.
pub(crate) fn example(spec: &IndicatorSpec) -> String {
    let quoted = |text: &str| format!("\"{text}\"");
    let mut operands = ["close", "open", "high", "low"].iter();
    let inputs = spec.inputs.iter().filter_map(|input| match input.role {
        InputRole::Field { .. }
        | InputRole::Computed { .. }
        | InputRole::Time
        | InputRole::Interval { .. }
        | InputRole::Series { .. } => None,
        InputRole::Operand { default: Some(default) } => Some(quoted(default)),
        InputRole::Operand { default: None } if stand_in(input.name).is_some() => {
            stand_in(input.name).map(quoted)
        }
        InputRole::Operand { default: None } => operands.next().map(|name| quoted(name)),
        InputRole::NumberOperand { default } => Some(default.to_string()),
        InputRole::Condition => Some(quoted("close > open")),
    });
    let params = spec.params.iter().map(|param| words::range(&param.kind).default);
    let given = std::iter::once("data".to_owned()).chain(inputs).chain(params);
    format!("{}({})", identifier(spec.name), given.collect::<Vec<_>>().join(", "))
}

fn function(spec: &'static IndicatorSpec) -> String {
    let mut signature = vec!["data: Any".to_owned()];
    let mut documented = vec![("data".to_owned(), "A history of any kind that `Rule.run` takes.".to_owned())];
    let mut given = Vec::new();
    let mut series = None;
    let needed =
        |role: &InputRole| matches!(role, InputRole::Operand { default: None } | InputRole::Condition);
    for (at, input) in spec.inputs.iter().enumerate() {
        // Python has no argument that may be left out before one that may not.
        let may_go = !spec.inputs[at..].iter().any(|later| needed(&later.role));
        let (annotation, about) = match input.role {
            InputRole::Field { .. }
            | InputRole::Computed { .. }
            | InputRole::Time
            | InputRole::Interval { .. } => continue,
            InputRole::Series { default, .. } => {
                series = Some(default);
                given.push("\"source\": series(source)".to_owned());
                continue;
            }
            InputRole::Operand { default: Some(default) } if may_go => {
                (format!("Operand = \"{default}\""), "A number, a text of the language or a rule.")
            }
            InputRole::Operand { .. } => {
                ("Operand".to_owned(), "A number, a text of the language or a rule.")
            }
            InputRole::NumberOperand { default } => {
                (format!("Operand = {default:?}"), "A number, a text of the language or a rule.")
            }
            InputRole::Condition => {
                ("Condition".to_owned(), "What is true or false: a text of the language or a rule.")
            }
        };
        check_name(input.name);
        signature.push(format!("{}: {annotation}", input.name));
        documented.push((input.name.to_owned(), about.to_owned()));
        given.push(format!("\"{0}\": {0}", input.name));
    }
    // What is folded has no parameters behind it.
    if spec.folds {
        assert!(spec.params.is_empty(), "parameters behind operands without an end");
        signature.push("*more: Operand".to_owned());
        documented.push(("*more".to_owned(), "Others of the same kind.".to_owned()));
    }
    for param in spec.params {
        check_name(param.name);
        let range = words::range(&param.kind);
        let mut declared = format!("{}: {} = {}", param.name, range.python_type, range.default);
        // A line of its own for what would be too long, as the formatter has it.
        if declared.len() + 5 > 120
            && let Some((head, rest)) = declared.split_once('[')
            && let Some((choices, tail)) = rest.rsplit_once(']')
        {
            declared = format!("{head}[\n        {choices}\n    ]{tail}");
        }
        signature.push(declared);
        let about = param.description.trim_end_matches('.');
        let accepted = match param.kind {
            ParamKind::Choice { .. } => format!("One of {}", range.accepted),
            ParamKind::Int { .. } | ParamKind::Float { .. } => format!("From {}", range.accepted),
        };
        documented.push((param.name.to_owned(), format!("{about}. {accepted}.")));
    }
    if let Some(default) = series {
        if !spec.params.is_empty() {
            signature.push("*".to_owned());
        }
        signature.push(format!("source: Source = \"{default}\""));
        documented.push((
            "source".to_owned(),
            "What it is computed of: a text of the language or a rule.".to_owned(),
        ));
    }
    signature.push("**options: Unpack[HistoryOptions]".to_owned());
    documented.push(("**options".to_owned(), "How the history is read, as `Rule.run` takes it.".to_owned()));

    let mut text = format!("def {}(\n", identifier(spec.name));
    for one in &signature {
        // What takes the rest of the named arguments may have a comma behind it, too.
        let _ = writeln!(text, "    {one},");
    }
    text.push_str(") -> Any:\n");
    text.push_str(&docstring(spec, &documented));
    let params: Vec<_> = spec.params.iter().map(|param| format!("\"{0}\": {0}", param.name)).collect();
    let mut arguments = vec![
        format!("\"{}\"", spec.name),
        "data".to_owned(),
        format!("{{{}}}", given.join(", ")),
        format!("{{{}}}", params.join(", ")),
        "options".to_owned(),
    ];
    if spec.folds {
        arguments.push("more".to_owned());
    }
    let line = format!("    return run({})", arguments.join(", "));
    if line.len() <= WIDTH {
        let _ = writeln!(text, "{line}");
    } else {
        let lines: String = arguments.iter().map(|one| argument(one)).collect();
        let _ = write!(text, "    return run(\n{lines}    )\n");
    }
    text
}

/// A line of a call, or where it is too long for one the lines of its dictionary.
fn argument(text: &str) -> String {
    let line = format!("        {text},\n");
    match text.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
        Some(inner) if line.len() > WIDTH + 1 => {
            let entries: String = inner.split(", ").map(|one| format!("            {one},\n")).collect();
            format!("        {{\n{entries}        }},\n")
        }
        _ => line,
    }
}

fn check_name(name: &str) {
    assert!(
        !TAKEN.contains(&name) && !KEYWORDS.contains(&name),
        "no argument of a function can be called `{name}`"
    );
}

fn docstring(spec: &'static IndicatorSpec, documented: &[(String, String)]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let (mut is_formula, mut paragraph) = (false, String::new());
    for line in words::description(spec).into_iter().chain([""]) {
        if !line.is_empty() && !line.starts_with("```") && !is_formula {
            paragraph.push_str(if paragraph.is_empty() { "" } else { " " });
            paragraph.push_str(line);
            continue;
        }
        if !paragraph.is_empty() {
            lines.extend(wrapped(&std::mem::take(&mut paragraph), WIDTH - 4));
        }
        if line.starts_with("```") {
            is_formula = !is_formula;
        } else if is_formula {
            lines.push(format!("    {line}").trim_end().to_owned());
        } else if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let section = |title: &str| [String::new(), title.to_owned(), "-".repeat(title.len())];
    lines.extend(section("Parameters"));
    for (name, about) in documented {
        lines.push(name.clone());
        lines.extend(wrapped(about, WIDTH - 8).into_iter().map(|line| format!("    {line}")));
    }
    lines.extend(section("Returns"));
    for output in spec.outputs {
        lines.push(output.name.to_owned());
        let about = format!(
            "As `Rule.run` gives it, one value per bar, {}{}.",
            words::unit(output.kind),
            words::plotted(output).replace('`', "")
        );
        lines.extend(wrapped(&about, WIDTH - 8).into_iter().map(|line| format!("    {line}")));
    }
    let first = format!(
        "With the defaults the first values come from {}; {}.",
        words::warmup(spec),
        words::settle(spec)
    );
    lines.push(String::new());
    lines.extend(wrapped(&first, WIDTH - 4));
    lines.extend(section("Raises"));
    if spec.params.is_empty() {
        lines.push("StrategyError, TypeCheckError".to_owned());
        lines.push("    For a text that is no rule.".to_owned());
    } else {
        lines.push("TypeCheckError".to_owned());
        lines.push(
            "    For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse."
                .to_owned(),
        );
    }
    lines.push(String::new());
    lines.extend(wrapped(&format!("Source: {}.", spec.source.trim_end_matches('.')), WIDTH - 4));
    let text: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| match (at, line.as_str()) {
            (0, line) => format!("{line}\n"),
            (_, "") => "\n".to_owned(),
            (_, line) => format!("    {line}\n"),
        })
        .collect();
    assert!(!text.contains('\\') && !text.contains("\"\"\""), "{}: {text}", spec.name);
    format!("    \"\"\"{text}    \"\"\"\n")
}

/// Lines of at most so many characters, broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}
