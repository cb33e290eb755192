//! Dotted chains: references, shifts, filters, aggregates.

use super::super::ir::*;
use super::*;
use DiagnosticKind::{Parse, Type};

fn reference(text: &str) -> SourceRef {
    match compiled(text).kind {
        Kind::SourceRef(source) => SourceRef::clone(&source),
        other => panic!("{text}: {other:?}"),
    }
}

/// `symbol base/quote exchange timeframe instrument source.field`, with `-` for what is absent.
fn shown(text: &str) -> String {
    let r = reference(text);
    let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let pair = r.base.as_ref().map_or("-".into(), |b| format!("{b}/{}", or_dash(&r.quote)));
    [
        or_dash(&r.symbol),
        pair,
        or_dash(&r.exchange),
        or_dash(&r.timeframe),
        or_dash(&r.instrument_type),
        format!("{}.{}", r.source, or_dash(&r.field)),
    ]
    .join(" ")
}

#[test]
fn references_name_symbol_market_and_field() {
    let pair = |rest: &str| format!("BTC/USDT BTC/USDT {rest}");
    for (text, expected) in [
        ("BTC.price", "BTC - - - - ohlcv.close".to_owned()),
        ("binance.BTC.price", "BTC - binance - - ohlcv.close".to_owned()),
        ("BTC.h1.price", "BTC - - 1h - ohlcv.close".to_owned()),
        ("BTC.trades.volume", "BTC - - - - trades.volume".to_owned()),
        ("btc.usdt.price", pair("- - - ohlcv.close")),
        ("BTC.USD.price", "BTC/USD BTC/USD - - - ohlcv.close".to_owned()),
        ("BTC.USDC.price", "BTC/USDC BTC/USDC - - - ohlcv.close".to_owned()),
        ("BTC.USDT.PERP.price", pair("- - perp ohlcv.close")),
        ("BTC.USDT.perpetual.price", pair("- - perp ohlcv.close")),
        ("BTC.USDT.future.price", pair("- - futures ohlcv.close")),
        ("BTC.USDT.option.price", pair("- - option ohlcv.close")),
        ("BTC.USDT.spot.price", pair("- - spot ohlcv.close")),
        ("BTC.USDT.m15.price", pair("- 15m - ohlcv.close")),
        ("BTC.USDT.m5.price", pair("- 5m - ohlcv.close")),
        ("BTC.USDT.h4.price", pair("- 4h - ohlcv.close")),
        ("BTC.USDT.d1.price", pair("- 1d - ohlcv.close")),
        ("BTC.USDT.w1.price", pair("- 1w - ohlcv.close")),
        ("BTC.USDT.mo1.price", pair("- 1mo - ohlcv.close")),
        ("BTC.USDT.H24.price", pair("- 24h - ohlcv.close")),
        ("ETH.USDT.m5.perp.volume", "ETH/USDT ETH/USDT - 5m perp ohlcv.volume".to_owned()),
        ("binance.BTC.USDT.perp.h1.price", pair("binance 1h perp ohlcv.close")),
        ("binance.BTC.USDT.perp.h1.trades.volume", pair("binance 1h perp trades.volume")),
        ("binance.btc.usdt.m5.ohlcv.close", pair("binance 5m - ohlcv.close")),
        ("BTC.USDT.orderbook.imbalance", pair("- - - orderbook.imbalance")),
        ("BTC.trades", "BTC - - - - trades.-".to_owned()),
        ("BTC.perp.trades.price", "BTC - - - perp trades.price".to_owned()),
        ("BTC.trades.perp.price", "BTC - - - perp trades.price".to_owned()),
        ("BTC.perp.1h.trades.price", "BTC - - 1h perp trades.price".to_owned()),
        ("BTC.HIGH", "BTC - - - - ohlcv.high".to_owned()),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn segments_may_start_with_a_digit_and_symbols_hold_a_slash() {
    assert_eq!(reference("BTC.1h.price"), reference("BTC.h1.price"));
    assert_eq!(reference("BTC/USDT.1h.price"), reference("BTC.USDT.h1.price"));
    assert_eq!(reference("binance.BTC/USDT.price"), reference("binance.BTC.USDT.price"));
    assert_eq!(reference("btc/usdt.perp.price"), reference("BTC.USDT.perp.price"));
    let division = parsed("close/open.change_1h");
    assert!(matches!(division.kind, Kind::Binary { op: BinaryOp::Div, .. }), "{division}");
    let division = parsed("BTC.price/ETH.price");
    assert!(matches!(division.kind, Kind::Binary { op: BinaryOp::Div, .. }), "{division}");
    refused("BTC / USDT.price", Parse);
    refused("BTC/USDT", Parse);
}

#[test]
fn a_leading_source_reads_the_symbol_the_rule_runs_on() {
    for (text, expected) in [
        ("trades.volume", "- - - - - trades.volume"),
        ("ohlcv.close", "- - - - - ohlcv.close"),
        ("ohlcv.C", "- - - - - ohlcv.close"),
        ("orderbook.imbalance", "- - - - - orderbook.imbalance"),
        ("trades.1h.price", "- - - 1h - trades.price"),
        ("ohlcv.h4.close", "- - - 4h - ohlcv.close"),
        ("binance.trades.volume", "- - binance - - trades.volume"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn the_close_of_bars_is_also_called_price_and_only_theirs() {
    assert_eq!(reference("BTC.trades.price").field.as_deref(), Some("price"));
    assert_eq!(reference("BTC.ohlcv.price").field.as_deref(), Some("close"));
}

#[test]
fn longer_quotes_are_read_where_nothing_else_fits() {
    assert_eq!(shown("BTC.FDUSD.price"), "BTC/FDUSD BTC/FDUSD - - - ohlcv.close");
    assert_eq!(shown("BTC.FDUSD.perp.1h.price"), "BTC/FDUSD BTC/FDUSD - 1h perp ohlcv.close");
    assert_refused("BTC.trade.volume", Parse, "Unknown source 'trade'");
    assert_refused("BTC.trade.volume", Parse, "did you mean 'trades'");
}

#[test]
fn chains_that_name_no_data_are_refused() {
    for (text, fragment) in [
        ("BTC.USDT", "Missing field"),
        ("BTC.USDT.perp", "Missing field"),
        ("BTC.USDT.h1", "Missing field"),
        ("binance.BTC", "Missing field"),
        ("BTC.count", "Missing field"),
        ("BTC.1h_ago", "Missing field"),
        ("BTC.USDT.invalid.price", "Unknown source 'invalid'"),
        ("BTC.foo", "'foo'"),
        ("close.foo", "Unknown field 'foo'"),
        ("BTC.USDT.hgh", "did you mean 'high'"),
        ("BTC.trades.hlc3", "not valid for source 'trades'"),
        ("BTC.USDT.1h.4h.price", "timeframe is already given"),
        ("BTC.USDT.perp.spot.price", "instrument type is already given"),
        ("BTC.USDT.trades.ohlcv.price", "source is already given"),
        ("BTC.USDT.1h.perp.trades.ohlcv.price.high", "too many parts"),
        ("BTC.0h.price", "Unknown source '0h'"),
        ("BTC", "Unknown identifier 'BTC'"),
    ] {
        assert_refused(text, Parse, fragment);
    }
}

fn shift_of(text: &str) -> (Expr, String, Option<String>) {
    match parsed(text).kind {
        Kind::TimeShift { series, shift, operation } => (*series, shift, operation.map(Name::into_owned)),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn the_last_word_may_shift_in_time() {
    for (text, shift, operation) in [
        ("close.24h_ago", "24h_ago", None),
        ("close.24H_AGO", "24h_ago", None),
        ("close.1h_ago", "1h_ago", None),
        ("close.3_ago", "3_ago", None),
        ("close.3", "3", None),
        ("close.change_1h", "1h", Some("change")),
        ("close.change_pct_2d", "2d", Some("change_pct")),
        ("close.change_1mo", "1mo", Some("change")),
        ("close.change_15m", "15m", Some("change")),
        ("close.roc_12", "12", Some("roc")),
    ] {
        let expected = (Expr::select("close"), shift.to_owned(), operation.map(str::to_owned));
        assert_eq!(shift_of(text), expected, "{text}");
    }
    assert_eq!(shift_of("sma(20).change_1h").0, parsed("sma(20)"));
    assert_eq!(shift_of("BTC.USDT.price.change_1h").0, parsed("BTC.USDT.price"));
    assert_eq!(shift_of("BTC.trades.count.change_1h").0, parsed("BTC.trades.count"));
    assert_eq!(shift_of("(close + 1).2h_ago").0, parsed("close + 1"));
    assert_eq!(shift_of("close.1h_ago.change_1h").0, parsed("close.1h_ago"));
    for text in [
        "close.0h_ago",
        "close.change_0h",
        "close.change_",
        "close.change_mo",
        "close.change_1y",
        "close.24x",
        "close.roc_x",
        "close.change_1h_ago",
        "close.change_pct_",
    ] {
        assert_refused(text, Parse, "Invalid time shift");
    }
}

#[test]
fn filters_and_aggregates_have_their_nodes() {
    let trades: Expr = Kind::from(SourceRef::of("trades", None)).into();
    let amount: Expr = Kind::from(SourceRef::of("trades", Some("amount"))).into();
    let condition = Expr::binary(BinaryOp::Gt, amount, Expr::literal(Value::Float(100.0)));
    let filter: Expr = Kind::Filter { series: Box::new(trades), condition: Box::new(condition) }.into();
    let sum: Expr =
        Kind::Aggregate { series: Box::new(filter), operation: "sum".into(), field: Some("price".into()) }
            .into();
    for text in [
        "trades.filter(amount > 100).sum(price)",
        "trades.FILTER(amount > 100,).Sum('price')",
        "trades.filter(trades.amount > 100).sum(field=price,)",
        "trades.filter(amount > 100).sum(FIELD='price')",
    ] {
        assert_eq!(compiled(text), sum, "{text}");
    }
    assert_eq!(parsed("BTC.USDT.liquidation.count"), parsed("BTC.USDT.liquidation.count()"));
    for text in [
        "ohlcv.filter(volume > 1000).count()",
        "close.count",
        "sma(20).max()",
        "trades.count",
        "ohlcv.avg(volume)",
    ] {
        compiled(text);
    }
}

#[test]
fn names_in_a_condition_are_fields_of_what_is_filtered() {
    let text = "BTC.USDT.perp.trades.filter(amount > 1 and side == 1).count";
    let full = "BTC.USDT.perp.trades.filter(BTC.USDT.perp.trades.amount > 1 and BTC.USDT.perp.trades.side == 1).count";
    assert_eq!(parsed(text), parsed(full));
    assert_eq!(
        parsed("trades.filter(sma(amount, 3) > 1)"),
        parsed("trades.filter(sma(trades.amount, 3) > 1)")
    );
    // What the source has not is the bar's.
    assert_eq!(parsed("trades.filter(close > 1)"), parsed("trades.filter(select('close') > 1)"));
    // A computed value has no fields; the scope ends with its bracket.
    assert_eq!(parsed("sma(20).filter(volume > 1)"), parsed("sma(20).filter(select('volume') > 1)"));
    assert_eq!(
        parsed("trades.filter(price > 1).count > price"),
        parsed("trades.filter(price > 1).count > select('price')")
    );
    let inner = parsed("trades.filter(liquidation.filter(value > 1).count > price)");
    assert_eq!(
        inner,
        parsed("trades.filter(liquidation.filter(liquidation.value > 1).count > trades.price)")
    );
}

#[test]
fn aggregates_and_filters_are_checked_by_type() {
    assert_refused("trades.filter(100)", Type, "Condition must be boolean");
    assert_refused("trades.filter(amount + 1)", Type, "Condition uses non-boolean operator");
    assert_refused("trades.sum('invalid')", Type, "is not valid for source 'trades'");
    assert_refused("trades.sum()", Type, "Missing field");
    assert_refused("sma(20).max(high)", Type, "cannot be chosen of a computed value");
    compiled("trades.filter(True).sum(price)");
    compiled("BTC.trades.price.count");
    compiled("ohlcv.filter(close > 12).sum(close)");
}

#[test]
fn members_choose_outputs() {
    let text = "macd(close, 12, 26, 9).Signal";
    let Kind::Member { expr, member } = compiled(text).kind else { panic!() };
    assert_eq!((&*expr.calls()[0].name, member.as_str()), ("macd", "signal"));
    compiled("macd(close, 12, 26, 9).signal.change_1h > 0");
    compiled("stochastic(14, 3).k < 20");
    compiled("sma(20).value");
}

/// A name and whatever a text means that goes on with a field of some source.
#[test]
fn a_market_is_named_by_what_stands_before_its_field() {
    for name in [
        "ohlcv",
        "ohlcv.1d",
        "trades",
        "ETH",
        "eth.usdt",
        "BTC/USDT.4h",
        "BTC.USDT.perp.h4.trades",
        "binance.ETH",
        "binance.BTC/USDT.perp.4h.trades",
        "okx.BTC.15m.orderbook",
        "_x.liquidation",
        "price",
        "a/b",
        "a b",
        " ETH",
        "",
        "ETH.",
        "4h",
        "ETH.4h.1d",
        "close/open",
        "trades/ETH",
        "ETH.BTC/USDT",
        "BTC/USDT/ETH",
        "BTC/4h",
        "not",
        "ETH.not",
        "ohlcv.4h.and",
        "talib",
        "pine.rsi",
        "ETH.1m.m1",
        "ETH.1M",
        "a.b.c.d.e.f.g",
        "ETH.close",
        "BTC*2",
        "é",
    ] {
        let texts = sources::SOURCES.iter().map(|source| format!("{name}.{}", source.primary));
        let references = texts.filter_map(|text| parse(&text, &test_catalog(), &Limits::default()).ok());
        let expected = references
            .filter_map(|expr| match expr.kind {
                Kind::SourceRef(source) => Some(SourceRef { field: None, ..SourceRef::clone(&source) }),
                _ => None,
            })
            .next();
        // A blank is none of a name.
        let expected = expected.filter(|_| !name.contains(' '));
        assert_eq!(market_of(name), expected, "{name:?}");
    }
    assert_eq!(market_of("binance.BTC/USDT.perp.4h.trades").unwrap().exchange.as_deref(), Some("binance"));
    assert_eq!(market_of("ETH BTC"), None);
}
