//! The IR: what a rule means, as a tree of twelve kinds of nodes.
//!
//! A tree says what was written, not whether it fits: see [`check`](super::check()).

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::bind::SELECT;
use super::sources::default_field_names;
use super::span::Span;

/// A name. Those that the catalogue has stand there for as long as the program runs, so that a tree needs no copies of
/// them; others are its own.
pub type Name = Cow<'static, str>;

/// Writes an enum of names once: the variants, their names, and the way back.
macro_rules! named {
    ($(#[$doc:meta])* $enum:ident { $($(#[$vdoc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $enum { $($(#[$vdoc])* $variant,)+ }

        impl $enum {
            /// All of them.
            pub const ALL: &'static [$enum] = &[$($enum::$variant),+];

            /// Its name in the IR.
            pub fn name(self) -> &'static str {
                match self { $($enum::$variant => $name),+ }
            }

            /// The one with this name, in any case.
            pub fn from_name(name: &str) -> Option<$enum> {
                Self::ALL.iter().copied().find(|v| v.name().eq_ignore_ascii_case(name))
            }
        }
    };
}

pub(super) use named;

/// One node with its place in the text and its declared type.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: Kind,
    /// Where it was written; `None` for trees built by hand.
    pub span: Option<Span>,
    /// The type it was declared with; carried, never relied on.
    pub tag: TypeTag,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A constant.
    Literal(Value),
    /// A field of a data source. (Not in the node: it is by far the widest, and trees are walked by recursion.)
    SourceRef(Arc<SourceRef>),
    /// An indicator with its arguments. (Not in the node either.)
    Call(Box<Call>),
    /// An operator between two values.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// An operator in front of a value.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// The rows of a series where a condition holds.
    Filter {
        /// The rows.
        series: Box<Expr>,
        /// What has to hold.
        condition: Box<Expr>,
    },
    /// A running statistic of a series.
    Aggregate {
        /// What it runs over.
        series: Box<Expr>,
        /// Name of an [`AggregateOp`]; the check refuses others.
        operation: Name,
        /// Field of the underlying source.
        field: Option<Name>,
    },
    /// A series some time ago, or its change since.
    TimeShift {
        /// The series.
        series: Box<Expr>,
        /// How far back, as [`parse_shift`](super::shift::parse_shift) reads it.
        shift: String,
        /// Name of a [`ShiftOp`]; `None`: the earlier value itself.
        operation: Option<Name>,
    },
    /// One output of an indicator.
    Member {
        /// The indicator's call.
        expr: Box<Expr>,
        /// Name of the output.
        member: String,
    },
    /// The value a number of rows ago.
    Index {
        /// The series.
        expr: Box<Expr>,
        /// How many rows.
        index: Box<Expr>,
    },
    /// A value of a loop.
    Loop(Box<Loop>),
    /// Within a loop: a value of it on this bar; its past stands in an [`Kind::Index`]. Its tag says whether it is true or false.
    Own(Name),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value.
    None,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
}

/// Which series of which market.
#[derive(Clone)]
pub struct SourceRef {
    /// Symbol; `None`: the one the rule runs on.
    pub symbol: Option<String>,
    /// Field; `None`: the source as a whole.
    pub field: Option<String>,
    /// Name of the source.
    pub source: String,
    /// Exchange, lower case.
    pub exchange: Option<String>,
    /// Timeframe in normal form.
    pub timeframe: Option<String>,
    /// Base asset of a pair.
    pub base: Option<String>,
    /// Quote asset of a pair.
    pub quote: Option<String>,
    /// Instrument type in normal form.
    pub instrument_type: Option<String>,
    /// For a column of one's own, which was declared: what it holds.
    pub column: Option<Column>,
    /// True where `on` asks for its timeframe, which may be no shorter than the rule's own. It does not tell it from another.
    pub is_asked: bool,
}

named! {
    /// What a column of one's own holds.
    Column {
        /// Numbers.
        Number = "number",
        /// Truth values.
        Bool = "bool",
    }
}

impl SourceRef {
    /// What tells it from others.
    #[allow(clippy::type_complexity)]
    fn parts(&self) -> ([Option<&str>; 8], Option<Column>) {
        let texts = [
            self.symbol.as_deref(),
            self.field.as_deref(),
            Some(self.source.as_str()),
            self.exchange.as_deref(),
            self.timeframe.as_deref(),
            self.base.as_deref(),
            self.quote.as_deref(),
            self.instrument_type.as_deref(),
        ];
        (texts, self.column)
    }
}

impl PartialEq for SourceRef {
    fn eq(&self, other: &SourceRef) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for SourceRef {}

impl std::hash::Hash for SourceRef {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

/// With the parts that tell it from others: it is hashed into fingerprints.
impl std::fmt::Debug for SourceRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("SourceRef");
        shown
            .field("symbol", &self.symbol)
            .field("field", &self.field)
            .field("source", &self.source)
            .field("exchange", &self.exchange)
            .field("timeframe", &self.timeframe)
            .field("base", &self.base)
            .field("quote", &self.quote)
            .field("instrument_type", &self.instrument_type);
        if let Some(column) = self.column {
            shown.field("column", &column);
        }
        shown.finish()
    }
}

/// An indicator with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Canonical name, lower case.
    pub name: Name,
    /// Positional arguments; the first may be the input series.
    pub args: Vec<Expr>,
    /// Arguments by name, in the order written.
    pub kwargs: Vec<(Name, Expr)>,
    /// The output that is meant, like [`Kind::Member`].
    pub output: Option<String>,
}

/// Values that see their own past, one of which is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// All of them; their names differ.
    pub values: Vec<LoopValue>,
    /// Place of the one that is meant.
    pub chosen: usize,
}

/// A value of a loop.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopValue {
    /// By which the loop's parts refer to it.
    pub name: Name,
    /// What it is on a bar.
    pub body: Expr,
    /// What it was before the first bar; `None` where nothing reads its past.
    pub first: Option<Expr>,
    /// Where it is true history begins at this bar.
    pub restart: Option<Expr>,
}

/// The declared type of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeTag {
    /// A number on every bar.
    SeriesNumber,
    /// A truth value on every bar.
    SeriesBool,
    /// One number.
    ScalarNumber,
    /// One truth value.
    ScalarBool,
    /// Not declared.
    Unknown,
}

named! {
    /// An operator between two values.
    BinaryOp {
        /// `a + b`
        Add = "add",
        /// `a - b`
        Sub = "sub",
        /// `a * b`
        Mul = "mul",
        /// `a / b`
        Div = "div",
        /// `a % b`
        Mod = "mod",
        /// `a ** b`
        Pow = "pow",
        /// `a > b`
        Gt = "gt",
        /// `a >= b`
        Gte = "gte",
        /// `a < b`
        Lt = "lt",
        /// `a <= b`
        Lte = "lte",
        /// `a == b`
        Eq = "eq",
        /// `a != b`
        Neq = "neq",
        /// `a and b`
        And = "and",
        /// `a or b`
        Or = "or",
    }
}

named! {
    /// An operator in front of a value.
    UnaryOp {
        /// `not a`
        Not = "not",
        /// `-a`
        Neg = "neg",
        /// `+a`
        Pos = "pos",
    }
}

named! {
    /// A running statistic.
    AggregateOp {
        /// Number of rows.
        Count = "count",
        /// Their sum.
        Sum = "sum",
        /// Their mean.
        Avg = "avg",
        /// The greatest.
        Max = "max",
        /// The least.
        Min = "min",
    }
}

named! {
    /// What a time shift gives instead of the earlier value.
    ShiftOp {
        /// The difference to the earlier value.
        Change = "change",
        /// That difference in percent of the earlier value.
        ChangePct = "change_pct",
        /// The same as `change_pct`; the usual name where rows are counted.
        Roc = "roc",
    }
}

impl BinaryOp {
    /// True for `> >= < <= == !=`.
    pub fn is_comparison(self) -> bool {
        use BinaryOp::*;
        matches!(self, Gt | Gte | Lt | Lte | Eq | Neq)
    }

    /// True for `and` and `or`.
    pub fn is_logical(self) -> bool {
        matches!(self, BinaryOp::And | BinaryOp::Or)
    }

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::Mod => "%",
            BinaryOp::Pow => "**",
            BinaryOp::Gt => ">",
            BinaryOp::Gte => ">=",
            BinaryOp::Lt => "<",
            BinaryOp::Lte => "<=",
            BinaryOp::Eq => "==",
            BinaryOp::Neq => "!=",
            BinaryOp::And => "and",
            BinaryOp::Or => "or",
        }
    }
}

impl TypeTag {
    /// Its name in the IR.
    pub fn name(self) -> &'static str {
        match self {
            TypeTag::SeriesNumber => "series_number",
            TypeTag::SeriesBool => "series_bool",
            TypeTag::ScalarNumber => "scalar_number",
            TypeTag::ScalarBool => "scalar_bool",
            TypeTag::Unknown => "unknown",
        }
    }

    /// The tag with this name.
    pub fn from_name(name: &str) -> Option<TypeTag> {
        use TypeTag::*;
        [SeriesNumber, SeriesBool, ScalarNumber, ScalarBool, Unknown].into_iter().find(|t| t.name() == name)
    }

    /// True for one value that is the same on every bar.
    pub fn is_scalar(self) -> bool {
        matches!(self, TypeTag::ScalarNumber | TypeTag::ScalarBool)
    }

    /// True for truth values.
    pub fn is_bool(self) -> bool {
        matches!(self, TypeTag::SeriesBool | TypeTag::ScalarBool)
    }
}

impl Value {
    /// Name of its type, as messages say it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::None => "NoneType",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Float(_) => "float",
            Value::Text(_) => "str",
        }
    }

    /// The number, where it is one; truth values are none.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Value::Int(v) => Some(*v as f64),
            Value::Float(v) => Some(*v),
            _ => None,
        }
    }
}

impl SourceRef {
    /// A field of a source of the market the rule runs on.
    pub fn of(source: &str, field: Option<&str>) -> SourceRef {
        SourceRef {
            symbol: None,
            field: field.map(str::to_owned),
            source: source.to_owned(),
            exchange: None,
            timeframe: None,
            base: None,
            quote: None,
            instrument_type: None,
            column: None,
            is_asked: false,
        }
    }

    /// A field of the bars the rule runs on. Those that may stand alone in a rule are made once for all trees.
    pub(crate) fn of_bar(field: &str) -> Arc<SourceRef> {
        static KNOWN: LazyLock<Vec<(&str, Arc<SourceRef>)>> = LazyLock::new(|| {
            default_field_names().map(|field| (field, SourceRef::of("ohlcv", Some(field)).into())).collect()
        });
        let known = KNOWN.iter().find(|(known, _)| *known == field);
        known.map_or_else(|| SourceRef::of("ohlcv", Some(field)).into(), |(_, source)| source.clone())
    }

    /// The same series with another field.
    pub fn with_field(&self, field: Option<&str>) -> SourceRef {
        SourceRef { field: field.map(str::to_owned), ..self.clone() }
    }
}

impl Loop {
    /// The value that is meant.
    pub fn meant(&self) -> &LoopValue {
        &self.values[self.chosen]
    }
}

impl LoopValue {
    /// What it is made of.
    pub fn parts(&self) -> impl Iterator<Item = &Expr> {
        [&self.body].into_iter().chain(&self.first).chain(&self.restart)
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        [&mut self.body].into_iter().chain(&mut self.first).chain(&mut self.restart)
    }
}

impl Call {
    /// The value given for the keyword `name`.
    pub fn kwarg(&self, name: &str) -> Option<&Expr> {
        self.kwargs.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

impl Kind {
    /// The tag a node of this kind has when none is declared.
    pub fn default_tag(&self) -> TypeTag {
        match self {
            Kind::Literal(_) => TypeTag::ScalarNumber,
            Kind::SourceRef(_)
            | Kind::Call(_)
            | Kind::Filter { .. }
            | Kind::Aggregate { .. }
            | Kind::TimeShift { .. } => TypeTag::SeriesNumber,
            Kind::Binary { .. }
            | Kind::Unary { .. }
            | Kind::Member { .. }
            | Kind::Index { .. }
            | Kind::Loop(_)
            | Kind::Own(_) => TypeTag::Unknown,
        }
    }
}

impl From<SourceRef> for Kind {
    fn from(source: SourceRef) -> Kind {
        Kind::SourceRef(Arc::new(source))
    }
}

impl From<Arc<SourceRef>> for Kind {
    fn from(source: Arc<SourceRef>) -> Kind {
        Kind::SourceRef(source)
    }
}

impl From<Call> for Kind {
    fn from(call: Call) -> Kind {
        Kind::Call(Box::new(call))
    }
}

impl From<Kind> for Expr {
    fn from(kind: Kind) -> Expr {
        Expr { span: None, tag: kind.default_tag(), kind }
    }
}

impl Expr {
    /// A node with its place.
    pub fn at(kind: Kind, span: impl Into<Option<Span>>) -> Expr {
        Expr { span: span.into(), ..Expr::from(kind) }
    }

    /// A constant.
    pub fn literal(value: Value) -> Expr {
        Kind::Literal(value).into()
    }

    /// An operator between two values.
    pub fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
        Kind::Binary { op, left: Box::new(left), right: Box::new(right) }.into()
    }

    /// An operator in front of a value.
    pub fn unary(op: UnaryOp, operand: Expr) -> Expr {
        Kind::Unary { op, operand: Box::new(operand) }.into()
    }

    /// A call.
    pub fn call(name: &str, args: Vec<Expr>, kwargs: Vec<(Name, Expr)>) -> Expr {
        Kind::from(Call { name: name.to_owned().into(), args, kwargs, output: None }).into()
    }

    /// The field that a bare name stands for.
    pub fn select(field: &str) -> Expr {
        let kwargs = vec![("field".into(), Expr::literal(Value::Text(field.to_owned())))];
        Kind::from(Call { name: SELECT.into(), args: vec![], kwargs, output: None }).into()
    }

    /// The constant, where it is one.
    pub fn as_literal(&self) -> Option<&Value> {
        match &self.kind {
            Kind::Literal(value) => Some(value),
            _ => None,
        }
    }

    /// The nodes right below, in the order written: series before condition, positional before named arguments.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            Kind::Literal(_) | Kind::SourceRef(_) | Kind::Own(_) => vec![],
            Kind::Call(call) => call.args.iter().chain(call.kwargs.iter().map(|(_, value)| value)).collect(),
            Kind::Binary { left, right, .. } => vec![left, right],
            Kind::Unary { operand, .. } => vec![operand],
            Kind::Filter { series, condition } => vec![series, condition],
            Kind::Aggregate { series, .. } | Kind::TimeShift { series, .. } => vec![series],
            Kind::Member { expr, .. } => vec![expr],
            Kind::Index { expr, index } => vec![expr, index],
            Kind::Loop(it) => it.values.iter().flat_map(LoopValue::parts).collect(),
        }
    }

    pub(crate) fn children_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.kind {
            Kind::Literal(_) | Kind::SourceRef(_) | Kind::Own(_) => vec![],
            Kind::Call(call) => {
                call.args.iter_mut().chain(call.kwargs.iter_mut().map(|(_, value)| value)).collect()
            }
            Kind::Binary { left, right, .. } => vec![left, right],
            Kind::Unary { operand, .. } => vec![operand],
            Kind::Filter { series, condition } => vec![series, condition],
            Kind::Aggregate { series, .. } | Kind::TimeShift { series, .. } => vec![series],
            Kind::Member { expr, .. } => vec![expr],
            Kind::Index { expr, index } => vec![expr, index],
            Kind::Loop(it) => it.values.iter_mut().flat_map(LoopValue::parts_mut).collect(),
        }
    }

    /// The same tree without places: for comparing trees that were written differently.
    #[must_use]
    pub fn without_spans(&self) -> Expr {
        self.each_span(|_| None)
    }

    /// The same tree with other places.
    #[must_use]
    pub(super) fn with_spans(&self, change: impl Fn(Span) -> Span) -> Expr {
        self.each_span(|span| span.map(&change))
    }

    fn each_span(&self, change: impl Fn(Option<Span>) -> Option<Span>) -> Expr {
        let mut tree = self.clone();
        let mut todo = vec![&mut tree];
        while let Some(node) = todo.pop() {
            node.span = change(node.span);
            todo.extend(node.children_mut());
        }
        tree
    }

    /// All calls, a call before its arguments, left before right.
    pub fn calls(&self) -> Vec<&Call> {
        let mut found = Vec::new();
        let mut todo = vec![self];
        while let Some(node) = todo.pop() {
            if let Kind::Call(call) = &node.kind {
                found.push(&**call);
            }
            todo.extend(node.children().into_iter().rev());
        }
        found
    }

    /// Number of nodes.
    pub fn node_count(&self) -> usize {
        let mut count = 0;
        let mut todo = vec![self];
        while let Some(node) = todo.pop() {
            count += 1;
            todo.extend(node.children());
        }
        count
    }

    /// The series whose rows this is, seen through filters, without a field; `None` for computed values.
    pub fn source_identity(&self) -> Option<SourceRef> {
        self.underlying_source().map(|source| source.with_field(None))
    }

    /// The source reference whose rows this is, seen through filters; `None` for computed values.
    pub fn underlying_source(&self) -> Option<&SourceRef> {
        let mut node = self;
        loop {
            match &node.kind {
                Kind::SourceRef(source) => return Some(source),
                Kind::Filter { series, .. } => node = series,
                _ => return None,
            }
        }
    }
}
