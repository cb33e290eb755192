//! Numbers as text.

/// The number that a text is, without blanks around it; NaN for `nan`, which is a missing value.
///
/// A decimal point and an exponent, whatever the place: no separators, no other digits than 0 to 9. `None` for other text,
/// an infinity and what no double holds.
pub fn read_number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| !number.is_infinite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_a_number_is_that_number() {
        for (text, number) in [
            ("32247.2", 32_247.2),
            (" 1.5\t", 1.5),
            ("-0.1", -0.1),
            ("+3", 3.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e-3", 0.001),
            ("1E3", 1000.0),
            ("0.1000000000000000055511151231257827", 0.1),
        ] {
            assert_eq!(read_number(text), Some(number), "{text}");
        }
        assert_eq!(read_number("-0").map(f64::to_bits), Some((-0.0_f64).to_bits()));
        assert!(["nan", "NaN"].iter().all(|text| read_number(text).is_some_and(f64::is_nan)));
        for text in [
            "inf",
            "-Infinity",
            "1e999",
            "",
            " ",
            "1,5",
            "1_000",
            "1 000",
            "0x10",
            "true",
            "1.5f",
            "١",
            "--1",
            "null",
            "$5",
            "1e",
        ] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }
}
