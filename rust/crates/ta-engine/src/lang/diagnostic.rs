//! What is wrong with a rule, and where.

use std::error::Error;
use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::span::Span;

/// The phase that refused a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DiagnosticKind {
    /// The text does not read as a rule.
    Parse,
    /// It reads, but its parts do not fit together.
    Type,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The phase that found it.
    pub kind: DiagnosticKind,
    /// What was given and what is wrong with it.
    pub message: String,
    /// Where, when the expression came from text.
    pub span: Option<Span>,
    /// Words at the place: usually what is accepted.
    pub label: String,
    /// Another place that has to do with it, and words at it. (Boxed: seldom there, and errors travel by value.)
    pub other: Option<Box<(Span, &'static str)>>,
    /// What to do instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// The text does not read as a rule.
    pub fn parse(message: impl Into<String>, span: impl Into<Option<Span>>) -> Diagnostic {
        Diagnostic::new(DiagnosticKind::Parse, message, span)
    }

    /// The parts of an expression do not fit together.
    pub fn mistyped(message: impl Into<String>, span: impl Into<Option<Span>>) -> Diagnostic {
        Diagnostic::new(DiagnosticKind::Type, message, span)
    }

    /// A problem found in this phase.
    pub fn new(
        kind: DiagnosticKind,
        message: impl Into<String>,
        span: impl Into<Option<Span>>,
    ) -> Diagnostic {
        Diagnostic {
            kind,
            message: message.into(),
            span: span.into(),
            label: String::new(),
            other: None,
            help: None,
        }
    }

    /// With words at the place.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// With another place that has to do with it.
    #[must_use]
    pub fn with_other(mut self, span: Span, label: &'static str) -> Diagnostic {
        self.other = Some(Box::new((span, label)));
        self
    }

    /// With advice, if there is any.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Option<String>>) -> Diagnostic {
        self.help = help.into();
        self
    }

    /// With this place, unless it has one.
    #[must_use]
    pub fn at(mut self, span: Option<Span>) -> Diagnostic {
        self.span = self.span.or(span);
        self
    }

    /// The message with the text around its place; without colours.
    pub fn render(&self, text: &str) -> String {
        let title = Level::ERROR.primary_title(self.message.as_str());
        let mut group = match self.span {
            Some(span) => {
                let place = AnnotationKind::Primary.span(inside(text, span)).label(self.label.as_str());
                let other = self
                    .other
                    .as_deref()
                    .map(|(span, label)| AnnotationKind::Context.span(inside(text, *span)).label(*label));
                title.element(Snippet::source(text).path("rule").annotation(place).annotations(other))
            }
            None => annotate_snippets::Group::with_title(title),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        Renderer::plain().decor_style(DecorStyle::Ascii).render(&[group]).to_string()
    }
}

/// The span as a range of `text`; spans may come from elsewhere with an IR, so they need not fit.
fn inside(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.label.is_empty() {
            write!(f, "; {}", self.label)?;
        }
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong with a rule: one thing or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    text: Option<String>,
}

impl Diagnostics {
    /// These problems; `None` when there are none.
    pub fn from_list(list: Vec<Diagnostic>) -> Option<Diagnostics> {
        (!list.is_empty()).then_some(Diagnostics { list, text: None })
    }

    /// With the text the rule was read from, to show the places.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Diagnostics {
        self.text = Some(text.to_owned());
        self
    }

    /// The phase that refused the rule.
    pub fn kind(&self) -> DiagnosticKind {
        self.list[0].kind
    }

    /// The problems, in order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The first problem.
    pub fn first(&self) -> &Diagnostic {
        &self.list[0]
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Diagnostics {
        Diagnostics { list: vec![diagnostic], text: None }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.list.iter().enumerate() {
            if i > 0 {
                f.write_str("\n\n")?;
            }
            match &self.text {
                Some(text) => f.write_str(&diagnostic.render(text))?,
                None => write!(f, "{diagnostic}")?,
            }
        }
        Ok(())
    }
}

impl Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_shows_the_place_with_carets() {
        let text = "sma(close, 20) > 5 and rsi(close, perod=14) < 30";
        let shown = Diagnostic::parse("Unknown parameter 'perod' of rsi", Span::new(34, 39))
            .with_label("accepted: period (alias lookback)")
            .with_help("did you mean 'period'?".to_owned())
            .render(text);
        assert_eq!(
            shown,
            "error: Unknown parameter 'perod' of rsi\n \
             --> rule:1:35\n  \
             |\n\
             1 | sma(close, 20) > 5 and rsi(close, perod=14) < 30\n  \
             |                                   ^^^^^ accepted: period (alias lookback)\n  \
             |\n  \
             = help: did you mean 'period'?"
        );
    }

    #[test]
    fn a_place_outside_the_text_is_drawn_at_its_end() {
        for (start, end) in [(0, 999), (999, 1000), (4, 2), (1, 2)] {
            Diagnostic::parse("x", Span::new(start, end)).render("é+ü");
        }
        Diagnostic::parse("x", Span::new(0, 0)).render("");
    }
}
