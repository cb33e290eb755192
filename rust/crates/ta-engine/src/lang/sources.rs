//! Vocabulary of data: sources and their fields, short names, derived fields, exchanges, instrument types.

/// A kind of data with named fields.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceDef {
    /// Lower-case name.
    pub name: &'static str,
    /// One phrase.
    pub description: &'static str,
    /// Its fields.
    pub fields: &'static [&'static str],
    /// The field that is meant where none is named.
    pub primary: &'static str,
}

/// Where a tree built in a program refers to a series that stands in it; no text can.
pub const LITERAL: &str = "literal";

/// All sources.
pub const SOURCES: [SourceDef; 4] = [
    SourceDef {
        name: "ohlcv",
        description: "OHLCV candlestick data",
        fields: &[
            "open",
            "high",
            "low",
            "close",
            "volume",
            "price",
            "hlc3",
            "ohlc4",
            "hl2",
            "typical_price",
            "weighted_close",
            "median_price",
            "range",
            "upper_wick",
            "lower_wick",
        ],
        primary: "close",
    },
    SourceDef {
        name: "trades",
        description: "Trade aggregation data",
        fields: &[
            "price",
            "volume",
            "count",
            "buy_volume",
            "sell_volume",
            "large_count",
            "whale_count",
            "avg_price",
            "vwap",
            "amount",
            "side",
            "id",
            "timestamp",
        ],
        primary: "volume",
    },
    SourceDef {
        name: "orderbook",
        description: "Order book snapshot data",
        fields: &[
            "best_bid",
            "best_ask",
            "spread",
            "spread_bps",
            "mid_price",
            "bid_depth",
            "ask_depth",
            "imbalance",
            "pressure",
            "bid",
            "ask",
            "bid_size",
            "ask_size",
        ],
        primary: "imbalance",
    },
    SourceDef {
        name: "liquidation",
        description: "Liquidation aggregation data",
        fields: &[
            "count",
            "volume",
            "value",
            "long_count",
            "short_count",
            "long_value",
            "short_value",
            "large_count",
            "large_value",
            "price",
            "amount",
            "side",
            "id",
            "timestamp",
        ],
        primary: "value",
    },
];

/// One-letter names of bar fields.
pub const SELECT_FIELD_ALIASES: [(&str, &str); 5] =
    [("o", "open"), ("h", "high"), ("l", "low"), ("c", "close"), ("v", "volume")];

/// Names besides the bar's fields that may stand alone in a rule; they read a column of that name.
const FREE_FIELDS: [&str; 5] = ["amount", "count", "side", "bid", "ask"];

/// Exchanges a reference may start with.
pub const EXCHANGES: [&str; 6] = ["binance", "bybit", "okx", "coinbase", "kraken", "kucoin"];

/// Instrument types as written, with their normal form.
pub const INSTRUMENT_TYPES: [(&str, &str); 6] = [
    ("spot", "spot"),
    ("perp", "perp"),
    ("perpetual", "perp"),
    ("futures", "futures"),
    ("future", "futures"),
    ("option", "option"),
];

/// The source called `name`, in any case.
pub fn find_source(name: &str) -> Option<&'static SourceDef> {
    SOURCES.iter().find(|s| is_word(s.name, name))
}

/// The field of `source` called `name` (any case; one-letter names for bars).
pub fn find_field(source: &str, name: &str) -> Option<&'static str> {
    field_of(find_source(source)?, name)
}

fn field_of(source: &'static SourceDef, name: &str) -> Option<&'static str> {
    let name = if source.name == "ohlcv" { expand_alias(name) } else { name };
    source.fields.iter().find(|f| is_word(f, name)).copied()
}

/// The field that `name` means standing alone in a rule: a bar's field, its one-letter name, or a free one.
pub fn find_default_field(name: &str) -> Option<&'static str> {
    field_of(&SOURCES[0], name).or_else(|| FREE_FIELDS.into_iter().find(|f| is_word(f, name)))
}

/// All names that may stand alone in a rule as fields.
pub fn default_field_names() -> impl Iterator<Item = &'static str> {
    let short = SELECT_FIELD_ALIASES.iter().map(|(short, _)| *short);
    SOURCES[0].fields.iter().copied().chain(short).chain(FREE_FIELDS)
}

/// The field a node of this source reads under `name`: bars also carry free columns.
pub fn find_readable_field(source: &str, name: &str) -> Option<&'static str> {
    if is_word(source, "ohlcv") { find_default_field(name) } else { find_field(source, name) }
}

/// Bar fields that a derived field is computed from; empty for stored ones.
pub fn derived_from(field: &str) -> &'static [&'static str] {
    match field {
        "hlc3" | "typical_price" => &["high", "low", "close"],
        "ohlc4" | "weighted_close" => &["open", "high", "low", "close"],
        "hl2" | "median_price" | "range" => &["high", "low"],
        "upper_wick" => &["high", "open", "close"],
        "lower_wick" => &["open", "close", "low"],
        _ => &[],
    }
}

/// True where some source has this field.
pub fn is_any_field(name: &str) -> bool {
    SOURCES.iter().any(|s| s.fields.iter().any(|f| f.eq_ignore_ascii_case(name)))
}

/// The exchange called `name`, in any case.
pub fn find_exchange(name: &str) -> Option<&'static str> {
    EXCHANGES.into_iter().find(|e| e.eq_ignore_ascii_case(name))
}

/// Normal form of an instrument type, in any case.
pub fn find_instrument_type(name: &str) -> Option<&'static str> {
    INSTRUMENT_TYPES.iter().find(|(written, _)| written.eq_ignore_ascii_case(name)).map(|(_, normal)| *normal)
}

/// Fields of a source, sorted and joined, for messages.
pub(crate) fn field_list(source: &str) -> String {
    let mut fields = find_source(source).map(|s| s.fields.to_vec()).unwrap_or_default();
    fields.sort_unstable();
    fields.join(", ")
}

/// Names of the sources, joined, for messages.
pub(crate) fn source_list() -> String {
    SOURCES.map(|s| s.name).join(", ")
}

/// True for one word in any case. Most differ in length or in the first letter, or are written alike.
fn is_word(word: &str, written: &str) -> bool {
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    let is_alike = word.len() == written.len() && first(word) == first(written);
    is_alike && (word == written || word.eq_ignore_ascii_case(written))
}

fn expand_alias(name: &str) -> &str {
    if name.len() > 1 {
        return name;
    }
    SELECT_FIELD_ALIASES
        .iter()
        .find(|(short, _)| short.eq_ignore_ascii_case(name))
        .map_or(name, |(_, long)| long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_names_mean_bar_fields_only() {
        assert_eq!(find_field("ohlcv", "C"), Some("close"));
        assert_eq!(find_field("trades", "v"), None);
        assert_eq!(find_field("Trades", "VOLUME"), Some("volume"));
        assert_eq!(find_field("candles", "close"), None);
    }

    #[test]
    fn twenty_five_names_stand_alone() {
        let names: Vec<_> = default_field_names().collect();
        assert_eq!(names.len(), 25);
        assert!(names.iter().all(|n| find_default_field(n).is_some()));
    }

    #[test]
    fn derived_fields_and_primaries_are_fields() {
        for source in &SOURCES {
            assert!(source.fields.contains(&source.primary));
        }
        let derived: Vec<_> = SOURCES[0].fields.iter().filter(|f| !derived_from(f).is_empty()).collect();
        assert_eq!(derived.len(), 9);
        assert!(derived.iter().flat_map(|f| derived_from(f)).all(|f| SOURCES[0].fields.contains(f)));
    }
}
