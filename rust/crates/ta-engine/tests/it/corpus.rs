//! What each text of a corpus means, or what is said of it, as it was when it was last looked at.
//!
//! `UPDATE_CORPUS=1 cargo test -p ta-engine --test it corpus` writes the snapshots; otherwise a stale one fails.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use ta_engine::catalog;
use ta_engine::lang::json::{from_json, to_json};
use ta_engine::lang::{Diagnostics, Expr, Given, Limits, Value, compile_outputs, parameter_names};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// The texts of a file: one to a line, remarks and empty lines left out.
fn texts(name: &str) -> Vec<String> {
    let file = fs::read_to_string(path(name)).expect("a corpus");
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| line.replace('⏎', "\n")).collect()
}

/// Compiles a text with values for those parameters that have one.
fn compiled(text: &str) -> Result<Vec<(String, Expr)>, Diagnostics> {
    let values = [
        ("period", Value::Int(14)),
        ("level", Value::Float(30.5)),
        ("flag", Value::Bool(true)),
        ("field", Value::Text("volume".to_owned())),
    ];
    let needed = parameter_names(text, &Limits::default())?;
    let parameters: Vec<_> = values.into_iter().filter(|(name, _)| needed.contains(name)).collect();
    compile_outputs(text, &Given::parameters(&parameters), catalog(), &Limits::default())
}

/// Holds a snapshot against what is now, or writes it.
fn hold(name: &str, now: &str) {
    let path = path(name);
    if std::env::var_os("UPDATE_CORPUS").is_some() {
        fs::write(&path, now).expect("a place to write to");
        return;
    }
    let then = fs::read_to_string(&path).unwrap_or_default();
    let differing = then.lines().zip(now.lines()).position(|(then, now)| then != now);
    if let Some(at) = differing.or((then != now).then(|| then.lines().count().min(now.lines().count()))) {
        let line = |text: &str| text.lines().nth(at).unwrap_or("the end").to_owned();
        panic!(
            "{name}, line {}: it was\n  {}\nand is\n  {}\nIf that is meant, run with UPDATE_CORPUS=1.",
            at + 1,
            line(&then),
            line(now)
        );
    }
}

/// A tree as JSON without places and without declared types, which depend on the way it was written.
pub(crate) fn meaning(expr: &Expr) -> serde_json::Value {
    fn strip(json: &mut serde_json::Value) {
        match json {
            serde_json::Value::Object(map) => {
                map.shift_remove("type_tag");
                // Nor does it matter who asked for a timeframe.
                map.shift_remove("asked");
                map.values_mut().for_each(strip);
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut json = to_json(&expr.without_spans());
    strip(&mut json);
    json
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

#[test]
fn accepted_texts_mean_what_they_meant() {
    let mut now = String::new();
    let texts = texts("accepted.txt");
    for text in &texts {
        let outputs = compiled(text).unwrap_or_else(|problems| panic!("{text}\n{problems}"));
        now += &indented(text).replacen("    ", "> ", 1);
        for (name, expr) in outputs {
            let tree = expr.without_spans();
            writeln!(now, "{name}: {tree}").expect("a text takes everything");
            // What is printed reads as the same tree, and so does the JSON.
            let again = compiled(&tree.to_string()).unwrap_or_else(|problems| panic!("{tree}\n{problems}"));
            assert_eq!(meaning(&again[0].1), meaning(&tree), "{text}");
            assert_eq!(from_json(&to_json(&expr), &Limits::default()).as_ref(), Ok(&expr), "{text}");
        }
    }
    assert!(texts.len() >= 300, "{}", texts.len());
    hold("accepted.snap", &now);
}

#[test]
fn refused_texts_are_refused_for_the_same_reasons() {
    let mut now = String::new();
    let texts = texts("rejected.txt");
    for text in &texts {
        let problems = compiled(text).expect_err(text);
        now += &indented(text).replacen("    ", "> ", 1);
        now += &indented(&problems.to_string());
        let spans: Vec<_> =
            problems.iter().map(|problem| problem.span.map(|span| span.range().start)).collect();
        assert!(spans.is_sorted(), "{text}\n{problems}");
    }
    assert!(texts.len() >= 200, "{}", texts.len());
    hold("rejected.snap", &now);
}
