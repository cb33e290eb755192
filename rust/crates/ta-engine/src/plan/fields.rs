//! Fields of the bars that a rule runs on.

use crate::lang::ir::SourceRef;

/// A field that every bar has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum BarField {
    Open,
    High,
    Low,
    Close,
    Volume,
}

impl BarField {
    /// The field of this name.
    pub(crate) fn from_name(name: &str) -> Option<BarField> {
        Some(match name {
            "open" => BarField::Open,
            "high" => BarField::High,
            "low" => BarField::Low,
            "close" => BarField::Close,
            "volume" => BarField::Volume,
            _ => return None,
        })
    }

    /// What a reference reads, where it is one of these fields of the rule's own bars.
    pub(super) fn of(field: &SourceRef) -> Option<BarField> {
        own_field(field).and_then(BarField::from_name)
    }
}

/// The field, where it is one of the bars the rule runs on.
pub(super) fn own_field(source: &SourceRef) -> Option<&str> {
    let SourceRef {
        symbol: None,
        field: Some(field),
        source,
        exchange: None,
        timeframe: None,
        base: None,
        quote: None,
        instrument_type: None,
    } = source
    else {
        return None;
    };
    (source == "ohlcv").then_some(field)
}
