//! Functions that every text may call: written in the language, and read only for texts that call them.

use std::collections::HashSet;

use super::definitions::Definitions;
use super::lexer::{Limits, TokenKind, tokenize};

/// The name of the text in messages.
pub(super) const NAME: &str = "prelude";

/// One statement to a line; a remark in front of each says what it is.
pub(super) const TEXT: &str = "\
# True where the condition was true on one of the last `bars` bars, this one included.
let within(condition, bars = 5) = max(if(condition, 1, 0), bars) > 0;
# True where `x` is greater than on each of the `bars` bars before.
let rising(x, bars = 1) = x > max(x, bars)[1];
# True where `x` is less than on each of the `bars` bars before.
let falling(x, bars = 1) = x < min(x, bars)[1];
# True from a bar where `set` holds on until one where `reset` does and `set` does not.
let latch(set, reset) = (let held = if(set, true, if(reset, false, held[1])) from false; held);
# True where the condition holds for the first time since `reset` did; without it, for the first time at all.
let once(condition, reset = false) = (let fires = condition and (reset or not seen[1]); let seen = (seen[1] and not reset) or fires from false; fires);
# For how many bars on end the condition has been true, this one included.
let streak(condition) = (let bars = if(condition, bars[1] + 1, 0) from 0; bars);
# The greatest `x` since the condition was last true, that bar included; before it ever was, since the first bar.
let since_highest(x, condition) = (let top = greatest(top[1], x) from x restart when condition; top);
# The least `x` since the condition was last true, that bar included; before it ever was, since the first bar.
let since_lowest(x, condition) = (let low_of = least(low_of[1], x) from x restart when condition; low_of);
# What `x` was on the bar where the condition was last true; before it ever was, on the first bar.
let first_since(x, condition) = (let kept = kept[1] from x restart when condition; kept);
";

/// The functions, each with its remark and its statement.
pub fn functions() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut lines = TEXT.lines();
    std::iter::from_fn(move || {
        let (remark, statement) = (lines.next()?, lines.next()?);
        let name = statement.trim_start_matches("let ").split('(').next().unwrap_or_default();
        Some((name, remark.trim_start_matches("# "), statement))
    })
}

/// The statements that these texts call and do not have themselves, and what those call in turn; empty for most.
pub(super) fn called_by<'t>(texts: impl Iterator<Item = &'t str>, limits: &Limits) -> String {
    let mut called: HashSet<String> = HashSet::new();
    let mut defined: HashSet<String> = HashSet::new();
    for text in texts {
        called.extend(calls_in(text, limits));
        defined.extend(Definitions::names_in(text, limits).into_iter().flatten());
    }
    called.retain(|name| !defined.contains(name));
    let all: Vec<_> = functions().collect();
    let mut needed = vec![false; all.len()];
    loop {
        let is_new = |at: &usize| !needed[*at] && called.contains(all[*at].0);
        let Some(at) = (0..all.len()).find(is_new) else { break };
        needed[at] = true;
        called.extend(calls_in(all[at].2, limits));
    }
    let statements = all.iter().zip(needed).filter_map(|((_, _, statement), is)| is.then_some(*statement));
    statements.collect::<Vec<_>>().join("\n")
}

/// The names that a text calls.
fn calls_in(text: &str, limits: &Limits) -> Vec<String> {
    let tokens = tokenize(text, limits, &mut Vec::new()).unwrap_or_default();
    let calls = tokens
        .windows(2)
        .filter(|pair| pair[0].kind == TokenKind::Name && pair[1].kind == TokenKind::Mark("("));
    calls.map(|pair| text[pair[0].span.range()].to_owned()).collect()
}
