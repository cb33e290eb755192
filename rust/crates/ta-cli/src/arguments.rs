//! Rules that begin with a minus: `-close > -6` is no option.

use std::ffi::OsString;

use clap::Command;

/// The arguments, with a blank before what begins with a minus and can only be a rule.
pub(crate) fn rules_marked(
    arguments: impl IntoIterator<Item = OsString>,
    command: &Command,
) -> Vec<OsString> {
    let mut marked: Vec<OsString> = Vec::new();
    let mut sub = None;
    let mut is_value = false;
    for argument in arguments {
        let Some(text) = argument.to_str() else {
            is_value = false;
            marked.push(argument);
            continue;
        };
        let begins_with_minus = text.starts_with('-') && !text.starts_with("--");
        let is_rule = sub.is_some() && !is_value && begins_with_minus && is_rule(text);
        is_value = sub.is_some_and(|sub| !is_value && takes_value(sub, text));
        sub = sub.or_else(|| command.find_subcommand(text));
        marked.push(if is_rule { format!(" {text}").into() } else { argument });
    }
    marked
}

/// A rule's text as it was written.
pub(crate) fn unmarked(rule: &str) -> &str {
    rule.strip_prefix(' ').filter(|rest| rest.starts_with('-')).unwrap_or(rule)
}

/// True where the next argument is this option's value.
fn takes_value(command: &Command, option: &str) -> bool {
    let named = command.get_arguments().find(|known| {
        let long = known.get_long().is_some_and(|long| option.strip_prefix("--") == Some(long));
        let short = known.get_short().is_some_and(|short| option == format!("-{short}"));
        long || short
    });
    named.is_some_and(|known| known.get_action().takes_values())
}

/// True for what is none of the short options, which are a letter alone or, of `-o`, with its file behind it.
fn is_rule(text: &str) -> bool {
    let body = &text[1..];
    let has_operators = body.contains([' ', '(', '<', '>', '=', '*', '+', '[', '{']);
    body.chars().count() > 1 && (has_operators || !body.starts_with(['o', 'h', 'V']) || body == "open")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::Cli;

    fn marked(arguments: &[&str]) -> Vec<String> {
        let given = arguments.iter().map(OsString::from);
        let marked = rules_marked(given, &Cli::command()).into_iter();
        marked.map(|one| one.into_string().expect("text")).collect()
    }

    #[test]
    fn a_rule_may_begin_with_a_minus() {
        for rule in ["-close > -6", "-close", "-open > 3", "-open", "-6 < close", "-(high - low)"] {
            for arguments in [
                vec!["ta", "run", rule, "a.csv"],
                vec!["ta", "run", "-o", "out.csv", rule, "a.csv"],
                vec!["ta", "verify", "--skip-bad-rows", rule, "a.csv"],
            ] {
                let found = marked(&arguments);
                let place = arguments.iter().position(|one| *one == rule).unwrap();
                assert_eq!(found[place], format!(" {rule}"));
                assert_eq!(unmarked(&found[place]), rule);
                assert!(found.iter().enumerate().all(|(at, one)| at == place || one == arguments[at]));
            }
        }
    }

    #[test]
    fn options_and_their_values_stay_as_they_are() {
        let all =
            ["ta", "run", "close", "a.csv", "-o", "-close", "-oout.csv", "-h", "-V", "--from", "-1 day"];
        assert_eq!(marked(&all), all);
        assert_eq!(unmarked(" close"), " close");
    }
}
