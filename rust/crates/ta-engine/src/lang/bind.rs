//! Which argument of a call goes where.
//!
//! There is one binder, for the parser, the check and the planner, so that a call cannot mean different things to them.

use smallvec::SmallVec;

use super::diagnostic::{Diagnostic, DiagnosticKind};
use super::ir::{Call, Expr, Kind, Value};
use super::recovery::has_unread;
use super::shift::shorten;
use super::sources;
use super::span::Span;
use super::suggest::did_you_mean;
use crate::catalog::{IndicatorSpec, InputRole, InputSpec, OutputKind, ParamKind, ParamSpec, ParamValue};

/// The name of the call that reads a field of the bar; the language's own, not the catalogue's.
pub const SELECT: &str = "select";

/// A short list: as most calls need it, without memory of its own. (Each call of a rule is bound more than once.)
type Few<T> = SmallVec<[T; 4]>;

/// A call, bound: what each input reads and the value of each parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding<'a> {
    /// In the order of the spec's inputs.
    pub inputs: Few<BoundInput<'a>>,
    /// In the order of the spec's parameters; checked, defaults filled in.
    pub params: Few<ParamValue>,
}

/// What an input reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BoundInput<'a> {
    /// A field of the bar; may be a derived one.
    Field(&'static str),
    /// A value of the bar, as a text of the language says it.
    Computed(&'static str),
    /// An expression; a number literal is a constant.
    Expr(&'a Expr),
    /// The number that an operand is when it is left out.
    Number(f64),
    /// When the bar closes.
    Time,
    /// When the interval of this name began that the bar is part of.
    Interval(&'static str),
}

/// Something that takes an argument by position or by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    /// Index of an input with the role of an operand.
    Operand(usize),
    Param(usize),
    /// The text that names the field of the series input.
    Field,
    /// Index of an input that is a value of the bar unless it is given, by name alone.
    Own(usize),
}

/// Why arguments have no place.
pub(super) enum Misfit {
    TooMany { accepted: usize, span: Option<Span> },
    Unknown { name: String, span: Option<Span> },
    Twice { name: &'static str, span: Option<Span> },
    NoSeries { span: Option<Span> },
}

/// Arguments in their places.
struct Placed<'a> {
    series: Option<&'a Expr>,
    /// In the order of the slots.
    given: Few<(Slot, &'a Expr)>,
}

/// Binds the arguments of `call` to the inputs and parameters of `spec`; the first problem where they do not fit.
pub fn bind<'a>(call: &'a Call, spec: &'static IndicatorSpec) -> Result<Binding<'a>, Diagnostic> {
    bind_all(call, spec).map_err(|problems| problems.into_iter().next().expect("an error has a problem"))
}

/// [`bind`] with all problems.
pub(super) fn bind_all<'a>(
    call: &'a Call,
    spec: &'static IndicatorSpec,
) -> Result<Binding<'a>, Vec<Diagnostic>> {
    let placed = place(call, spec).map_err(|misfit| vec![misfit.describe(spec, DiagnosticKind::Type)])?;
    let mut params: Few<_> = spec.params.iter().map(ParamSpec::default_value).collect();
    let default = |input| default_input(input, placed.series);
    // What is missing is told below.
    let missing = BoundInput::Number(f64::NAN);
    let mut inputs: Few<_> = spec.inputs.iter().map(|input| default(input).unwrap_or(missing)).collect();
    let (mut problems, mut is_known) = (Vec::new(), true);
    for (slot, value) in placed.given.iter().copied() {
        let bound = match slot {
            Slot::Param(index) => {
                param_value(spec, &spec.params[index], value).map(|param| params[index] = param)
            }
            Slot::Operand(index) | Slot::Own(index) => {
                let bound = operand(spec, &spec.inputs[index], value);
                // A wrong one is not absent, too.
                inputs[index] = bound.as_ref().copied().unwrap_or(BoundInput::Expr(value));
                bound.map(|_| ())
            }
            // A place left empty moves what stands behind it.
            Slot::Field if placed.series.is_some() && call.args.iter().any(has_unread) => Ok(()),
            Slot::Field if placed.series.is_some() => {
                let message =
                    "the input is the first argument; it cannot be specified both there and by name";
                Err(complain(spec, message, value.span))
            }
            Slot::Field => named_field(spec, value).map(|bound| {
                let (index, _) = spec.series_input().expect("a field slot belongs to a series input");
                inputs[index] = bound;
            }),
        };
        if let Err(problem) = bound {
            is_known = false;
            // What could not be read may have been right.
            if !has_unread(value) {
                problems.push(problem);
            }
        }
    }
    for (input, bound) in spec.inputs.iter().zip(&mut inputs) {
        if let InputRole::Interval { by } = input.role
            && let Some(ParamValue::Choice(name)) = spec.param_index(by).map(|at| params[at])
        {
            *bound = BoundInput::Interval(name);
        }
    }
    if is_known && let Some(why) = (spec.refusal)(&params) {
        let span = call.args.first().and_then(|arg| arg.span);
        problems.push(complain(spec, why, span));
    }
    for (index, input) in spec.inputs.iter().enumerate() {
        let is_given = || placed.given.iter().any(|(slot, _)| *slot == Slot::Operand(index));
        if default(input).is_none() && !is_given() {
            let message = format!("Missing required parameter: {}", input.name);
            problems.push(complain(spec, message, None).with_label(accepted(spec)));
        }
    }
    match problems.is_empty() {
        true => Ok(Binding { inputs, params }),
        false => Err(problems),
    }
}

/// The field that a `select` call reads which names none.
pub(super) const SELECTED: &str = "close";

/// The field that a `select` call reads; `price` is the close.
pub fn bind_select(call: &Call) -> Result<&'static str, Diagnostic> {
    let stray = call.kwargs.iter().find(|(name, _)| name != "field");
    if let Some((name, value)) = stray {
        let message = format!("[select] Unknown keyword argument '{name}'");
        return Err(Diagnostic::mistyped(message, value.span).with_label("accepted: field"));
    }
    let given: Few<_> = call.args.iter().chain(call.kwargs.iter().map(|(_, value)| value)).collect();
    match given[..] {
        [] => Ok(SELECTED),
        [value] => select_field(value),
        _ => Err(Diagnostic::mistyped("[select] Too many positional arguments", None)),
    }
}

/// The canonical name of the argument called `name`, or what is accepted.
pub(super) fn canonical_keyword(spec: &IndicatorSpec, name: &str) -> Option<&'static str> {
    slot_called(spec, name).map(|slot| slot_name(spec, slot))
}

/// Gives their names to the fields of a call that begins with all that its indicator would read, in their order:
/// `atr(high, low, close, 14)` is `atr(14, high=high, low=low, close=close)`.
pub(super) fn name_fields(call: &mut Call, spec: &IndicatorSpec) {
    let is_other =
        |input: &InputSpec| input.role.is_operand() || matches!(input.role, InputRole::Series { .. });
    let fields: Few<_> =
        spec.inputs.iter().filter(|input| matches!(input.role, InputRole::Field { .. })).collect();
    let is_named = |field: &&InputSpec| call.kwargs.iter().any(|(name, _)| **name == *field.name);
    let first = call.args.get(..fields.len()).unwrap_or_default();
    if first.is_empty()
        || spec.inputs.iter().any(is_other)
        || first.iter().any(is_constant)
        || fields.iter().any(is_named)
    {
        return;
    }
    let parameters = call.args.split_off(fields.len());
    let values = std::mem::replace(&mut call.args, parameters);
    call.kwargs.extend(fields.iter().map(|field| field.name.into()).zip(values));
}

/// True for what is a value of a parameter if anything: `-1` and `2 * 7` are no data of a bar.
fn is_constant(value: &Expr) -> bool {
    match &value.kind {
        Kind::Literal(_) => true,
        Kind::Unary { .. } | Kind::Binary { .. } => value.children().into_iter().all(is_constant),
        _ => false,
    }
}

/// True where the argument called `name` is what an input reads.
pub(super) fn is_input(spec: &IndicatorSpec, name: &str) -> bool {
    matches!(slot_called(spec, name), Some(Slot::Operand(_) | Slot::Own(_)))
}

/// True where the argument in this place is what an input reads, whatever stands there.
pub(super) fn is_value_place(spec: &IndicatorSpec, place: usize) -> bool {
    match slots(spec).nth(place) {
        Some(Slot::Operand(_)) => true,
        _ => place == 0 && spec.series_input().is_some(),
    }
}

fn slot_called(spec: &IndicatorSpec, name: &str) -> Option<Slot> {
    let is_it =
        |slot: &Slot| !matches!(slot, Slot::Param(_)) && slot_name(spec, *slot).eq_ignore_ascii_case(name);
    let own = || {
        let is_it = |input: &InputSpec| {
            matches!(input.role, InputRole::Field { .. } | InputRole::Computed { .. })
                && input.name.eq_ignore_ascii_case(name)
        };
        spec.inputs.iter().position(is_it).map(Slot::Own)
    };
    slots(spec).find(is_it).or_else(|| spec.param_index(name).map(Slot::Param)).or_else(own)
}

/// How many arguments a call has by position where all are given: a series, operands, parameters.
pub(super) fn usual_arguments(spec: &IndicatorSpec) -> usize {
    let given = spec.inputs.iter().filter(|input| !input.role.is_given());
    given.count() + spec.params.len()
}

/// Finds what is wrong with the number and names of arguments, before their values are looked at.
pub(super) fn misfit(call: &Call, spec: &'static IndicatorSpec) -> Option<Misfit> {
    // No more by place than there are places, and none by name: the usual call.
    let operands = spec.inputs.iter().filter(|input| input.role.is_operand()).count();
    let has_series = call.args.first().is_some_and(|first| first.as_literal().is_none() && operands == 0);
    let series = usize::from(has_series && spec.series_input().is_some());
    let is_usual = call.kwargs.is_empty() && (!has_series || series == 1);
    if is_usual && call.args.len() <= series + operands + spec.params.len() {
        return None;
    }
    place(call, spec).err()
}

impl Misfit {
    /// The words for it in a phase.
    pub(super) fn describe(self, spec: &'static IndicatorSpec, kind: DiagnosticKind) -> Diagnostic {
        let names = accepted_names(spec);
        let is_parse = kind == DiagnosticKind::Parse;
        let (message, span) = match &self {
            Misfit::TooMany { accepted, span } => {
                (format!("Too many positional arguments: {accepted} are accepted"), *span)
            }
            Misfit::Unknown { name, span } if is_parse => (format!("Unknown parameter '{name}'"), *span),
            Misfit::Unknown { name, span } => (format!("Unknown keyword argument '{name}'"), *span),
            Misfit::Twice { name, span } => (
                format!(
                    "Parameter '{name}' specified both positionally and as keyword; it cannot be specified both ways"
                ),
                *span,
            ),
            Misfit::NoSeries { span } => {
                (format!("{} takes no input series: it reads {}", spec.name, fields_read(spec)), *span)
            }
        };
        let help = match &self {
            Misfit::Unknown { name, .. } => did_you_mean(name, names),
            _ => None,
        };
        let message = format!("[{}] {message}", spec.name);
        Diagnostic::new(kind, message, span).with_label(accepted(spec)).with_help(help)
    }
}

/// What a call of `spec` accepts, in words: `accepted: period (alias lookback), source`.
pub(super) fn accepted(spec: &IndicatorSpec) -> String {
    let mut parts = Vec::new();
    for slot in slots(spec) {
        match slot {
            Slot::Operand(index) => parts.push(spec.inputs[index].name.to_owned()),
            Slot::Field => parts.extend(field_param(spec).map(str::to_owned)),
            Slot::Own(_) => {}
            Slot::Param(index) => {
                let param = &spec.params[index];
                parts.push(match param.aliases {
                    [] => param.name.to_owned(),
                    [alias] => format!("{} (alias {alias})", param.name),
                    aliases => format!("{} (aliases {})", param.name, aliases.join(", ")),
                });
            }
        }
    }
    if parts.is_empty() && spec.series_input().is_some() {
        "accepted: a series".to_owned()
    } else if parts.is_empty() {
        "accepted: no arguments".to_owned()
    } else {
        format!("accepted: {}", parts.join(", "))
    }
}

fn accepted_names(spec: &'static IndicatorSpec) -> Vec<&'static str> {
    let params = spec.params.iter().flat_map(|p| std::iter::once(p.name).chain(p.aliases.iter().copied()));
    let operands = spec.inputs.iter().filter(|i| i.role.is_operand()).map(|i| i.name);
    params.chain(operands).chain(field_param(spec)).collect()
}

fn fields_read(spec: &IndicatorSpec) -> String {
    let fields: Vec<_> = spec
        .inputs
        .iter()
        .filter_map(|input| match input.role {
            InputRole::Field { field } => Some(field),
            _ => None,
        })
        .collect();
    fields.join(", ")
}

fn complain(spec: &IndicatorSpec, message: impl std::fmt::Display, span: Option<Span>) -> Diagnostic {
    Diagnostic::mistyped(format!("[{}] {message}", spec.name), span)
}

/// What takes arguments, in positional order: operands, parameters, the name of the field.
fn slots(spec: &IndicatorSpec) -> impl Iterator<Item = Slot> {
    let operands = spec
        .inputs
        .iter()
        .enumerate()
        .filter(|(_, input)| input.role.is_operand())
        .map(|(index, _)| Slot::Operand(index));
    let params = (0..spec.params.len()).map(Slot::Param);
    operands.chain(params).chain(field_param(spec).map(|_| Slot::Field))
}

fn field_param(spec: &IndicatorSpec) -> Option<&'static str> {
    match spec.series_input()?.1.role {
        InputRole::Series { field_param, .. } => field_param,
        _ => None,
    }
}

fn slot_name(spec: &IndicatorSpec, slot: Slot) -> &'static str {
    match slot {
        Slot::Operand(index) | Slot::Own(index) => spec.inputs[index].name,
        Slot::Param(index) => spec.params[index].name,
        Slot::Field => field_param(spec).expect("a field slot has a name"),
    }
}

fn place<'a>(call: &'a Call, spec: &'static IndicatorSpec) -> Result<Placed<'a>, Misfit> {
    let mut slots = slots(spec).peekable();
    let has_operands = matches!(slots.peek(), Some(Slot::Operand(_)));
    let mut positional = &call.args[..];
    let mut series = None;
    if let Some((first, rest)) = call.args.split_first()
        && (first.as_literal().is_none() || is_constant_series(spec, first))
    {
        if spec.series_input().is_some() {
            series = Some(first);
            positional = rest;
        } else if !has_operands {
            return Err(Misfit::NoSeries { span: first.span });
        }
    }
    let mut given: Few<(Slot, &Expr)> = Few::new();
    for value in positional {
        let Some(slot) = slots.next() else {
            return Err(Misfit::TooMany { accepted: given.len(), span: value.span });
        };
        given.push((slot, value));
    }
    for (name, value) in &call.kwargs {
        let Some(slot) = slot_called(spec, name) else {
            return Err(Misfit::Unknown { name: name.to_string(), span: value.span });
        };
        if given.iter().any(|(before, _)| *before == slot) {
            return Err(Misfit::Twice { name: slot_name(spec, slot), span: value.span });
        }
        given.push((slot, value));
    }
    // What is computed of the bar's fields is of those that are given.
    let is_given = |index: usize| given.iter().any(|(slot, _)| *slot == Slot::Own(index));
    let of_role = |is_it: fn(&InputRole) -> bool| {
        spec.inputs.iter().enumerate().filter(move |(_, input)| is_it(&input.role))
    };
    let has_bars = of_role(|role| matches!(role, InputRole::Field { .. })).all(|(index, _)| is_given(index));
    let stray = of_role(|role| matches!(role, InputRole::Computed { .. }))
        .find(|(index, _)| is_given(*index) && !has_bars);
    if let Some((index, input)) = stray {
        let span = given.iter().find(|(slot, _)| *slot == Slot::Own(index)).and_then(|(_, value)| value.span);
        return Err(Misfit::Unknown { name: input.name.to_owned(), span });
    }
    given.sort_unstable_by_key(|(slot, _)| *slot);
    Ok(Placed { series, given })
}

/// True for a number where nothing but a series is taken: `log(2)` is of a series that is 2 on every bar.
fn is_constant_series(spec: &IndicatorSpec, first: &Expr) -> bool {
    let is_number = first.as_literal().is_some_and(|value| value.as_number().is_some());
    is_number && spec.params.is_empty() && spec.series_input().is_some() && slots(spec).next().is_none()
}

/// What an input reads where no operand is given; `None` where one must be.
fn default_input<'a>(input: &InputSpec, series: Option<&'a Expr>) -> Option<BoundInput<'a>> {
    match input.role {
        InputRole::Field { field } => Some(BoundInput::Field(field)),
        InputRole::Computed { of } => Some(BoundInput::Computed(of)),
        InputRole::Series { default, .. } => {
            Some(series.map_or(BoundInput::Field(default), BoundInput::Expr))
        }
        InputRole::Operand { default } => default.map(BoundInput::Field),
        InputRole::NumberOperand { default } => Some(BoundInput::Number(default)),
        InputRole::Condition => None,
        InputRole::Time => Some(BoundInput::Time),
        // Which one is known with the parameters.
        InputRole::Interval { .. } => Some(BoundInput::Interval("first")),
    }
}

fn operand<'a>(
    spec: &IndicatorSpec,
    input: &InputSpec,
    value: &'a Expr,
) -> Result<BoundInput<'a>, Diagnostic> {
    let accepts_truth = input.role == InputRole::Condition || spec.outputs[0].kind == OutputKind::Like;
    match value.as_literal() {
        Some(Value::Bool(_)) if accepts_truth => Ok(BoundInput::Expr(value)),
        Some(literal) if literal.as_number().is_none() => {
            let message = format!(
                "Parameter '{}' expects a Series or a number, got {}",
                input.name,
                literal.type_name()
            );
            Err(complain(spec, message, value.span).with_label("a series or a number is needed"))
        }
        _ => Ok(BoundInput::Expr(value)),
    }
}

fn named_field(spec: &IndicatorSpec, value: &Expr) -> Result<BoundInput<'static>, Diagnostic> {
    let name = field_param(spec).expect("a field slot has a name");
    match value.as_literal() {
        Some(Value::Text(text)) => Ok(BoundInput::Field(read_field(spec.name, text, value.span)?)),
        Some(literal) => {
            let message = format!("Parameter '{name}' expects str, got {}", literal.type_name());
            Err(complain(spec, message, value.span).with_label("the name of a field in quotes is needed"))
        }
        None => {
            let message = format!("Parameter '{name}' expects a scalar: the name of a field in quotes");
            let help = format!("a series is the first argument: {}(series, ...)", spec.name);
            Err(complain(spec, message, value.span).with_help(help))
        }
    }
}

fn select_field(value: &Expr) -> Result<&'static str, Diagnostic> {
    match value.as_literal() {
        Some(Value::Text(text)) => read_field(SELECT, text, value.span),
        Some(literal) => {
            let message = format!("[select] Parameter 'field' expects str, got {}", literal.type_name());
            Err(Diagnostic::mistyped(message, value.span))
        }
        None => Err(Diagnostic::mistyped(
            "[select] Parameter 'field' expects a scalar: a name in quotes",
            value.span,
        )),
    }
}

fn read_field(who: &str, text: &str, span: Option<Span>) -> Result<&'static str, Diagnostic> {
    match sources::find_default_field(text) {
        Some("price") => Ok("close"),
        Some(field) => Ok(field),
        None => {
            let message = format!("[{who}] Field '{text}' is not valid for source 'ohlcv'");
            Err(Diagnostic::mistyped(message, span)
                .with_label(format!("accepted: {}", sources::field_list("ohlcv")))
                .with_help(did_you_mean(text, sources::default_field_names())))
        }
    }
}

fn param_value(spec: &IndicatorSpec, param: &ParamSpec, value: &Expr) -> Result<ParamValue, Diagnostic> {
    let (expected, min) = match param.kind {
        ParamKind::Int { min, .. } => ("int", min as f64),
        ParamKind::Float { min, .. } => ("float", min),
        ParamKind::Choice { accepted, .. } => return chosen(spec, param, accepted, value),
    };
    let name = param.name;
    let Some(literal) = value.as_literal() else {
        let message = format!("Parameter '{name}' expects a scalar ({expected}), got an expression");
        // Of two series where a window of one is: the greater of two values is another function.
        let of_two =
            [("max", "greatest"), ("min", "least")].into_iter().find(|(window, _)| *window == spec.name);
        let help = of_two.map(|(_, of_two)| format!("of two values it is `{of_two}(a, b)`"));
        return Err(complain(spec, message, value.span).with_label("a number is needed").with_help(help));
    };
    let Some(number) = literal.as_number() else {
        let message = format!("Parameter '{name}' expects {expected}, got {}", literal.type_name());
        return Err(complain(spec, message, value.span).with_label(range(param)));
    };
    param.check(number).map_err(|range| {
        let message = if number <= 0.0 && min > 0.0 {
            format!("Parameter '{name}' must be positive: it is {number}; {range}")
        } else if expected == "int" && number.fract() != 0.0 {
            format!("Parameter '{name}' expects int, got float: it is {number}; {range}")
        } else {
            format!("Parameter '{name}' is {number}; {range}")
        };
        complain(spec, message, value.span).with_label(range)
    })
}

fn chosen(
    spec: &IndicatorSpec,
    param: &ParamSpec,
    accepted: &'static [&'static str],
    value: &Expr,
) -> Result<ParamValue, Diagnostic> {
    let name = param.name;
    match value.as_literal() {
        Some(Value::Text(text)) => param.choose(text).map_err(|accepts| {
            let message = format!("Parameter '{name}' is '{}'; {accepts}", shorten(text));
            complain(spec, message, value.span)
                .with_label(accepts)
                .with_help(did_you_mean(text, accepted.iter().copied()))
        }),
        Some(literal) => {
            let message = format!("Parameter '{name}' expects str, got {}", literal.type_name());
            Err(complain(spec, message, value.span).with_label(range(param)))
        }
        None => {
            let message = format!("Parameter '{name}' expects a scalar: a text in quotes, got an expression");
            Err(complain(spec, message, value.span).with_label(range(param)))
        }
    }
}

/// The accepted range in words; a value that no range holds makes the parameter say it.
fn range(param: &ParamSpec) -> String {
    param.check(f64::NAN).expect_err("no range holds NaN")
}
