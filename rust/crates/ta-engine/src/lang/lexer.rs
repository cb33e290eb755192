//! Text to tokens.
//!
//! Numbers and strings are written as in Python. What Python has and rules have not is refused here, with what to
//! write instead, so that the parser only meets tokens it knows.

use super::diagnostic::Diagnostic;
use super::on::is_stream_word;
use super::span::Span;

/// Bounds on what a text may cost; checked before anything is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Length of the text in bytes.
    pub text_bytes: usize,
    /// Brackets, signs and calls inside each other. The tree may be four times as high, and 64 nodes in any case, since
    /// `a + b + c` nests once per operator.
    pub depth: usize,
    /// Nodes of the trees of all outputs, with each binding written out wherever it is used.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { text_bytes: 65_536, depth: 64, nodes: 4_096 }
    }
}

impl Limits {
    /// The deepest nesting that is read whatever the limit is: what is read by recursion needs some 12 KiB of stack for
    /// each level, and threads may have two MiB.
    pub const MOST_DEPTH: usize = 128;

    /// Deepest nesting of a text.
    pub(super) fn most_depth(&self) -> usize {
        self.depth.min(Limits::MOST_DEPTH)
    }

    /// Greatest height of a tree.
    pub fn height(&self) -> usize {
        self.most_depth().saturating_mul(4).max(64)
    }

    /// Most nodes of the outputs and of all bindings, used or not, each written out: what reading a text may cost.
    pub(super) fn written(&self) -> usize {
        self.nodes.saturating_mul(32)
    }
}

/// A piece of text with meaning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Int(i64),
    Float(f64),
    Text(String),
    /// A truth value that a parameter is bound to; written ones are names.
    Truth(bool),
    /// An identifier; its letters are those of the span.
    Name,
    /// What follows a dot and starts with a digit: `1h`, `24h_ago`.
    Segment,
    /// An operator, a bracket, or one of the words `and`, `or`, `not`.
    Mark(&'static str),
    /// What is no token; it has been reported.
    Bad,
    End,
}

/// Those that another begins with or that begin another; longest first, so that `**` is not read as `*` twice.
const MARKS: [&str; 12] = ["**", "<=", ">=", "==", "!=", "-", "*", "/", "<", ">", "=", ":"];

/// Marks of Python and of typesetting that rules do not have, with what to write instead and the mark to go on with.
const REFUSED: [(&str, &str, Option<&str>); 25] = [
    ("//", "write `/`", Some("/")),
    (":=", "write the expression itself", None),
    ("<<", "write `* 2 ** n`", Some("*")),
    (">>", "write `/ 2 ** n`", Some("/")),
    ("->", "write `>` or `-`", None),
    ("<>", "write `!=`", Some("!=")),
    ("&&", "write `and`", Some("and")),
    ("||", "write `or`", Some("or")),
    ("&", "write `and`", Some("and")),
    ("|", "write `or`", Some("or")),
    ("~", "write `not`", Some("not")),
    ("!", "write `not`", Some("not")),
    ("^", "write `**`", Some("**")),
    ("@", "write `*`", Some("*")),
    ("≥", "write `>=`", Some(">=")),
    ("≤", "write `<=`", Some("<=")),
    ("≠", "write `!=`", Some("!=")),
    ("×", "write `*`", Some("*")),
    ("·", "write `*`", Some("*")),
    ("÷", "write `/`", Some("/")),
    ("−", "write `-`", Some("-")),
    ("–", "write `-`", Some("-")),
    ("∧", "write `and`", Some("and")),
    ("∨", "write `or`", Some("or")),
    ("¬", "write `not`", Some("not")),
];

/// What to write for the choice of other languages.
pub(super) const A_CHOICE: &str = "a choice is written `if(condition, a, b)`";

/// A diagnostic of text that is no expression at all.
pub(super) fn invalid(reason: impl std::fmt::Display, span: Span) -> Diagnostic {
    Diagnostic::parse(format!("Invalid expression: {reason}"), span)
}

/// Most problems that one text is told: whoever made more wants to see the first ones.
pub(super) const MOST_PROBLEMS: usize = 50;

/// The tokens of a text, with an [`TokenKind::End`] last; what is none is added to `problems`.
pub(super) fn tokenize(
    text: &str,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<Token>, Diagnostic> {
    let mut tokens = Vec::new();
    tokenize_into(&mut tokens, text, limits, problems)?;
    Ok(tokens)
}

/// [`tokenize`] in place of what a list holds.
pub(super) fn tokenize_into(
    tokens: &mut Vec<Token>,
    text: &str,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    tokens.clear();
    let most = limits.text_bytes.min(Span::MOST);
    if text.len() > most {
        let message = format!("Invalid expression: {} bytes of text; {most} are accepted", text.len());
        return Err(Diagnostic::limit(message, None));
    }
    tokens.reserve(text.len() / 2 + 2);
    let mut lexer = Lexer { text, at: 0, tokens };
    while lexer.skip_blanks() {
        let start = lexer.at;
        let token = lexer.token().unwrap_or_else(|refused| {
            let (problem, kind) = *refused;
            problems.push(problem);
            Token { kind, span: Span::new(start, lexer.at) }
        });
        lexer.tokens.push(token);
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    lexer.tokens.push(Token { kind: TokenKind::End, span: Span::new(text.len(), text.len()) });
    Ok(())
}

/// A token, or what is wrong and the token to go on with.
type Read = Result<TokenKind, Box<(Diagnostic, TokenKind)>>;

fn bad(problem: Diagnostic) -> Read {
    Err(Box::new((problem, TokenKind::Bad)))
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: &'a mut Vec<Token>,
}

impl Lexer<'_> {
    /// Moves to the next token; false at the end.
    fn skip_blanks(&mut self) -> bool {
        loop {
            match self.peek() {
                None => return false,
                Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0c) => self.at += 1,
                Some(b'#') => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                }
                Some(_) => return true,
            }
        }
    }

    fn token(&mut self) -> Result<Token, Box<(Diagnostic, TokenKind)>> {
        let start = self.at;
        let kind = match self.first() {
            b'0'..=b'9' if self.after_dot() || self.is_stream() => {
                self.skip_word();
                TokenKind::Segment
            }
            b'0'..=b'9' => self.number()?,
            b'.' if self.byte(1).is_some_and(|b| b.is_ascii_digit()) && !self.after_operand() => {
                self.number()?
            }
            b'"' | b'\'' => self.string()?,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word()?,
            _ => self.mark()?,
        };
        Ok(Token { kind, span: Span::new(start, self.at) })
    }

    /// True where digits begin a stream: `on(4h`, `fresh(15m`.
    fn is_stream(&self) -> bool {
        let [.., word, Token { kind: TokenKind::Mark("("), .. }] = &self.tokens[..] else { return false };
        let is_word = word.kind == TokenKind::Name && is_stream_word(&self.text[word.span.range()]);
        let rest = self.rest().trim_start_matches(|c: char| c.is_ascii_digit());
        is_word && rest.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    fn word(&mut self) -> Read {
        let start = self.at;
        self.skip_word();
        if let Some(b'"' | b'\'') = self.peek() {
            let reason = "only plain quotes are accepted, without letters in front of them";
            let problem = invalid(reason, Span::new(start, self.at + 1));
            let _ = self.string();
            return bad(problem);
        }
        Ok(match &self.text[start..self.at] {
            "and" => TokenKind::Mark("and"),
            "or" => TokenKind::Mark("or"),
            "not" => TokenKind::Mark("not"),
            _ => TokenKind::Name,
        })
    }

    fn mark(&mut self) -> Read {
        // Those that no other begins with, here at least.
        let alone = match self.first() {
            b'(' => "(",
            b')' => ")",
            b',' => ",",
            b'.' => ".",
            b'+' => "+",
            b'%' => "%",
            b'[' => "[",
            b']' => "]",
            b'{' => "{",
            b'}' => "}",
            b';' => ";",
            b'*' if self.is_alone() => "*",
            b'/' if self.is_alone() => "/",
            b'<' if self.is_alone() => "<",
            b'>' if self.is_alone() => ">",
            b'-' if self.is_alone() => "-",
            b'=' if self.is_alone() => "=",
            b':' if self.is_alone() => ":",
            _ => return self.long_mark(),
        };
        self.at += 1;
        Ok(TokenKind::Mark(alone))
    }

    /// True where what follows is the second letter of no mark, known or refused.
    fn is_alone(&self) -> bool {
        !matches!(self.byte(1), Some(b'*' | b'/' | b'<' | b'>' | b'='))
    }

    fn long_mark(&mut self) -> Read {
        let rest = self.rest();
        let refused = REFUSED.iter().find(|(mark, ..)| rest.starts_with(mark));
        let known = MARKS.into_iter().find(|mark| rest.starts_with(mark));
        match (known, refused) {
            // `!=` is longer than the refused `!`, and `<<` longer than the known `<`.
            (Some(mark), refused) if refused.is_none_or(|(r, ..)| r.len() < mark.len()) => {
                self.at += mark.len();
                Ok(TokenKind::Mark(mark))
            }
            (_, Some((mark, advice, instead))) => {
                let span = Span::new(self.at, self.at + mark.len());
                self.at = span.end();
                let problem = invalid(format!("`{mark}` is not supported"), span).with_label(*advice);
                Err(Box::new((problem, instead.map_or(TokenKind::Bad, TokenKind::Mark))))
            }
            _ => {
                let letter = rest.chars().next().unwrap_or(' ');
                let span = Span::new(self.at, self.at + letter.len_utf8());
                self.at = span.end();
                let label = if letter == '?' { A_CHOICE } else { "" };
                bad(invalid(format!("unexpected character {letter:?}"), span).with_label(label))
            }
        }
    }

    fn string(&mut self) -> Read {
        let start = self.at;
        let quote = self.text.as_bytes()[start] as char;
        let mut value = String::new();
        let mut letters = self.text[start + 1..].char_indices();
        while let Some((offset, letter)) = letters.next() {
            match letter {
                '\n' | '\r' => break,
                '\\' => match letters.next() {
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, 't')) => value.push('\t'),
                    Some((_, 'r')) => value.push('\r'),
                    Some((_, c @ ('\\' | '\'' | '"'))) => value.push(c),
                    Some((_, other)) => value.extend(['\\', other]),
                    None => break,
                },
                letter if letter == quote => {
                    self.at = start + 1 + offset + 1;
                    return Ok(TokenKind::Text(value));
                }
                letter => value.push(letter),
            }
        }
        let line = self.rest().find(['\n', '\r']).unwrap_or(self.rest().len());
        self.at += line.max(1);
        bad(invalid("this text has no closing quote on its line", Span::new(start, start + 1)))
    }

    fn number(&mut self) -> Read {
        let start = self.at;
        let refuse = |at: usize, reason: &str| bad(invalid(reason, Span::new(start, at)));
        let radix = match (self.peek(), self.byte(1).map(|b| b.to_ascii_lowercase())) {
            (Some(b'0'), Some(b'x')) => 16,
            (Some(b'0'), Some(b'o')) => 8,
            (Some(b'0'), Some(b'b')) => 2,
            _ => 10,
        };
        if radix != 10 {
            self.skip_word();
            let digits = self.text[start + 2..self.at].replace('_', "");
            return match i64::from_str_radix(&digits, radix) {
                Ok(value) => Ok(TokenKind::Int(value)),
                Err(_) => refuse(self.at, "this is not a number"),
            };
        }
        let mut is_float = false;
        let mut is_written_well = self.digits();
        if self.peek() == Some(b'.') {
            is_float = true;
            self.at += 1;
            // `1.` is a number; `.` alone never comes here.
            is_written_well &= !self.peek().is_some_and(|b| b.is_ascii_digit()) || self.digits();
        }
        if let Some(b'e' | b'E') = self.peek() {
            is_float = true;
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            is_written_well &= self.peek().is_some_and(|b| b.is_ascii_digit()) && self.digits();
        }
        if self.skip_word() || !is_written_well {
            return refuse(self.at, "this is not a number");
        }
        let digits = &self.text[start..self.at];
        match digits.contains('_') {
            true => self.value_of(&digits.replace('_', ""), is_float, start),
            false => self.value_of(digits, is_float, start),
        }
    }

    fn value_of(&self, digits: &str, is_float: bool, start: usize) -> Read {
        let span = Span::new(start, self.at);
        if !is_float {
            if digits.len() > 1 && digits.starts_with('0') && digits.bytes().any(|b| b != b'0') {
                return bad(invalid("a whole number does not start with 0", span));
            }
            if let Ok(value) = digits.parse() {
                return Ok(TokenKind::Int(value));
            }
        }
        match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(TokenKind::Float(value)),
            Ok(_) => bad(invalid("this number is too large", span)),
            Err(_) => bad(invalid("this is not a number", span)),
        }
    }

    /// Skips digits with single `_` between them; false when an `_` stands elsewhere.
    fn digits(&mut self) -> bool {
        let (start, mut is_sound, mut is_behind_digit) = (self.at, true, false);
        while let Some(byte @ (b'0'..=b'9' | b'_')) = self.peek() {
            is_sound &= byte != b'_' || is_behind_digit;
            is_behind_digit = byte != b'_';
            self.at += 1;
        }
        is_sound && (is_behind_digit || self.at == start)
    }

    /// Skips letters, digits and `_`; false when there were none.
    fn skip_word(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let letters = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        self.at += letters;
        letters > 0
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The first byte of a token.
    fn first(&self) -> u8 {
        self.text.as_bytes()[self.at]
    }

    fn peek(&self) -> Option<u8> {
        self.byte(0)
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn after_dot(&self) -> bool {
        self.tokens.last().is_some_and(|t| t.kind == TokenKind::Mark("."))
    }

    /// True where a dot goes on with what stands before it, so that `.5` is no number.
    fn after_operand(&self) -> bool {
        let last = self.tokens.last().map(|t| &t.kind);
        matches!(last, Some(TokenKind::Name | TokenKind::Segment | TokenKind::Mark(")" | "]" | "}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<Diagnostic> {
        let mut problems = Vec::new();
        match tokenize(text, &Limits::default(), &mut problems) {
            Ok(_) => problems.into_iter().next(),
            Err(problem) => Some(problem),
        }
    }

    fn kinds(text: &str) -> Vec<TokenKind> {
        assert_eq!(refusal(text), None);
        let mut tokens = tokenize(text, &Limits::default(), &mut Vec::new()).unwrap();
        assert_eq!(tokens.pop().unwrap().kind, TokenKind::End);
        tokens.into_iter().map(|t| t.kind).collect()
    }

    #[test]
    fn numbers_are_written_as_in_python() {
        use TokenKind::*;
        for (text, kind) in [
            ("1_000_000", Int(1_000_000)),
            ("1e3", Float(1e3)),
            (".5", Float(0.5)),
            ("1.", Float(1.0)),
            ("0", Int(0)),
            ("00", Int(0)),
            ("0x_1F", Int(31)),
            ("1.5e-3", Float(1.5e-3)),
            ("99999999999999999999", Float(1e20)),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
        for text in ["1__0", "1_", "012", "1e", "1e+", "1j", "12abc", "1e999", "0x", "1._5", "1.2.3x"] {
            assert!(refusal(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_dot_after_a_name_starts_a_segment() {
        use TokenKind::*;
        assert_eq!(kinds("BTC.1h.price"), [Name, Mark("."), Segment, Mark("."), Name]);
        assert_eq!(kinds("f().24h_ago"), [Name, Mark("("), Mark(")"), Mark("."), Segment]);
        assert_eq!(kinds("2*.5"), [Int(2), Mark("*"), Float(0.5)]);
    }

    #[test]
    fn strings_know_quotes_and_escapes() {
        assert_eq!(kinds(r#""a'b""#), [TokenKind::Text("a'b".into())]);
        assert_eq!(kinds(r"'a\'\\\n\q'"), [TokenKind::Text("a'\\\n\\q".into())]);
        for text in ["'a", "'a\n'", "b'a'", "f\"a\"", "'\\"] {
            assert!(refusal(text).is_some(), "{text}");
        }
    }

    #[test]
    fn comments_and_line_ends_are_blanks() {
        assert_eq!(kinds("1 # one\n\t + 2#"), [TokenKind::Int(1), TokenKind::Mark("+"), TokenKind::Int(2)]);
    }

    #[test]
    fn what_rules_do_not_have_is_refused_with_advice() {
        for (text, advice) in
            [("a // b", "`/`"), ("a & b", "`and`"), ("~a", "`not`"), ("a := 1", "itself"), ("a << 2", "2 **")]
        {
            let error = refusal(text).unwrap();
            assert!(error.message.contains("Invalid expression"), "{error}");
            assert!(error.label.contains(advice), "{error}");
        }
        for text in ["é", "a ? b", "`a`", "$"] {
            assert!(refusal(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_text_longer_than_the_limit_is_refused() {
        let limits = Limits { text_bytes: 3, ..Limits::default() };
        assert!(tokenize("1+1", &limits, &mut Vec::new()).is_ok());
        let problem = tokenize("1+11", &limits, &mut Vec::new()).unwrap_err();
        assert!(problem.message.contains("3 are accepted"));
    }
}
