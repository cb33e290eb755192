//! Pages for readers, and the catalogue as data.

use std::fmt::Write;

use ta_engine::Listed;
use ta_engine::catalog::{IndicatorSpec, InputRole};

use super::words::Chapter;
use super::{File, MARK, example, python, words};

pub(crate) const FOLDER: &str = "docs/indicators";
const DATA: &str = "docs/catalog.json";

pub(crate) fn files(specs: &[&'static IndicatorSpec], groups: &[Chapter]) -> Vec<File> {
    let data = serde_json::to_string_pretty(&specs.iter().copied().map(Listed::new).collect::<Vec<_>>())
        .expect("specs are plain data");
    let mut files = vec![
        File { path: DATA.to_owned(), text: format!("{data}\n") },
        File { path: format!("{FOLDER}/README.md"), text: index(specs.len(), groups) },
    ];
    for chapter in groups {
        for spec in &chapter.specs {
            files.push(File {
                path: format!("{FOLDER}/{}.md", spec.name),
                text: page(spec, chapter.group.name()),
            });
        }
    }
    files
}

fn head() -> String {
    format!("<!-- {MARK}; change the declaration of the indicator instead. -->\n\n")
}

fn index(count: usize, groups: &[Chapter]) -> String {
    let mut text = head();
    let _ = writeln!(
        text,
        "# Indicators\n\nThe {count} indicators that rules can call, by group; [catalog.json](../catalog.json) has them as data."
    );
    for chapter in groups {
        let (name, about) = (chapter.group.name(), chapter.group.description());
        let _ = writeln!(text, "\n## {name}\n\n{about} In Python `ta.{name}`.\n");
        text.push_str("| indicator | gives |\n|---|---|\n");
        for spec in &chapter.specs {
            let _ = writeln!(text, "| [{0}]({0}.md) | {1} |", spec.name, cell(words::summary(spec)));
        }
    }
    text
}

/// A text as a cell of a table: a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A text as Python writes it.
fn quoted(text: &str) -> String {
    if text.contains('"') { format!("'{text}'") } else { format!("\"{text}\"") }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn page(spec: &'static IndicatorSpec, group: &str) -> String {
    let mut text = head();
    let _ = writeln!(text, "# {}\n", spec.name);
    for line in words::description(spec) {
        let _ = writeln!(text, "{line}");
    }
    let _ = writeln!(
        text,
        "\n```python\nta.compile({})\nta.{group}.{}\n```\n",
        quoted(&example::rule(spec)),
        python::example(spec),
    );
    let inputs: Vec<_> = spec.inputs.iter().map(|input| input_words(input.name, &input.role)).collect();
    text.push_str("## Inputs\n\n| input | is |\n|---|---|\n");
    for (input, what) in spec.inputs.iter().zip(inputs) {
        let _ = writeln!(text, "| `{}` | {what} |", input.name);
    }
    if spec.folds {
        text.push_str("\nMore than two may be given; they are taken from the left.\n");
    }
    if !spec.params.is_empty() {
        text.push_str("\n## Parameters\n\n| parameter | default | accepted | is |\n|---|---|---|---|\n");
        for param in spec.params {
            let range = words::range(&param.kind);
            let names = [param.name].iter().chain(param.aliases).map(|name| code(name)).collect::<Vec<_>>();
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} |",
                names.join(", "),
                range.default,
                range.accepted,
                cell(param.description)
            );
        }
    }
    text.push_str("\n## Outputs\n\n| output | is |\n|---|---|\n");
    for output in spec.outputs {
        let _ =
            writeln!(text, "| `{}` | {}{} |", output.name, words::unit(output.kind), words::plotted(output));
    }
    if let Some(body) = words::body(spec) {
        let _ = writeln!(text, "\n## In the language\n\nWith the defaults it is\n\n```text\n{body}\n```");
    }
    let _ = writeln!(text, "\n## Behaviour\n\n| with the defaults | |\n|---|---|");
    let waits = if spec.waits_for_all { "all of its inputs are" } else { "one of its inputs is" };
    let by_data = if spec.ready_by_data { ", and what they hold decides" } else { "" };
    let _ = writeln!(text, "| may be ready where | {waits}{by_data} |");
    let _ = writeln!(text, "| first values | from {} |", words::warmup(spec));
    let _ = writeln!(text, "| settles | {} |", words::settle(spec));
    let _ = writeln!(text, "| keeps | {} |", words::state(spec));
    let _ = writeln!(text, "\nSource: {}.", spec.source.trim_end_matches('.'));
    if !spec.aliases.is_empty() {
        let names: Vec<_> = spec.aliases.iter().map(|name| code(name)).collect();
        let _ = writeln!(text, "\nAlso called {}.", names.join(", "));
    }
    if spec.kernel != spec.name {
        let _ = writeln!(text, "\nThe arithmetic is that of [{0}]({0}.md).", spec.kernel);
    }
    let _ = writeln!(text, "\nVersion of the arithmetic: {}.", spec.version);
    text
}

fn input_words(name: &str, role: &InputRole) -> String {
    match role {
        InputRole::Field { field } => format!("the bar's `{field}`"),
        InputRole::Computed { of } => format!("`{of}`, which all that read it share"),
        InputRole::Time => "when the bar closes".to_owned(),
        InputRole::Interval { by } => {
            format!("what the calendar says of the bar: `{by}` says what")
        }
        InputRole::Series { default, field_param } => {
            let by_name =
                field_param.map(|param| format!(", or the field that `{param}=` names")).unwrap_or_default();
            format!("the first argument where that is an expression{by_name}; else `{default}`")
        }
        InputRole::Operand { default: Some(default) } => {
            format!("an argument, a number or an expression; else `{default}`")
        }
        InputRole::Operand { default: None } => "an argument, a number or an expression".to_owned(),
        InputRole::NumberOperand { default } => {
            format!("an argument, a number or an expression; else {default}")
        }
        InputRole::Condition => format!("an argument that is true or false, as `{name}`"),
    }
}
