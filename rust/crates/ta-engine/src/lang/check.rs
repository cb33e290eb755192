//! Whether the parts of an expression fit together.
//!
//! What passes can be planned: names are known, arguments are in range, every operand is one value. All problems are
//! reported, not the first alone.

use super::bind::{self, BoundInput, SELECT};
use super::chain::{LOOKS_AHEAD, MOST_ROWS};
use super::diagnostic::{Diagnostic, Diagnostics};
use super::function::is_map;
use super::ir::{
    AggregateOp, Call, Column, Expr, Kind, Loop, LoopValue, ShiftOp, SourceRef, TypeTag, UnaryOp, Value,
};
use super::loops::{series_type, settle_types};
use super::normalize::normalize_in_place;
use super::on::{FRESH, bind_fresh};
use super::recovery::is_unread;
use super::shift::{parse_shift, shorten};
use super::sources;
use super::suggest::did_you_mean;
use crate::catalog::{Catalog, IndicatorSpec, InputRole, OutputKind, OutputSpec};

/// Checks a normalised expression.
pub fn check(expr: &Expr, catalog: &Catalog) -> Result<(), Diagnostics> {
    check_all([expr], &[], catalog)
}

/// An expression in normal form, checked together with those parts of it that constants leave without effect.
pub fn check_normal(expr: &Expr, catalog: &Catalog) -> Result<Expr, Diagnostics> {
    let (mut normal, mut decided) = (expr.clone(), Vec::new());
    normalize_in_place(&mut normal, &mut decided);
    settle_types(&mut normal, catalog);
    check_all([&normal], &decided, catalog)?;
    Ok(normal)
}

/// Checks normalised expressions of one text, and operands that constants left without effect; what several of them share is
/// reported once.
pub(super) fn check_all<'e>(
    exprs: impl IntoIterator<Item = &'e Expr>,
    decided: &'e [Expr],
    catalog: &'e Catalog,
) -> Result<(), Diagnostics> {
    let mut checker = Checker { catalog, problems: Vec::new(), loops: Vec::new(), is_decided: false };
    for expr in exprs {
        checker.node(expr);
    }
    checker.is_decided = true;
    for operand in decided {
        checker.operand(operand);
    }
    let mut problems = checker.problems;
    problems.sort_by_key(|p| p.span);
    problems.dedup();
    Diagnostics::from_list(problems).map_or(Ok(()), Err)
}

/// The type of a checked expression; [`TypeTag::Unknown`] where it has several values or names nothing known.
pub fn type_of(expr: &Expr, catalog: &Catalog) -> TypeTag {
    match &expr.kind {
        Kind::Literal(Value::Bool(_)) => TypeTag::ScalarBool,
        Kind::Literal(Value::Int(_) | Value::Float(_)) => TypeTag::ScalarNumber,
        Kind::Literal(Value::None | Value::Text(_)) => TypeTag::Unknown,
        Kind::SourceRef(source) if is_unread(source) => TypeTag::Unknown,
        Kind::SourceRef(source) if source.column == Some(Column::Bool) => TypeTag::SeriesBool,
        Kind::SourceRef(_) | Kind::Aggregate { .. } => TypeTag::SeriesNumber,
        Kind::Call(call) if call.name == SELECT => TypeTag::SeriesNumber,
        Kind::Call(call) if call.name == FRESH => TypeTag::SeriesBool,
        Kind::Call(call) => match catalog.find(&call.name) {
            Some(spec) => match (spec.outputs, &call.output) {
                ([value], _) => series(value.is_bool() || is_like_truth(call, spec, catalog)),
                (_, Some(name)) => series(spec.output(name).is_some_and(OutputSpec::is_bool)),
                (_, None) => TypeTag::Unknown,
            },
            None => TypeTag::Unknown,
        },
        Kind::Binary { op, left, right } => {
            let is_scalar = type_of(left, catalog).is_scalar() && type_of(right, catalog).is_scalar();
            tag(is_scalar, op.is_comparison() || op.is_logical())
        }
        Kind::Unary { op, operand } => tag(type_of(operand, catalog).is_scalar(), *op == UnaryOp::Not),
        Kind::TimeShift { operation: Some(_), .. } => TypeTag::SeriesNumber,
        Kind::Filter { series: inner, .. } | Kind::TimeShift { series: inner, .. } => {
            series(type_of(inner, catalog).is_bool())
        }
        Kind::Index { expr, .. } => match type_of(expr, catalog) {
            TypeTag::Unknown => TypeTag::Unknown,
            tag => series(tag.is_bool()),
        },
        Kind::Loop(it) => series_type(it.meant(), catalog),
        Kind::Own(_) => expr.tag,
        Kind::Member { expr, member } => {
            let spec = match &expr.kind {
                Kind::Call(call) => catalog.find(&call.name),
                _ => None,
            };
            series(spec.and_then(|spec| spec.output(member)).is_some_and(OutputSpec::is_bool))
        }
    }
}

/// True where the type of a checked expression is one of truth values; looks no deeper than it must.
pub fn is_truth(expr: &Expr, catalog: &Catalog) -> bool {
    match &expr.kind {
        Kind::Binary { op, .. } => op.is_comparison() || op.is_logical(),
        Kind::Unary { op, .. } => *op == UnaryOp::Not,
        _ => type_of(expr, catalog).is_bool(),
    }
}

/// True where a call's value is like its operands and these are true or false.
fn is_like_truth(call: &Call, spec: &'static IndicatorSpec, catalog: &Catalog) -> bool {
    if spec.outputs[0].kind != OutputKind::Like {
        return false;
    }
    let Ok(binding) = bind::bind(call, spec) else { return false };
    let first = like_operands(&binding, spec).next();
    first.is_some_and(|(_, operand)| type_of(operand, catalog).is_bool())
}

/// The given operands that an output of the kind [`OutputKind::Like`] is like, with their names.
fn like_operands<'a>(
    binding: &bind::Binding<'a>,
    spec: &'static IndicatorSpec,
) -> impl Iterator<Item = (&'static str, &'a Expr)> {
    binding.inputs.iter().zip(spec.inputs).filter_map(|(bound, input)| match bound {
        BoundInput::Expr(expr) if input.role != InputRole::Condition => Some((input.name, *expr)),
        _ => None,
    })
}

/// The outputs of a call among which none is chosen; empty where there is one value.
pub fn open_outputs(expr: &Expr, catalog: &Catalog) -> Vec<&'static str> {
    match &expr.kind {
        Kind::Call(call) if call.output.is_none() && call.name != SELECT => match catalog.find(&call.name) {
            Some(spec) if spec.outputs.len() > 1 => spec.outputs.iter().map(|o| o.name).collect(),
            _ => vec![],
        },
        _ => vec![],
    }
}

fn series(is_bool: bool) -> TypeTag {
    tag(false, is_bool)
}

fn tag(is_scalar: bool, is_bool: bool) -> TypeTag {
    match (is_scalar, is_bool) {
        (true, true) => TypeTag::ScalarBool,
        (true, false) => TypeTag::ScalarNumber,
        (false, true) => TypeTag::SeriesBool,
        (false, false) => TypeTag::SeriesNumber,
    }
}

pub(super) struct Checker<'a> {
    pub(super) catalog: &'a Catalog,
    problems: Vec<Diagnostic>,
    /// The loops around this place that are computed in one go, each with the value whose part this is.
    pub(super) loops: Vec<(&'a Loop, &'a LoopValue)>,
    /// True where constants have left this without effect.
    pub(super) is_decided: bool,
}

impl<'a> Checker<'a> {
    fn node(&mut self, expr: &'a Expr) {
        if !self.loops.is_empty() {
            self.check_in_loop(expr);
        }
        match &expr.kind {
            Kind::Literal(_) => {}
            Kind::SourceRef(source) => self.source(expr, source),
            Kind::Call(call) => self.call(expr, call, false),
            Kind::Binary { left, right, .. } => {
                self.operand(left);
                self.operand(right);
            }
            Kind::Unary { operand, .. } => self.operand(operand),
            Kind::Filter { series, condition } => {
                self.operand(series);
                self.condition(condition);
            }
            Kind::Aggregate { series, operation, field } => {
                self.operand(series);
                self.aggregate(expr, series, operation, field.as_deref());
            }
            Kind::TimeShift { series, shift, operation } => {
                self.operand(series);
                self.shift(expr, shift, operation.as_deref());
            }
            Kind::Member { expr: inner, member } => self.member(expr, inner, member),
            Kind::Index { expr: inner, index } => {
                self.operand(inner);
                if !matches!(index.as_literal(), Some(Value::Int(0..=MOST_ROWS))) {
                    self.report(Diagnostic::mistyped(LOOKS_AHEAD, index.span.or(expr.span)));
                }
            }
            Kind::Loop(it) => self.check_loop(expr, it),
            Kind::Own(name) => self.check_own(expr, name),
        }
    }

    /// A node whose one value something else reads.
    pub(super) fn operand(&mut self, expr: &'a Expr) {
        if let Some(value @ (Value::None | Value::Text(_))) = expr.as_literal() {
            let message = format!("A value of type {} is no operand", value.type_name());
            self.report(
                Diagnostic::mistyped(message, expr.span).with_label("a number or a series is needed"),
            );
        }
        match &expr.kind {
            Kind::Call(call) => {
                if !self.loops.is_empty() {
                    self.check_in_loop(expr);
                }
                self.call(expr, call, true);
            }
            _ => self.node(expr),
        }
    }

    fn source(&mut self, expr: &Expr, source: &SourceRef) {
        let is_own = source.column.is_some() && source.symbol.is_some() && source.field.is_some();
        if is_own
            || is_unread(source)
            || is_map(expr)
            || source.source == sources::LITERAL && source.field.is_some()
        {
            return;
        }
        let Some(def) = sources::find_source(&source.source) else {
            let message = format!("Unknown source '{}'", shorten(&source.source));
            let names = sources::SOURCES.map(|s| s.name);
            self.report(
                Diagnostic::mistyped(message, expr.span)
                    .with_label(format!("accepted: {}", sources::source_list()))
                    .with_help(did_you_mean(&source.source, names)),
            );
            return;
        };
        if let Some(field) = &source.field
            && sources::find_readable_field(def.name, field).is_none()
        {
            self.report(invalid_field(expr, field, def.name));
        }
    }

    /// A call, of which something else may read one value.
    fn call(&mut self, expr: &'a Expr, call: &'a Call, is_operand: bool) {
        let spec = if call.name == SELECT { None } else { self.catalog.find(&call.name) };
        if let Some(spec) = spec
            && let [first, _, ..] = spec.outputs
            && is_operand
            && call.output.is_none()
        {
            let outputs: Vec<_> = spec.outputs.iter().map(|o| o.name).collect();
            let message = format!("{} gives several values: {}; choose one", call.name, outputs.join(", "));
            let label = format!("for example `.{}`", first.name);
            self.report(Diagnostic::mistyped(message, expr.span).with_label(label));
        }
        for argument in call.args.iter().chain(call.kwargs.iter().map(|(_, value)| value)) {
            // Text is right for parameters; the binder says where it is not.
            if argument.as_literal().is_none() {
                self.operand(argument);
            }
        }
        if call.name == SELECT {
            if let Err(problem) = bind::bind_select(call) {
                self.report(problem.at(expr.span));
            }
            return;
        }
        if call.name == FRESH {
            if bind_fresh(call).is_none() {
                let message = "[fresh] Two fields are needed: of the stream, and of the bars that look at it";
                self.report(Diagnostic::mistyped(message, expr.span));
            }
            return;
        }
        let Some(spec) = spec else {
            let message = format!("Unknown indicator: {}", shorten(&call.name));
            let help = did_you_mean(&call.name, self.catalog.names());
            self.report(Diagnostic::mistyped(message, expr.span).with_help(help));
            return;
        };
        match bind::bind_all(call, spec) {
            Ok(binding) => self.operands(&binding, spec),
            Err(problems) => problems.into_iter().for_each(|problem| self.report(problem.at(expr.span))),
        }
        if let Some(output) = &call.output {
            self.output(expr, spec, output);
        }
    }

    fn member(&mut self, expr: &'a Expr, inner: &'a Expr, member: &str) {
        // Not as an operand: choosing one of several values is what a member is for.
        self.node(inner);
        let spec = match &inner.kind {
            Kind::Call(call) if call.output.is_none() => self.catalog.find(&call.name),
            _ => None,
        };
        match (spec, &inner.kind) {
            (Some(spec), _) => self.output(expr, spec, member),
            // An unknown indicator is already reported.
            (None, Kind::Call(call)) if call.output.is_none() && call.name != SELECT => {}
            (None, Kind::SourceRef(source)) if is_unread(source) => {}
            _ => {
                let message = format!("'.{}' is no output: this value has no named outputs", shorten(member));
                self.report(Diagnostic::mistyped(message, expr.span));
            }
        }
    }

    fn output(&mut self, expr: &Expr, spec: &'static IndicatorSpec, name: &str) {
        let names: Vec<_> = spec.outputs.iter().map(|o| o.name).collect();
        if !names.contains(&name) {
            let message = format!("[{}] '{}' is no output of {}", spec.name, shorten(name), spec.name);
            self.report(
                Diagnostic::mistyped(message, expr.span)
                    .with_label(format!("accepted: {}", names.join(", ")))
                    .with_help(did_you_mean(name, names)),
            );
        }
    }

    /// What a binder cannot see: operands are checked already, each for itself.
    fn operands(&mut self, binding: &bind::Binding<'_>, spec: &'static IndicatorSpec) {
        for (bound, input) in binding.inputs.iter().zip(spec.inputs) {
            if let (BoundInput::Expr(condition), InputRole::Condition) = (bound, &input.role) {
                self.truth(condition);
            }
        }
        if spec.outputs[0].kind != OutputKind::Like {
            return;
        }
        let mut typed = like_operands(binding, spec)
            .map(|(name, operand)| (name, operand, type_of(operand, self.catalog)))
            .filter(|(_, _, tag)| *tag != TypeTag::Unknown);
        let Some((first, _, is)) = typed.next() else { return };
        let other = typed.find(|(_, _, tag)| tag.is_bool() != is.is_bool());
        if let Some((name, operand, _)) = other {
            let (one, another) =
                if is.is_bool() { ("true or false", "a number") } else { ("a number", "true or false") };
            let message = format!("[{}] '{first}' is {one} and '{name}' is {another}", spec.name);
            self.report(Diagnostic::mistyped(message, operand.span).with_label(format!("{one} is needed")));
        }
    }

    fn condition(&mut self, condition: &'a Expr) {
        self.truth(condition);
        match &condition.kind {
            Kind::Literal(_) => {}
            Kind::Binary { op, .. } if !op.is_comparison() && !op.is_logical() => self.node(condition),
            _ => self.operand(condition),
        }
    }

    /// Refuses conditions that are certainly numbers; what they are made of is not looked into.
    fn truth(&mut self, condition: &Expr) {
        let message = match &condition.kind {
            Kind::Literal(value) if !matches!(value, Value::Bool(_)) => {
                format!("Condition must be boolean, got {}", value.type_name())
            }
            Kind::Binary { op, .. } if !op.is_comparison() && !op.is_logical() => {
                format!("Condition uses non-boolean operator '{}'", op.symbol())
            }
            _ => return,
        };
        self.report(Diagnostic::mistyped(message, condition.span).with_label("a comparison is needed"));
    }

    fn aggregate(&mut self, expr: &Expr, series: &Expr, operation: &str, field: Option<&str>) {
        let Some(operation) = AggregateOp::from_name(operation) else {
            let known: Vec<_> = AggregateOp::ALL.iter().map(|o| o.name()).collect();
            let message = format!("Unknown operation '{}'", shorten(operation));
            self.report(
                Diagnostic::mistyped(message, expr.span)
                    .with_label(format!("accepted: {}", known.join(", "))),
            );
            return;
        };
        let source = aggregated_source(series);
        if source.as_ref().is_some_and(is_unread) {
            return;
        }
        match (field, source) {
            (Some(field), Some(source)) if source.column.is_some() => {
                let message = format!("Field '{}' cannot be chosen of a column", shorten(field));
                let label = "an aggregate of a column stands behind it, without a field";
                self.report(Diagnostic::mistyped(message, expr.span).with_label(label));
            }
            (Some(field), Some(source)) => {
                // A column of one's own stands alone in a rule; it is no field of the source before the dot.
                if sources::find_field(&source.source, field).is_none() {
                    self.report(invalid_field(expr, field, &source.source));
                } else if let Some(bare) = bare_field(series) {
                    let message = format!("Field '{}' cannot be chosen of '{bare}'", shorten(field));
                    let label = format!("a source has fields: `ohlcv.{}({field})`", operation.name());
                    self.report(Diagnostic::mistyped(message, expr.span).with_label(label));
                }
            }
            (Some(field), None) => {
                let message = format!("Field '{}' cannot be chosen of a computed value", shorten(field));
                let label = "only a source, filtered or not, has fields";
                self.report(Diagnostic::mistyped(message, expr.span).with_label(label));
            }
            (None, Some(source)) if source.field.is_none() && operation != AggregateOp::Count => {
                let message =
                    format!("Missing field: {}() of '{}' needs one", operation.name(), source.source);
                let label = format!("accepted: {}", sources::field_list(&source.source));
                self.report(Diagnostic::mistyped(message, expr.span).with_label(label));
            }
            (None, _) => {}
        }
    }

    fn shift(&mut self, expr: &Expr, shift: &str, operation: Option<&str>) {
        if shift.is_empty() {
            self.report(Diagnostic::mistyped("Missing shift value", expr.span));
        } else if let Err(reason) = parse_shift(shift) {
            let message = format!("Invalid time shift '{}'", shorten(shift));
            self.report(Diagnostic::mistyped(message, expr.span).with_help(reason));
        }
        if let Some(operation) = operation
            && ShiftOp::from_name(operation).is_none()
        {
            let known: Vec<_> = ShiftOp::ALL.iter().map(|o| o.name()).collect();
            let message = format!("Unknown operation '{}'", shorten(operation));
            self.report(
                Diagnostic::mistyped(message, expr.span)
                    .with_label(format!("accepted: {}", known.join(", "))),
            );
        }
    }

    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }
}

/// The source whose field an aggregate may choose: a reference or a bare field, seen through filters.
pub fn aggregated_source(series: &Expr) -> Option<SourceRef> {
    let mut node = series;
    loop {
        match &node.kind {
            Kind::SourceRef(source) => return Some((**source).clone()),
            Kind::Filter { series, .. } => node = series,
            Kind::Call(call) if call.name == SELECT => {
                return bind::bind_select(call).ok().map(|field| SourceRef::of("ohlcv", Some(field)));
            }
            _ => return None,
        }
    }
}

/// The bare field that an aggregate is of, seen through filters.
fn bare_field(series: &Expr) -> Option<String> {
    match &series.kind {
        Kind::Filter { series, .. } => bare_field(series),
        Kind::Call(call) if call.name == SELECT => bind::bind_select(call).ok().map(str::to_owned),
        _ => None,
    }
}

fn invalid_field(expr: &Expr, field: &str, source: &str) -> Diagnostic {
    let fields = sources::find_source(source).map(|s| s.fields).unwrap_or_default();
    let message = format!("Field '{}' is not valid for source '{source}'", shorten(field));
    Diagnostic::mistyped(message, expr.span)
        .with_label(format!("accepted: {}", sources::field_list(source)))
        .with_help(did_you_mean(field, fields.iter().copied()))
}
