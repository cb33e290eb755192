//! What columns are called, whoever wrote them.

/// The fields of a bar.
pub(crate) const FIELDS: [&str; 5] = ["open", "high", "low", "close", "volume"];

/// A name as an identifier: small letters, digits, underscores; marks that tables put around names are gone.
pub(crate) fn normalized(name: &str) -> String {
    let stripped = name.trim_matches(|c: char| c.is_whitespace() || "<>[]#\"'*\u{feff}".contains(c));
    // `1. open` counts its columns.
    let stripped = match stripped.split_once(". ") {
        Some((count, rest)) if !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => stripped,
    };
    let mut out = String::with_capacity(stripped.len());
    for letter in stripped.chars() {
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.truncate(out.trim_end_matches('_').len());
    out
}

/// Names of the time at which a bar opens: those that say so first, since others may be any of a bar's times.
const TIMES: &[&str] = &[
    "open_time",
    "opentime",
    "timeopen",
    "time_open",
    "window_start",
    "time_period_start",
    "candle_begin_time",
    "ts_event",
    "timestamp",
    "datetime",
    "date",
    "time",
    "ts",
    "gmt_time",
    "local_time",
    "utc",
    "snapped_at",
    "unix",
    "t",
    "date_time",
    "utc_time",
    "time_utc",
    "date_utc",
    "timestamp_utc",
    "datetime_utc",
    "unix_time",
    "unixtime",
    "unix_timestamp",
    "epoch",
    "trade_date",
    "tradedate",
    "trading_date",
    "trading_day",
    "day",
    "begin",
    "begins_at",
    "start",
    "start_time",
    "starttime",
    "bar_time",
    "observation_date",
    "month",
    "datum",
    "fecha",
    "data",
    "日期",
    "日付",
];
/// Names of a time of day beside a date.
const DAY_TIMES: [&str; 6] = ["time", "hour", "time_of_day", "timeofday", "bar_time", "trade_time"];
/// Names of a date beside a time of day.
const DATES: [&str; 8] =
    ["date", "day", "trade_date", "tradedate", "trading_date", "trading_day", "timestamp", "datetime"];
const SYMBOLS: [&str; 16] = [
    "symbol",
    "ticker",
    "sym",
    "code",
    "ts_code",
    "tic",
    "pair",
    "currency_pair",
    "instrument",
    "asset",
    "stock",
    "security",
    "act_symbol",
    "name",
    "symbols",
    "isin",
];

/// How well a name is one of a field; the least is the best.
pub(crate) fn rank(field: &str, name: &str) -> Option<usize> {
    #[rustfmt::skip]
    let others: &[&str] = match field {
        "open" => &[
            "o", "first", "open_price", "opening_price", "open_px", "eröffnung", "eröffn", "eröffnungskurs", "ouverture", "ouv",
            "apertura", "abertura", "öppning", "öppningskurs", "otwarcie", "开盘", "始値",
        ],
        "high" => &[
            "h", "high_price", "highest_price", "max", "high_px", "hoch", "tageshoch", "haut", "plus_haut", "máximo", "maximo",
            "máxima", "maxima", "massimo", "högst", "högsta", "najwyzszy", "最高", "高値",
        ],
        "low" => &[
            "l", "low_price", "lowest_price", "min", "low_px", "tief", "tagestief", "bas", "plus_bas", "mínimo", "minimo",
            "mínima", "minima", "lägst", "lägsta", "najnizszy", "最低", "安値",
        ],
        "close" => &[
            "c", "last", "close_last", "price", "close_price", "closing_price", "last_price", "settle", "close_px", "schluss",
            "schlusskurs", "zuletzt", "clôture", "cloture", "dernier", "cierre", "último", "ultimo", "chiusura", "fechamento",
            "stängning", "stängningskurs", "senast", "zamkniecie", "收盘", "終値",
        ],
        "volume" => &[
            "v", "vol", "tickvol", "tick_volume", "volumes", "base_volume", "volumen", "volym", "wolumen", "成交量", "出来高",
        ],
        _ => return None,
    };
    if name == field {
        return Some(0);
    }
    others.contains(&name).then_some(1)
}

pub(crate) fn time_rank(name: &str) -> Option<usize> {
    TIMES.iter().position(|known| *known == name)
}

pub(crate) fn is_day_time(name: &str) -> bool {
    DAY_TIMES.contains(&name)
}

pub(crate) fn is_date(name: &str) -> bool {
    DATES.contains(&name)
}

pub(crate) fn is_symbol(name: &str) -> bool {
    SYMBOLS.contains(&name)
}

/// Whether a name is one of the time at which a bar closes.
pub(crate) fn is_close_time(name: &str) -> bool {
    matches!(name, "close_time" | "closetime" | "timeclose" | "time_close" | "kline_close_time")
}

/// A name of a column that has none: of an index that was written without one.
pub(crate) fn is_unnamed(name: &str) -> bool {
    matches!(name, "" | "index" | "none" | "unnamed_0")
}

/// True for a name by which a header is known.
pub(crate) fn is_known(name: &str) -> bool {
    time_rank(name).is_some()
        || FIELDS.iter().any(|field| {
            rank(field, name).is_some()
                || name.strip_suffix(field).is_some_and(|before| before.ends_with('_'))
        })
        || name.starts_with("volume_")
        || matches!(name, "symbol" | "ticker" | "value" | "adj_close" | "close_time")
}

/// The name without what stands in brackets: `Open (USD)`.
pub(crate) fn without_unit(name: &str) -> Option<String> {
    let (before, after) = name.split_once('(')?;
    after.contains(')').then(|| normalized(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_however_they_are_dressed() {
        for (name, plain) in [
            ("<OPEN>", "open"),
            ("[Date]", "date"),
            ("Gmt time", "gmt_time"),
            ("Close/Last", "close_last"),
            ("Vol.", "vol"),
            ("Adj Close**", "adj_close"),
            ("1. open", "open"),
            ("# timestamp", "timestamp"),
            ("Volume_(BTC)", "volume_btc"),
            ("\u{feff}time", "time"),
            ("", ""),
        ] {
            assert_eq!(normalized(name), plain, "{name}");
        }
        assert_eq!(without_unit("Open ($)").as_deref(), Some("open"));
        assert_eq!(
            (rank("close", "close"), rank("close", "last"), rank("close", "adj_close")),
            (Some(0), Some(1), None)
        );
    }
}
