//! Tokens to IR: operators by precedence, and what an operand can start with.
//!
//! Whole texts are in [`program`](super::program), dotted chains in [`chain`](super::chain), calls in
//! [`call`](super::call), those of functions in [`function`](super::function). Every node is made by
//! [`Parser::grow`], which keeps the tree within its limits, so that whatever walks it may recurse. What the parser's
//! own recursion goes through is not inlined: one function with the locals of all would need several times the stack.

use std::cell::Cell;
use std::rc::Rc;

use super::definitions::Scope;
use super::diagnostic::{Diagnostic, Origin};
use super::function::{Local, ValueMap};
use super::ir::{BinaryOp, Expr, Kind, SourceRef, TypeTag, UnaryOp, Value};
use super::lexer::{A_CHOICE, Limits, Token, TokenKind, invalid};
use super::on::Ambient;
use super::program::Bindings;
use super::recovery::is_unread;
use super::shift::shorten;
use super::sources;
use super::span::Span;
use super::suggest::{did_you_mean, written_here};
use crate::catalog::Catalog;

/// Words of Python that are no names.
pub(super) const RESERVED: [&str; 32] = [
    "None", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "let", "nonlocal",
    "pass", "raise", "return", "try", "while", "with", "yield", "match",
];

/// A tree and its height.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) expr: Expr,
    pub(super) height: usize,
    /// Where it stands in what is read; the node itself may stand in the body of a function.
    pub(super) place: Option<Span>,
}

pub(super) type Parsed<T> = Result<T, Diagnostic>;

pub(super) struct Parser<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) limits: &'a Limits,
    /// What is read: the rule's text or, for as long as a call is written out, the body of a function.
    pub(super) frame: Frame<'a>,
    pub(super) depth: usize,
    /// Nodes of the tree that is being read.
    pub(super) nodes: usize,
    /// Nodes of this tree and of those that were bound before.
    pub(super) written: usize,
    /// What `let` has bound so far.
    pub(super) bindings: Bindings<'a>,
    /// What may be called by the rule's own names.
    pub(super) scope: &'a Scope<'a>,
    /// Where spans come from.
    pub(super) origins: Vec<Origin>,
    /// Values of the maps that calls gave; what stands for one of them says its place in this list.
    pub(super) maps: Vec<Rc<ValueMap<'a>>>,
    /// Per definition, whether its body was read.
    pub(super) expanded: Vec<bool>,
    /// What was found wrong so far.
    pub(super) problems: Vec<Diagnostic>,
    /// Read, and of no use because something around it is wrong: checked all the same.
    pub(super) detached: Vec<Expr>,
    /// True once a limit is passed: nothing more is read.
    pub(super) is_over: bool,
    /// True in the body of an indicator, whose own names may be those of others: one that comes later breaks none.
    pub(super) is_body: bool,
    /// Values of loops so far.
    pub(super) loops: usize,
    /// True once a name was read that is bound later: there may be a loop.
    pub(super) needs_later: Cell<bool>,
}

/// A place in one text, and the names that mean something there alone.
pub(super) struct Frame<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) at: usize,
    /// Place in the list of origins.
    pub(super) origin: u32,
    /// Values of the parameters of the function whose body this is.
    pub(super) locals: Vec<Local<'a>>,
    /// How many bindings stand before it.
    pub(super) visible: usize,
    /// From here on nothing is bound yet, but for the values of the loop that is read.
    pub(super) before: usize,
    /// Brackets so far that bind values.
    pub(super) brackets: usize,
    /// The stream whose fields stand alone here, where it is not the rule's own: that of the `on` around this place.
    pub(super) stream: Option<Rc<Ambient>>,
    /// For each filter condition around the present place: the source whose fields stand alone in it.
    pub(super) scopes: Vec<Option<SourceRef>>,
}

impl<'a> Parser<'a> {
    /// A parser at the start of the rule's text, the first of the scope's texts.
    pub(super) fn new(scope: &'a Scope<'a>, catalog: &'a Catalog, limits: &'a Limits) -> Self {
        let origins = (0..scope.texts.len()).map(|text| Origin { text, call: None }).collect();
        Parser {
            catalog,
            limits,
            frame: Frame {
                text: scope.texts[0].text,
                tokens: scope.texts[0].tokens,
                at: 0,
                origin: 0,
                locals: Vec::new(),
                visible: usize::MAX,
                before: usize::MAX,
                brackets: 0,
                stream: None,
                scopes: Vec::new(),
            },
            depth: 0,
            nodes: 0,
            written: 0,
            bindings: Bindings::default(),
            scope,
            origins,
            maps: Vec::new(),
            expanded: vec![false; scope.len()],
            problems: Vec::new(),
            detached: Vec::new(),
            is_over: false,
            is_body: false,
            loops: 0,
            needs_later: Cell::new(false),
        }
    }

    /// A whole expression: what stands in brackets, and the rule itself.
    pub(super) fn expression(&mut self) -> Parsed<Tree> {
        self.nested(precedence::OR)
    }

    /// Like [`Parser::binary`], one level deeper. Operands of looser operators need no count: between two levels there
    /// are no more of them than there are precedences.
    fn nested(&mut self, least: u8) -> Parsed<Tree> {
        self.depth += 1;
        let most = self.limits.most_depth();
        if self.depth > most {
            let message =
                format!("Invalid expression: nested more than {most} deep, the most that is accepted");
            return Err(self.limit(message, self.span()));
        }
        let tree = self.binary(least)?;
        self.depth -= 1;
        Ok(tree)
    }

    /// Operators that bind at least as tightly as `least`, and their operands.
    fn binary(&mut self, least: u8) -> Parsed<Tree> {
        let mut left = self.prefix(least)?;
        while let Some((op, precedence)) = self.operator()
            && precedence >= least
        {
            left = if op.is_comparison() {
                self.comparisons(left)?
            } else if op.is_logical() {
                self.junction(left, op, precedence)?
            } else {
                self.operation(left, op, precedence)?
            };
        }
        Ok(left)
    }

    #[inline(never)]
    fn operation(&mut self, left: Tree, op: BinaryOp, precedence: u8) -> Parsed<Tree> {
        self.advance();
        // `**` takes a sign or another `**` on its right, the others only what binds more tightly.
        let right = match op {
            BinaryOp::Pow => self.nested(precedence::SIGN)?,
            _ => self.binary(precedence + 1)?,
        };
        self.join(op, left, right)
    }

    /// `a and b and c`, folded from the left.
    ///
    /// A long chain is folded in groups, which are folded in turn: the value is the same however it is grouped, and
    /// the tree stays low. The groups are such that the chain reads back as it is printed.
    #[inline(never)]
    fn junction(&mut self, first: Tree, op: BinaryOp, precedence: u8) -> Parsed<Tree> {
        let mut terms = Vec::with_capacity(4);
        terms.push(first);
        while matches!(self.operator(), Some((next, _)) if next == op) {
            self.advance();
            terms.push(self.binary(precedence + 1)?);
        }
        self.grouped(op, terms)
    }

    #[inline(never)]
    fn grouped(&mut self, op: BinaryOp, mut terms: Vec<Tree>) -> Parsed<Tree> {
        let group = self.limits.depth.clamp(8, 64);
        while terms.len() > 3 * group {
            let mut groups = Vec::with_capacity(terms.len() / group + 1);
            let mut rest = terms.into_iter().peekable();
            while rest.peek().is_some() {
                groups.push(self.fold_left(op, rest.by_ref().take(group))?);
            }
            terms = groups;
        }
        self.fold_left(op, terms.into_iter())
    }

    fn fold_left(&mut self, op: BinaryOp, mut terms: impl Iterator<Item = Tree>) -> Parsed<Tree> {
        let first = terms.next().expect("a chain has a first term");
        terms.try_fold(first, |left, right| self.join(op, left, right))
    }

    /// `a < b < c` is `a < b and b < c`.
    #[inline(never)]
    fn comparisons(&mut self, first: Tree) -> Parsed<Tree> {
        let mut left = first;
        let mut all: Option<Tree> = None;
        while let Some((op, precedence::COMPARISON)) = self.operator() {
            self.advance();
            let right = self.binary(precedence::COMPARISON + 1)?;
            let is_last = !matches!(self.operator(), Some((_, precedence::COMPARISON)));
            let middle = if is_last { None } else { Some(self.copy(&right)?) };
            let pair = self.join(op, left, right)?;
            all = Some(match all {
                None => pair,
                Some(before) => self.join(BinaryOp::And, before, pair)?,
            });
            match middle {
                None => break,
                Some(middle) => left = middle,
            }
        }
        all.ok_or_else(|| self.unexpected("a comparison"))
    }

    #[inline(never)]
    fn prefix(&mut self, least: u8) -> Parsed<Tree> {
        let (op, operand) = match self.peek() {
            TokenKind::Mark("not") => (UnaryOp::Not, precedence::NOT),
            TokenKind::Mark("-") => (UnaryOp::Neg, precedence::SIGN),
            TokenKind::Mark("+") => (UnaryOp::Pos, precedence::SIGN),
            _ => return self.postfix(),
        };
        let span = self.span();
        if op == UnaryOp::Not && least > precedence::NOT {
            return Err(invalid("`not` needs brackets here", span).with_label("write `(not ...)`"));
        }
        self.advance();
        let operand = self.nested(operand)?;
        let span = span.to(operand.place.unwrap_or(span));
        let (kind, height) = (Kind::Unary { op, operand: Box::new(operand.expr) }, operand.height);
        self.grow(kind, span, height)
    }

    #[inline(never)]
    fn postfix(&mut self) -> Parsed<Tree> {
        let start = self.span();
        let tree = match self.peek() {
            TokenKind::Name => self.chain()?,
            TokenKind::Int(value) => self.number(*value as f64)?,
            TokenKind::Float(value) => self.number(*value)?,
            TokenKind::Truth(value) => {
                self.advance();
                self.truth(*value, start)?
            }
            TokenKind::Bad => {
                self.advance();
                self.unread(start)?
            }
            TokenKind::Mark("(") => self.bracketed()?,
            TokenKind::Text(_) if self.is_placeholder() => self.chain()?,
            TokenKind::Text(_) => {
                let label = "text is only accepted as an argument of a call";
                return Err(invalid("unsupported literal", start).with_label(label));
            }
            _ => return Err(self.unexpected("a value")),
        };
        let tree = self.members(tree)?;
        if self.peek() == &TokenKind::Mark("(") {
            return Err(invalid("only plain function calls are allowed", self.span())
                .with_label("a value cannot be called"));
        }
        Ok(tree)
    }

    #[inline(never)]
    fn bracketed(&mut self) -> Parsed<Tree> {
        let start = self.advance();
        let mut tree = self.enclosed(Self::bracket_content)?;
        tree.place = Some(start.to(self.advance()));
        // The root of a function's body stays where it is written.
        if tree.expr.span.is_none_or(|span| span.origin == start.origin) {
            tree.expr.span = tree.place;
        }
        Ok(tree)
    }

    fn bracket_content(&mut self) -> Parsed<Tree> {
        if self.is_at_word("let") && self.peek_at(1) == &TokenKind::Name {
            return self.bracketed_values();
        }
        self.expression()
    }

    /// A number in operand position is a float; a leading sign of it is an operator.
    fn number(&mut self, value: f64) -> Parsed<Tree> {
        let span = self.advance();
        self.grow(Kind::Literal(Value::Float(value)), span, 0)
    }

    pub(super) fn truth(&mut self, value: bool, span: Span) -> Parsed<Tree> {
        let mut tree = self.grow(Kind::Literal(Value::Bool(value)), span, 0)?;
        tree.expr.tag = TypeTag::ScalarBool;
        Ok(tree)
    }

    /// What a name alone means as an operand.
    pub(super) fn bare_name(&mut self, name: &str, span: Span) -> Parsed<Tree> {
        if let Some(value) = truth_value(name) {
            return self.truth(value, span);
        }
        if let Some(source) = self.scoped_field(name) {
            return self.grow(Kind::from(source), span, 0);
        }
        // A field of a source that is not known yet may have any name.
        if self.frame.scopes.last().is_some_and(|scope| scope.as_ref().is_some_and(is_unread)) {
            return self.unread(span);
        }
        if self.frame.stream.is_some() {
            return match self.name_in_stream(name) {
                Some(source) => self.grow(Kind::from(source), span, 0),
                None => Err(self.unknown_name(name, span)),
            };
        }
        if let Some(source) = sources::find_source(name) {
            let field = (source.name == "ohlcv").then_some("close");
            return self.grow(Kind::from(SourceRef::of(source.name, field)), span, 0);
        }
        if let Some(field) = sources::find_default_field(name) {
            let call = Expr::select(field);
            self.count(1);
            return self.grow(call.kind, span, 1);
        }
        Err(self.unknown_name(name, span))
    }

    /// The field called `name` of the source that the filter around this place reads.
    pub(super) fn scoped_field(&self, name: &str) -> Option<SourceRef> {
        let source = self.frame.scopes.last()?.as_ref().filter(|source| source.column.is_none())?;
        sources::find_field(&source.source, name).map(|field| source.with_field(Some(field)))
    }

    #[cold]
    #[inline(never)]
    fn unknown_name(&self, name: &str, span: Span) -> Diagnostic {
        let shown = shorten(name);
        if let Some(problem) = self.no_field_of_stream(name, span) {
            return problem;
        }
        let lower = name.to_ascii_lowercase();
        if RESERVED.contains(&name) {
            let label = if name == "if" { A_CHOICE } else { "" };
            return invalid(format!("`{name}` is not supported"), span).with_label(label);
        }
        let error = Diagnostic::name(format!("Unknown identifier '{shown}'"), span);
        if let Some(place) = self.scope.values.get(name).filter(|_| self.frame.origin == 0) {
            self.needs_later.set(true);
            let behind = "bound here, behind its use";
            return error.with_label("a name is bound before it is used").with_other(*place, behind);
        }
        if self.own_source(name).is_some() {
            return error.with_label(format!("a source has columns: write `{name}.` and one of them"));
        }
        if self.scope.find(name).is_some() {
            return error.with_label(format!("a function is called: write `{name}(...)`"));
        }
        if ["and", "or", "not"].contains(&lower.as_str()) {
            return error.with_label(format!("write `{lower}`"));
        }
        if self.catalog.find(&lower).is_some() {
            return error.with_label(format!("an indicator is called: write `{lower}(...)`"));
        }
        if let Some(help) = self.named_otherwise(&shown, span).or_else(|| self.called_elsewhere(&lower, span))
        {
            return error.with_label("not a field, source or indicator").with_help(help);
        }
        let fields = sources::default_field_names().chain(sources::SOURCES.map(|s| s.name));
        let own = self.frame.locals.iter().map(|local| local.name).chain(self.bindings.names());
        let known = fields.chain(self.catalog.names()).map(|name| -> &str { name }).chain(own);
        let known = known.chain(self.scope.names());
        // Names in capital letters are those of symbols, however much an indicator's is like them.
        let has = |is_it: fn(&u8) -> bool| name.as_bytes().iter().any(is_it);
        let is_symbol = has(u8::is_ascii_uppercase) && !has(u8::is_ascii_lowercase);
        let help = did_you_mean(name, known)
            .filter(|_| !is_symbol)
            .unwrap_or_else(|| format!("data of a symbol is written with its field: {shown}.close"));
        error.with_label("not a field, source or indicator").with_help(help)
    }

    /// How a value gets a name, where one is given to it by `name: value` or `name = value`.
    fn named_otherwise(&self, name: &str, span: Span) -> Option<String> {
        let behind = self.frame.text.get(span.range().end..)?.trim_start();
        if behind.starts_with(':') && !behind.starts_with(":=") {
            return Some(format!("outputs are given names in braces: `{{{name}: value}}`"));
        }
        let is_assigned = behind.starts_with(":=") || behind.starts_with('=') && !behind.starts_with("==");
        is_assigned.then(|| format!("a value is given a name by `let {name} = value;`"))
    }

    /// What is written here for a call of another language's namespace, `ta.rsi(...)`, whose first word stands here.
    fn called_elsewhere(&self, space: &str, span: Span) -> Option<String> {
        let behind = self.frame.text.get(span.range().end..)?.strip_prefix('.')?;
        let end = behind.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))?;
        let (name, rest) = behind.split_at(end);
        let here = |name: &str| written_here(&format!("{space}.{name}"), |known| self.is_callable(known));
        if rest.starts_with('(') { here(name) } else { None }
    }

    #[inline(never)]
    fn join(&mut self, op: BinaryOp, left: Tree, right: Tree) -> Parsed<Tree> {
        let span = left.place.zip(right.place).map(|(l, r)| l.to(r));
        let height = left.height.max(right.height);
        let kind = Kind::Binary { op, left: Box::new(left.expr), right: Box::new(right.expr) };
        self.grow(kind, span, height)
    }

    fn copy(&mut self, tree: &Tree) -> Parsed<Tree> {
        self.count(tree.expr.node_count());
        self.check_size(tree.expr.span)?;
        Ok(tree.clone())
    }

    /// A node above others, the highest of which has the height `below`.
    pub(super) fn grow(&mut self, kind: Kind, span: impl Into<Option<Span>>, below: usize) -> Parsed<Tree> {
        let span = span.into();
        self.count(1);
        self.check_size(span)?;
        if below >= self.limits.height() {
            let message = format!(
                "Invalid expression: the tree of this rule is more than {} nodes high, the most that is accepted",
                self.limits.height()
            );
            return Err(self.limit(message, span));
        }
        Ok(Tree { expr: Expr::at(kind, span), height: below + 1, place: span })
    }

    /// Counts nodes of the tree that is being read.
    pub(super) fn count(&mut self, nodes: usize) {
        self.nodes += nodes;
        self.written += nodes;
    }

    pub(super) fn check_size(&mut self, span: Option<Span>) -> Parsed<()> {
        let (has, most) = match self.nodes <= self.limits.nodes {
            true => ("comes, with all its bindings, to", self.limits.written()),
            false => ("has", self.limits.nodes),
        };
        if self.nodes <= self.limits.nodes && self.written <= most {
            return Ok(());
        }
        let message =
            format!("Invalid expression: this rule {has} more than {most} nodes, the most that is accepted");
        Err(self.limit(message, span))
    }

    #[cold]
    fn limit(&mut self, message: String, span: impl Into<Option<Span>>) -> Diagnostic {
        self.is_over = true;
        Diagnostic::limit(message, span)
    }

    pub(super) fn operator(&self) -> Option<(BinaryOp, u8)> {
        use BinaryOp::*;
        let TokenKind::Mark(mark) = self.peek() else { return None };
        Some(match *mark {
            "or" => (Or, precedence::OR),
            "and" => (And, precedence::AND),
            ">" => (Gt, precedence::COMPARISON),
            ">=" => (Gte, precedence::COMPARISON),
            "<" => (Lt, precedence::COMPARISON),
            "<=" => (Lte, precedence::COMPARISON),
            "==" => (Eq, precedence::COMPARISON),
            "!=" => (Neq, precedence::COMPARISON),
            "+" => (Add, precedence::SUM),
            "-" => (Sub, precedence::SUM),
            "*" => (Mul, precedence::PRODUCT),
            "/" => (Div, precedence::PRODUCT),
            "%" => (Mod, precedence::PRODUCT),
            "**" => (Pow, precedence::POWER),
            _ => return None,
        })
    }

    pub(super) fn peek(&self) -> &'a TokenKind {
        &self.frame.tokens[self.frame.at].kind
    }

    /// The kind of the token `ahead` places on; the end goes on for ever.
    pub(super) fn peek_at(&self, ahead: usize) -> &'a TokenKind {
        &self.token_at(ahead).kind
    }

    pub(super) fn token_at(&self, ahead: usize) -> &'a Token {
        let tokens = self.frame.tokens;
        &tokens[(self.frame.at + ahead).min(tokens.len() - 1)]
    }

    pub(super) fn span(&self) -> Span {
        self.span_at(self.frame.at)
    }

    /// Where the token before stood.
    pub(super) fn span_before(&self) -> Span {
        self.span_at(self.frame.at.saturating_sub(1))
    }

    fn span_at(&self, at: usize) -> Span {
        Span { origin: self.frame.origin, ..self.frame.tokens[at].span }
    }

    /// The letters at a place of the text that is read.
    pub(super) fn letters(&self, span: Span) -> &'a str {
        &self.frame.text[span.range()]
    }

    /// True where a parameter's braces stand ahead.
    pub(super) fn is_placeholder(&self) -> bool {
        self.letters(self.span()).starts_with('{')
    }

    /// Steps over a token.
    pub(super) fn advance(&mut self) -> Span {
        let span = self.span();
        self.frame.at = (self.frame.at + 1).min(self.frame.tokens.len() - 1);
        span
    }

    pub(super) fn eat(&mut self, mark: &'static str) -> bool {
        let is_there = self.peek() == &TokenKind::Mark(mark);
        if is_there {
            self.advance();
        }
        is_there
    }

    pub(super) fn expect(&mut self, mark: &'static str, wanted: &str) -> Parsed<Span> {
        if self.peek() == &TokenKind::Mark(mark) { Ok(self.advance()) } else { Err(self.unexpected(wanted)) }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn unexpected(&self, wanted: &str) -> Diagnostic {
        let label = match (self.peek(), self.letters(self.span()).to_ascii_lowercase().as_str()) {
            (TokenKind::Name, word @ ("and" | "or" | "not")) => format!("write `{word}`"),
            (TokenKind::Mark("="), _) => "write `==` to compare".to_owned(),
            (TokenKind::Name, "if" | "then" | "else") => A_CHOICE.to_owned(),
            (TokenKind::Mark(";"), _) if self.frame.visible == usize::MAX => {
                "only a `let` ends with `;`".to_owned()
            }
            (TokenKind::Mark("{" | "}" | ":"), _) => {
                "braces hold a parameter, `{period}`, or all outputs of a rule, `{name: value}`".to_owned()
            }
            _ => return self.needed(wanted),
        };
        self.needed(wanted).with_label(label)
    }

    /// True where the token before is told to be wrong.
    fn is_behind_problem(&self) -> bool {
        let before = self.span_before();
        let is_told = |problem: &Diagnostic| {
            problem.span.is_some_and(|span| span.to(before) == span && span.end == before.end)
        };
        self.frame.at > 0 && self.problems.iter().any(is_told)
    }

    /// What stands here is not what is needed.
    #[cold]
    #[inline(never)]
    pub(super) fn needed(&self, wanted: &str) -> Diagnostic {
        let span = self.span();
        let reason = match self.peek() {
            TokenKind::Bad => return Diagnostic::told(span),
            // What stands behind something wrong may have been right.
            _ if self.is_behind_problem() => return Diagnostic::told(span),
            TokenKind::End => "the text ends too early".to_owned(),
            _ => format!("unexpected `{}`", shorten(self.letters(span))),
        };
        invalid(reason, span).with_label(format!("{wanted} is needed"))
    }
}

/// `true` and `false` in any case.
pub(super) fn truth_value(name: &str) -> Option<bool> {
    match name {
        n if n.eq_ignore_ascii_case("true") => Some(true),
        n if n.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// How tightly operators bind.
mod precedence {
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    pub(super) const NOT: u8 = 3;
    pub(super) const COMPARISON: u8 = 4;
    pub(super) const SUM: u8 = 5;
    pub(super) const PRODUCT: u8 = 6;
    pub(super) const SIGN: u8 = 7;
    pub(super) const POWER: u8 = 8;
}
