//! IR to JSON and back.
//!
//! Reading never panics and never recurses without bound, whatever it is given: an IR may come from anywhere.

use serde_json::{Map, Value as Json};
use thiserror::Error;

use super::ir::{
    BinaryOp, Call, Column, Expr, Kind, Loop, LoopValue, Name, SourceRef, TypeTag, UnaryOp, Value,
};
use super::lexer::Limits;
use super::span::Span;

/// JSON that is no IR.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("at {path}: {message}")]
pub struct IrError {
    /// The place: `root.left.args[0]`.
    pub path: String,
    /// What is there and what is needed.
    pub message: String,
}

type Read<T> = Result<T, IrError>;

/// The tree as JSON.
pub fn to_json(expr: &Expr) -> Json {
    let mut map = Map::new();
    let mut put = |key: &str, value: Json| {
        map.insert(key.to_owned(), value);
    };
    put("type", type_name(&expr.kind).into());
    match &expr.kind {
        Kind::Literal(value) => put("value", literal_to_json(value)),
        Kind::SourceRef(source) => {
            put("symbol", source.symbol.clone().into());
            put("field", source.field.clone().into());
            put("source", source.source.clone().into());
            for (key, value) in optional_of(source) {
                if let Some(value) = value {
                    put(key, value.clone().into());
                }
            }
            put_some(&mut put, "column", source.column.map(Column::name));
            put_some(&mut put, "asked", source.is_asked.then_some("on"));
        }
        Kind::Call(call) => {
            put("name", call.name.clone().into());
            put("args", call.args.iter().map(to_json).collect::<Vec<_>>().into());
            let kwargs: Map<_, _> = call.kwargs.iter().map(|(k, v)| (k.to_string(), to_json(v))).collect();
            put("kwargs", kwargs.into());
            put_some(&mut put, "output", call.output.as_deref());
        }
        Kind::Binary { op, left, right } => {
            put("operator", op.name().into());
            put("left", to_json(left));
            put("right", to_json(right));
        }
        Kind::Unary { op, operand } => {
            put("operator", op.name().into());
            put("operand", to_json(operand));
        }
        Kind::Filter { series, condition } => {
            put("series", to_json(series));
            put("condition", to_json(condition));
        }
        Kind::Aggregate { series, operation, field } => {
            put("series", to_json(series));
            put("operation", operation.clone().into());
            put_some(&mut put, "field", field.as_deref());
        }
        Kind::TimeShift { series, shift, operation } => {
            put("series", to_json(series));
            put("shift", shift.clone().into());
            put_some(&mut put, "operation", operation.as_deref());
        }
        Kind::Member { expr, member } => {
            put("expr", to_json(expr));
            put("member", member.clone().into());
        }
        Kind::Index { expr, index } => {
            put("expr", to_json(expr));
            put("index", to_json(index));
        }
        Kind::Loop(it) => {
            put("value", it.meant().name.clone().into());
            put("values", it.values.iter().map(value_to_json).collect::<Vec<_>>().into());
        }
        Kind::Own(name) => put("name", name.clone().into()),
    }
    if let Some(span) = expr.span {
        put("span_start", span.start().into());
        put("span_end", span.end().into());
    }
    // Left out, it reads back as the kind's own tag; so an "unknown" must be said where that is another.
    if expr.tag != TypeTag::Unknown || expr.kind.default_tag() != TypeTag::Unknown {
        put("type_tag", expr.tag.name().into());
    }
    Json::Object(map)
}

/// The tree that JSON describes, within the limits for height and nodes.
pub fn from_json(json: &Json, limits: &Limits) -> Result<Expr, IrError> {
    let mut reader = Reader { limits, nodes: 0, path: vec!["root".to_owned()] };
    reader.node(json)
}

fn value_to_json(value: &LoopValue) -> Json {
    let mut map = Map::new();
    map.insert("name".to_owned(), value.name.clone().into());
    map.insert("body".to_owned(), to_json(&value.body));
    for (key, part) in [("first", &value.first), ("restart", &value.restart)] {
        if let Some(part) = part {
            map.insert(key.to_owned(), to_json(part));
        }
    }
    Json::Object(map)
}

fn put_some(put: &mut impl FnMut(&str, Json), key: &str, value: Option<&str>) {
    if let Some(value) = value {
        put(key, value.into());
    }
}

fn type_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Literal(_) => "literal",
        Kind::SourceRef(_) => "source_ref",
        Kind::Call(_) => "call",
        Kind::Binary { .. } => "binary_op",
        Kind::Unary { .. } => "unary_op",
        Kind::Filter { .. } => "filter",
        Kind::Aggregate { .. } => "aggregate",
        Kind::TimeShift { .. } => "timeshift",
        Kind::Member { .. } => "member_access",
        Kind::Index { .. } => "index",
        Kind::Loop(_) => "loop",
        Kind::Own(_) => "own",
    }
}

fn optional_of(source: &SourceRef) -> [(&'static str, &Option<String>); 5] {
    [
        ("exchange", &source.exchange),
        ("timeframe", &source.timeframe),
        ("base", &source.base),
        ("quote", &source.quote),
        ("instrument_type", &source.instrument_type),
    ]
}

fn literal_to_json(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Text(value) => value.clone().into(),
    }
}

struct Reader<'a> {
    limits: &'a Limits,
    nodes: usize,
    path: Vec<String>,
}

impl Reader<'_> {
    fn node(&mut self, json: &Json) -> Read<Expr> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return self.refuse(format!("more than {} nodes, the most that is accepted", self.limits.nodes));
        }
        if self.path.len() > self.limits.height() {
            return self.refuse(format!("more than {} nodes high, the most accepted", self.limits.height()));
        }
        let Some(map) = json.as_object() else {
            return self.refuse(format!("a node is an object, not {}", describe(json)));
        };
        let kind = self.kind(map)?;
        let span = self.span(map)?;
        let tag = match self.optional(map, "type_tag")? {
            None => kind.default_tag(),
            Some(name) if name.is_empty() => kind.default_tag(),
            Some(name) => match TypeTag::from_name(&name) {
                Some(tag) => tag,
                None => return self.refuse(format!("unknown type_tag '{name}'")),
            },
        };
        Ok(Expr { kind, span, tag })
    }

    fn kind(&mut self, map: &Map<String, Json>) -> Read<Kind> {
        let name = self.text(map, "type")?;
        Ok(match name.as_str() {
            "literal" => Kind::Literal(self.literal(map)?),
            "source_ref" => Kind::from(self.source(map)?),
            "call" => Kind::from(self.call(map)?),
            "binary_op" => Kind::Binary {
                op: self.operator(map, BinaryOp::ALL, BinaryOp::name)?,
                left: self.child(map, "left")?,
                right: self.child(map, "right")?,
            },
            "unary_op" => Kind::Unary {
                op: self.operator(map, UnaryOp::ALL, UnaryOp::name)?,
                operand: self.child(map, "operand")?,
            },
            "filter" => {
                Kind::Filter { series: self.child(map, "series")?, condition: self.child(map, "condition")? }
            }
            "aggregate" => Kind::Aggregate {
                series: self.child(map, "series")?,
                operation: self.text(map, "operation")?.into(),
                field: self.optional(map, "field")?.map(Name::from),
            },
            "timeshift" => Kind::TimeShift {
                series: self.child(map, "series")?,
                shift: self.text(map, "shift")?,
                operation: self.optional(map, "operation")?.map(Name::from),
            },
            "member_access" => {
                Kind::Member { expr: self.child(map, "expr")?, member: self.text(map, "member")? }
            }
            "index" => Kind::Index { expr: self.child(map, "expr")?, index: self.child(map, "index")? },
            "loop" => Kind::Loop(Box::new(self.read_loop(map)?)),
            "own" => Kind::Own(self.word(map, "name")?.into()),
            other => return self.refuse(format!("unknown node type '{other}'")),
        })
    }

    fn literal(&mut self, map: &Map<String, Json>) -> Read<Value> {
        match map.get("value") {
            None => self.refuse("`value` is missing".to_owned()),
            Some(Json::Null) => Ok(Value::None),
            Some(Json::Bool(value)) => Ok(Value::Bool(*value)),
            Some(Json::String(value)) => Ok(Value::Text(value.clone())),
            Some(Json::Number(number)) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => Ok(Value::Int(value)),
                (None, Some(value)) if value.is_finite() => Ok(Value::Float(value)),
                _ => self.refuse(format!("the number {number} is out of range")),
            },
            Some(other) => self.refuse(format!(
                "a constant is a number, text, truth value or null, not {}",
                describe(other)
            )),
        }
    }

    fn source(&mut self, map: &Map<String, Json>) -> Read<SourceRef> {
        Ok(SourceRef {
            symbol: self.optional(map, "symbol")?,
            field: self.optional(map, "field")?,
            source: self.optional(map, "source")?.unwrap_or_else(|| "ohlcv".to_owned()),
            exchange: self.optional(map, "exchange")?,
            timeframe: self.optional(map, "timeframe")?,
            base: self.optional(map, "base")?,
            quote: self.optional(map, "quote")?,
            instrument_type: self.optional(map, "instrument_type")?,
            column: self.column(map)?,
            is_asked: self.optional(map, "asked")?.is_some(),
        })
    }

    fn column(&self, map: &Map<String, Json>) -> Read<Option<Column>> {
        let Some(name) = self.optional(map, "column")? else { return Ok(None) };
        match Column::from_name(&name) {
            Some(column) => Ok(Some(column)),
            None => self.refuse(format!("unknown column '{name}'")),
        }
    }

    fn call(&mut self, map: &Map<String, Json>) -> Read<Call> {
        let mut call = Call {
            name: self.text(map, "name")?.to_ascii_lowercase().into(),
            args: Vec::new(),
            kwargs: Vec::new(),
            output: self.optional(map, "output")?,
        };
        match map.get("args") {
            None | Some(Json::Null) => {}
            Some(Json::Array(args)) => {
                for (index, json) in args.iter().enumerate() {
                    let arg = self.below(format!("args[{index}]"), json)?;
                    call.args.push(arg);
                }
            }
            Some(other) => return self.refuse(format!("`args` is a list, not {}", describe(other))),
        }
        match map.get("kwargs") {
            None | Some(Json::Null) => {}
            Some(Json::Object(kwargs)) => {
                for (name, json) in kwargs {
                    let value = self.below(format!("kwargs.{name}"), json)?;
                    call.kwargs.push((name.clone().into(), value));
                }
            }
            Some(other) => return self.refuse(format!("`kwargs` is an object, not {}", describe(other))),
        }
        Ok(call)
    }

    fn read_loop(&mut self, map: &Map<String, Json>) -> Read<Loop> {
        let chosen = self.word(map, "value")?;
        let Some(Json::Array(values)) = map.get("values") else {
            return self.refuse("`values` of a loop is a list of its values".to_owned());
        };
        let mut read: Vec<LoopValue> = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            self.path.push(format!("values[{at}]"));
            let value = self.loop_value(value)?;
            if read.iter().any(|before| before.name == value.name) {
                return self.refuse(format!("'{}' is given twice", value.name));
            }
            self.path.pop();
            read.push(value);
        }
        match read.iter().position(|value| value.name == chosen) {
            Some(chosen) => Ok(Loop { values: read, chosen }),
            None => self.refuse(format!("'{chosen}' is no value of the loop")),
        }
    }

    fn loop_value(&mut self, json: &Json) -> Read<LoopValue> {
        let Some(map) = json.as_object() else {
            return self.refuse(format!("a value of a loop is an object, not {}", describe(json)));
        };
        let name = self.word(map, "name")?.into();
        let body = *self.child(map, "body")?;
        let mut part = |key: &str| match map.get(key) {
            None | Some(Json::Null) => Ok(None),
            Some(json) => self.below(key.to_owned(), json).map(Some),
        };
        Ok(LoopValue { name, body, first: part("first")?, restart: part("restart")? })
    }

    /// A text that may be a name in a rule.
    fn word(&self, map: &Map<String, Json>, key: &str) -> Read<String> {
        let text = self.text(map, key)?;
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        match starts && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            true => Ok(text),
            false => self.refuse(format!("`{key}` is a word of letters, digits and `_`, not '{text}'")),
        }
    }

    fn operator<T: Copy>(
        &self,
        map: &Map<String, Json>,
        all: &[T],
        name_of: fn(T) -> &'static str,
    ) -> Read<T> {
        let name = self.text(map, "operator")?;
        match all.iter().find(|operator| name_of(**operator) == name) {
            Some(operator) => Ok(*operator),
            None => self.refuse(format!("unknown operator '{name}'")),
        }
    }

    fn child(&mut self, map: &Map<String, Json>, key: &str) -> Read<Box<Expr>> {
        match map.get(key) {
            Some(json) => self.below(key.to_owned(), json).map(Box::new),
            None => self.refuse(format!("`{key}` is missing")),
        }
    }

    fn below(&mut self, step: String, json: &Json) -> Read<Expr> {
        self.path.push(step);
        let node = self.node(json);
        if node.is_ok() {
            self.path.pop();
        }
        node
    }

    fn span(&self, map: &Map<String, Json>) -> Read<Option<Span>> {
        match (self.offset(map, "span_start")?, self.offset(map, "span_end")?) {
            (Some(start), Some(end)) if start <= end => Ok(Some(Span::new(start, end))),
            (None, None) => Ok(None),
            _ => self.refuse("`span_start` and `span_end` belong together, in this order".to_owned()),
        }
    }

    fn offset(&self, map: &Map<String, Json>, key: &str) -> Read<Option<usize>> {
        match map.get(key) {
            None | Some(Json::Null) => Ok(None),
            Some(json) => match json.as_u64().and_then(|v| u32::try_from(v).ok()) {
                Some(offset) => Ok(Some(offset as usize)),
                None => self.refuse(format!("`{key}` is a whole number from 0, not {}", describe(json))),
            },
        }
    }

    fn text(&self, map: &Map<String, Json>, key: &str) -> Read<String> {
        match map.get(key) {
            Some(Json::String(text)) => Ok(text.clone()),
            Some(other) => self.refuse(format!("`{key}` is a text, not {}", describe(other))),
            None => self.refuse(format!("`{key}` is missing")),
        }
    }

    /// A text that may be absent; numbers and truth values become text.
    fn optional(&self, map: &Map<String, Json>, key: &str) -> Read<Option<String>> {
        match map.get(key) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone())),
            Some(json @ (Json::Number(_) | Json::Bool(_))) => Ok(Some(json.to_string())),
            Some(other) => self.refuse(format!("`{key}` is a text, not {}", describe(other))),
        }
    }

    fn refuse<T>(&self, message: String) -> Read<T> {
        Err(IrError { path: self.path.join("."), message })
    }
}

fn describe(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a truth value",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
