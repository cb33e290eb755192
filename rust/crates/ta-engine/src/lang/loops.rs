//! Loops: values that see their own past, and what may stand between them.
//!
//! ```text
//! let stop = if(close > stop[1], greatest(stop[1], close - reach), close + reach) from close - reach;
//! ```
//! A loop in a part of another one that reads it belongs to it: both are computed in one go, as if they had been written
//! side by side.

use std::collections::HashSet;

use super::check::{Checker, type_of};
use super::diagnostic::Diagnostic;
use super::ir::{Call, Expr, Kind, Loop, LoopValue, Name, TypeTag, Value, named};
use super::shift::shorten;
use super::span::Span;
use crate::catalog::Catalog;

/// Most bars that the values of a loop may look back, all of them together.
pub(crate) const MOST_DEPTH: usize = 4_096;

named! {
    /// An indicator that looks at each bar alone, and so may stand in a loop; called as its kernel.
    Pointwise {
        /// Magnitude.
        Abs = "abs",
        /// Sign.
        Signum = "signum",
        /// Square root.
        Sqrt = "sqrt",
        /// Natural logarithm.
        Log = "log",
        /// Exponential.
        Exp = "exp",
        /// Next whole number below.
        Floor = "floor",
        /// Next whole number above.
        Ceil = "ceil",
        /// Nearest whole number.
        Round = "round",
        /// The greater.
        Greatest = "greatest",
        /// The lesser.
        Least = "least",
        /// The first, where it is there.
        Nz = "nz",
        /// One of two, as a condition says.
        IfElse = "if_else",
    }
}

named! {
    /// A crossing: comparisons with the bar before, and so no stranger to a loop either.
    Crossing {
        /// From below to above.
        Up = "crossup",
        /// From above to below.
        Down = "crossdown",
        /// Either.
        Either = "cross",
    }
}

/// True where a tree reads values of a loop that stands around it.
pub(crate) fn reads_loop(expr: &Expr) -> bool {
    fn reads<'e>(expr: &'e Expr, inner: &mut Vec<&'e Loop>) -> bool {
        match &expr.kind {
            Kind::Own(name) => !inner.iter().any(|it| it.values.iter().any(|value| value.name == *name)),
            Kind::Loop(it) => {
                inner.push(it);
                let found = it.values.iter().flat_map(LoopValue::parts).any(|part| reads(part, inner));
                inner.pop();
                found
            }
            _ => expr.children().into_iter().any(|child| reads(child, inner)),
        }
    }
    reads(expr, &mut Vec::new())
}

/// A loop with those loops in its parts that read it: all values that are computed in one go.
pub(crate) struct Joined<'e> {
    scopes: Vec<Scope<'e>>,
    /// Each with the scope that its parts are read in.
    pub(crate) values: Vec<(&'e LoopValue, usize)>,
}

struct Scope<'e> {
    it: &'e Loop,
    parent: Option<usize>,
    /// Place of its first value.
    first: usize,
}

impl<'e> Joined<'e> {
    /// All values of a loop.
    pub(crate) fn of(it: &'e Loop) -> Joined<'e> {
        let mut joined = Joined { scopes: Vec::new(), values: Vec::new() };
        joined.enter(it, None);
        joined
    }

    fn enter(&mut self, it: &'e Loop, parent: Option<usize>) {
        let scope = self.scopes.len();
        self.scopes.push(Scope { it, parent, first: self.values.len() });
        self.values.extend(it.values.iter().map(|value| (value, scope)));
        for part in it.values.iter().flat_map(LoopValue::parts) {
            self.enter_inner(part, scope);
        }
    }

    fn enter_inner(&mut self, expr: &'e Expr, scope: usize) {
        match &expr.kind {
            Kind::Loop(it) if reads_loop(expr) => self.enter(it, Some(scope)),
            Kind::Loop(_) => {}
            _ => expr.children().into_iter().for_each(|child| self.enter_inner(child, scope)),
        }
    }

    /// The value that a name means in a scope.
    pub(crate) fn find(&self, name: &str, scope: usize) -> Option<usize> {
        let mut next = Some(scope);
        while let Some(at) = next {
            let Scope { it, parent, first } = &self.scopes[at];
            if let Some(place) = it.values.iter().position(|value| value.name == name) {
                return Some(first + place);
            }
            next = *parent;
        }
        None
    }

    /// The value that is meant by a loop in some part, where that loop is one of these.
    pub(crate) fn meant(&self, it: &Loop) -> Option<usize> {
        let scope = self.scopes.iter().find(|scope| std::ptr::eq(scope.it, it))?;
        Some(scope.first + it.chosen)
    }

    /// Every reading of a value in a tree: which, how many bars back, and where.
    fn each_use(
        &self,
        expr: &Expr,
        back: usize,
        scope: usize,
        see: &mut impl FnMut(usize, usize, Option<Span>),
    ) {
        self.each_use_once(expr, back, scope, &mut HashSet::new(), see);
    }

    /// [`each_use`](Joined::each_use) of a tree that was not seen so many bars back: crossings read theirs twice.
    fn each_use_once(
        &self,
        expr: &Expr,
        back: usize,
        scope: usize,
        seen: &mut HashSet<(*const Expr, usize)>,
        see: &mut impl FnMut(usize, usize, Option<Span>),
    ) {
        if !seen.insert((std::ptr::from_ref(expr), back)) {
            return;
        }
        match &expr.kind {
            Kind::Own(name) => {
                if let Some(value) = self.find(name, scope) {
                    see(value, back, expr.span);
                }
            }
            Kind::Loop(it) => {
                if let Some(value) = self.meant(it) {
                    see(value, back, expr.span);
                }
            }
            Kind::Index { expr, index } => {
                // What is no number of rows is told where it is checked; no bar before is read by it.
                let rows = rows_of(index).unwrap_or(0);
                self.each_use_once(expr, back.saturating_add(rows), scope, seen, see);
            }
            Kind::Call(call) if crossing_of(call).is_some() => {
                for argument in expr.children() {
                    self.each_use_once(argument, back, scope, seen, see);
                    self.each_use_once(argument, back.saturating_add(1), scope, seen, see);
                }
            }
            _ => {
                let children = expr.children().into_iter();
                children.for_each(|child| self.each_use_once(child, back, scope, seen, see));
            }
        }
    }
}

/// The crossing that a call is.
pub(crate) fn crossing_of(call: &Call) -> Option<Crossing> {
    Crossing::from_name(&call.name)
}

/// How many rows an index looks back; `None` for what is no number of rows.
pub(crate) fn rows_of(index: &Expr) -> Option<usize> {
    match index.as_literal() {
        Some(Value::Int(rows)) => usize::try_from(*rows).ok(),
        _ => None,
    }
}

/// Gives the values of a loop the names they are to have instead of those that no text can have: where another loop stands
/// between a name and what it means, and has a value of the same name, a number is added.
pub(super) fn name_values(values: &mut [LoopValue], wanted: &[&str]) {
    for at in 0..values.len() {
        let old = values[at].name.clone();
        let mut between: Vec<Name> = Vec::new();
        for part in values.iter().flat_map(LoopValue::parts) {
            names_between(part, &old, &mut Vec::new(), &mut between);
        }
        let is_free = |name: &str| {
            !values.iter().any(|value| value.name == name) && !between.iter().any(|known| known == name)
        };
        let numbered = (2_usize..).map(|number| format!("{}_{number}", wanted[at]));
        let new = std::iter::once(wanted[at].to_owned()).chain(numbered).find(|name| is_free(name));
        let new: Name = new.expect("numbers do not end").into();
        values[at].name = new.clone();
        for part in values.iter_mut().flat_map(LoopValue::parts_mut) {
            each_own(part, &old, &mut |own| own.kind = Kind::Own(new.clone()));
        }
    }
}

/// The names of the values of loops that stand between the readings of a value and the root.
fn names_between(expr: &Expr, name: &str, inner: &mut Vec<Name>, found: &mut Vec<Name>) {
    match &expr.kind {
        Kind::Own(own) if own == name => found.extend(inner.iter().cloned()),
        Kind::Loop(it) => {
            let before = inner.len();
            inner.extend(it.values.iter().map(|value| value.name.clone()));
            it.values
                .iter()
                .flat_map(LoopValue::parts)
                .for_each(|part| names_between(part, name, inner, found));
            inner.truncate(before);
        }
        _ => expr.children().into_iter().for_each(|child| names_between(child, name, inner, found)),
    }
}

/// Every reading of a value by this name, but where another loop has a value of this name.
fn each_own(expr: &mut Expr, name: &str, change: &mut impl FnMut(&mut Expr)) {
    match &mut expr.kind {
        Kind::Own(own) if own == name => change(expr),
        Kind::Loop(it) if it.values.iter().any(|value| value.name == name) => {}
        _ => expr.children_mut().into_iter().for_each(|child| each_own(child, name, change)),
    }
}

/// Tells every reading of a loop's value whether it is true or false, or a number: as what it was before the first bar is.
pub(crate) fn settle_types(expr: &mut Expr, catalog: &Catalog) {
    if let Kind::Loop(it) = &mut expr.kind {
        let mut known = vec![TypeTag::Unknown; it.values.len()];
        // A beginning may be another value's: each round knows one more at least, or all that can be known.
        let mut is_settled = false;
        while !std::mem::replace(&mut is_settled, true) {
            for (at, known) in known.iter_mut().enumerate().filter(|(_, tag)| **tag == TypeTag::Unknown) {
                let value = &it.values[at];
                *known = series_type(value, catalog);
                if *known == TypeTag::Unknown {
                    continue;
                }
                is_settled = false;
                let (name, tag) = (value.name.clone(), *known);
                for part in it.values.iter_mut().flat_map(LoopValue::parts_mut) {
                    each_own(part, &name, &mut |own| own.tag = tag);
                }
            }
        }
    }
    expr.children_mut().into_iter().for_each(|child| settle_types(child, catalog));
}

/// The type of a value that sees its own past: that of what it begins as.
pub(super) fn series_type(value: &LoopValue, catalog: &Catalog) -> TypeTag {
    match type_of(value.first.as_ref().unwrap_or(&value.body), catalog) {
        TypeTag::Unknown => TypeTag::Unknown,
        tag if tag.is_bool() => TypeTag::SeriesBool,
        _ => TypeTag::SeriesNumber,
    }
}

impl<'e> Checker<'e> {
    /// A loop: its parts each for itself, and whether they fit together.
    pub(super) fn check_loop(&mut self, expr: &'e Expr, it: &'e Loop) {
        let is_inner = !self.loops.is_empty() && reads_loop(expr);
        let around = if is_inner { Vec::new() } else { std::mem::take(&mut self.loops) };
        for value in &it.values {
            self.loops.push((it, value));
            value.parts().for_each(|part| self.operand(part));
            self.loops.pop();
            self.check_value_types(value);
        }
        if !is_inner {
            self.loops = around;
            self.check_uses(&Joined::of(it), expr.span);
        }
    }

    /// A reading of a value: of a loop around it.
    pub(super) fn check_own(&mut self, expr: &Expr, name: &str) {
        let is_known = self.loops.iter().any(|(it, _)| it.values.iter().any(|value| value.name == name));
        // Names that no text has stand in what could not be read, parts without effect have no loop around them any more.
        if !is_known && !self.is_decided && !name.contains(OPEN) {
            let message = format!("'{}' is the value of a loop that does not stand around it", shorten(name));
            self.report(Diagnostic::mistyped(message, expr.span));
        }
    }

    fn check_value_types(&mut self, value: &LoopValue) {
        let name = shorten(&value.name);
        let kind = |tag: TypeTag| if tag.is_bool() { "true or false" } else { "a number" };
        let body = type_of(&value.body, self.catalog);
        if let Some(first) = &value.first {
            let from = type_of(first, self.catalog);
            if from != TypeTag::Unknown && body != TypeTag::Unknown && from.is_bool() != body.is_bool() {
                let message = format!("'{name}' is {} and begins as {}", kind(body), kind(from));
                let problem = Diagnostic::mistyped(message, value.body.span)
                    .with_label(format!("{} is needed", kind(from)));
                self.report(match first.span {
                    Some(span) => problem.with_other(span, "what it begins as"),
                    None => problem,
                });
            }
        }
        if let Some(restart) = &value.restart {
            let tag = type_of(restart, self.catalog);
            if tag != TypeTag::Unknown && !tag.is_bool() {
                let message =
                    format!("'{name}' begins again when something is true, not when it is a number");
                self.report(Diagnostic::mistyped(message, restart.span).with_label("a comparison is needed"));
            }
            if value.first.is_none() {
                let message = format!("'{name}' begins again, and nothing says as what");
                self.report(
                    Diagnostic::mistyped(message, restart.span).with_label("write `from ...` in front of it"),
                );
            }
        }
    }

    /// Whether each past that is read has a beginning, all of them are short enough, and no value needs itself.
    fn check_uses(&mut self, joined: &Joined<'_>, span: Option<Span>) {
        let count = joined.values.len();
        // What each value needs of its bar; behind them what each past does: the beginning, and when it begins again; and
        // behind those the same of the pasts as they stand before anything begins again: the beginning alone.
        let mut needs: Vec<Vec<(usize, Option<Span>)>> = vec![Vec::new(); 3 * count];
        let mut depths = vec![(0_usize, None); count];
        let mut without_first: Vec<(usize, Option<Span>)> = Vec::new();
        for (at, (value, scope)) in joined.values.iter().enumerate() {
            let body = std::iter::once((&value.body, vec![at], count));
            let first = value.first.iter().map(|first| (first, vec![count + at, 2 * count + at], count));
            let restart = value.restart.iter().map(|restart| (restart, vec![count + at], 2 * count));
            for (part, readers, pasts) in body.chain(first).chain(restart) {
                joined.each_use(part, 0, *scope, &mut |used, back, place| {
                    let needed = if back == 0 { used } else { pasts + used };
                    readers.iter().for_each(|reader| needs[*reader].push((needed, place)));
                    if back > depths[used].0 {
                        depths[used] = (back, place);
                    }
                    if back > 0 && joined.values[used].0.first.is_none() {
                        without_first.push((used, place));
                    }
                });
            }
        }
        without_first.dedup_by_key(|(used, _)| *used);
        for (used, place) in without_first {
            let value = joined.values[used].0;
            let name = shorten(&value.name);
            let message =
                format!("`{name}` looks at its own past: say what it is before the first bar, `from ...`");
            let problem = Diagnostic::name(message, place).with_label("a value of a bar before");
            self.report(match value.body.span {
                Some(body) => problem.with_other(body, "write `from ...` behind it"),
                None => problem,
            });
        }
        let depth = depths.iter().map(|(back, _)| *back).fold(0, usize::saturating_add);
        if depth > MOST_DEPTH {
            let place = depths.iter().max_by_key(|(back, _)| *back).and_then(|(_, place)| *place).or(span);
            let message = format!("A loop may look back {MOST_DEPTH} bars in all, and this one does {depth}");
            self.report(Diagnostic::mistyped(message, place).with_label("look back less far"));
        }
        for circle in circles(&needs) {
            let (last, place) = circle[circle.len() - 1];
            let name = |at: usize| shorten(&joined.values[at % count].0.name);
            let mut names: Vec<_> = circle.iter().map(|(at, _)| name(*at)).collect();
            names.insert(0, name(last));
            names.dedup();
            if names.len() == 1 {
                names.push(name(last));
            }
            let (shown, way) = (name(last), names.join(" -> "));
            let is_of_beginning = circle.iter().any(|(at, _)| *at >= count);
            let (advice, label) = match is_of_beginning {
                true => ("what it was before may not need it".to_owned(), "needed where history begins"),
                false => (format!("write `{shown}[1]`"), "the value of the bar before is there already"),
            };
            let message = format!("`{shown}` needs its own value of this bar: {advice} ({way})");
            self.report(Diagnostic::name(message, place).with_label(label));
        }
    }

    /// Refuses what remembers something that is being defined.
    pub(super) fn check_in_loop(&mut self, expr: &Expr) {
        let Some((_, value)) = self.loops.last().copied() else { return };
        let what = match &expr.kind {
            Kind::Call(call) => {
                let kernel = self.catalog.find(&call.name).map_or(&*call.name, |spec| spec.kernel);
                if Pointwise::from_name(kernel).is_some() || crossing_of(call).is_some() {
                    return;
                }
                call.name.to_string()
            }
            Kind::Filter { .. } => "filter".to_owned(),
            Kind::Aggregate { operation, .. } => operation.to_string(),
            Kind::TimeShift { shift, .. } => shift.clone(),
            _ => return,
        };
        if !reads_loop(expr) {
            return;
        }
        let what = shorten(&what);
        let advice = match &expr.kind {
            Kind::Call(call) => written_out(call, &value.name),
            Kind::TimeShift { .. } => Some("`[n]` for the value n bars ago".to_owned()),
            _ => None,
        };
        let advice = advice.map_or_else(String::new, |advice| format!(": write {advice}"));
        let message = format!("`{what}` remembers, and what it would remember is being defined{advice}");
        let label =
            format!("operators, `[n]`, crossings, {} may stand here", names_of_pointwise().join(", "));
        self.report(Diagnostic::mistyped(message, expr.span).with_label(label));
    }
}

/// An exponential mean as a loop.
fn written_out(call: &Call, name: &str) -> Option<String> {
    let ([series, period], "ema") = (&call.args[..], &*call.name) else { return None };
    let name = shorten(name);
    Some(format!("`{name}[1] + ({series} - {name}[1]) * 2 / ({period} + 1)`"))
}

fn names_of_pointwise() -> Vec<&'static str> {
    Pointwise::ALL.iter().map(|pointwise| pointwise.name()).collect()
}

/// In the names that values have while their loop is read.
pub(super) const OPEN: char = '#';

/// Each circle of a graph once: its members with the place where each is needed, the first needed by the last.
fn circles(needs: &[Vec<(usize, Option<Span>)>]) -> Vec<Vec<(usize, Option<Span>)>> {
    // 0: not seen, 1: on the way, 2: done.
    let mut states = vec![0_u8; needs.len()];
    let mut found = Vec::new();
    for first in 0..needs.len() {
        // A member, where it is needed, and the next of its needs to look at.
        let mut way: Vec<(usize, Option<Span>, usize)> = Vec::new();
        if states[first] == 0 {
            states[first] = 1;
            way.push((first, None, 0));
        }
        while let Some((at, _, next)) = way.last_mut() {
            let Some((used, place)) = needs[*at].get(*next).copied() else {
                states[*at] = 2;
                way.pop();
                continue;
            };
            *next += 1;
            match states[used] {
                0 => {
                    states[used] = 1;
                    way.push((used, place, 0));
                }
                1 => {
                    let start = way.iter().position(|(at, ..)| *at == used).expect("it is on the way");
                    let mut circle: Vec<_> =
                        way[start + 1..].iter().map(|(at, place, _)| (*at, *place)).collect();
                    circle.push((used, place));
                    found.push(circle);
                }
                _ => {}
            }
        }
    }
    found
}
