//! Which values a text or a bracket binds, in which order they are read, and which of them see their own past.
//!
//! ```text
//! let stop = greatest(stop[1], low) from low restart when close < stop[1];
//! (let on = if(set, true, if(reset, false, on[1])) from false; on)
//! ```
//! Where values of a scope need one another they are a loop, whatever the order they are written in: the names alone say so,
//! before anything is read.

use std::collections::HashMap;
use std::ops::Range;

use super::definitions::{Definition, Source};
use super::diagnostic::Diagnostic;
use super::function::Local;
use super::ir::{Kind, Loop, LoopValue};
use super::lexer::{Token, TokenKind};
use super::loops::{OPEN, name_values, settle_types};
use super::parser::{Parsed, Parser, Tree};
use super::program::{Role, Statement};
use super::shift::shorten;
use super::span::Span;

/// What a `let` says, read.
pub(super) struct Bound {
    body: Tree,
    /// With the place of the word before it.
    first: Option<(Tree, Span)>,
    restart: Option<Tree>,
    nodes: usize,
}

/// Statements that are read together.
pub(super) enum Group {
    /// One that needs only what stands before it.
    Plain(usize),
    /// Some that need one another.
    Loop(Vec<usize>),
}

/// A value of a loop whose parts are being read.
struct Opened<'a> {
    name: &'a str,
    span: Span,
    /// What stands for it meanwhile.
    own: Tree,
    statement: usize,
}

/// Where values are bound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the rule.
    Rule,
    /// In a bracket, for what stands in it.
    Bracket,
    /// Among definitions, where its name is known to be its own.
    Definition,
}

fn is_mark(tokens: &[Token], at: usize, mark: &'static str) -> bool {
    tokens.get(at).is_some_and(|token| token.kind == TokenKind::Mark(mark))
}

fn is_word(text: &str, tokens: &[Token], at: usize, word: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.kind == TokenKind::Name && &text[token.span.range()] == word)
}

/// True where a bracket binds values.
fn binds(text: &str, tokens: &[Token], at: usize) -> bool {
    is_mark(tokens, at, "(")
        && is_word(text, tokens, at + 1, "let")
        && tokens.get(at + 2).is_some_and(|token| token.kind == TokenKind::Name)
}

/// True where a text says from what a value begins.
pub(super) fn has_beginnings(text: &str, tokens: &[Token]) -> bool {
    (1..tokens.len()).any(|at| is_word(text, tokens, at, "from") && !is_mark(tokens, at - 1, "."))
}

/// True where a definition says from what its value begins.
pub(super) fn has_beginning(source: Source<'_>, range: &Range<usize>) -> bool {
    has_beginnings(source.text, &source.tokens[range.clone()])
}

/// The `let` statements from a token on, and the place of the token behind them.
pub(super) fn statements(text: &str, tokens: &[Token], from: usize) -> (Vec<Statement>, usize) {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let is_let = |at: usize| is_word(text, tokens, at, "let");
    // The only one in the midst of an expression would be a mistake.
    let starts = |at: usize| {
        is_let(at)
            && kind(at + 1) == Some(&TokenKind::Name)
            && matches!(kind(at + 2), Some(TokenKind::Mark("=" | "(")))
    };
    // For each bracket around a place, whether it binds values itself.
    let mut open: Vec<bool> = Vec::new();
    let (mut list, mut at) = (Vec::new(), from);
    while is_let(at) && kind(at + 1) != Some(&TokenKind::Mark(".")) {
        open.clear();
        let mut end = at + 1;
        while end + 1 < tokens.len() {
            let is_inner = open.contains(&true);
            match tokens[end].kind {
                TokenKind::Mark(";") if !is_inner => break,
                TokenKind::Mark("(") => open.push(binds(text, tokens, end)),
                TokenKind::Mark(")") if open.pop().is_none() && from > 0 => break,
                TokenKind::Name if !is_inner && starts(end) => break,
                _ => {}
            }
            end += 1;
        }
        let is_function = starts(at) && kind(at + 2) == Some(&TokenKind::Mark("("));
        let is_closed = tokens[end].kind == TokenKind::Mark(";");
        list.push(Statement { tokens: at..end, is_function, is_closed });
        at = end + usize::from(is_closed);
    }
    (list, at)
}

/// The names that stand for values in some tokens, but those that a bracket within them binds itself.
fn names_in<'a>(text: &'a str, tokens: &[Token], range: Range<usize>) -> Vec<&'a str> {
    let (mut names, mut hidden): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    // For each bracket around a place, how many names were hidden before it.
    let mut open: Vec<usize> = Vec::new();
    for at in range {
        match tokens[at].kind {
            TokenKind::Mark("(") => {
                open.push(hidden.len());
                if binds(text, tokens, at) {
                    let (inner, _) = statements(text, tokens, at + 1);
                    let named = inner.iter().filter_map(|one| tokens.get(one.tokens.start + 1));
                    hidden.extend(named.map(|token| &text[token.span.range()]));
                }
            }
            TokenKind::Mark(")") => hidden.truncate(open.pop().unwrap_or(0)),
            TokenKind::Name if !is_mark(tokens, at - 1, ".") && !is_mark(tokens, at + 1, "=") => {
                let name = &text[tokens[at].span.range()];
                if !hidden.contains(&name) {
                    names.push(name);
                }
            }
            _ => {}
        }
    }
    names
}

/// The statements in an order in which each stands behind those it needs, and those that need one another together.
fn groups(text: &str, tokens: &[Token], statements: &[Statement]) -> Vec<Group> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, statement) in statements.iter().enumerate() {
        let name = &text[tokens[statement.tokens.start + 1].span.range()];
        places.entry(name).or_insert(at);
    }
    let needs: Vec<Vec<usize>> = statements
        .iter()
        .map(|statement| {
            let range = (statement.tokens.start + 2).min(statement.tokens.end)..statement.tokens.end;
            names_in(text, tokens, range).into_iter().filter_map(|name| places.get(name).copied()).collect()
        })
        .collect();
    let mut groups = Vec::new();
    for mut members in circles_in_order(&needs) {
        let is_loop = members.len() > 1 || needs[members[0]].contains(&members[0]);
        members.retain(|at| !statements[*at].is_function);
        members.sort_unstable();
        match members[..] {
            [] => {}
            [one] if !is_loop => groups.push(Group::Plain(one)),
            _ => groups.push(Group::Loop(members)),
        }
    }
    groups
}

/// Tarjan's strongly connected components, each behind those it needs.
fn circles_in_order(needs: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut found = Vec::new();
    let (mut numbers, mut lowest) = (vec![UNSEEN; needs.len()], vec![0; needs.len()]);
    let (mut stack, mut is_stacked, mut next_number) = (Vec::new(), vec![false; needs.len()], 0);
    for first in 0..needs.len() {
        if numbers[first] != UNSEEN {
            continue;
        }
        let mut way = vec![(first, 0)];
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            if *next == 0 {
                (numbers[at], lowest[at]) = (next_number, next_number);
                next_number += 1;
                stack.push(at);
                is_stacked[at] = true;
            }
            if let Some(needed) = needs[at].get(*next).copied() {
                *next += 1;
                if numbers[needed] == UNSEEN {
                    way.push((needed, 0));
                } else if is_stacked[needed] {
                    lowest[at] = lowest[at].min(numbers[needed]);
                }
                continue;
            }
            way.pop();
            if let Some((above, _)) = way.last() {
                lowest[*above] = lowest[*above].min(lowest[at]);
            }
            if lowest[at] == numbers[at] {
                let start = stack.iter().rposition(|one| *one == at).expect("it is on the stack");
                let members = stack.split_off(start);
                members.iter().for_each(|one| is_stacked[*one] = false);
                found.push(members);
            }
        }
    }
    found
}

impl<'a> Parser<'a> {
    /// The values of a rule, those that need one another together.
    pub(super) fn read_in_order(&mut self, statements: &[Statement]) -> Parsed<()> {
        for group in groups(self.frame.text, self.frame.tokens, statements) {
            match group {
                Group::Plain(at) => {
                    self.frame.at = statements[at].tokens.start;
                    self.frame.before = self.span().start();
                    self.settled(|parser| parser.binding(&statements[at]))?;
                }
                Group::Loop(members) => self.read_loop(statements, &members, Place::Rule)?,
            }
        }
        self.frame.before = usize::MAX;
        Ok(())
    }

    /// What a `let` binds its name to, with the `=` ahead; nodes are counted apart. `None` where it does not read.
    pub(super) fn bound(&mut self, statement: &Statement) -> Parsed<Option<Bound>> {
        // Only what is used counts as part of the rule; `written` counts all.
        let before = std::mem::take(&mut self.nodes);
        let bound = self.settled(|parser| {
            parser.expect("=", "`=`")?;
            let body = parser.expression()?;
            let first = match parser.is_at_word("from") {
                true => {
                    let word = parser.advance();
                    Some((parser.expression()?, word))
                }
                false => None,
            };
            let mut restart = None;
            if parser.is_at_word("restart") && parser.is_word_at(1, "when") {
                parser.advance();
                parser.advance();
                restart = Some(parser.expression()?);
            }
            if parser.frame.at != statement.tokens.end || !statement.is_closed {
                let problem = parser.unexpected("an operator, or `;` and then the rule,");
                parser.report(problem);
            }
            Ok((body, first, restart))
        })?;
        let nodes = std::mem::replace(&mut self.nodes, before);
        Ok(bound.map(|(body, first, restart)| Bound { body, first, restart, nodes }))
    }

    /// The tree of a value that does not need itself, and how many nodes it has; anything where it does not read.
    pub(super) fn plain_tree(
        &mut self,
        name: &str,
        span: Span,
        bound: Option<Bound>,
    ) -> Parsed<(Tree, usize)> {
        let Some(Bound { body, first, restart, nodes }) = bound else {
            return Ok((self.unread(span)?, 1));
        };
        if let Some((first, word)) = first {
            let message = "`from` on a `let` that does not read itself: never used";
            let label = format!("leave it away, or read `{}[1]`", shorten(name));
            self.report(Diagnostic::name(message, word).with_label(label));
            self.detached.push(first.expr);
        } else if let Some(restart) = &restart {
            let message = "`restart when` on a `let` that does not read itself: never used";
            let label = format!("leave it away, or read `{}[1]`", shorten(name));
            self.report(Diagnostic::name(message, restart.place).with_label(label));
        }
        self.detached.extend(restart.map(|tree| tree.expr));
        Ok((body, nodes))
    }

    /// Values that need one another.
    fn read_loop(&mut self, statements: &[Statement], members: &[usize], place: Place) -> Parsed<()> {
        let mut opened: Vec<Opened<'a>> = Vec::with_capacity(members.len());
        for at in members {
            self.frame.at = statements[*at].tokens.start;
            if let Some((name, span)) = self.settled(|parser| parser.new_name(place))? {
                self.loops += 1;
                let stand_in = format!("{name}{OPEN}{}", self.loops);
                let own = self.grow(Kind::Own(stand_in.into()), span, 0)?;
                self.bind(name, span, own.clone(), 1, place);
                opened.push(Opened { name, span, own, statement: *at });
            }
        }
        let mut values = Vec::with_capacity(opened.len());
        let (mut nodes, mut height) = (1, 0);
        for Opened { span, own, statement, .. } in &opened {
            let statement = &statements[*statement];
            self.frame.at = statement.tokens.start + 2;
            self.frame.before = if place == Place::Rule { span.start() } else { self.frame.before };
            let bound = self.bound(statement)?;
            let bound = match bound {
                Some(bound) => bound,
                None => Bound { body: self.unread(*span)?, first: None, restart: None, nodes: 1 },
            };
            let trees = [Some(bound.body), bound.first.map(|(tree, _)| tree), bound.restart];
            trees.iter().flatten().for_each(|tree| self.report_maps(&tree.expr));
            height = trees.iter().flatten().map(|tree| tree.height).fold(height, usize::max);
            nodes += bound.nodes;
            let [body, first, restart] = trees.map(|tree| tree.map(|tree| tree.expr));
            let Kind::Own(name) = own.expr.kind.clone() else { unreachable!("it stands for a value") };
            values.push(LoopValue { name, body: body.expect("it is read"), first, restart });
        }
        let names: Vec<_> = opened.iter().map(|one| one.name).collect();
        name_values(&mut values, &names);
        for (chosen, one) in opened.into_iter().enumerate() {
            let it = Loop { values: values.clone(), chosen };
            let mut tree = self.grow(Kind::Loop(Box::new(it)), one.span, height)?;
            settle_types(&mut tree.expr, self.catalog);
            self.bind_again(one.name, tree, nodes, place, chosen == 0);
        }
        Ok(())
    }

    /// The name of a `let` ahead, which may mean nothing yet.
    fn new_name(&mut self, place: Place) -> Parsed<(&'a str, Span)> {
        self.advance();
        if self.peek() != &TokenKind::Name {
            return Err(self.unexpected("a name"));
        }
        let span = self.advance();
        let name = self.letters(span);
        let known = if place == Place::Definition { None } else { self.known_name(name, place) };
        if let Err(problem) = self.check_new(name, span, known, Role::Value) {
            self.report(problem);
        }
        Ok((name, span))
    }

    /// What is called so already, so that it may not be bound here.
    fn known_name(&self, name: &str, place: Place) -> Option<(&'a str, Span)> {
        let in_rule =
            self.bindings.find_alike(name).filter(|_| place == Place::Rule || self.frame.origin == 0);
        let params = self.frame.locals.iter().filter(|local| local.bracket.is_none());
        let mut params = params.filter(|local| local.name.eq_ignore_ascii_case(name));
        let span = self.span_before();
        let siblings = self.frame.locals.iter().filter(|local| local.bracket == Some(self.frame.brackets));
        let mut siblings = siblings.filter(|local| local.name.eq_ignore_ascii_case(name));
        in_rule
            .or_else(|| self.scope.find_alike(name).map(|one| (one.name.as_str(), one.span)))
            .or_else(|| params.next().map(|local| (local.name, span)))
            .or_else(|| siblings.next().map(|local| (local.name, local.tree.place.unwrap_or(span))))
    }

    fn bind(&mut self, name: &'a str, span: Span, tree: Tree, nodes: usize, place: Place) {
        match place {
            Place::Rule => self.bindings.add(name, span, tree, nodes, true),
            Place::Bracket | Place::Definition => {
                let bracket = Some(self.frame.brackets);
                self.frame.locals.push(Local { name, tree, nodes, bracket, is_used: false });
            }
        }
    }

    /// Puts in place of what stood for the value of a loop the loop itself; one of its values is to be checked if none is used.
    fn bind_again(&mut self, name: &'a str, tree: Tree, nodes: usize, place: Place, is_first: bool) {
        match place {
            Place::Rule => self.bindings.replace(name, tree, nodes, !is_first),
            Place::Bracket | Place::Definition => {
                let local = self.frame.locals.iter_mut().rev().find(|local| local.name == name);
                let local = local.expect("it is bound");
                (local.tree, local.nodes, local.is_used) = (tree, nodes, !is_first);
            }
        }
    }

    /// Values for what stands behind them, up to the closing bracket, with the first `let` ahead.
    #[inline(never)]
    pub(super) fn bracketed_values(&mut self) -> Parsed<Tree> {
        let (statements, rest) = statements(self.frame.text, self.frame.tokens, self.frame.at);
        self.frame.brackets += 1;
        let outside = self.frame.locals.len();
        for statement in statements.iter().filter(|statement| statement.is_function) {
            let place =
                Span { origin: self.frame.origin, ..self.frame.tokens[statement.tokens.start + 1].span };
            let message = "Functions are defined in front of a rule, not in brackets";
            self.report(Diagnostic::parse(message, place).with_label("write it in front of the rule"));
        }
        for group in groups(self.frame.text, self.frame.tokens, &statements) {
            match group {
                Group::Plain(at) => {
                    self.frame.at = statements[at].tokens.start;
                    if let Some((name, span)) = self.settled(|parser| parser.new_name(Place::Bracket))? {
                        let bound = self.bound(&statements[at])?;
                        let (tree, nodes) = self.plain_tree(name, span, bound)?;
                        self.bind(name, span, tree, nodes, Place::Bracket);
                    }
                }
                Group::Loop(members) => self.read_loop(&statements, &members, Place::Bracket)?,
            }
        }
        self.frame.at = rest;
        let tree = self.expression()?;
        let inner = self.frame.locals.split_off(outside);
        let unused = inner.into_iter().filter(|local| !local.is_used).map(|local| local.tree.expr);
        self.detached.extend(unused);
        Ok(tree)
    }

    /// A defined value that sees its own past, up to the `;` behind it.
    pub(super) fn own_past(&mut self, definition: &'a Definition) -> Parsed<Tree> {
        let statement = Statement { tokens: definition.tokens.clone(), is_function: false, is_closed: true };
        let statements = [statement];
        if let [Group::Loop(members)] = &groups(self.frame.text, self.frame.tokens, &statements)[..] {
            self.read_loop(&statements, members, Place::Definition)?;
            let local = self.frame.locals.pop().expect("a loop binds its value");
            self.count(local.nodes);
            return Ok(local.tree);
        }
        self.frame.at = definition.tokens.start + 2;
        let bound = self.bound(&statements[0])?;
        let (tree, nodes) = self.plain_tree(&definition.name, definition.span, bound)?;
        self.count(nodes);
        Ok(tree)
    }

    pub(super) fn is_at_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        self.peek_at(ahead) == &TokenKind::Name && self.letters(self.token_at(ahead).span) == word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_one_another_is_found_and_stands_behind_what_it_needs() {
        let needs = [vec![1], vec![2], vec![1, 3], vec![], vec![4, 0]];
        let mut found = circles_in_order(&needs);
        found.iter_mut().for_each(|members| members.sort_unstable());
        assert_eq!(found, [vec![3], vec![1, 2], vec![0], vec![4]]);
    }
}
