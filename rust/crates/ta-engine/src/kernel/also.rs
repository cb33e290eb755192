//! Other names of an indicator: the same arithmetic with other defaults and other names of parameters.

use crate::catalog::{ParamKind, ParamSpec};

/// What one parameter is under another name.
#[derive(Clone, Copy, Debug)]
pub struct Variation {
    /// The parameter.
    pub param: &'static str,
    /// Its default there; `None` leaves it as it is.
    pub default: Option<ParamDefault>,
    /// Its other names there, in place of those that it has.
    pub aliases: &'static [&'static str],
}

/// A default as it is written.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "a literal of any type may be written")]
pub enum ParamDefault {
    /// A whole number.
    Int(i64),
    /// A number with a point.
    Float(f64),
    /// A text.
    Choice(&'static str),
}

/// A literal, of whichever type it is.
#[derive(Clone, Copy, Debug)]
pub struct Given<T>(pub T);

#[allow(dead_code, reason = "a literal of any type may be written")]
impl Given<i64> {
    /// As a default.
    pub const fn default(self) -> ParamDefault {
        ParamDefault::Int(self.0)
    }
}

#[allow(dead_code, reason = "a literal of any type may be written")]
impl Given<f64> {
    /// As a default.
    pub const fn default(self) -> ParamDefault {
        ParamDefault::Float(self.0)
    }
}

#[allow(dead_code, reason = "a literal of any type may be written")]
impl Given<&'static str> {
    /// As a default.
    pub const fn default(self) -> ParamDefault {
        ParamDefault::Choice(self.0)
    }
}

/// These parameters with some changes. What is wrong with a change is an error of the compiler: it is made where the catalogue is.
pub const fn varied<const N: usize>(params: &[ParamSpec], changes: &[Variation]) -> [ParamSpec; N] {
    const NONE: ParamSpec = ParamSpec {
        name: "",
        aliases: &[],
        kind: ParamKind::Int { default: 0, min: 0, max: 0 },
        description: "",
    };
    let mut varied = [NONE; N];
    let mut at = 0;
    while at < N {
        varied[at] = params[at];
        at += 1;
    }
    let mut change = 0;
    while change < changes.len() {
        let Variation { param, default, aliases } = changes[change];
        let at = place(params, param);
        varied[at].aliases = aliases;
        if let Some(default) = default {
            varied[at].kind = beginning_with(varied[at].kind, default);
        }
        change += 1;
    }
    varied
}

/// The words of another name, or those of the indicator where it has none of its own.
pub const fn own_words(own: &'static str, declared: &'static str) -> &'static str {
    if own.is_empty() { declared } else { own }
}

const fn place(params: &[ParamSpec], name: &str) -> usize {
    let mut at = 0;
    while at < params.len() {
        if is_same(params[at].name, name) {
            return at;
        }
        at += 1;
    }
    panic!("another name changes a parameter that there is none of")
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

const fn beginning_with(kind: ParamKind, default: ParamDefault) -> ParamKind {
    match (kind, default) {
        (ParamKind::Int { min, max, .. }, ParamDefault::Int(default)) => {
            assert!(min <= default && default <= max, "the default of another name is out of its range");
            ParamKind::Int { default, min, max }
        }
        (ParamKind::Float { min, max, .. }, ParamDefault::Float(default)) => {
            assert!(min <= default && default <= max, "the default of another name is out of its range");
            ParamKind::Float { default, min, max }
        }
        (ParamKind::Choice { accepted, .. }, ParamDefault::Choice(text)) => {
            let mut at = 0;
            while at < accepted.len() && !is_same(accepted[at], text) {
                at += 1;
            }
            assert!(at < accepted.len(), "the default of another name is none of what is accepted");
            ParamKind::Choice { default: accepted[at], accepted }
        }
        _ => panic!("the default of another name is of another type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: &[ParamSpec] = &[
        ParamSpec {
            name: "period",
            aliases: &["lookback"],
            kind: ParamKind::Int { default: 20, min: 1, max: 100 },
            description: "Values that count.",
        },
        ParamSpec {
            name: "width",
            aliases: &[],
            kind: ParamKind::Float { default: 2.0, min: 0.0, max: 9.0 },
            description: "Deviations.",
        },
        ParamSpec {
            name: "kind",
            aliases: &["type"],
            kind: ParamKind::Choice { default: "sma", accepted: &["sma", "ema"] },
            description: "Kind of the mean.",
        },
    ];

    #[test]
    fn what_is_not_changed_stays_and_what_is_keeps_its_range() {
        let changes = [
            Variation { param: "period", default: Some(Given(5).default()), aliases: &["timeperiod"] },
            Variation { param: "width", default: Some(Given(1.5).default()), aliases: &["nbdev"] },
        ];
        let varied = varied::<3>(PARAMS, &changes);
        assert_eq!(varied[0].kind, ParamKind::Int { default: 5, min: 1, max: 100 });
        assert_eq!(varied[0].aliases, ["timeperiod"]);
        assert_eq!(varied[1].kind, ParamKind::Float { default: 1.5, min: 0.0, max: 9.0 });
        assert_eq!(varied[2], PARAMS[2]);
    }

    #[test]
    fn a_choice_may_have_another_default() {
        let changes = [Variation { param: "kind", default: Some(Given("ema").default()), aliases: &[] }];
        let [_, _, kind] = varied::<3>(PARAMS, &changes);
        assert_eq!(kind.kind, ParamKind::Choice { default: "ema", accepted: &["sma", "ema"] });
    }

    #[test]
    #[should_panic(expected = "none of")]
    fn a_parameter_that_there_is_none_of_is_refused() {
        varied::<3>(PARAMS, &[Variation { param: "perod", default: None, aliases: &[] }]);
    }

    #[test]
    #[should_panic(expected = "out of its range")]
    fn a_default_out_of_range_is_refused() {
        varied::<3>(
            PARAMS,
            &[Variation { param: "period", default: Some(Given(0).default()), aliases: &[] }],
        );
    }
}
