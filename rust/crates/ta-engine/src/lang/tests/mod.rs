//! The language as a whole, against a small catalogue written for it.

mod binding;
mod catalog;
mod chains;
mod functions;
mod programs;
mod properties;
mod reading;
mod recovery;
mod typing;

use super::*;
pub(crate) use catalog::test_catalog;

fn parsed(text: &str) -> Expr {
    parse(text, &test_catalog(), &Limits::default()).unwrap_or_else(|e| panic!("{text}\n{e}")).without_spans()
}

fn compiled(text: &str) -> Expr {
    compile(text, &test_catalog(), &Limits::default())
        .unwrap_or_else(|e| panic!("{text}\n{e}"))
        .without_spans()
}

/// The messages of a refused text; its phase must be the one expected.
#[track_caller]
fn refused(text: &str, kind: DiagnosticKind) -> String {
    let problems = compile(text, &test_catalog(), &Limits::default()).expect_err(text);
    assert!(problems.iter().all(|p| p.kind == kind), "{text}\n{problems}");
    problems.to_string()
}

#[track_caller]
fn assert_refused(text: &str, kind: DiagnosticKind, fragment: &str) {
    let shown = refused(text, kind);
    assert!(shown.contains(fragment), "{text}\nshould say: {fragment}\n{shown}");
}
