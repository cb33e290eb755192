"""Many streams under one roof, never mixed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from laakhay.ta.core import OHLCV, Bar, Dataset, DatasetKey, DatasetMetadata, OHLCVContext, Series, dataset
from laakhay.ta.core.fields import SourceLabel, parse_source_label
from laakhay.ta.exceptions import MissingDataError

T0 = datetime(2024, 1, 1, tzinfo=UTC)


def bars(base=100, n=3, symbol="BTC", timeframe="1h") -> OHLCV:
    rows = [
        Bar.from_raw(T0 + timedelta(hours=i), base + i, base + i + 10, base + i - 10, base + i + 5, 1000 + i)
        for i in range(n)
    ]
    return OHLCV.from_bars(rows, symbol, timeframe)


def single(value=1, symbol="BTC", timeframe="1h") -> Series:
    return Series((T0,), (value,), symbol, timeframe)


EMPTY = Series((), (), "BTC", "1h")


def data(**labelled) -> Dataset:
    """Build a dataset of BTC 1h entries by source label."""
    result = Dataset()
    for label, entry in labelled.items():
        result.add("BTC", "1h", label, entry)
    return result


# Keys and metadata


def test_a_key_is_text_and_mapping_and_back() -> None:
    key = DatasetKey("BTC/USD_T", "1h")
    assert str(key) == "BTC/USD_T|1h|default"
    assert (
        DatasetKey.from_dict(key.to_dict()) == key == DatasetKey.from_dict({"symbol": "BTC/USD_T", "timeframe": "1h"})
    )
    assert len({key, DatasetKey("BTC/USD_T", "1h", "default")}) == 1


def test_a_key_refuses_the_separator() -> None:
    with pytest.raises(ValueError, match=r"symbol 'A\|B' contains"):
        DatasetKey("A|B", "1h")


def test_metadata_is_a_mapping_and_back() -> None:
    metadata = DatasetMetadata(T0, "text", {"b", "a"})
    assert metadata.to_dict() == {"created_at": T0.isoformat(), "description": "text", "tags": ["a", "b"]}
    assert DatasetMetadata.from_dict(metadata.to_dict()) == metadata
    empty = DatasetMetadata.from_dict({})
    assert empty.created_at.tzinfo is UTC and (empty.description, empty.tags) == ("", set())


# Entries


def test_entries_are_found_by_key_field_and_symbol() -> None:
    btc, eth = bars(), single(symbol="ETH")
    ds = dataset(btc, eth)
    key = DatasetKey("BTC", "1h")
    assert ds[key] is btc and key in ds and DatasetKey("X", "1h") not in ds
    assert ds["close"] == btc.to_series("close")
    assert ds["ETH"] is eth
    assert ds.series("BTC", "1h") is btc and ds.series("BTC", "4h") is None
    assert (ds.symbols, ds.timeframes, ds.sources) == ({"BTC", "ETH"}, {"1h"}, {"default"})
    assert ds.keys == {key, DatasetKey("ETH", "1h")}
    assert (len(ds), ds.is_empty, list(ds)) == (2, False, [(key, btc), (DatasetKey("ETH", "1h"), eth)])


def test_what_is_absent_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="not found"):
        dataset(bars())[DatasetKey("X", "1h")]
    with pytest.raises(KeyError, match="No series found in dataset"):
        Dataset()["close"]
    with pytest.raises(KeyError, match="No OHLCV series found for field access"):
        dataset(single())["close"]
    with pytest.raises(KeyError, match="No series found with symbol: X"):
        dataset(bars())["X"]


def test_sources_of_an_exchange_are_labelled() -> None:
    ds = Dataset()
    ds.add_trade_series("BTC", "1h", single(), "binance")
    ds.add_orderbook_series("BTC", "1h", single())
    ds.add_liquidation_series("BTC", "1h", single(), exchange="okx")
    assert [key.source for key, _ in ds] == ["trades_binance", "orderbook", "liquidation_okx"]


def test_keywords_are_keys_and_malformed_ones_are_refused() -> None:
    ds = dataset(**{"BTC/USDT|1h": bars(), "ETH|4h|trades": single()})
    assert ds.keys == {DatasetKey("BTC/USDT", "1h"), DatasetKey("ETH", "4h", "trades")}
    for bad in ("BTCUSDT", "A|1h|s|x", "|1h"):
        with pytest.raises(ValueError, match="Malformed dataset key"):
            dataset(**{bad: bars()})


def test_positional_objects_without_labels_get_some() -> None:
    class Anything:
        pass

    assert dataset(Anything(), Anything()).keys == {DatasetKey("SYMBOL_0", "1h"), DatasetKey("SYMBOL_1", "1h")}


def test_a_view_follows_its_dataset() -> None:
    ds = dataset(bars(), single(symbol="ETH"))
    view = ds.select(symbol="BTC")
    assert len(view) == 1 and DatasetKey("BTC", "1h") in view and DatasetKey("ETH", "1h") not in view
    assert view.series("ETH", "1h") is None and view.series("BTC", "1h") is ds.series("BTC", "1h")
    with pytest.raises(KeyError, match="view"):
        view[DatasetKey("ETH", "1h")]
    ds.add("BTC", "4h", "default", bars(timeframe="4h"))
    assert view.timeframes == {"1h", "4h"}
    assert ds.select(symbol="X").is_empty


def test_a_dataset_goes_through_json() -> None:
    ds = data(default=bars(), trades_binance=Series((T0,), (1.5,), "BTC", "1h", (True,)))
    ds.add("BTC/USD_T", "1h", "default", bars(symbol="BTC/USD_T"))
    again = Dataset.from_dict(json.loads(json.dumps(ds.to_dict())))
    assert list(again) == list(ds) and again.metadata == ds.metadata


def test_malformed_keys_are_skipped_with_a_warning() -> None:
    payload = single().to_dict()
    with pytest.warns(UserWarning, match="Malformed dataset key 'nokey'"):
        ds = Dataset.from_dict({"series": {"nokey": payload, "BTC|1h": payload}})
    assert ds.keys == {DatasetKey("BTC", "1h")}


def test_version_grows_with_every_change() -> None:
    ds = dataset(bars())
    before = ds.version
    ds.add("BTC", "1h", "default", bars(n=4))
    assert ds.version == before + 1


# Contexts


def test_bars_give_their_fields_and_price() -> None:
    context = dataset(bars()).to_context()
    assert set(context.available_series) == {"open", "high", "low", "close", "volume", "price"}
    assert context.price == context.close


def test_series_stand_under_their_label_and_the_first_doubles_as_close() -> None:
    context = data(empty=EMPTY, trades=single(7)).to_context()
    assert context.trades == context.close == single(7)
    assert Dataset().to_context().available_series == []
    assert data(trades=single(7)).select(source="trades").to_context().close == single(7)


def test_bars_go_before_a_series_of_the_same_name() -> None:
    close = bars().to_series("close")
    assert data(close=single(), ohlcv=bars()).to_context().close == close
    assert data(ohlcv=bars(), close=single()).to_context().close == close


@pytest.mark.parametrize("context", [Dataset.to_context, Dataset.to_multisource_context])
def test_streams_are_never_mixed(context) -> None:
    for other in (bars(symbol="ETH"), bars(timeframe="4h")):
        with pytest.raises(ValueError, match="Several symbols or timeframes"):
            context(dataset(bars(), other))
    both = dataset(bars(), bars(200, symbol="ETH"))
    assert both.select(symbol="ETH").to_context().close.values[0] == 205
    assert both.to_multisource_context(symbol="ETH").close.values[0] == 205


def test_build_context_adds_what_is_required_and_there() -> None:
    ds = data(ohlcv=bars(), imbalance=single(3), other=single(4))
    context = ds.build_context("BTC", "1h", ["close", "imbalance", "nowhere"])
    assert context.imbalance == single(3)
    assert not hasattr(context, "nowhere") and not hasattr(context, "other")
    assert data(close=single(5)).build_context("BTC", "1h", ["price"]).price == single(5)


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("trades", SourceLabel("trades")),
        ("trades_volume", SourceLabel("trades", None, "volume")),
        ("trades_binance", SourceLabel("trades", "binance")),
        ("trades_binance_buy_volume", SourceLabel("trades", "binance", "buy_volume")),
        ("trades_binance_avg_price", SourceLabel("trades", "binance", "avg_price")),
        ("orderbook_spread_bps", SourceLabel("orderbook", None, "spread_bps")),
        ("liquidation_my_venue_long_value", SourceLabel("liquidation", "my_venue", "long_value")),
        ("close", SourceLabel("close")),
    ],
)
def test_a_label_is_read_against_the_fields_of_its_source(label, parts) -> None:
    assert parse_source_label(label) == parts


def test_several_sources_merge_and_bars_keep_their_names() -> None:
    ds = data(
        trades_binance=single(1),
        trades_binance_buy_volume=single(2),
        trades_binance_avg_price=single(3),
        orderbook_spread_bps=single(4),
        orderbook=single(5),
        liquidation=single(6),
        ohlcv=bars(),
    )
    context = ds.to_multisource_context("BTC", "1h")
    assert context.volume == bars().to_series("volume") and context.price == bars().to_series("close")
    assert context.trades_volume == single(1)
    assert (context.buy_volume, context.avg_price) == (single(2), single(3))
    assert (context.spread_bps, context.imbalance, context.value) == (single(4), single(5), single(6))
    assert not hasattr(context, "binance") and not hasattr(context, "bps")


def test_a_second_exchange_is_qualified() -> None:
    ds = data(trades_binance=single(1), trades_kraken=single(2), trades_kraken_count=single(3), orderbook=single(4))
    context = ds.to_multisource_context()
    assert (context.volume, context.trades_kraken_volume) == (single(1), single(2))
    assert context.trades_kraken_count == single(3) and not hasattr(context, "count")


def test_one_complete_source_gives_its_own_context() -> None:
    assert type(data(ohlcv=bars()).to_multisource_context()) is OHLCVContext
    partial = data(trades=single(1)).to_multisource_context()
    assert type(partial).__name__ == "SeriesContext" and partial.volume == single(1)
    assert data(ohlcv=bars(), trades=single(1)).to_multisource_context(source="trades").available_series == ["volume"]
    assert data(ohlcv=bars()).to_multisource_context(symbol="X").available_series == []


def test_contexts_are_cached_until_the_dataset_changes() -> None:
    ds = data(ohlcv=bars())
    first = ds.to_multisource_context()
    assert ds.to_multisource_context() is first
    assert ds.to_multisource_context("X") is ds.to_multisource_context("X")
    ds.add_series("BTC", "1h", bars(200), "ohlcv")
    assert ds.to_multisource_context().close.values[0] == 205


# Resolve


@pytest.mark.parametrize("label", ["ohlcv", "default", "csv", "ohlcv_binance"])
def test_bars_resolve_under_any_label(label) -> None:
    ds = data(**{label: bars()})
    assert ds.resolve("ohlcv", "close", "BTC", "1h") == bars().to_series("close")
    assert ds.resolve("ohlcv", "PRICE") == bars().to_series("close")
    assert ds.resolve("ohlcv", "hlc3") == bars().field_series("hlc3")


def test_fields_of_other_sources_resolve() -> None:
    ds = data(
        ohlcv=bars(), trades=single(1), trades_count=single(2), orderbook_binance_spread=single(3), close=single(4)
    )
    assert ds.resolve("trades", "volume") == single(1)
    assert ds.resolve("trades", "count") == single(2)
    assert ds.resolve("trades_count", "count") == single(2)
    assert ds.resolve("orderbook", "spread") == single(3)
    assert ds.resolve("orderbook_binance", "spread") == single(3)
    assert ds.resolve("close", "close") == single(4)


def test_an_exchange_falls_back_only_where_none_is_named() -> None:
    assert data(trades=single(1)).resolve("trades_binance", "volume") == single(1)
    with pytest.raises(MissingDataError):
        data(trades=single(1), trades_kraken=single(2)).resolve("trades_binance", "volume")
    with pytest.raises(MissingDataError):
        data(trades=single(1), trades_kraken_count=single(2)).resolve("trades_kraken", "volume")


def test_a_field_of_two_exchanges_is_ambiguous() -> None:
    with pytest.raises(MissingDataError, match="ambiguous"):
        data(trades_binance=single(1), trades_kraken=single(2)).resolve("trades", "volume")


def test_a_single_series_labelled_default_is_a_close() -> None:
    ds = data(default=single(1))
    assert ds.resolve("ohlcv", "close") == ds.resolve("default", "price") == single(1)
    with pytest.raises(MissingDataError):
        ds.resolve("default", "volume")


def test_an_empty_series_is_there() -> None:
    assert data(trades=EMPTY).resolve("trades", "volume") is EMPTY


@pytest.mark.parametrize(
    ("source", "field"),
    [("trades", "price"), ("trades", "avg_price"), ("orderbook", "volume"), ("ohlcv", "count"), ("rade", "volume")],
)
def test_a_field_that_is_not_held_is_missing_never_guessed(source, field) -> None:
    ds = data(ohlcv=bars(), trades=single(1))
    with pytest.raises(MissingDataError) as caught:
        ds.resolve(source, field, "BTC", "1h")
    assert (caught.value.source, caught.value.field, caught.value.symbol) == (source, field, "BTC")


def test_bars_never_stand_in_for_the_volume_of_trades_nor_the_other_way() -> None:
    with pytest.raises(MissingDataError):
        data(ohlcv=bars()).resolve("trades", "volume")
    with pytest.raises(MissingDataError):
        data(trades=single(1)).resolve("ohlcv", "volume")


def test_another_symbol_is_never_returned() -> None:
    ds = dataset(bars(), bars(200, symbol="ETH"))
    assert ds.resolve("ohlcv", "close", symbol="ETH").symbol == "ETH"
    with pytest.raises(MissingDataError, match=r"ambiguous: BTC\|1h\|default, ETH\|1h\|default"):
        ds.resolve("ohlcv", "close")
    with pytest.raises(MissingDataError):
        ds.resolve("ohlcv", "close", symbol="SOL")
