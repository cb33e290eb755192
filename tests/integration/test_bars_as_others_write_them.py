"""Files as other exporters write them: read as they were written, or asked with the option that answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import DataError

DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=at) for at in range(14)]
BARS = [(day, 100.0 + at, 102.5 + at, 99.25 + at, 101.0 + at, 1000 + 10 * at) for at, day in enumerate(DAYS)]
FIELDS = ("open", "high", "low", "close", "volume")
OPENS = np.array(DAYS, dtype="datetime64[ns]")


def ms(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp()) * 1000


def comma(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def table(
    header: str,
    row: Callable[..., Sequence[Any]],
    *,
    sep: str = ",",
    encoding: str = "utf8",
    falls: bool = False,
) -> bytes:
    rows = [sep.join(map(str, row(*bar))) for bar in (BARS[::-1] if falls else BARS)]
    return "\n".join([header, *rows, ""]).encode(encoding)


def dated(form: str, quote: str = '"') -> bytes:
    return table("Date,Open,High,Low,Close,Volume", lambda day, *bar: (f"{quote}{day.strftime(form)}{quote}", *bar))


def named(bar: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(FIELDS, bar[1:], strict=True))


COLUMNS = {field: [named(bar)[field] for bar in BARS] for field in FIELDS}
BY_ROW = {field: {str(at): x for at, x in enumerate(column)} for field, column in COLUMNS.items()}
BY_TIME = {field: {str(ms(day)): x for day, x in zip(DAYS, column, strict=True)} for field, column in COLUMNS.items()}
QUOTE = {"low": COLUMNS["low"], "volume": COLUMNS["volume"], "open": COLUMNS["open"]} | COLUMNS

FILES: dict[str, Any] = {
    "National Stock Exchange of India": dated("%d-%b-%Y"),
    "the same in capitals": dated("%d-%b-%Y").upper(),
    "month by its name first": dated("%b %d, %Y"),
    "month by its whole name": dated("%B %d, %Y"),
    "a year of two digits behind a name": dated("%d-%b-%y"),
    "day of the week": dated("%a, %b %d, %Y"),
    "as of e-mail": dated("%a, %d %b %Y 00:00:00 GMT"),
    "as of a browser": dated("%a %b %d %Y 00:00:00 GMT+0000 (Coordinated Universal Time)"),
    "Investing.com": table(
        '"Date","Price","Open","High","Low","Vol.","Change %"',
        lambda d, o, h, lo, c, v: (
            f'"{d:%b %d, %Y}"',
            *(f'"{x:.2f}"' for x in (c, o, h, lo)),
            f'"{v / 1000:.2f}K"',
            '"1%"',
        ),
        falls=True,
    ),
    "Excel in French": table(
        "Date;Ouverture;Haut;Bas;Clôture;Volume",
        lambda d, *bar: (f"{d:%d/%m/%Y}", *map(comma, bar[:4]), bar[4]),
        sep=";",
        encoding="cp1252",
    ),
    "Excel in Spanish": table(
        "Fecha;Apertura;Máximo;Mínimo;Cierre;Volumen",
        lambda d, *bar: (f"{d:%d/%m/%Y}", *map(comma, bar[:4]), bar[4]),
        sep=";",
        encoding="cp1252",
    ),
    "Excel in Swedish": table(
        "Datum;Öppning;Högst;Lägst;Stängning;Volym",
        lambda d, *bar: (d, *map(comma, bar[:4]), bar[4]),
        sep=";",
        encoding="cp1252",
    ),
    "Stooq": table(
        "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>",
        lambda d, *bar: ("AAPL.US", "D", f"{d:%Y%m%d}", "000000", *bar, 0),
    ),
    "Stooq in Polish": table("Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen", lambda *bar: bar),
    "Moscow Exchange": table(
        "begin;open;close;high;low;value;volume;end",
        lambda d, o, h, lo, c, v: (f"{d} 00:00:00", o, c, h, lo, v * c, v, f"{d} 23:59:59"),
        sep=";",
    ),
    "Twelve Data": table("datetime;open;high;low;close;volume", lambda *bar: bar, sep=";", falls=True),
    "an object per line": "".join(
        json.dumps(dict(zip("tohlcv", (f"{bar[0]}T00:00:00Z", *bar[1:]), strict=True))) + "\n" for bar in BARS
    ).encode(),
    "Alpha Vantage": {
        "Meta Data": {"2. Symbol": "IBM", "5. Time Zone": "US/Eastern"},
        "Time Series (Daily)": {
            str(bar[0]): {f"{at}. {field}": str(x) for at, (field, x) in enumerate(named(bar).items(), 1)}
            for bar in BARS[::-1]
        },
    },
    "Polygon": {
        "ticker": "AAPL",
        "results": [
            {"v": v, "vw": c - 0.1, "o": o, "c": c, "h": h, "l": lo, "t": ms(d), "n": 5} for d, o, h, lo, c, v in BARS
        ],
    },
    "Twelve Data's JSON": {
        "meta": {"symbol": "AAPL", "interval": "1day"},
        "values": [{"datetime": str(bar[0])} | {k: str(x) for k, x in named(bar).items()} for bar in BARS[::-1]],
    },
    "Finnhub": {"s": "ok", "t": [ms(day) // 1000 for day in DAYS]} | {name[0]: x for name, x in COLUMNS.items()},
    "Yahoo's chart": {
        "chart": {
            "result": [
                {
                    "meta": {"symbol": "AAPL"},
                    "timestamp": [ms(day) // 1000 for day in DAYS],
                    "indicators": {"quote": [QUOTE], "adjclose": [{"adjclose": [x - 1 for x in COLUMNS["close"]]}]},
                }
            ],
            "error": None,
        }
    },
    "columns": {"timestamp": [str(day) for day in DAYS]} | COLUMNS,
    "pandas, by column": {"timestamp": {str(at): str(day) for at, day in enumerate(DAYS)}} | BY_ROW,
    "pandas, by column and time": BY_TIME,
    "pandas, by row": {str(ms(bar[0])): named(bar) for bar in BARS},
    "pandas, split": {"columns": [*FIELDS], "index": [ms(day) for day in DAYS], "data": [bar[1:] for bar in BARS]},
    "pandas, as a table": {
        "schema": {"fields": [{"name": "index", "type": "datetime"}], "pandas_version": "1.4.0"},
        "data": [{"index": f"{bar[0]}T00:00:00.000Z"} | named(bar) for bar in BARS],
    },
    "OKX": {"code": "0", "data": [[str(ms(bar[0])), *map(str, bar[1:]), "1", "1", "1"] for bar in BARS[::-1]]},
}


def written(name: str, folder: Path) -> Path:
    content = FILES[name]
    path = folder / "bars.txt"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_with_the_numbers_that_were_written(name: str, tmp_path: Path) -> None:
    bars = ta.read_bars(written(name, tmp_path))
    assert np.array_equal(bars["timestamp"], OPENS)
    for field, column in COLUMNS.items():
        assert bars[field].tolist() == column, field


ASKED: dict[str, tuple[Any, str]] = {
    "Investing.com in German": (
        table(
            '"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"',
            lambda d, o, h, lo, c, v: (
                f'"{d:%d.%m.%Y}"',
                *(f'"{comma(x)}"' for x in (c, o, h, lo)),
                f'"{comma(v / 1000)}K"',
                '"0,50%"',
            ),
            falls=True,
        ),
        "decimal=",
    ),
    "closes without times": ({"close": COLUMNS["close"]}, "`close` stands alone, and a time column is needed"),
    "pandas' closes without times": ({"close": BY_ROW["close"]}, "a time column is needed"),
    "pairs of a chart": ({"prices": [[ms(bar[0]), bar[4]] for bar in BARS]}, "columns= gives the names of all columns"),
    "a day or a month of two digits": (
        table("<DATE>;<OPEN>;<HIGH>;<LOW>;<CLOSE>", lambda d, *bar: (f"{d:%d/%m/%y}", *bar[:4]), sep=";"),
        'dates="dmy"',
    ),
    "a time of day beside a whole date": (
        [{"date": "2024-01-02", "minute": f"09:{at}", "close": 1.0 + at} for at in range(30, 40)],
        "duplicates=",
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_a_file_does_not_say_is_asked_by_the_option_that_answers(name: str, tmp_path: Path) -> None:
    content, words = ASKED[name]
    path = tmp_path / "bars.txt"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(DataError, match=words):
        ta.read_bars(path)


def test_the_answers_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps({"prices": [[ms(bar[0]), bar[4]] for bar in BARS]}))
    assert ta.read_bars(path, columns=["timestamp", "close"])["close"].tolist() == COLUMNS["close"]
