//! Functions in the language itself: what their heads say, and whether they may stand together.
//!
//! ```text
//! let spread(a, b, period = 20) = (a - b) / sma(b, period);
//! let bands(x, width = 2) = {upper: sma(x, 20) + width, lower: sma(x, 20) - width};
//! ```
//! Only heads are read here. A body is read where it is called, with the arguments in place of the parameters, so that it
//! means what it would mean written there; see [`function`](super::function).

use std::collections::HashMap;

use super::columns::OwnSource;
use super::diagnostic::{Code, Diagnostic, Diagnostics, Origin, Places};
use super::lets::{has_beginning, statements};
use super::lexer::{Limits, Token, TokenKind, tokenize};
use super::parameters::names_in;
use super::parser::{Parsed, Parser};
use super::prelude;
use super::program::{Role, Statement};
use super::shift::shorten;
use super::span::Span;
use crate::catalog::Catalog;

/// Texts of `let` statements that rules may use: functions and named values.
///
/// ```
/// use ta_engine::lang::{Definitions, Limits};
///
/// let text = "let spread(a, b, period = 20) = (a - b) / sma(b, period);";
/// let definitions = Definitions::parse(&[("spreads", text)], ta_engine::catalog(), &Limits::default())?;
/// assert_eq!(definitions.names().collect::<Vec<_>>(), ["spread"]);
/// # Ok::<(), ta_engine::lang::Diagnostics>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    texts: Vec<DefinitionText>,
    list: Vec<Definition>,
}

#[derive(Clone, Debug)]
struct DefinitionText {
    name: String,
    text: String,
    tokens: Vec<Token>,
}

/// One definition: its head, and where its body stands.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) name: String,
    /// Where its name stands.
    pub(super) span: Span,
    /// `None` for a named value.
    pub(super) params: Option<Vec<Param>>,
    /// Place of its first token among those of its text, and of the one behind it.
    pub(super) tokens: std::ops::Range<usize>,
    /// Place of the first token of the body.
    pub(super) body: usize,
    /// False where its head is wrong or where it needs itself: nothing is said of its calls.
    pub(super) is_sound: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Param {
    pub(super) name: String,
    span: Span,
    /// Place of the first token of its default.
    pub(super) default: Option<usize>,
}

/// A text and its tokens.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
}

/// What the names of a rule and of its definitions stand for.
pub(super) struct Scope<'a> {
    /// The rule's text, then the texts of definitions.
    pub(super) texts: Vec<Source<'a>>,
    definitions: Vec<&'a Definition>,
    /// Places in the list by lower-case name.
    places: HashMap<String, usize>,
    /// The names that the rule's text binds to values, wherever it does.
    pub(super) values: HashMap<&'a str, Span>,
    /// Sources of the caller's own.
    pub(super) sources: &'a [OwnSource],
}

impl Definitions {
    /// Reads named texts of definitions, which may use each other's.
    ///
    /// # Errors
    /// Everything that is wrong with them: what does not read, names that mean something already, names that mean
    /// nothing, functions that need themselves. Types are checked where a function is called.
    pub fn parse(
        texts: &[(&str, &str)],
        catalog: &Catalog,
        limits: &Limits,
    ) -> Result<Definitions, Diagnostics> {
        let read = Definitions::parse_alone(texts, catalog, limits);
        if read.is_ok() {
            return read;
        }
        let called = prelude::called_by(texts.iter().map(|(_, text)| *text), limits);
        if called.is_empty() {
            return read;
        }
        let texts: Vec<_> = texts.iter().copied().chain([(prelude::NAME, called.as_str())]).collect();
        Definitions::parse_alone(&texts, catalog, limits)
    }

    /// These definitions, if any, and what a rule's text calls of the prelude; `None` where it calls nothing of it.
    pub(super) fn with_prelude(
        definitions: Option<&Definitions>,
        rule: &str,
        catalog: &Catalog,
        limits: &Limits,
    ) -> Option<Definitions> {
        let own = definitions.map_or(&[][..], |definitions| &definitions.texts);
        let texts = own.iter().filter(|text| text.name != prelude::NAME);
        let texts: Vec<_> = texts.map(|text| (text.name.as_str(), text.text.as_str())).collect();
        let called = prelude::called_by(texts.iter().map(|(_, text)| *text).chain([rule]), limits);
        if called.is_empty() {
            return None;
        }
        let texts: Vec<_> = texts.into_iter().chain([(prelude::NAME, called.as_str())]).collect();
        Definitions::parse_alone(&texts, catalog, limits).ok()
    }

    /// [`parse`](Definitions::parse) without the prelude.
    fn parse_alone(
        texts: &[(&str, &str)],
        catalog: &Catalog,
        limits: &Limits,
    ) -> Result<Definitions, Diagnostics> {
        let mut read = Vec::with_capacity(texts.len());
        let mut problems = Vec::new();
        for (at, (name, text)) in texts.iter().enumerate() {
            let mut own = Vec::new();
            let (text, tokens) = match tokenize(text, limits, &mut own) {
                Ok(tokens) => (*text, tokens),
                // A text that is too long is not shown either.
                Err(problem) => {
                    own.push(problem);
                    let end = Token { kind: TokenKind::End, span: Span::new(0, 0) };
                    ("", vec![end])
                }
            };
            let origin = at as u32 + 1;
            problems.extend(
                own.into_iter().map(|p| Diagnostic { span: p.span.map(|span| Span { origin, ..span }), ..p }),
            );
            read.push(DefinitionText { name: (*name).to_owned(), text: text.to_owned(), tokens });
        }
        let mut definitions = Definitions { texts: read, list: Vec::new() };
        let end = [Token { kind: TokenKind::End, span: Span::new(0, 0) }];
        let mut origins = Vec::new();
        let list = definitions.read_heads(&end, &mut problems, catalog, limits);
        definitions.list = list;
        if !problems.iter().any(|problem| problem.code == Code::Limit) {
            let scope = Scope::of(Source { text: "", tokens: &end }, &definitions, &[]);
            let mut parser = Parser::new(&scope, catalog, limits);
            for at in 0..definitions.list.len() {
                if let Err(problem) = parser.try_out(at) {
                    problems = vec![problem];
                    break;
                }
            }
            problems.append(&mut parser.problems);
            origins = parser.origins;
        }
        match Diagnostics::from_list(problems) {
            None => Ok(definitions),
            Some(problems) => Err(problems.with_places(definitions.places("", origins))),
        }
    }

    /// The heads of the statements of all texts; `end` is the rule that is not there.
    fn read_heads(
        &self,
        end: &[Token],
        problems: &mut Vec<Diagnostic>,
        catalog: &Catalog,
        limits: &Limits,
    ) -> Vec<Definition> {
        let mut list: Vec<Definition> = Vec::new();
        for (at, text) in self.texts.iter().enumerate() {
            let scope = Scope::of(Source { text: "", tokens: end }, self, &[]);
            let mut parser = Parser::new(&scope, catalog, limits);
            parser.enter(at + 1);
            let (statements, rest) = statements(&text.text, &text.tokens, 0);
            for statement in &statements {
                list.extend(parser.head(statement, &list));
            }
            parser.frame.at = rest;
            // An open last statement runs to the end.
            if let Some(last) = statements.last().filter(|last| !last.is_closed) {
                parser.frame.at = last.tokens.end;
                let problem = parser.needed("`;` behind a definition");
                parser.report(problem);
            } else if parser.peek() != &TokenKind::End {
                let problem = parser.needed("a definition, `let name(a, b) = ...;`,");
                parser.report(problem);
            }
            for name in names_in(&text.text, &text.tokens) {
                let message = format!("Parameter '{}' stands in a definition", shorten(name));
                let place = text
                    .text
                    .find('{')
                    .map(|open| Span { origin: at as u32 + 1, ..Span::new(open, open + 1) });
                let label = "a definition takes what it needs in brackets: `let name(period) = ...;`";
                parser.report(Diagnostic::parse(message, place).with_label(label));
            }
            problems.append(&mut parser.problems);
        }
        mark_cycles(&mut list, |text| Source::from(&self.texts[text - 1]), problems);
        list
    }

    /// The names that a text defines, whether or not its bodies read.
    pub fn names_in(text: &str, limits: &Limits) -> Result<Vec<String>, Diagnostics> {
        let tokens = tokenize(text, limits, &mut Vec::new())?;
        let names =
            statements(text, &tokens, 0).0.into_iter().map(|statement| &tokens[statement.tokens.start + 1]);
        let names = names.filter(|token| token.kind == TokenKind::Name);
        Ok(names.map(|token| text[token.span.range()].to_owned()).collect())
    }

    /// The names that are defined.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.own().map(|definition| definition.name.as_str())
    }

    /// Those that stand in the texts that were given.
    fn own(&self) -> impl Iterator<Item = &Definition> {
        self.list.iter().filter(|one| self.texts[one.span.origin as usize - 1].name != prelude::NAME)
    }

    /// Each definition alone: its name, its statement as it is written, and the statement without blanks and remarks,
    /// which is the same for two that mean the same.
    pub fn statements(&self) -> impl Iterator<Item = (&str, &str, String)> {
        self.own().map(|definition| {
            let text = &self.texts[definition.span.origin as usize - 1];
            let tokens = &text.tokens[definition.tokens.start..=definition.tokens.end];
            let written = &text.text[tokens[0].span.start()..tokens[tokens.len() - 1].span.end()];
            let words = tokens.iter().map(|token| &text.text[token.span.range()]);
            (definition.name.as_str(), written, words.collect::<Vec<_>>().join(" "))
        })
    }

    /// All texts, the rule's first.
    pub(super) fn places(&self, rule: &str, mut origins: Vec<Origin>) -> Places {
        let texts = self.texts.iter().map(|text| (text.name.clone(), text.text.clone()));
        let texts: Vec<_> = std::iter::once(("rule".to_owned(), rule.to_owned())).chain(texts).collect();
        // Nothing may have been read.
        origins.extend((origins.len()..texts.len()).map(|text| Origin { text, call: None }));
        Places { texts, origins }
    }
}

impl<'a> From<&'a DefinitionText> for Source<'a> {
    fn from(text: &'a DefinitionText) -> Source<'a> {
        Source { text: &text.text, tokens: &text.tokens }
    }
}

impl<'a> Scope<'a> {
    /// The scope of a rule with definitions from elsewhere and of its own.
    pub(super) fn of(rule: Source<'a>, definitions: &'a Definitions, own: &'a [Definition]) -> Scope<'a> {
        let texts = std::iter::once(rule).chain(definitions.texts.iter().map(Source::from)).collect();
        let list: Vec<&Definition> = definitions.list.iter().chain(own).collect();
        let mut places = HashMap::with_capacity(list.len());
        for (at, definition) in list.iter().enumerate() {
            places.entry(definition.name.to_ascii_lowercase()).or_insert(at);
        }
        Scope { texts, definitions: list, places, values: HashMap::new(), sources: &[] }
    }

    /// The place of the definition called `name`.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        if self.definitions.is_empty() {
            return None;
        }
        let at = *self.places.get(&name.to_ascii_lowercase())?;
        (self.definitions[at].name == name).then_some(at)
    }

    /// The definition called `name` in any case.
    pub(super) fn find_alike(&self, name: &str) -> Option<&'a Definition> {
        self.places.get(&name.to_ascii_lowercase()).map(|at| self.definitions[*at])
    }

    pub(super) fn len(&self) -> usize {
        self.definitions.len()
    }

    pub(super) fn get(&self, at: usize) -> &'a Definition {
        self.definitions[at]
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.definitions.iter().map(|definition| definition.name.as_str())
    }

    /// The places of the rule's own definitions.
    pub(super) fn own(&self) -> impl Iterator<Item = usize> {
        (0..self.definitions.len()).filter(|at| self.definitions[*at].span.origin == 0)
    }
}

impl Definition {
    /// What a call may give it, in words.
    pub(super) fn accepted(&self, source: Source<'_>) -> String {
        let params = self.params.as_deref().unwrap_or_default();
        if params.is_empty() {
            return "accepted: no arguments".to_owned();
        }
        let shown = params.iter().map(|param| match param.default {
            None => param.name.clone(),
            Some(first) => {
                let start = source.tokens[first].span.start();
                let end = source.tokens[param_end(source.tokens, first) - 1].span.end();
                format!("{} = {}", param.name, shorten(&source.text[start..end]))
            }
        });
        format!("accepted: {}", shown.collect::<Vec<_>>().join(", "))
    }
}

/// The token behind a default: the `,` or `)` of the brackets around it.
fn param_end(tokens: &[Token], first: usize) -> usize {
    let mut open = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(first) {
        match token.kind {
            TokenKind::Mark("," | ")") if open == 0 => return at,
            TokenKind::Mark("(" | "[" | "{") => open += 1,
            TokenKind::Mark(")" | "]" | "}") => open = open.saturating_sub(1),
            TokenKind::Mark(";") | TokenKind::End => return at,
            _ => {}
        }
    }
    tokens.len() - 1
}

impl<'a> Parser<'a> {
    /// The head of a definition; what is wrong with it is reported. `None` where it has no name that could be called.
    pub(super) fn head(&mut self, statement: &Statement, before: &[Definition]) -> Option<Definition> {
        self.frame.at = statement.tokens.start + 1;
        if self.peek() != &TokenKind::Name {
            let problem = self.unexpected("a name");
            self.report(problem);
            return None;
        }
        let span = self.advance();
        let name = self.letters(span);
        let role = if statement.is_function { Role::Function } else { Role::Value };
        let known = before.iter().find(|one| one.name.eq_ignore_ascii_case(name));
        let known = known.or_else(|| self.scope.find_alike(name)).map(|one| (one.name.as_str(), one.span));
        if let Err(problem) = self.check_new(name, span, known, role) {
            self.report(problem);
            return None;
        }
        let mut definition = Definition {
            name: name.to_owned(),
            span,
            params: statement.is_function.then(Vec::new),
            tokens: statement.tokens.clone(),
            body: statement.tokens.end,
            is_sound: false,
        };
        match self.head_params(&mut definition) {
            Ok(()) => definition.is_sound = true,
            Err(problem) => self.report(problem),
        }
        Some(definition)
    }

    fn head_params(&mut self, definition: &mut Definition) -> Parsed<()> {
        if let Some(params) = &mut definition.params {
            self.advance();
            while self.peek() != &TokenKind::Mark(")") {
                let param = self.head_param(params)?;
                params.push(param);
                if !self.eat(",") {
                    break;
                }
            }
            self.expect(")", "`,` or `)`")?;
        }
        self.expect("=", "`=`")?;
        definition.body = self.frame.at;
        Ok(())
    }

    fn head_param(&mut self, before: &[Param]) -> Parsed<Param> {
        if self.peek() != &TokenKind::Name {
            return Err(self.unexpected("the name of a parameter"));
        }
        let span = self.advance();
        let name = self.letters(span);
        let known = before.iter().find(|one| one.name.eq_ignore_ascii_case(name));
        self.check_new(name, span, known.map(|one| (one.name.as_str(), one.span)), Role::Parameter)?;
        let mut default = None;
        if self.eat("=") {
            let first = self.frame.at;
            self.frame.at = param_end(self.frame.tokens, first);
            if self.frame.at == first {
                return Err(self.unexpected("a value"));
            }
            default = Some(first);
        } else if let Some(other) = before.iter().find(|one| one.default.is_some()) {
            let message = format!("Parameter '{}' needs a default", shorten(name));
            return Err(Diagnostic::parse(message, span)
                .with_label("or write it in front of those that have one")
                .with_other(other.span, "this one has a default"));
        }
        Ok(Param { name: name.to_owned(), span, default })
    }

    /// Refuses parameters that are called like a definition or like a value of the same text.
    pub(super) fn check_params(&mut self, definition: &Definition) {
        for param in definition.params.as_deref().unwrap_or_default() {
            let own = (param.span.origin == 0).then(|| self.scope.values.iter()).into_iter().flatten();
            let mut own = own.filter(|(name, _)| name.eq_ignore_ascii_case(&param.name));
            let known = self.scope.find_alike(&param.name).map(|one| (one.name.as_str(), one.span));
            let known = known.or_else(|| own.next().map(|(name, span)| (*name, *span)));
            if let Some(known) = known
                && let Err(problem) = self.check_new(&param.name, param.span, Some(known), Role::Parameter)
            {
                self.report(problem);
            }
        }
    }
}

/// Finds the definitions that need themselves, tells each circle once and marks its members.
pub(super) fn mark_cycles<'s>(
    list: &mut [Definition],
    source: impl Fn(usize) -> Source<'s>,
    problems: &mut Vec<Diagnostic>,
) {
    let places: HashMap<&str, usize> =
        list.iter().enumerate().map(|(at, one)| (one.name.as_str(), at)).collect();
    let uses: Vec<Vec<(usize, Span)>> =
        list.iter().map(|one| uses_of(one, source(one.span.origin as usize), &places, list)).collect();
    // 0: not seen, 1: on the way, 2: done.
    let mut states = vec![0_u8; list.len()];
    let mut in_circle = vec![false; list.len()];
    for first in 0..list.len() {
        let mut way: Vec<(usize, usize)> = Vec::new();
        if states[first] == 0 {
            states[first] = 1;
            way.push((first, 0));
        }
        while let Some((at, next)) = way.last_mut() {
            let Some((used, place)) = uses[*at].get(*next).copied() else {
                states[*at] = 2;
                way.pop();
                continue;
            };
            *next += 1;
            match states[used] {
                0 => {
                    states[used] = 1;
                    way.push((used, 0));
                }
                1 => {
                    let start = way.iter().position(|(at, _)| *at == used).expect("it is on the way");
                    let circle: Vec<usize> = way[start..].iter().map(|(at, _)| *at).collect();
                    circle.iter().for_each(|at| in_circle[*at] = true);
                    let names = circle.iter().chain([&used]).map(|at| shorten(&list[*at].name));
                    let message = format!(
                        "'{}' needs itself: {}",
                        shorten(&list[used].name),
                        names.collect::<Vec<_>>().join(" -> ")
                    );
                    problems.push(
                        Diagnostic::name(message, place)
                            .with_label("a definition may not lead back to itself")
                            .with_other(list[used].span, "defined here"),
                    );
                }
                _ => {}
            }
        }
    }
    for (one, is_in) in list.iter_mut().zip(in_circle) {
        one.is_sound &= !is_in;
    }
}

/// The definitions that one uses, and where.
fn uses_of(
    definition: &Definition,
    source: Source<'_>,
    places: &HashMap<&str, usize>,
    list: &[Definition],
) -> Vec<(usize, Span)> {
    let is = |at: usize, mark| source.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Mark(mark));
    let range = definition.tokens.start + 2..definition.tokens.end;
    let sees_its_past = definition.params.is_none() && has_beginning(source, &definition.tokens);
    let named = range.filter(|at| source.tokens[*at].kind == TokenKind::Name && !is(at - 1, "."));
    let used = named.filter_map(|at| {
        let span = source.tokens[at].span;
        let used = *places.get(&source.text[span.range()])?;
        let is_use = list[used].params.is_some() == is(at + 1, "(") && !is(at + 1, "=");
        let is_own_past = sees_its_past && list[used].name == definition.name;
        (is_use && !is_own_past).then_some((used, Span { origin: definition.span.origin, ..span }))
    });
    used.collect()
}
