//! Rewrites that keep the meaning: constants are computed, names brought to one form.
//!
//! Builds new nodes; what was given is not touched. Normalising twice changes nothing more.

use super::ir::{BinaryOp, Call, Expr, Kind, SourceRef, UnaryOp, Value};
use super::sources;

/// The same rule in normal form.
pub fn normalize(expr: &Expr) -> Expr {
    let kind = match &expr.kind {
        Kind::Literal(_) => return expr.clone(),
        Kind::SourceRef(source) => Kind::from(normal_source(source)),
        Kind::Call(call) => Kind::Call(Call {
            name: call.name.clone(),
            args: call.args.iter().map(normalize).collect(),
            kwargs: call.kwargs.iter().map(|(name, value)| (name.clone(), normalize(value))).collect(),
            output: call.output.clone(),
        }),
        Kind::Binary { op, left, right } => {
            return normal_binary(expr, *op, normalize(left), normalize(right));
        }
        Kind::Unary { op, operand } => {
            let operand = normalize(operand);
            if let Some(value) = operand.as_literal().and_then(|value| fold_unary(*op, value)) {
                return Expr::at(Kind::Literal(value), expr.span);
            }
            Kind::Unary { op: *op, operand: Box::new(operand) }
        }
        Kind::Filter { series, condition } => {
            Kind::Filter { series: boxed(series), condition: boxed(condition) }
        }
        Kind::Aggregate { series, operation, field } => {
            Kind::Aggregate { series: boxed(series), operation: operation.clone(), field: field.clone() }
        }
        Kind::TimeShift { series, shift, operation } => {
            Kind::TimeShift { series: boxed(series), shift: shift.clone(), operation: operation.clone() }
        }
        Kind::Member { expr, member } => Kind::Member { expr: boxed(expr), member: member.clone() },
        Kind::Index { expr, index } => Kind::Index { expr: boxed(expr), index: boxed(index) },
    };
    Expr { kind, span: expr.span, tag: expr.tag }
}

fn boxed(expr: &Expr) -> Box<Expr> {
    Box::new(normalize(expr))
}

/// `price` of a bar is its close; other sources have a price of their own.
fn normal_source(source: &SourceRef) -> SourceRef {
    let field =
        source.field.as_deref().map(|written| match sources::find_readable_field(&source.source, written) {
            Some("price") if source.source.eq_ignore_ascii_case("ohlcv") => "close",
            Some(field) => field,
            None => written,
        });
    source.with_field(field)
}

fn normal_binary(expr: &Expr, op: BinaryOp, left: Expr, right: Expr) -> Expr {
    if let (Some(l), Some(r)) = (left.as_literal(), right.as_literal())
        && let Some(value) = fold_binary(op, l, r)
    {
        return Expr::at(Kind::Literal(value), expr.span);
    }
    // The value that decides alone, and the one that leaves the other side.
    let deciding = match op {
        BinaryOp::And => Some(false),
        BinaryOp::Or => Some(true),
        _ => None,
    };
    if let Some(deciding) = deciding {
        let truth = |side: &Expr| match side.as_literal() {
            Some(Value::Bool(value)) => Some(*value),
            _ => None,
        };
        let sides = [truth(&left), truth(&right)];
        if sides.contains(&Some(deciding)) {
            return Expr::at(Kind::Literal(Value::Bool(deciding)), expr.span);
        }
        match sides {
            [Some(_), _] => return right,
            [_, Some(_)] => return left,
            [None, None] => {}
        }
    }
    Expr {
        kind: Kind::Binary { op, left: Box::new(left), right: Box::new(right) },
        span: expr.span,
        tag: expr.tag,
    }
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
        BinaryOp::Div | BinaryOp::Mod | BinaryOp::And | BinaryOp::Or => return None,
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
