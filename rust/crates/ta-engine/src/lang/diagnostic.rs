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

/// What sort of thing is wrong, for programs to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The text does not follow the grammar.
    Syntax,
    /// A name that means nothing here, or one that means something already.
    Name,
    /// Parts that do not fit together, or values out of range.
    Type,
    /// A limit on what is compiled.
    Limit,
}

impl Code {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Code::Syntax => "syntax",
            Code::Name => "name",
            Code::Type => "type",
            Code::Limit => "limit",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The phase that found it.
    pub kind: DiagnosticKind,
    /// What sort of thing is wrong.
    pub code: Code,
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
        let code = match kind {
            DiagnosticKind::Parse => Code::Syntax,
            DiagnosticKind::Type => Code::Type,
        };
        Diagnostic {
            kind,
            code,
            message: message.into(),
            span: span.into(),
            label: String::new(),
            other: None,
            help: None,
        }
    }

    /// A limit is passed: said alone, since nothing behind it was read.
    pub(super) fn limit(message: impl Into<String>, span: impl Into<Option<Span>>) -> Diagnostic {
        Diagnostic { code: Code::Limit, ..Diagnostic::parse(message, span) }
    }

    /// A name is wrong.
    pub(super) fn name(message: impl Into<String>, span: impl Into<Option<Span>>) -> Diagnostic {
        Diagnostic { code: Code::Name, ..Diagnostic::parse(message, span) }
    }

    /// What is wrong here was said before.
    pub(super) fn told(span: Span) -> Diagnostic {
        Diagnostic::parse("", span)
    }

    /// True where it was said before.
    pub(super) fn is_told(&self) -> bool {
        self.message.is_empty()
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

    /// The message with the text around its places, the calls it is read through last; without colours.
    fn render(&self, places: &Places) -> String {
        let title = Level::ERROR.primary_title(self.message.as_str());
        let mut group = annotate_snippets::Group::with_title(title.clone());
        if let Some(span) = self.span {
            let mut shown = vec![(span, AnnotationKind::Primary, self.label.clone())];
            if let Some((span, label)) = self.other.as_deref() {
                shown.push((*span, AnnotationKind::Context, (*label).to_owned()));
            }
            for (call, name) in places.calls(span) {
                shown.push((call, AnnotationKind::Context, format!("in this call of '{name}'")));
            }
            let mut texts: Vec<usize> = shown.iter().map(|(span, ..)| places.text_of(*span)).collect();
            let mut seen = Vec::new();
            texts.retain(|text| !seen.contains(text) && (seen.push(*text), true).1);
            let mut snippets = texts.into_iter().map(|at| {
                let (name, text) = &places.texts[at];
                let annotations = shown.iter().filter(|(span, ..)| places.text_of(*span) == at);
                let annotations = annotations
                    .map(|(span, kind, label)| kind.span(inside(text, *span)).label(label.clone()));
                Snippet::source(text.as_str()).path(name.as_str()).annotations(annotations)
            });
            group = title.element(snippets.next().expect("a place stands in a text"));
            for snippet in snippets {
                group = group.element(snippet);
            }
            if let Some(help) = &self.help {
                group = group.element(Level::HELP.message(help.as_str()));
            }
            return draw(group);
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        draw(group)
    }
}

fn draw(group: annotate_snippets::Group<'_>) -> String {
    Renderer::plain().decor_style(DecorStyle::Ascii).render(&[group]).to_string()
}

/// The texts a rule was read from, and how each place was come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    /// Name and letters of each; the rule's first.
    pub(super) texts: Vec<(String, String)>,
    /// Behind one for each text, one for each call that was written out.
    pub(super) origins: Vec<Origin>,
}

/// Where spans come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// Place of the text.
    pub(super) text: usize,
    /// The call of a function whose body was read there, and the function's name.
    pub(super) call: Option<(Span, String)>,
}

impl Places {
    fn of_rule(text: &str) -> Places {
        Places {
            texts: vec![("rule".to_owned(), text.to_owned())],
            origins: vec![Origin { text: 0, call: None }],
        }
    }

    fn text_of(&self, span: Span) -> usize {
        self.origins.get(span.origin as usize).map_or(0, |origin| origin.text)
    }

    /// The calls a place is read through, the innermost first.
    fn calls(&self, span: Span) -> impl Iterator<Item = (Span, &str)> {
        let call = |span: Span| {
            let (call, name) = self.origins.get(span.origin as usize)?.call.as_ref()?;
            Some((*call, name.as_str()))
        };
        std::iter::successors(call(span), move |(span, _)| call(*span))
    }
}

/// Where a problem is, for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// Name of the text: `rule`, or that of a text of definitions.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The bytes of it.
    pub bytes: std::ops::Range<usize>,
}

/// The span as a range of `text`; spans may come from elsewhere with an IR, so they need not fit.
fn inside(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.start().min(text.len()));
    let end = text.ceil_char_boundary(span.end().clamp(start, text.len()));
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
    places: Option<Box<Places>>,
}

impl Diagnostics {
    /// These problems; `None` when there are none.
    pub fn from_list(list: Vec<Diagnostic>) -> Option<Diagnostics> {
        (!list.is_empty()).then_some(Diagnostics { list, places: None })
    }

    /// With the text the rule was read from, to show the places.
    #[must_use]
    pub fn with_text(self, text: &str) -> Diagnostics {
        self.with_places(Places::of_rule(text))
    }

    /// With the texts that were read, to show the places; in order of them, and each problem once, however many calls
    /// lead to it.
    #[must_use]
    pub(super) fn with_places(mut self, places: Places) -> Diagnostics {
        let key = |d: &Diagnostic| d.span.map(|s| (places.text_of(s), s.start(), s.end()));
        self.list.sort_by_key(key);
        self.list.dedup_by(|a, b| (key(a), &a.message, &a.label) == (key(b), &b.message, &b.label));
        self.places = Some(Box::new(places));
        self
    }

    /// The phase that refused the rule: the checks mean little where the text does not read.
    pub fn kind(&self) -> DiagnosticKind {
        let reads = self.list.iter().all(|problem| problem.kind == DiagnosticKind::Type);
        if reads { DiagnosticKind::Type } else { DiagnosticKind::Parse }
    }

    /// The problems, in order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The first problem.
    pub fn first(&self) -> &Diagnostic {
        &self.list[0]
    }

    /// Where a place of one of these problems is; `None` where the texts are not known.
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        let places = self.places.as_deref()?;
        let (name, text) = &places.texts[places.text_of(span)];
        Some(Location { name, text, bytes: inside(text, span) })
    }

    /// The calls of functions through which a place is read, the innermost first, with the functions' names.
    pub fn calls(&self, span: Span) -> Vec<(Location<'_>, &str)> {
        let Some(places) = self.places.as_deref() else { return Vec::new() };
        let located = places.calls(span).map(|(span, name)| Some((self.locate(span)?, name)));
        located.flatten().collect()
    }

    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list
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
        Diagnostics { list: vec![diagnostic], places: None }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.list.iter().enumerate() {
            if i > 0 {
                f.write_str("\n\n")?;
            }
            match &self.places {
                Some(places) => f.write_str(&diagnostic.render(places))?,
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
            .render(&Places::of_rule(text));
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
            Diagnostic::parse("x", Span::new(start, end)).render(&Places::of_rule("é+ü"));
        }
        Diagnostic::parse("x", Span::new(0, 0)).render(&Places::of_rule(""));
    }
}
