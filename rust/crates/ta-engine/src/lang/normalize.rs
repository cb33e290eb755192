//! Rewrites that keep the meaning: constants are computed, names brought to one form.
//!
//! Normalising twice changes nothing more.

use std::sync::Arc;

use super::ir::{BinaryOp, Expr, Kind, LoopValue, SourceRef, UnaryOp, Value};
use super::sources;

/// The same rule in normal form.
pub fn normalize(expr: &Expr) -> Expr {
    let mut normal = expr.clone();
    normalize_in_place(&mut normal, &mut Vec::new());
    normal
}

/// Brings a rule to normal form. What a constant left without effect is added to `decided`: it has to fit together all the
/// same.
pub(super) fn normalize_in_place(expr: &mut Expr, decided: &mut Vec<Expr>) {
    match &mut expr.kind {
        Kind::Literal(_) | Kind::Own(_) => {}
        Kind::SourceRef(source) => normalize_source(source),
        Kind::Call(call) => {
            let arguments = call.args.iter_mut().chain(call.kwargs.iter_mut().map(|(_, value)| value));
            arguments.for_each(|argument| normalize_argument(argument, decided));
        }
        Kind::Binary { op, left, right } => {
            normalize_in_place(left, decided);
            normalize_in_place(right, decided);
            normalize_binary(*op, expr, decided);
        }
        Kind::Unary { op, operand } => {
            normalize_in_place(operand, decided);
            if let Some(value) = operand.as_literal().and_then(|value| fold_unary(*op, value)) {
                *expr = Expr::at(Kind::Literal(value), expr.span);
            }
        }
        Kind::Filter { series, condition } => {
            normalize_in_place(series, decided);
            normalize_in_place(condition, decided);
        }
        Kind::Aggregate { series, .. } | Kind::TimeShift { series, .. } => {
            normalize_in_place(series, decided);
        }
        Kind::Member { expr, .. } => normalize_in_place(expr, decided),
        Kind::Index { expr, index } => {
            normalize_in_place(expr, decided);
            normalize_in_place(index, decided);
        }
        Kind::Loop(it) => {
            let parts = it.values.iter_mut().flat_map(LoopValue::parts_mut);
            parts.for_each(|part| normalize_in_place(part, decided));
        }
    }
}

/// An argument stays what it was where one constant decided it: a value for every bar, never a parameter.
fn normalize_argument(argument: &mut Expr, decided: &mut Vec<Expr>) {
    if !may_be_decided(argument) {
        return normalize_in_place(argument, decided);
    }
    let mut normal = argument.clone();
    let mut left_out = Vec::new();
    normalize_in_place(&mut normal, &mut left_out);
    match (&mut argument.kind, normal.as_literal()) {
        (Kind::Binary { left, right, .. }, Some(_)) => {
            normalize_argument(left, decided);
            normalize_argument(right, decided);
        }
        (Kind::Unary { operand, .. }, Some(_)) => normalize_argument(operand, decided),
        _ => {
            *argument = normal;
            decided.append(&mut left_out);
        }
    }
}

/// Whether an `and` or `or` of something else than constants stands among the operators of an expression.
fn may_be_decided(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Binary { op, left, right } => {
            op.is_logical() && !(is_constant(left) && is_constant(right))
                || may_be_decided(left)
                || may_be_decided(right)
        }
        Kind::Unary { operand, .. } => may_be_decided(operand),
        _ => false,
    }
}

fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Literal(_) => true,
        Kind::Binary { left, right, .. } => is_constant(left) && is_constant(right),
        Kind::Unary { operand, .. } => is_constant(operand),
        _ => false,
    }
}

/// `price` of a bar is its close; other sources have a price of their own.
fn normalize_source(source: &mut Arc<SourceRef>) {
    let Some(written) = source.field.as_deref() else { return };
    let field = match sources::find_readable_field(&source.source, written) {
        Some("price") if source.source.eq_ignore_ascii_case("ohlcv") => "close",
        Some(field) => field,
        None => return,
    };
    if field != written {
        Arc::make_mut(source).field = Some(field.to_owned());
    }
}

/// An operator whose operands are in normal form.
fn normalize_binary(op: BinaryOp, expr: &mut Expr, decided: &mut Vec<Expr>) {
    let Kind::Binary { left, right, .. } = &mut expr.kind else { return };
    if let (Some(l), Some(r)) = (left.as_literal(), right.as_literal())
        && let Some(value) = fold_binary(op, l, r)
    {
        *expr = Expr::at(Kind::Literal(value), expr.span);
        return;
    }
    // The value that decides alone, and the one that leaves the other side.
    let deciding = match op {
        BinaryOp::And => false,
        BinaryOp::Or => true,
        _ => return,
    };
    let truth = |side: &Expr| match side.as_literal() {
        Some(Value::Bool(value)) => Some(*value),
        _ => None,
    };
    let sides = [truth(left), truth(right)];
    let other = match sides {
        _ if sides.contains(&Some(deciding)) => {
            let sides = [&mut **left, &mut **right].into_iter().filter(|side| side.as_literal().is_none());
            decided.extend(sides.map(|side| std::mem::replace(side, Expr::literal(Value::None))));
            *expr = Expr::at(Kind::Literal(Value::Bool(deciding)), expr.span);
            return;
        }
        [Some(_), _] => right,
        [_, Some(_)] => left,
        [None, None] => return,
    };
    let other = std::mem::replace(&mut **other, Expr::literal(Value::None));
    *expr = truth_of(other);
}

/// Whether a value is true: the value itself where it surely is true or false, else whether it is not zero.
fn truth_of(value: Expr) -> Expr {
    let is_truth = match &value.kind {
        Kind::Literal(literal) => matches!(literal, Value::Bool(_)),
        Kind::Binary { op, .. } => op.is_comparison() || op.is_logical(),
        Kind::Unary { op, .. } => *op == UnaryOp::Not,
        _ => false,
    };
    if is_truth {
        return value;
    }
    let span = value.span;
    let (left, right) = (Box::new(value), Box::new(Expr::literal(Value::Float(0.0))));
    let mut truth = Expr::at(Kind::Binary { op: BinaryOp::Neq, left, right }, span);
    normalize_binary(BinaryOp::Neq, &mut truth, &mut Vec::new());
    truth
}

fn fold_unary(op: UnaryOp, value: &Value) -> Option<Value> {
    match (op, value) {
        (UnaryOp::Not, Value::Bool(v)) => Some(Value::Bool(!v)),
        (UnaryOp::Not, Value::Int(v)) => Some(Value::Bool(*v == 0)),
        (UnaryOp::Not, Value::Float(v)) => Some(Value::Bool(*v == 0.0)),
        (UnaryOp::Neg, Value::Int(v)) => v.checked_neg().map(Value::Int),
        (UnaryOp::Neg, Value::Float(v)) => Some(Value::Float(-v)),
        (UnaryOp::Pos, Value::Int(_) | Value::Float(_)) => Some(value.clone()),
        (UnaryOp::Neg, Value::Bool(v)) => Some(Value::Int(-i64::from(*v))),
        (UnaryOp::Pos, Value::Bool(v)) => Some(Value::Int(i64::from(*v))),
        (_, Value::None | Value::Text(_)) => None,
    }
}

/// The constant that two constants give; `None` where it is undefined or would depend on the evaluator.
fn fold_binary(op: BinaryOp, left: &Value, right: &Value) -> Option<Value> {
    if let (Some(l), Some(r)) = (whole(left), whole(right))
        && let Some(value) = fold_whole(op, l, r)
    {
        return Some(value);
    }
    let (l, r) = (number(left)?, number(right)?);
    let value = match op {
        BinaryOp::Add => l + r,
        BinaryOp::Sub => l - r,
        BinaryOp::Mul => l * r,
        BinaryOp::Div if r != 0.0 => l / r,
        // The sign of a remainder is the evaluator's affair.
        BinaryOp::Mod if l >= 0.0 && r > 0.0 => l % r,
        BinaryOp::Pow => libm::pow(l, r),
        BinaryOp::Gt => return Some(Value::Bool(l > r)),
        BinaryOp::Gte => return Some(Value::Bool(l >= r)),
        BinaryOp::Lt => return Some(Value::Bool(l < r)),
        BinaryOp::Lte => return Some(Value::Bool(l <= r)),
        BinaryOp::Eq => return Some(Value::Bool(l == r)),
        BinaryOp::Neq => return Some(Value::Bool(l != r)),
        BinaryOp::And => return Some(Value::Bool(l != 0.0 && r != 0.0)),
        BinaryOp::Or => return Some(Value::Bool(l != 0.0 || r != 0.0)),
        BinaryOp::Div | BinaryOp::Mod => return None,
    };
    value.is_finite().then_some(Value::Float(value))
}

/// Whole numbers stay whole where the result is one.
fn fold_whole(op: BinaryOp, left: i64, right: i64) -> Option<Value> {
    let value = match op {
        BinaryOp::Add => left.checked_add(right),
        BinaryOp::Sub => left.checked_sub(right),
        BinaryOp::Mul => left.checked_mul(right),
        BinaryOp::Mod if left >= 0 && right > 0 => Some(left % right),
        BinaryOp::Pow => u32::try_from(right).ok().and_then(|power| left.checked_pow(power)),
        BinaryOp::Gt => return Some(Value::Bool(left > right)),
        BinaryOp::Gte => return Some(Value::Bool(left >= right)),
        BinaryOp::Lt => return Some(Value::Bool(left < right)),
        BinaryOp::Lte => return Some(Value::Bool(left <= right)),
        BinaryOp::Eq => return Some(Value::Bool(left == right)),
        BinaryOp::Neq => return Some(Value::Bool(left != right)),
        _ => None,
    };
    value.map(Value::Int)
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(v) => Some(*v),
        Value::Bool(v) => Some(i64::from(*v)),
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    whole(value).map(|v| v as f64).or_else(|| value.as_number())
}
