//! What a declaration holds: the names, inputs, parameters and outputs of an indicator.
//!
//! A [`Catalog`] is a value and is passed to whoever needs names, so that specs registered at run time can stand beside
//! the built-in ones. Everything behind the plan works with kernels and numbers and knows no name.

mod across;
pub mod function;

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::hashing::WordMap;
use function::Function;

pub use across::{Across, Among};

/// The groups, in one place: their names in declarations and in the catalogue, and what belongs to each.
macro_rules! groups {
    ($($(#[doc = $doc:literal])+ $name:ident: $group:ident,)+) => {
        /// The folder an indicator lives in, and the namespace it is offered under.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Group { $($(#[doc = $doc])+ $group),+ }

        impl Group {
            /// Every group.
            pub const ALL: &[Group] = &[$(Group::$group),+];

            /// Its name: that of the folder.
            pub const fn name(self) -> &'static str {
                match self { $(Group::$group => stringify!($name)),+ }
            }

            /// One sentence about what belongs to it.
            pub const fn description(self) -> &'static str {
                match self { $(Group::$group => concat!($($doc),+).trim_ascii()),+ }
            }
        }

        /// The groups under the names that declarations call them by.
        #[allow(non_upper_case_globals, dead_code, reason = "names of the language; a group may have no indicator yet")]
        pub(crate) mod group {
            use super::Group;
            $(pub(crate) const $name: Group = Group::$group;)+
        }
    };
}

groups! {
    /// Averages and channels that follow price.
    trend: Trend,
    /// Speed and exhaustion of movement.
    momentum: Momentum,
    /// Width of movement.
    volatility: Volatility,
    /// Traded quantity.
    volume: Volume,
    /// Statistics over a window.
    statistic: Statistic,
    /// Truth values: crossings, channels.
    event: Event,
    /// Arithmetic on bars and values.
    math: Math,
    /// Prices made of one bar's.
    price: Price,
    /// Length and phase of swings.
    cycle: Cycle,
    /// Patterns of a few bars' bodies and shadows.
    candle: Candle,
    /// Patterns of swings: pivots, fractals.
    pattern: Pattern,
    /// Values among those of other symbols.
    cross_section: CrossSection,
}

/// One declared indicator.
#[derive(Debug, Serialize)]
pub struct IndicatorSpec {
    /// Canonical name, lower case.
    pub name: &'static str,
    /// Name of the indicator whose arithmetic it has: its own, unless it is another name with other defaults.
    pub kernel: &'static str,
    /// Folder and namespace.
    pub group: Group,
    /// Version of the arithmetic: rises when a number changes.
    pub version: u32,
    /// Documentation: a first sentence, a blank line, then details.
    pub description: &'static str,
    /// Where the formula comes from.
    pub source: &'static str,
    /// Other names it is called by.
    pub aliases: &'static [&'static str],
    /// What it reads, in the kernel's order.
    pub inputs: &'static [InputSpec],
    /// Its parameters, in positional order.
    pub params: &'static [ParamSpec],
    /// What it gives, in the kernel's order.
    pub outputs: &'static [OutputSpec],
    /// True where a text may give it more operands than two: they are folded from the left.
    pub folds: bool,
    /// False where a value is ready as soon as one input is.
    pub waits_for_all: bool,
    /// True where what the data holds decides whether a bar has a value, also of bars that have all inputs behind the warm-up.
    pub ready_by_data: bool,
    /// Why these parameters, each in its range, do not go together.
    #[serde(skip)]
    pub refusal: fn(&[ParamValue]) -> Option<&'static str>,
    /// What computes it.
    #[serde(skip)]
    pub made: Made,
}

/// What computes an indicator.
#[derive(Clone, Copy, Debug)]
pub enum Made {
    /// A kernel.
    Kernel {
        /// How many inputs it needs with these (checked) parameters, and until its seed weighs less than the tolerance.
        timing: fn(&[ParamValue], tolerance: f64) -> Timing,
    },
    /// Other indicators: it is written out where a plan is made, and how long it takes follows from its parts.
    Body {
        /// A text of the language with these (checked) parameters: of one value, or a map of all outputs. It reads its
        /// inputs and parameters by their names.
        text: fn(&[ParamValue]) -> Cow<'static, str>,
    },
    /// A function outside the engine.
    Function(&'static dyn Function),
    /// The values that the symbols of a row have: only a universe has them.
    Across {
        /// Whether only symbols of one group are looked at together, with these (checked) parameters.
        by_group: fn(&[ParamValue]) -> bool,
        /// What is made of them.
        made: Across,
    },
}

/// How long a kernel takes to give values, in ready inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timing {
    /// Per output: ready inputs before the first ready value.
    pub warmup: Vec<usize>,
    /// Bars that one value looks at: the window of a windowed kernel, the period of a recursive one.
    pub lookback: usize,
    /// How long the beginning of history matters.
    pub settle: Settle,
    /// Inputs of the longest window whose blocks are folded side by side where many bars are run; 0 without one.
    pub block: usize,
}

/// How long the beginning of history matters to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Settle {
    /// So many bars: until no seed weighs more than a tolerance; 0 where a value is a function of a window of the data.
    Bars(usize),
    /// Until something happens in the data: a condition comes true, a trend turns.
    DependsOnData,
    /// For ever, as in a running sum.
    Never,
}

impl Settle {
    /// A value that matters no more at once.
    pub const AT_ONCE: Settle = Settle::Bars(0);

    /// How many bars, where that is known.
    pub fn bars(self) -> Option<usize> {
        match self {
            Settle::Bars(bars) => Some(bars),
            Settle::DependsOnData | Settle::Never => None,
        }
    }

    /// Of a value that settles so itself, and reads what has settled so.
    pub(crate) fn behind(self, read: Settle) -> Settle {
        match (self, read) {
            (Settle::Bars(own), Settle::Bars(read)) => Settle::Bars(own.saturating_add(read)),
            _ => self.max(read),
        }
    }
}

impl From<usize> for Settle {
    fn from(bars: usize) -> Settle {
        Settle::Bars(bars)
    }
}

/// One value a kernel reads on every bar.
#[derive(Debug, PartialEq, Serialize)]
pub struct InputSpec {
    /// Name of the input.
    pub name: &'static str,
    /// How a call fills it.
    pub role: InputRole,
}

/// How a call fills an input.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum InputRole {
    /// This field of the bar (`high`), unless a call gives a value by name.
    Field {
        /// OHLCV field.
        field: &'static str,
    },
    /// This value of the bars, computed of their fields, unless a call gives one by name. All that read the same in one plan
    /// share its nodes.
    Computed {
        /// A text of the language.
        of: &'static str,
    },
    /// Always when the bar closes, in microseconds since 1970 UTC.
    Time,
    /// Always what the calendar says of the bar. A parameter that is a choice says what: when the interval began that the bar is part
    /// of, in microseconds since 1970 UTC (`session`, `week`, `month`; `first`: 0, for the whole history is one), how many minutes there
    /// were from midnight to its close (`midnight`), or the day of the week, counted from 1 (`monday`, `sunday`).
    Interval {
        /// The parameter.
        by: &'static str,
    },
    /// One series: the first positional argument when that is an expression, else `default`.
    Series {
        /// OHLCV field read when the call names none.
        default: &'static str,
        /// Text parameter, after the numeric ones, that names another OHLCV field (`source="volume"`).
        field_param: Option<&'static str>,
    },
    /// A value passed like a parameter, by position or by name: a number or an expression.
    Operand {
        /// OHLCV field read when it is left out; `None`: it must be given.
        default: Option<&'static str>,
    },
    /// An operand that is this number when it is left out.
    NumberOperand {
        /// The number.
        default: f64,
    },
    /// An operand that is true or false; it must be given.
    Condition,
}

/// One parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ParamSpec {
    /// Canonical name.
    pub name: &'static str,
    /// Other names it is called by.
    pub aliases: &'static [&'static str],
    /// Type, default and accepted range.
    pub kind: ParamKind,
    /// One sentence.
    pub description: &'static str,
}

/// Type, default and accepted range of a parameter; both bounds are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ParamKind {
    /// A whole number.
    Int {
        /// Used when a call names none.
        default: i64,
        /// Least accepted value.
        min: i64,
        /// Greatest accepted value.
        max: i64,
    },
    /// A finite number.
    Float {
        /// Used when a call names none.
        default: f64,
        /// Least accepted value.
        min: f64,
        /// Greatest accepted value.
        max: f64,
    },
    /// One of some texts.
    Choice {
        /// Used when a call names none.
        default: &'static str,
        /// All that are accepted, in lower case.
        accepted: &'static [&'static str],
    },
}

/// A checked parameter value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParamValue {
    /// Value of an [`ParamKind::Int`].
    Int(i64),
    /// Value of a [`ParamKind::Float`].
    Float(f64),
    /// Value of a [`ParamKind::Choice`].
    Choice(&'static str),
}

/// A type of Rust that a parameter may have in a kernel.
pub trait FromParamValue {
    /// From a value that was checked for this type.
    fn from_value(value: ParamValue) -> Self;
}

impl FromParamValue for usize {
    fn from_value(value: ParamValue) -> usize {
        match value {
            ParamValue::Int(v) => usize::try_from(v).expect("within its range"),
            other => panic!("{other} is no whole number"),
        }
    }
}

impl FromParamValue for f64 {
    fn from_value(value: ParamValue) -> f64 {
        match value {
            ParamValue::Int(v) => v as f64,
            ParamValue::Float(v) => v,
            ParamValue::Choice(_) => panic!("{value} is no number"),
        }
    }
}

/// A parameter that is one of some texts, as `choice!` declares it.
pub trait Choice: FromParamValue {
    /// All texts, in lower case.
    const ACCEPTED: &'static [&'static str];
}

/// Declares the values of a parameter that is a choice, each with its text in the language.
macro_rules! choice {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $about:literal])+ $value:ident $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $about])+ $value,)+ }

        impl $crate::catalog::Choice for $name {
            const ACCEPTED: &'static [&'static str] = &[$($text),+];
        }

        impl $crate::catalog::FromParamValue for $name {
            fn from_value(value: $crate::catalog::ParamValue) -> $name {
                match value {
                    $($crate::catalog::ParamValue::Choice($text) => $name::$value,)+
                    other => panic!("{other} is none of {}", stringify!($name)),
                }
            }
        }
    };
}
pub(crate) use choice;

/// One value a kernel gives on every bar.
#[derive(Debug, PartialEq, Serialize)]
pub struct OutputSpec {
    /// `value` when it is the only one.
    pub name: &'static str,
    /// Unit and meaning.
    pub kind: OutputKind,
    /// Where a value is drawn, unless at the bar that gave it.
    pub plot_offset: Option<PlotOffset>,
}

/// Where the value of a bar is drawn: so many bars before that bar or after it. The value itself stays with the bar that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlotOffset {
    /// True for bars after it, false for bars before it.
    pub is_ahead: bool,
    /// How many: a number, or the name of a parameter that is one.
    pub bars: &'static str,
}

/// As it is declared: `-right`, `+26`.
impl fmt::Display for PlotOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.is_ahead { '+' } else { '-' }, self.bars)
    }
}

impl Serialize for PlotOffset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Unit and meaning of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    /// Unit of the input; drawn with it.
    Price,
    /// A difference in the unit of the input; drawn in a pane of its own.
    Difference,
    /// A difference drawn as bars.
    Histogram,
    /// From 0 to 100, or a change in percent.
    Percent,
    /// A number without a unit.
    Number,
    /// A count of bars.
    Bars,
    /// True or false.
    Bool,
    /// Like the operands that are no conditions: these are all numbers or all true or false.
    Like,
}

impl IndicatorSpec {
    /// Position of the parameter called `name` (canonical or alias, any case).
    pub fn param_index(&self, name: &str) -> Option<usize> {
        self.params.iter().position(|p| {
            p.name.eq_ignore_ascii_case(name) || p.aliases.iter().any(|a| a.eq_ignore_ascii_case(name))
        })
    }

    /// The input that an expression in first place replaces, with its position.
    pub fn series_input(&self) -> Option<(usize, &InputSpec)> {
        self.inputs.iter().enumerate().find(|(_, i)| matches!(i.role, InputRole::Series { .. }))
    }

    /// The values that its parameters have when a call names none.
    pub fn default_values(&self) -> Vec<ParamValue> {
        self.params.iter().map(ParamSpec::default_value).collect()
    }

    /// True for what looks at the symbols of a row together.
    pub fn is_across(&self) -> bool {
        matches!(self.made, Made::Across { .. })
    }

    /// How long its kernel takes.
    ///
    /// # Panics
    /// Where it has none: how long a body takes follows from its parts.
    pub(crate) fn kernel_timing(&self, params: &[ParamValue], tolerance: f64) -> Timing {
        match self.made {
            Made::Kernel { timing } => timing(params, tolerance),
            Made::Function(function) => {
                let needs = function.needs(params).unwrap_or_else(|why| panic!("`{}`: {why}", self.name));
                needs.timing(self.outputs.len())
            }
            // Of one row.
            Made::Across { .. } => {
                Timing { warmup: vec![0; self.outputs.len()], lookback: 1, settle: Settle::AT_ONCE, block: 0 }
            }
            Made::Body { .. } => {
                panic!("`{}` is no kernel: it is written out where a plan is made", self.name)
            }
        }
    }

    /// Bars after the one that gave a value at which that output of it is drawn; less than 0 for bars before.
    pub fn plot_offset(&self, output: usize, params: &[ParamValue]) -> i64 {
        let Some(offset) = self.outputs[output].plot_offset else { return 0 };
        let bars = match self.param_index(offset.bars).map(|at| params[at]) {
            Some(ParamValue::Int(bars)) => bars,
            Some(other) => panic!("`{}` is drawn {other} bars away", self.name),
            None => offset.bars.parse().expect("a number, or a parameter's name"),
        };
        if offset.is_ahead { bars } else { -bars }
    }

    /// The output called `name`, in any case.
    pub fn output(&self, name: &str) -> Option<&OutputSpec> {
        self.outputs.iter().find(|output| output.name.eq_ignore_ascii_case(name))
    }
}

impl OutputSpec {
    /// True where the value is true or false, whatever the operands are.
    pub fn is_bool(&self) -> bool {
        self.kind == OutputKind::Bool
    }
}

impl InputRole {
    /// True for what a call cannot replace.
    pub fn is_given(&self) -> bool {
        matches!(
            self,
            InputRole::Field { .. }
                | InputRole::Computed { .. }
                | InputRole::Time
                | InputRole::Interval { .. }
        )
    }

    /// True for what is passed like a parameter.
    pub fn is_operand(&self) -> bool {
        matches!(self, InputRole::Operand { .. } | InputRole::NumberOperand { .. } | InputRole::Condition)
    }
}

impl ParamSpec {
    /// Value used when a call names none.
    pub fn default_value(&self) -> ParamValue {
        match self.kind {
            ParamKind::Int { default, .. } => ParamValue::Int(default),
            ParamKind::Float { default, .. } => ParamValue::Float(default),
            ParamKind::Choice { default, .. } => ParamValue::Choice(default),
        }
    }

    /// The value that a text chooses, in any case, or the words that say what is accepted.
    pub fn choose(&self, text: &str) -> Result<ParamValue, String> {
        let ParamKind::Choice { accepted, .. } = self.kind else { return self.check(f64::NAN) };
        let found = accepted.iter().find(|one| one.eq_ignore_ascii_case(text));
        found.map(|one| ParamValue::Choice(one)).ok_or_else(|| one_of(accepted))
    }

    /// The value as this parameter's type, or the words that say what is accepted.
    ///
    /// A whole float serves where a whole number is needed; nothing is rounded.
    pub fn check(&self, value: f64) -> Result<ParamValue, String> {
        match self.kind {
            ParamKind::Int { min, max, .. } => {
                if value.fract() == 0.0 && (min as f64..=max as f64).contains(&value) {
                    Ok(ParamValue::Int(value as i64))
                } else {
                    Err(format!("a whole number from {min} to {max} is needed"))
                }
            }
            ParamKind::Float { min, max, .. } => {
                if value.is_finite() && (min..=max).contains(&value) {
                    Ok(ParamValue::Float(value))
                } else {
                    Err(format!("a number from {min} to {max} is needed"))
                }
            }
            ParamKind::Choice { accepted, .. } => Err(one_of(accepted)),
        }
    }
}

/// The words for what a choice accepts.
fn one_of(accepted: &[&str]) -> String {
    let quoted: Vec<_> = accepted.iter().map(|text| format!("\"{text}\"")).collect();
    match &quoted[..] {
        [one] => format!("{one} is needed"),
        quoted => format!("one of {} is needed", quoted.join(", ")),
    }
}

impl ParamValue {
    /// Bits that tell two values of one parameter apart; used in fingerprints.
    pub fn to_bits(self) -> u64 {
        match self {
            ParamValue::Int(v) => v as u64,
            ParamValue::Float(v) => v.to_bits(),
            // By the text: a choice that is added later changes nothing for the others.
            ParamValue::Choice(text) => text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            }),
        }
    }
}

/// As a text of the language writes it.
impl fmt::Display for ParamValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParamValue::Int(v) => write!(f, "{v}"),
            ParamValue::Float(v) => write!(f, "{v}"),
            ParamValue::Choice(text) => write!(f, "\"{text}\""),
        }
    }
}

impl Serialize for ParamValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ParamValue::Int(v) => serializer.serialize_i64(*v),
            ParamValue::Float(v) => serializer.serialize_f64(*v),
            ParamValue::Choice(text) => serializer.serialize_str(text),
        }
    }
}

/// Specs by name and alias.
#[derive(Clone, Debug)]
pub struct Catalog {
    specs: Vec<&'static IndicatorSpec>,
    by_name: WordMap<&'static str, &'static IndicatorSpec>,
}

impl Catalog {
    /// A catalogue of these specs.
    ///
    /// # Panics
    /// If a name or alias stands for two of them.
    pub fn new(specs: impl IntoIterator<Item = &'static IndicatorSpec>) -> Catalog {
        let specs: Vec<_> = specs.into_iter().collect();
        let mut by_name = WordMap::default();
        for spec in &specs {
            for name in std::iter::once(&spec.name).chain(spec.aliases) {
                assert!(by_name.insert(*name, *spec).is_none(), "two indicators are called `{name}`");
            }
        }
        Catalog { specs, by_name }
    }

    /// The spec called `name` (canonical or alias, any case).
    pub fn find(&self, name: &str) -> Option<&'static IndicatorSpec> {
        let found = self.by_name.get(name).copied();
        // All names are in lower case, and most are written so.
        let has_upper = || name.bytes().any(|letter| letter.is_ascii_uppercase());
        found.or_else(|| if has_upper() { self.find(&name.to_ascii_lowercase()) } else { None })
    }

    /// All specs, in the order of the list.
    pub fn specs(&self) -> &[&'static IndicatorSpec] {
        &self.specs
    }

    /// All names and aliases, sorted.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.by_name.keys().copied().collect();
        names.sort_unstable();
        names
    }
}
