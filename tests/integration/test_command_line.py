"""The `ta` command as a shell sees it: output, words of errors, exit codes.

0 is well, 1 a difference or bad data, 2 wrong usage.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import laakhay.ta as ta
from tests.parity.markets import DATA, real_market

AAPL, EURUSD = DATA / "aapl_1d.csv", DATA / "eurusd_1h.csv"
HEADER = "timestamp,open,high,low,close,volume"
ROWS = [f"2024-01-0{day}T00:00:00Z,{day},{day + 2},{day - 1},{day + 1},10" for day in range(1, 7)]
TIMEOUT_S = 60


def run_command(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "laakhay.ta", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)


def succeed(*arguments: object) -> str:
    done = run_command(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fail(code: int, *arguments: object) -> str:
    done = run_command(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stderr
    return done.stderr


@pytest.fixture
def bars(tmp_path: Path) -> Path:
    path = tmp_path / "bars.csv"
    path.write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    return path


# run


def test_a_run_as_csv_has_the_bits_of_a_run_in_python() -> None:
    rule = "rsi(close, 14)"
    lines = succeed("run", rule, AAPL, "--format", "csv").splitlines()
    assert lines[0] == "timestamp,value"
    shell = [float(line.partition(",")[2] or "nan") for line in lines[1:]]
    python = ta.compile(rule).run(real_market("aapl_1d").context()).to_numpy()
    assert len(shell) == len(python) == 3_270
    assert np.array(shell).tobytes() == python.tobytes()
    assert np.count_nonzero(~np.isnan(python)) == 3_256


def test_a_run_as_json_is_one_object_per_bar(bars: Path) -> None:
    objects = [json.loads(line) for line in succeed("run", "sma(close, 2) > 4", bars, "--format", "json").splitlines()]
    assert [one["value"] for one in objects] == [None, False, False, True, True, True]
    assert objects[0]["timestamp"] == "2024-01-01T00:00:00Z"


def test_a_table_shows_the_ends_and_sums_up() -> None:
    text = succeed("run", "close > sma(close, 20)", AAPL)
    lines = text.splitlines()
    assert lines[0].split() == ["timestamp", "value"]
    assert len(lines) == 1 + 10 + 1 + 10 + 1
    assert lines[-1].startswith("value: 3270 bars, 3251 ready, ") and lines[-1].endswith(" true")


def test_several_outputs_are_several_columns(bars: Path) -> None:
    lines = succeed("run", "bbands(close, 2, 1)", bars, "--format", "csv").splitlines()
    assert lines[:3] == ["timestamp,upper,middle,lower", "2024-01-01T00:00:00Z,,,", "2024-01-02T00:00:00Z,3,2.5,2"]


def test_a_range_is_shown_of_values_that_saw_all_bars_before(bars: Path) -> None:
    whole = succeed("run", "ema(close, 3)", bars, "--format", "csv").splitlines()
    part = succeed(
        "run", "ema(close, 3)", bars, "--format", "csv", "--from", "2024-01-03", "--to", "2024-01-04T00:00:00Z"
    )
    assert part.splitlines() == [whole[0], whole[3], whole[4]]
    assert succeed("run", "close", bars, "--format", "csv", "--from", "2030-01-01").splitlines() == ["timestamp,value"]


@pytest.mark.parametrize(("ending", "is_json"), [("csv", False), ("json", True), ("jsonl", True), ("txt", False)])
def test_a_result_is_written_to_a_file_whose_ending_chooses_the_format(
    bars: Path, tmp_path: Path, ending: str, is_json: bool
) -> None:
    out = tmp_path / f"result.{ending}"
    said = succeed("run", "close", bars, "--output", out)
    assert said == f"wrote 6 rows to {out}\n"
    format_of_it = "json" if is_json else "csv"
    assert out.read_text(encoding="utf-8") == succeed("run", "close", bars, "--format", format_of_it)


def test_many_files_are_many_symbols(bars: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("\n".join([HEADER, *ROWS[:2]]), encoding="utf-8")
    lines = succeed("run", "close", bars, other, "--format", "csv").splitlines()
    assert lines[0] == "symbol,timestamp,value"
    assert [line.partition(",")[0] for line in lines[1:]] == ["bars"] * 6 + ["other"] * 2
    objects = [json.loads(line) for line in succeed("run", "close", bars, other, "--format", "json").splitlines()]
    assert [one["symbol"] for one in objects] == ["bars"] * 6 + ["other"] * 2


def test_a_duration_takes_the_timeframe_of_the_data_or_the_one_given(bars: Path) -> None:
    def values(*options: object) -> list[str]:
        text = succeed("run", "close.change_2d", bars, "--format", "csv", *options)
        return [line.partition(",")[2] for line in text.splitlines()[1:]]

    assert values() == ["", "", "2", "2", "2", "2"]
    assert values("--timeframe", "1d") == ["", "", "2", "2", "2", "2"]
    assert "most often 2 times as far apart" in fail(1, "run", "close.change_2d", bars, "--timeframe", "12h")
    assert "closer to the last bar" in fail(1, "run", "close.change_2d", bars, "--timeframe", "2d")
    assert "is no timeframe" in fail(2, "run", "close", bars, "--timeframe", "soon")


# Data that cannot be read


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2024-01-03T00:00:00Z,3,5,2,many,10", 'line 4, column `close`: a number is needed: "many"'),
        ("2024-01-03T00:00:00Z,3,5,2,inf,10", 'line 4, column `close`: a number is needed: "inf"'),
        ("2024-01-03T00:00:00Z,3,5,2,4", "line 4: "),
        ("tomorrow,3,5,2,4,10", 'line 4, column `timestamp`: a time is needed: "tomorrow"'),
        ("2023-12-31T00:00:00Z,3,5,2,4,10", "not after that of line 3, 2024-01-02T00:00:00Z"),
    ],
    ids=["word", "infinity", "cells", "time", "order"],
)
def test_a_row_that_cannot_be_read_is_named_by_file_line_column_and_value(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_text("\n".join([HEADER, *ROWS[:2], row, *ROWS[3:]]), encoding="utf-8")
    words = fail(1, "run", "close", path)
    assert words.startswith(f"error: {path}, line 4") and said in words
    left_out = run_command("run", "close", path, "--skip-bad-rows", "--format", "csv")
    if "not after" in said:  # Order is not badness.
        assert left_out.returncode == 1 and "--order" in left_out.stderr
        return
    assert left_out.returncode == 0
    assert "left out 1 row: 1 with" in left_out.stderr and "first in line 4" in left_out.stderr
    assert len(left_out.stdout.splitlines()) == 6


def test_an_empty_cell_is_a_missing_field(tmp_path: Path) -> None:
    path = tmp_path / "holes.csv"
    path.write_text("\n".join([HEADER, ROWS[0], "2024-01-02T00:00:00Z,2,4,1,,10", *ROWS[2:]]), encoding="utf-8")

    def values(policy: str) -> list[str]:
        text = succeed("run", "close", path, "--format", "csv", "--missing-input", policy)
        return [line.partition(",")[2] for line in text.splitlines()[1:]]

    assert values("emit_missing") == ["2", "", "4", "5", "6", "7"]
    assert values("hold_previous") == ["2", "2", "4", "5", "6", "7"]
    assert "`close` has no value in row 1" in fail(1, "run", "close", path, "--missing-input", "fail")


def test_files_that_are_not_there_or_lack_a_column_are_named(tmp_path: Path) -> None:
    assert "nowhere.csv" in fail(1, "run", "close", tmp_path / "nowhere.csv")
    path = tmp_path / "closes.csv"
    path.write_text("timestamp,close\n2024-01-01,1\n2024-01-02,2\n", encoding="utf-8")
    words = fail(1, "run", "close - open", path)
    assert "closes.csv" in words and "open" in words
    empty = tmp_path / "empty.csv"
    empty.write_text("", encoding="utf-8")
    assert "empty.csv" in fail(1, "verify", "close", empty)


# Usage


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("run",),
        ("run", "close"),
        ("run", "close", AAPL, "--format", "xml"),
        ("run", "close", AAPL, "--missing-input", "guess"),
        ("run", "close", AAPL, "--from", "yesterday"),
        ("catalog", "sma2"),
    ],
    ids=lambda arguments: " ".join(map(str, arguments[:1])) or "nothing",
)
def test_wrong_usage_exits_with_two(arguments: tuple[object, ...]) -> None:
    done = run_command(*arguments)
    assert done.returncode == 2
    assert done.stderr and not done.stdout


def test_a_rule_that_cannot_be_read_is_shown_with_its_fault() -> None:
    wrong = "sma(close, perod=3)"
    for command in (("run", wrong, AAPL), ("verify", wrong, AAPL), ("explain", wrong)):
        words = fail(2, *command)
        assert "^^^" in words and "rule:1:" in words


@pytest.mark.parametrize("command", ["run", "verify", "explain", "catalog"])
def test_help_of_every_command_has_an_example(command: str) -> None:
    assert "Example:\n  ta " + command in succeed(command, "--help")


def test_the_version_is_the_package_s() -> None:
    assert succeed("--version") == f"ta {ta.__version__}\n"


# verify, explain, catalog


def test_a_verification_prints_what_was_equal_and_exits_with_zero() -> None:
    text = succeed("verify", "crossup(ema(close, 12), ema(close, 26))", AAPL)
    assert "every schedule gives the same bits" in text and "3270 bars" in text
    report = ta.compile("crossup(ema(close, 12), ema(close, 26))").verify(real_market("aapl_1d").ohlcv())
    assert all(name in text for name, _, _ in report.checks)
    assert " 0 differing" in text


def test_a_verification_of_many_files_reports_on_each() -> None:
    text = succeed("verify", "close.change_1d > 0", AAPL, EURUSD)
    assert "aapl_1d.csv: 3270 bars" in text and "eurusd_1h.csv: 6225 bars" in text


def test_an_explanation_is_that_of_the_package() -> None:
    rule = "sma(close, 20) > ema(close, 50)"
    assert succeed("explain", rule).strip() == str(ta.compile(rule).explain()).strip()
    assert succeed("explain", rule, "--dot") == ta.compile(rule).explain().to_dot()
    assert "after 24 bars" in succeed("explain", "close.change_24h", "--timeframe", "1h")


def test_the_catalogue_lists_every_indicator_and_shows_one() -> None:
    listed = [line.split()[0] for line in succeed("catalog").splitlines()]
    names = [spec["name"] for spec in ta.catalog()]
    # Behind them stand the words of the language that are defined in it.
    words = "within rising falling latch once streak since_highest since_lowest first_since"
    assert listed == [*names, *words.split()]
    assert succeed("catalog", "streak").startswith("streak(")
    page = succeed("catalog", "stoch")
    assert page.startswith("stochastic(") and "k_period" in page and "George C. Lane" in page
    assert "not found" in fail(2, "catalog", "nothing")


def test_a_reader_that_goes_away_ends_the_work_quietly() -> None:
    command = [sys.executable, "-m", "laakhay.ta", "run", "close", str(EURUSD), "--format", "csv", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "timestamp,value\n"
        process.stdout.close()
        assert process.wait(timeout=TIMEOUT_S) == 0
        assert process.stderr.read() == ""


# definitions and parameters


def test_rules_take_definitions_from_files_and_values_for_parameters(bars: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ta"
    mine.write_text("let gain(x, n = 1) = x - x[n];\n", encoding="utf-8")
    given = ("--define", mine, "--set", "rows=2")
    written = succeed("run", "close - close[2]", bars, "--format", "csv")
    assert succeed("run", "gain(close, {rows})", bars, "--format", "csv", *given) == written
    assert succeed("verify", "gain(close, {rows})", bars, *given) == succeed("verify", "close - close[2]", bars)
    assert succeed("explain", "gain(close, {rows})", *given) == succeed("explain", "close - close[2]")
    error = fail(2, "explain", "gain(close) + gian(open) + sma(close, 0)", "--define", mine)
    assert "did you mean 'gain'" in error and "must be positive" in error
    mine.write_text("let gain(x) = smaa(x);\n", encoding="utf-8")
    assert "mine.ta:1:15" in fail(2, "explain", "gain(close)", "--define", mine)
    assert "no.ta" in fail(1, "explain", "close", "--define", tmp_path / "no.ta")
    assert "a name and a value" in fail(2, "explain", "close", "--set", "rows")
    assert "Unknown parameter 'rows'" in fail(2, "explain", "close", "--set", "rows=2")


# Rules over several streams

ABOVE = "close > sma(ohlcv.1d.close, 5)"
SESSIONS = ("--resample", "--session-start", "22:00")


@pytest.fixture
def fours(tmp_path: Path) -> Path:
    """Four-hour bars of EURUSD, made of its hours."""
    rule = ta.compile({field: f"ohlcv.4h.{field}" for field in ("open", "high", "low", "close", "volume")})
    hours = ta.from_csv(EURUSD, symbol="EURUSD", timeframe="1h")
    session = rule.joined_session(timeframe="1h", clock="ohlcv.4h", resample=ta.Calendar(), delivered=["ohlcv"])
    made = session.run({"ohlcv": hours})
    rows = zip(*(made[name].tolist() for name in ("open", "high", "low", "close", "volume")), strict=True)
    stamps = [f"{stamp}Z" for stamp in np.datetime_as_string(made["timestamp"], unit="s")]
    lines = [",".join([stamp, *map(repr, row)]) for stamp, row in zip(stamps, rows, strict=True)]
    path = tmp_path / "fours.csv"
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return path


def test_days_made_of_hours_by_a_session_give_what_the_package_gives() -> None:
    lines = succeed("run", ABOVE, EURUSD, *SESSIONS, "--format", "csv").splitlines()
    hours = ta.from_csv(EURUSD, symbol="EURUSD", timeframe="1h")
    calendar = ta.Calendar(session_start="22:00")
    found = ta.compile(ABOVE).run({"ohlcv": hours}, timeframe="1h", resample=calendar)
    words = {"": np.nan, "true": 1.0, "false": 0.0}
    shell = np.array([words[line.partition(",")[2]] for line in lines[1:]])
    assert shell.tobytes() == found["value"].tobytes()
    stamps = [f"{stamp}Z" for stamp in np.datetime_as_string(found["timestamp"], unit="s")]
    assert [line.partition(",")[0] for line in lines[1:]] == stamps
    assert np.isfinite(shell).sum() > 6_000
    other = succeed("run", ABOVE, EURUSD, "--resample", "--time-zone", "America/New_York", "--format", "csv")
    assert other.splitlines() != lines


def test_a_stream_from_a_file_is_the_one_that_is_made(fours: Path) -> None:
    rule = "close - sma(ohlcv.4h.close, 3)"
    given = succeed("run", rule, EURUSD, "--stream", f"ohlcv.4h={fours}", "--format", "csv")
    assert given == succeed("run", rule, EURUSD, "--resample", "--format", "csv")
    coarse = succeed("run", rule, EURUSD, "--stream", f"ohlcv.4h={fours}", "--clock", "ohlcv.4h", "--format", "csv")
    stamps = [line.partition(",")[0] for line in coarse.splitlines()[1:]]
    assert stamps == [line.partition(",")[0] for line in fours.read_text(encoding="utf-8").splitlines()[1:]]


def test_alignment_decides_which_rows_there_are(bars: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("\n".join([HEADER, *ROWS[::2], ""]), encoding="utf-8")
    arguments = ("run", "close + ETH.close", bars, "--stream", f"ETH={other}", "--format", "csv")
    rows = {
        policy: [line.partition(",")[2] for line in succeed(*arguments, "--alignment", policy).splitlines()[1:]]
        for policy in ("left,ffill", "left,none", "inner,none", "outer,none")
    }
    assert rows["left,ffill"] == ["4", "5", "8", "9", "12", "13"]
    assert rows["left,none"] == rows["outer,none"] == ["4", "", "8", "", "12", ""]
    assert rows["inner,none"] == ["4", "8", "12"]
    # Chosen or not, streams need bars of their own.
    assert "ETH=FILE" in fail(2, "run", "close + ETH.close", bars, "--alignment", "inner,none")


def test_rules_over_streams_are_verified_and_explained(fours: Path, tmp_path: Path) -> None:
    some = tmp_path / "some.csv"
    some.write_text("\n".join(EURUSD.read_text(encoding="utf-8").splitlines()[:400]) + "\n", encoding="utf-8")
    assert "restored at every bar" in succeed("verify", ABOVE, some, *SESSIONS)
    rule = "close > ohlcv.4h.high[1]"
    assert "pushed one stream after the other" in succeed("verify", rule, some, "--stream", f"ohlcv.4h={fours}")
    explained = succeed("explain", ABOVE, "--timeframe", "1h")
    assert explained == f"{ta.compile(ABOVE).explain(timeframe='1h')}\n"
    assert "first value after 119 bars" in explained
    assert succeed("explain", ABOVE) == f"{ta.compile(ABOVE).explain()}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            (EURUSD,),
            2,
            "the rule reads the stream `ohlcv.1d`: give its bars with --stream ohlcv.1d=FILE, or --resample",
        ),
        ((EURUSD, "--stream", "ohlcv.1d=absent.csv"), 1, "absent.csv"),
        ((EURUSD, "--stream", f"ETH={EURUSD}"), 2, "there is no stream `ETH`; there are ohlcv, ohlcv.1d"),
        ((EURUSD, "--stream", "ohlcv.1d"), 2, "--stream ohlcv.1d: a name and a file"),
        ((EURUSD, "--stream", "ohlcv.1d=a", "--stream", "ohlcv.1d=b"), 2, "`ohlcv.1d` are given twice"),
        ((EURUSD, "--stream", "ohlcv=a", "--resample"), 2, "`ohlcv` are given twice"),
        ((EURUSD, "--resample", "--clock", "ETH"), 2, "there is no stream `ETH`"),
        ((EURUSD, "--resample", "--time-zone", "Mars"), 2, "`Mars` is no time zone"),
        ((EURUSD, "--resample", "--session-start", "25:00"), 2, "`25:00` is no time of day"),
        ((EURUSD, "--resample", "--session-start", "9:5"), 2, "`9:5` is no time of day"),
        ((EURUSD, "--resample", "--week-start", "noday"), 2, "`noday` is no day of the week"),
        ((EURUSD, "--session-start", "22:00"), 2, "--resample"),
        ((EURUSD, "--resample", "--alignment", "inner"), 2, "inner,none"),
        ((EURUSD, "--resample", "--alignment", "middle,none"), 2, "inner, outer, left, right"),
        ((EURUSD, AAPL, "--resample"), 2, "takes one file of its own bars"),
        ((EURUSD, "--resample", "--timeframe", "soon"), 2, "`soon` is no timeframe"),
    ],
    ids=lambda value: " ".join(str(one) for one in value[1:]) if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("command", ["run", "verify"])
def test_streams_that_do_not_fit_are_refused_by_name(
    command: str, arguments: tuple[object, ...], code: int, words: str
) -> None:
    done = run_command(command, ABOVE, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stderr and not done.stdout


# What a command may not do


def test_a_result_never_takes_the_place_of_what_it_is_made_of(bars: Path, tmp_path: Path) -> None:
    before = bars.read_bytes()
    (tmp_path / "link.csv").symlink_to(bars)
    (tmp_path / "hard.csv").hardlink_to(bars)
    for name in ("bars.csv", "link.csv", "hard.csv"):
        assert "which is read" in fail(2, "run", "close", bars, "--output", tmp_path / name)
        assert "which is read" in fail(2, "run", "close", tmp_path / name, "--output", bars)
    assert bars.read_bytes() == before
    other = tmp_path / "other.csv"
    succeed("run", "close", bars, "-o", other)
    (tmp_path / "to_other.csv").symlink_to(other)
    succeed("run", "open", bars, "-o", tmp_path / "to_other.csv")
    assert (tmp_path / "to_other.csv").is_symlink()
    assert other.read_text(encoding="utf-8").startswith("timestamp,value\n2024-01-01T00:00:00Z,1\n")
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob(".*.part"))


def test_an_output_that_cannot_be_written_leaves_nothing_behind(bars: Path, tmp_path: Path) -> None:
    assert "missing" in fail(1, "run", "close", bars, "-o", tmp_path / "missing" / "out.csv")
    folder = tmp_path / "folder"
    folder.mkdir()
    fail(1, "run", "close", bars, "-o", folder)
    assert {path.name for path in tmp_path.iterdir()} == {"bars.csv", "folder"}


def test_symbols_are_quoted_and_those_of_one_name_told_apart(bars: Path, tmp_path: Path) -> None:
    odd = tmp_path / 'a,"b.csv'
    odd.write_bytes(bars.read_bytes())
    lines = succeed("run", "close", bars, odd, "--format", "csv").splitlines()
    assert lines[7].startswith('"a,""b",2024-01-01')
    folder = tmp_path / "again"
    folder.mkdir()
    (folder / "bars.csv").write_bytes(bars.read_bytes())
    text = succeed("run", "close", bars, folder / "bars.csv", "--format", "csv")
    assert f"{bars},2024-01-01" in text and f"{folder / 'bars.csv'},2024-01-01" in text
    assert "given twice" in fail(2, "run", "close", bars, bars)


def test_a_rule_may_begin_with_a_minus(bars: Path, tmp_path: Path) -> None:
    rows = succeed("run", "-close > -6", bars, "--format", "csv").splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == ["true"] * 4 + ["false"] * 2
    assert succeed("run", "--format", "csv", "-close > -6", bars).splitlines()[1:] == rows
    succeed("run", "-o", tmp_path / "out.csv", "-close", bars)
    succeed("verify", "-close > -6", bars)
    assert "close" in succeed("explain", "-close")


def test_bytes_that_are_no_text_are_a_message(bars: Path) -> None:
    for arguments in ([b"run", b"clo\xffse", bytes(bars)], [b"run", b"close", b"/no/\xff.csv"]):
        command = [sys.executable, "-m", "laakhay.ta", *arguments]
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False)
        assert done.returncode in (1, 2) and b"Traceback" not in done.stderr and done.stderr


def test_without_a_value_there_is_no_range(bars: Path) -> None:
    assert "value: 6 bars, none ready" in succeed("run", "sma(close, 50)", bars)
    assert "inf" not in succeed("run", "sma(close, 50)", bars)


def test_nothing_ready_is_no_proof(bars: Path) -> None:
    assert "nothing is proven" in fail(1, "verify", "sma(close, 50)", bars)
    succeed("verify", "close", bars, "--missing-input", "fail")


def test_the_last_day_of_all_is_a_bound_and_bounds_have_an_order(bars: Path) -> None:
    assert len(succeed("run", "close", bars, "--to", "2262-04-11", "--format", "csv").splitlines()) == 7
    assert "is after" in fail(2, "run", "close", bars, "--from", "2024-01-05", "--to", "2024-01-02")


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (("--from", "2024-01-03"), [3, 4, 5, 6]),
        (("--to", "2024-01-03"), [1, 2, 3]),
        (("--from", "2024-01-03T00:00Z", "--to", "2024-01-03 00:00"), [3]),
        (("--from", "2024-01-03T00:00:00.000000001Z"), [4, 5, 6]),
        (("--from", "2024-01-03T05:00+05:00", "--to", "2024-01-04T23:59:59.999999999Z"), [3, 4]),
        (("--from", str(1_704_240_000 * 10**9)), [3, 4, 5, 6]),
        (("--from", "2262-04-11"), []),
    ],
)
def test_bounds_are_read_as_times_are(bars: Path, options: tuple[str, ...], days: list[int]) -> None:
    shown = succeed("run", "open", bars, "--format", "csv", *options).splitlines()[1:]
    assert [line.rpartition(",")[2] for line in shown] == list(map(str, days))


@pytest.mark.parametrize("option", ["--from", "--to"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2262-04-12", "does not fit int64 nanoseconds"),
        ("1677-09-20", "does not fit int64 nanoseconds"),
        ("2024-01-02T09:30[America/New_York]", "write the offset"),
        ("2024-01-02T09:30:60Z", "is no time"),
        ("20240102", "2024-01-02 is to be written"),
        ("1704240000", "whose unit nobody can tell"),
        ("2024-02-30", "is no time"),
        ("", "is no time"),
    ],
)
def test_a_bound_that_is_no_time_is_refused(bars: Path, option: str, given: str, said: str) -> None:
    words = fail(2, "run", "close", bars, option, given)
    assert words.startswith(f"{option} {given}") and said in words


def test_a_forming_bar_in_a_file_is_refused_as_in_a_history(tmp_path: Path) -> None:
    path = tmp_path / "live.csv"
    flags = ["true", "1", "yes", "closed", "TRUE", "false"]
    lines = [f"{HEADER},is_closed", *(f"{row},{flag}" for row, flag in zip(ROWS, flags, strict=True))]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    for command in ("run", "verify"):
        words = fail(1, command, "close", path)
        assert "line 7, column `is_closed`: the bar is not closed" in words and '"false"' in words
    with pytest.raises(ValueError, match="row 5. is not closed"):
        ta.compile("close").session().run(ta.from_csv(path, "A", "1d"))
    left_out = run_command("run", "close", path, "--skip-bad-rows", "--format", "csv")
    assert "left out 1 row: 1 of bars that are not closed" in left_out.stderr and len(left_out.stdout.splitlines()) == 6
    path.write_text("\n".join([*lines[:-1], ""]), encoding="utf-8")
    assert len(succeed("run", "close", path, "--format", "csv").splitlines()) == 6
    pieces = ("run", "close > ohlcv.2d.close", path, "--resample", "--timeframe", "1d")
    succeed(*pieces)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert "the bar is not closed" in fail(1, *pieces)


@pytest.mark.parametrize("command", ["run", "verify"])
def test_bars_are_held_to_the_timeframe_that_is_given(bars: Path, command: str) -> None:
    assert "than a bar is long: 1w" in fail(1, command, "sma(close, 2)", bars, "--timeframe", "1w")
    words = fail(1, command, "sma(close, 2)", bars, "--timeframe", "4h")
    assert "declared as 4h and never so close, most often 6 times as far apart" in words
    succeed(command, "sma(close, 2)", bars, "--timeframe", "1d")
    succeed(command, "sma(close, 2)", bars)


def test_stamps_are_of_all_streams_or_of_one(tmp_path: Path) -> None:
    hours = [np.datetime64("2024-01-01T00", "ns") + np.timedelta64(hour, "h") for hour in range(24)]
    days = [np.datetime64("2023-12-31", "ns"), np.datetime64("2024-01-01", "ns")]
    opened, closed, own, own_closed = (tmp_path / f"{name}.csv" for name in ("opened", "closed", "own", "own_closed"))

    def write(path: Path, at: list[np.datetime64], hour: int) -> None:
        rows = [f"{time + np.timedelta64(hour, 'h')}Z,{place + 1}" for place, time in enumerate(at)]
        path.write_text("\n".join(["timestamp,close", *rows, ""]), encoding="utf-8")

    write(opened, days, 0)
    write(closed, days, 24)
    write(own, hours, 0)
    write(own_closed, hours, 1)

    def run(bars_of: Path, days_of: Path, *more: str) -> list[str]:
        rule = "close * 100 + ohlcv.1d.close"
        given = (rule, bars_of, "--stream", f"ohlcv.1d={days_of}", "--timeframe", "1h", "--format", "csv", *more)
        succeed("verify", *(one for one in given if one not in ("--format", "csv")))
        return [line.rpartition(",")[2] for line in succeed("run", *given).splitlines()[1:]]

    wanted = [str(100 * hour + 1 + (hour == 24)) for hour in range(1, 25)]
    assert run(own, opened) == wanted
    assert run(own, opened, "--stamps", "open") == wanted
    assert run(own, closed, "--stamps", "ohlcv.1d=close") == wanted
    assert run(own_closed, closed, "--stamps", "close") == wanted
    assert run(own_closed, opened, "--stamps", "close", "--stamps", "ohlcv.1d=open") == wanted
    assert run(own, closed) != wanted, "stamps that nobody told are opens"
    for text, said in [("late", "`late` is not one of open, close"), ("ohlcv.1d=late", "not one of open, close")]:
        assert said in fail(2, "run", "close > ohlcv.1d.close", own, "--timeframe", "1h", "--stamps", text)


def piped(content: bytes, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "laakhay.ta", *map(str, arguments)]
    return subprocess.run(command, input=content, capture_output=True, timeout=TIMEOUT_S, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "rsi(close, 14) < 30", "FILE", "--from", "2012-01-01"),
        ("verify", "sma(close, 20) > close", "FILE"),
        ("run", "close > sma(ohlcv.1w.close, 5)", "FILE", "--resample"),
        ("verify", "close > sma(ohlcv.1w.close, 5)", "FILE", "--resample"),
    ],
)
def test_every_command_that_reads_bars_reads_them_from_a_pipe(arguments: tuple[str, ...]) -> None:
    content = AAPL.read_bytes()
    expected = succeed(*(AAPL if one == "FILE" else one for one in arguments))
    given = ["-" if one == "FILE" else one for one in arguments]
    for bytes_given in (content, gzip.compress(content)):
        done = piped(bytes_given, *given)
        assert done.returncode == 0, done.stderr
        # All but the name that the bars are called by.
        assert re.sub(r"^-: ", f"{AAPL}: ", done.stdout.decode()) == expected
        assert done.stderr.decode().count("stdin: 3270 bars") == 1


def test_a_pipe_without_bars_and_one_that_is_read_twice_are_told() -> None:
    done = piped(b"", "verify", "close > 1", "-")
    assert done.returncode == 1 and b"stdin: there is nothing in the file" in done.stderr
    done = piped(AAPL.read_bytes(), "run", "close > 1", "-", "-")
    assert done.returncode == 2 and b"given twice" in done.stderr
