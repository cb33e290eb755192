//! Numbers as files write them: which mark is decimal is decided by a whole file, what a cell says by the cell.

use std::borrow::Cow;

/// The mark in front of the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1234.5`
    Point,
    /// `1234,5`
    Comma,
}

impl Decimal {
    fn mark(self) -> char {
        match self {
            Decimal::Point => '.',
            Decimal::Comma => ',',
        }
    }

    /// The mark between thousands, where it is one of the two.
    fn other(self) -> char {
        match self {
            Decimal::Point => ',',
            Decimal::Comma => '.',
        }
    }
}

/// Words for a value that is not there, in any case.
const MISSING: [&str; 15] =
    ["nan", "null", "none", "na", "n/a", "#n/a", "#na", "-", "--", "---", ".", "\\n", "nil", "<na>", "#nv"];

/// True for a cell that says that there is no value.
pub(crate) fn is_missing(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    cell.is_empty()
        || (cell.len() <= 4 && MISSING.iter().any(|word| cell.eq_ignore_ascii_case(word.as_bytes())))
}

/// What the numbers of a column show of the mark that is decimal in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// A number of which the point can only be decimal, and the like.
    pub(crate) point: bool,
    pub(crate) comma: bool,
    /// A number such as `1.234`, which is one of thousands if the comma is decimal.
    pub(crate) either_point: bool,
    /// A number such as `1,234`, which is one of thousands if the point is decimal.
    pub(crate) either_comma: bool,
}

impl Marks {
    pub(crate) fn add(&mut self, other: Marks) {
        self.point |= other.point;
        self.comma |= other.comma;
        self.either_point |= other.either_point;
        self.either_comma |= other.either_comma;
    }
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// A number of digits and at most one point, and what it shows of marks; `None` for any other text, and where it takes more
/// than one rounding.
#[inline]
pub(crate) fn plain(cell: &[u8]) -> Option<(f64, Marks)> {
    let (negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, cell),
    };
    if digits.is_empty() || digits.len() > 19 {
        return None;
    }
    let mut whole = 0_u64;
    let mut point = usize::MAX;
    for (at, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            whole = whole * 10 + u64::from(digit);
        } else if *byte == b'.' && point == usize::MAX {
            point = at;
        } else {
            return None;
        }
    }
    let mut marks = Marks::default();
    let mut value = whole as f64;
    if point != usize::MAX {
        let decimals = digits.len() - 1 - point;
        if digits.len() == 1 {
            return None;
        }
        let is_group = decimals == 3 && (1..=3).contains(&point) && digits[0] != b'0';
        marks.point = !is_group;
        marks.either_point = is_group;
        // Both are exact, so their quotient is rounded once.
        if whole > 1 << 53 {
            return None;
        }
        value /= POWERS[decimals];
    } else if whole > 1 << 53 {
        return None;
    }
    Some((if negative { -value } else { value }, marks))
}

/// Signs of currencies that may stand before or behind a number.
fn is_currency(letter: char) -> bool {
    matches!(letter, '$' | '¢' | '£' | '¥' | '€' | '₹' | '₽' | '₩' | '₺' | '₿' | '฿' | '₫' | '₪' | '₴' | '￥')
}

/// Blanks and apostrophes that part thousands, whatever the decimal mark.
fn is_gap(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}')
}

/// A cell's text as it is, or as the encoding has it that files without a sign of theirs are in.
pub(crate) fn text_of(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0,
    }
}

/// The parts of a written number.
struct Written<'a> {
    negative: bool,
    /// Digits with marks.
    digits: &'a str,
    /// What the value is to be multiplied by, as a power of ten, and the exponent as it is written.
    power: i32,
    exponent: &'a str,
}

fn parts(text: &str) -> Option<Written<'_>> {
    let mut rest = text.trim_matches(|c: char| c.is_whitespace());
    let mut negative = false;
    let mut signed = false;
    let mut currency = false;
    // A sign and a currency, in either order.
    for _ in 0..3 {
        let first = rest.chars().next()?;
        if matches!(first, '-' | '\u{2212}' | '+') && !signed {
            (signed, negative) = (true, first != '+');
        } else if is_currency(first) && !currency {
            currency = true;
        } else if !(first == ' ' || first == '\u{a0}') || !(signed || currency) {
            break;
        }
        rest = &rest[first.len_utf8()..];
    }
    if !currency && rest.chars().next_back().is_some_and(is_currency) {
        rest = rest.trim_end_matches(is_currency).trim_end_matches(|c: char| c.is_whitespace());
    }
    let last = rest.chars().next_back()?;
    let power = match last {
        'k' | 'K' => 3,
        'm' | 'M' => 6,
        'b' | 'B' => 9,
        't' | 'T' => 12,
        _ => 0,
    };
    if power > 0 {
        rest = rest[..rest.len() - 1].trim_end();
    }
    let (digits, exponent) = match rest.find(['e', 'E']) {
        Some(at) if power == 0 => (&rest[..at], &rest[at + 1..]),
        _ => (rest, ""),
    };
    let is_exponent = |text: &str| {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        !digits.is_empty() && digits.len() < 5 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    if rest.len() != digits.len() && !is_exponent(exponent) {
        return None;
    }
    Some(Written { negative, digits, power, exponent })
}

/// True where a mark parts digits by three, or by two and at last three as in India.
fn is_grouped(digits: &str, mark: impl Fn(char) -> bool + Copy, lakhs: bool) -> bool {
    let groups: Vec<&str> = digits.split(mark).collect();
    let is_digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return false };
    let inner = groups.get(1..groups.len() - 1).unwrap_or_default();
    let is_western = first.len() <= 3 && inner.iter().all(|group| group.len() == 3);
    let is_indian =
        lakhs && first.len() <= 2 && !inner.is_empty() && inner.iter().all(|group| group.len() == 2);
    groups.len() > 1
        && groups.iter().all(is_digits)
        && last.len() == 3
        && (is_western || is_indian)
        && !first.starts_with('0')
}

/// The number as Rust and Python read one, if this mark is decimal.
pub(crate) fn canonical(text: &str, decimal: Decimal, out: &mut String) -> bool {
    out.clear();
    let Some(written) = parts(text) else { return false };
    let (whole, decimals) = match written.digits.split_once(decimal.mark()) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (written.digits, None),
    };
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let other = |c: char| c == decimal.other();
    let grouped = is_grouped(whole, other, decimal == Decimal::Point) || is_grouped(whole, is_gap, false);
    if !(is_digits(whole) || grouped) || !decimals.is_none_or(is_digits) {
        return false;
    }
    if whole.is_empty() && decimals.is_none_or(str::is_empty) {
        return false;
    }
    if written.negative {
        out.push('-');
    }
    out.extend(whole.chars().filter(char::is_ascii_digit));
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    if !written.exponent.is_empty() || written.power > 0 {
        out.push('e');
        out.push_str(written.exponent);
        if written.exponent.is_empty() {
            out.push_str(&written.power.to_string());
        }
    }
    true
}

/// What a number that is not plain shows of marks; `None` where it is a number under neither.
pub(crate) fn marks_of(text: &str) -> Option<Marks> {
    let mut out = String::new();
    let point = canonical(text, Decimal::Point, &mut out);
    let comma = canonical(text, Decimal::Comma, &mut out);
    let has = |mark: char| text.contains(mark);
    Some(match (point, comma) {
        (false, false) => return None,
        (true, false) => Marks { point: has('.') || has(','), ..Marks::default() },
        (false, true) => Marks { comma: true, ..Marks::default() },
        (true, true) => Marks { either_point: has('.'), either_comma: has(','), ..Marks::default() },
    })
}

/// The value of a cell under a decimal mark; NaN where it is missing, `None` where it is no number or no double holds it.
pub(crate) fn value(cell: &[u8], decimal: Decimal, scratch: &mut String) -> Option<f64> {
    if is_missing(cell) {
        return Some(f64::NAN);
    }
    if !canonical(&text_of(cell), decimal, scratch) {
        return None;
    }
    scratch.parse().ok().filter(|x: &f64| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, decimal: Decimal) -> Option<f64> {
        value(text.as_bytes(), decimal, &mut String::new())
    }

    #[test]
    fn a_plain_number_has_the_bits_of_a_careful_reading() {
        let mut state = 1_u64;
        for _ in 0..200_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let digits = (state >> 11).to_string();
            let (at, take) = ((state % 17) as usize, 1 + (state >> 7) as usize % 16);
            let digits = &digits[..take.min(digits.len())];
            let at = at.min(digits.len());
            let text = format!("{}.{}", &digits[..at], &digits[at..]);
            if let Some((x, _)) = plain(text.as_bytes()) {
                assert_eq!(x.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
            }
        }
        for text in
            ["", "-", ".", "1.2.3", "1e5", "+1", " 1", "1,5", "99999999999999999999", "9007199254740993"]
        {
            assert!(plain(text.as_bytes()).is_none(), "{text}");
        }
        assert_eq!(plain(b"-0").unwrap().0.to_bits(), (-0.0_f64).to_bits());
        assert_eq!(plain(b"5.").unwrap().0, 5.0);
    }

    #[test]
    fn marks_are_told_apart_where_they_can_be() {
        let (point, comma) =
            (Marks { point: true, ..Marks::default() }, Marks { comma: true, ..Marks::default() });
        for text in
            ["1.5", "0.123", "1234.567", "51,000.00", "1,523,915", "1,00,000", "1 234.5", "$1.50", "1.5K"]
        {
            assert_eq!(marks_of(text), Some(point), "{text}");
        }
        for text in ["1,5", "0,123", "1234,567", "51.000,00", "1.523.915", "1 234,5", "1,50 €", "1,5K"] {
            assert_eq!(marks_of(text), Some(comma), "{text}");
        }
        assert_eq!(marks_of("1.234"), Some(Marks { either_point: true, ..Marks::default() }));
        assert_eq!(marks_of("151,234"), Some(Marks { either_comma: true, ..Marks::default() }));
        for text in ["1234", "1 234", "1'234", "$5", "5M"] {
            assert_eq!(marks_of(text), Some(Marks::default()), "{text}");
        }
        for text in [
            "1,23,4", "1.2.3", "x", "$", "1x", "K", "1e", "12 34", ",,", "1,,234", "$$5", "inf", "0x10",
            "(5)",
        ] {
            assert_eq!(marks_of(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        use Decimal::{Comma, Point};
        for (text, decimal, x) in [
            ("1.523.915", Comma, 1_523_915.0),
            ("-1.234,56", Comma, -1_234.56),
            ("12,34,567.5", Point, 1_234_567.5),
            ("1.52M", Point, 1_520_000.0),
            ("950", Point, 950.0),
            ("3.1B", Point, 3.1e9),
            ("$-1,234.5", Point, -1_234.5),
            ("-$1,234.5", Point, -1_234.5),
            ("1,50 €", Comma, 1.5),
            ("1'234.5", Point, 1_234.5),
            ("1\u{202f}234,5", Comma, 1_234.5),
            ("1.5e-3", Point, 0.0015),
            ("\u{2212}2", Point, -2.0),
            (" 7 ", Point, 7.0),
        ] {
            assert_eq!(read(text, decimal), Some(x), "{text}");
        }
        assert!(
            ["", " ", "NaN", "N/A", "#N/A", "--", "\\N", "None", "."]
                .iter()
                .all(|text| { read(text, Point).is_some_and(f64::is_nan) })
        );
        assert_eq!((read("1,5", Point), read("1.5", Comma), read("1e999", Point)), (None, None, None));
    }
}
