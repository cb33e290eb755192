//! Going on behind an error, so that all errors of a text are told at once.
//!
//! What could not be read becomes a node that stands for anything, so that nothing is said of it twice. It never leaves
//! a compilation: where there is one there is a problem, too.

use super::diagnostic::Diagnostic;
use super::ir::{Expr, Kind, SourceRef};
use super::lexer::{MOST_PROBLEMS, TokenKind};
use super::parser::{Parsed, Parser, Tree};
use super::span::Span;

/// The source of what could not be read; no text can name it.
const UNREAD: &str = "?";

/// True for what stands for something that could not be read.
pub(super) fn is_unread(source: &SourceRef) -> bool {
    source.source == UNREAD
}

/// True where some part could not be read.
pub(super) fn has_unread(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::SourceRef(source) => is_unread(source),
        _ => expr.children().into_iter().any(has_unread),
    }
}

impl Parser<'_> {
    /// What stands for anything.
    pub(super) fn unread(&mut self, span: Span) -> Parsed<Tree> {
        self.grow(Kind::from(SourceRef::of(UNREAD, None)), span, 0)
    }

    /// Keeps a problem, unless it is told already.
    pub(super) fn report(&mut self, problem: Diagnostic) {
        if !problem.is_told() && (self.problems.len() < MOST_PROBLEMS || self.is_over) {
            self.problems.push(problem);
        }
    }

    /// Keeps a problem of what has been read to its end, and gives what stands in its place.
    pub(super) fn instead(&mut self, problem: Diagnostic, span: Span) -> Parsed<Tree> {
        if self.is_over {
            return Err(problem);
        }
        self.report(problem);
        self.unread(span)
    }

    /// Keeps a problem within brackets and goes to the next of these marks of the same brackets. Where there is none the
    /// brackets are not closed, and the problem is that of what stands around them.
    #[cold]
    pub(super) fn recover(&mut self, problem: Diagnostic, marks: &[&str]) -> Parsed<Tree> {
        if self.is_over {
            return Err(problem);
        }
        let Some(at) = self.find_ahead(marks) else { return Err(problem) };
        let span = self.span();
        self.frame.at = at;
        self.instead(problem, span)
    }

    /// Runs `read`; what it changed besides the place is put back where it fails.
    pub(super) fn guarded<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let (depth, scopes, locals) = (self.depth, self.frame.scopes.len(), self.frame.locals.len());
        read(self).inspect_err(|_| {
            self.depth = depth;
            self.frame.scopes.truncate(scopes);
            self.frame.locals.truncate(locals);
        })
    }

    /// What stands in round brackets, up to the closing one.
    pub(super) fn enclosed(&mut self, read: impl FnOnce(&mut Self) -> Parsed<Tree>) -> Parsed<Tree> {
        let tree = self.guarded(|parser| {
            let tree = read(parser)?;
            match parser.peek() {
                TokenKind::Mark(")") => Ok(tree),
                _ => Err(parser.unexpected("`)`")),
            }
        });
        tree.or_else(|problem| self.recover(problem, &[")"]))
    }

    /// The next of these marks that stands in no further brackets, before the statement ends.
    fn find_ahead(&self, marks: &[&str]) -> Option<usize> {
        let mut open = 0_usize;
        for at in self.frame.at..self.frame.tokens.len() {
            match &self.frame.tokens[at].kind {
                TokenKind::Mark(mark) if open == 0 && marks.contains(mark) => return Some(at),
                TokenKind::Mark("(" | "[" | "{") => open += 1,
                // One that closes nothing is part of what is skipped.
                TokenKind::Mark(")" | "]" | "}") => open = open.saturating_sub(1),
                TokenKind::Mark(";") | TokenKind::End => return None,
                _ => {}
            }
        }
        None
    }

    /// Steps over brackets ahead and all that stands in them.
    pub(super) fn skip_brackets(&mut self) {
        let start = self.frame.at;
        self.frame.at += 1;
        self.frame.at = match self.find_ahead(&[")"]) {
            Some(end) => end + 1,
            None => start,
        };
    }
}
