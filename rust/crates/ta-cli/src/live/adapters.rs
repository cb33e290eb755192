//! Messages of exchanges and data vendors as events: pure functions of a text, by the shapes that they document.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ta_engine::Rule;
use ta_engine::numbers::read_number;
use ta_engine::times::{self, Unit};

use super::message::{MOST_SYMBOL_BYTES, Message, Reader, What};
use crate::Failure;

/// The shape of messages. All but the first know bars alone: open, high, low, close and volume, stamped with opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    /// An object with members called like the rule's fields.
    Lines,
    /// Kline streams of Binance.
    Binance,
    /// The topic kline of Bybit, version 5.
    Bybit,
    /// The candle channels of OKX.
    Okx,
    /// The channel ohlc of Kraken, version 2.
    Kraken,
    /// The channel candles of Coinbase Advanced Trade.
    Coinbase,
    /// Bars (b, d, u) and trades (t) of Alpaca.
    Alpaca,
    /// Aggregates (AM, A) of Massive.
    Massive,
    /// Rows of ccxt: [open time, open, high, low, close, volume], and a flag whether it has closed behind them.
    Ccxt,
}

/// Makes events of lines.
pub(crate) struct Adapter {
    reader: Reader,
    shape: Shape,
    /// Which number of a bar each of the rule's fields is.
    slots: Vec<usize>,
}

const BAR: [&str; 5] = ["open", "high", "low", "close", "volume"];

impl Adapter {
    /// # Errors
    /// Where the rule reads what bars of this shape do not have.
    pub(crate) fn new(rule: &Rule, shape: Shape, unit: Option<Unit>) -> Result<Adapter, Failure> {
        let reader = Reader::new(rule, unit);
        let mut slots = Vec::new();
        if shape != Shape::Lines {
            for field in reader.fields() {
                let slot = BAR.iter().position(|name| name == field);
                slots.push(slot.ok_or_else(|| {
                    Failure::Usage(format!(
                        "the rule reads `{field}`; bars of this shape have {}",
                        BAR.join(", ")
                    ))
                })?);
            }
        }
        Ok(Adapter { reader, shape, slots })
    }

    /// The rule's fields.
    pub(crate) fn fields(&self) -> &[String] {
        self.reader.fields()
    }

    /// The events of a line, in `messages`; none of a message that carries no bars, such as an answer to a subscription.
    pub(crate) fn read(&self, line: &[u8], messages: &mut Vec<Message>) -> Result<(), String> {
        if self.shape == Shape::Lines {
            messages.resize_with(1, Message::new);
            return self.reader.read(line, &mut messages[0]);
        }
        messages.clear();
        let value: Value = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        let bars = bars(self.shape, &value)?;
        for bar in bars {
            let Bar { symbol, what, time_ns, closed, numbers } = bar;
            if symbol.len() > MOST_SYMBOL_BYTES {
                return Err(format!(
                    "a symbol of {} bytes; {MOST_SYMBOL_BYTES} at most are accepted",
                    symbol.len()
                ));
            }
            let numbers = match what {
                What::Trade => numbers[..2].to_vec(),
                _ => self.slots.iter().map(|slot| numbers[*slot]).collect(),
            };
            messages.push(Message { symbol, what, time_ns, closed, numbers, ..Message::new() });
        }
        Ok(())
    }
}

/// A bar of an exchange, or a trade: then its price and amount stand first.
#[derive(Debug, PartialEq)]
struct Bar {
    symbol: String,
    what: What,
    time_ns: i64,
    closed: Option<bool>,
    numbers: [f64; 5],
}

fn bars(shape: Shape, value: &Value) -> Result<Vec<Bar>, String> {
    match shape {
        Shape::Lines => unreachable!("lines are read by their own reader"),
        Shape::Binance => binance(value),
        Shape::Bybit => bybit(value),
        Shape::Okx => okx(value),
        Shape::Kraken => kraken(value),
        Shape::Coinbase => coinbase(value),
        Shape::Alpaca => alpaca(value),
        Shape::Massive => massive(value),
        Shape::Ccxt => ccxt(value),
    }
}

fn binance(value: &Value) -> Result<Vec<Bar>, String> {
    // Streams that were combined wrap each message.
    let value = value.get("data").unwrap_or(value);
    let Some(k) = value.get("k").filter(|_| value["e"] == "kline") else { return Ok(Vec::new()) };
    Ok(vec![Bar {
        symbol: text(k, "s")?,
        what: What::Update,
        time_ns: milliseconds(&k["t"], "t")?,
        closed: Some(flag(&k["x"], "x")?),
        numbers: numbers(k, ["o", "h", "l", "c", "v"])?,
    }])
}

fn bybit(value: &Value) -> Result<Vec<Bar>, String> {
    // The topic is kline, the interval and the symbol.
    let topic = value["topic"].as_str().and_then(|topic| topic.strip_prefix("kline."));
    let Some((_, symbol)) = topic.and_then(|topic| topic.split_once('.')) else { return Ok(Vec::new()) };
    let bar = |one: &Value| {
        Ok(Bar {
            symbol: symbol.to_owned(),
            what: What::Update,
            time_ns: milliseconds(&one["start"], "start")?,
            closed: Some(flag(&one["confirm"], "confirm")?),
            numbers: numbers(one, BAR)?,
        })
    };
    list(&value["data"], "data")?.iter().map(bar).collect()
}

fn okx(value: &Value) -> Result<Vec<Bar>, String> {
    let channel = value["arg"]["channel"].as_str().filter(|channel| channel.starts_with("candle"));
    let (Some(_), Some(data)) = (channel, value.get("data")) else { return Ok(Vec::new()) };
    let symbol = text(&value["arg"], "instId")?;
    let bar = |row: &Value| {
        let cells = list(row, "a row of data")?;
        // The last one says whether the candle is complete; those between depend on the instrument.
        let (Some(last), true) = (cells.last(), cells.len() >= 9) else {
            return Err(format!("a row of {} cells; 9 are needed", cells.len()));
        };
        Ok(Bar {
            symbol: symbol.clone(),
            what: What::Update,
            time_ns: milliseconds(&cells[0], "the time")?,
            closed: Some(match last.as_str() {
                Some("1") => true,
                Some("0") => false,
                _ => {
                    return Err(format!(
                        "whether the candle is complete is {last}; \"0\" or \"1\" is needed"
                    ));
                }
            }),
            numbers: cells_of(&cells[1..6])?,
        })
    };
    list(data, "data")?.iter().map(bar).collect()
}

fn kraken(value: &Value) -> Result<Vec<Bar>, String> {
    if value["channel"] != "ohlc" {
        return Ok(Vec::new());
    }
    let bar = |one: &Value| {
        Ok(Bar {
            symbol: text(one, "symbol")?,
            what: What::Update,
            time_ns: iso(one, "interval_begin")?,
            closed: None,
            numbers: numbers(one, BAR)?,
        })
    };
    list(&value["data"], "data")?.iter().map(bar).collect()
}

fn coinbase(value: &Value) -> Result<Vec<Bar>, String> {
    if value["channel"] != "candles" {
        return Ok(Vec::new());
    }
    let mut bars = Vec::new();
    for event in list(&value["events"], "events")? {
        for one in list(&event["candles"], "candles")? {
            let start = one["start"].as_str().and_then(|start| start.parse().ok());
            let start = start.or(one["start"].as_i64()).ok_or("`start` is no number of seconds")?;
            bars.push(Bar {
                symbol: text(one, "product_id")?,
                what: What::Update,
                time_ns: times::from_integer(start, Some(Unit::Seconds))
                    .map_err(|error| error.to_string())?,
                closed: None,
                numbers: numbers(one, BAR)?,
            });
        }
    }
    // A snapshot has the newest first.
    bars.sort_by_key(|bar| bar.time_ns);
    Ok(bars)
}

fn alpaca(value: &Value) -> Result<Vec<Bar>, String> {
    let mut bars = Vec::new();
    for one in list(value, "a message")? {
        let what = match one["T"].as_str() {
            Some("b") => What::Close,
            // The day's bar as it stands, each minute.
            Some("d") => What::Forming,
            // A minute's bar again, with trades that were reported late.
            Some("u") => What::Revise,
            Some("t") => What::Trade,
            _ => continue,
        };
        let numbers = match what {
            What::Trade => {
                let [price, amount] = [number(&one["p"], "p")?, number(&one["s"], "s")?];
                [price, amount, f64::NAN, f64::NAN, f64::NAN]
            }
            _ => numbers(one, ["o", "h", "l", "c", "v"])?,
        };
        bars.push(Bar { symbol: text(one, "S")?, what, time_ns: iso(one, "t")?, closed: None, numbers });
    }
    Ok(bars)
}

fn massive(value: &Value) -> Result<Vec<Bar>, String> {
    let mut bars = Vec::new();
    for one in list(value, "a message")? {
        if one["ev"] != "AM" && one["ev"] != "A" {
            continue;
        }
        bars.push(Bar {
            symbol: text(one, "sym")?,
            what: What::Close,
            time_ns: milliseconds(&one["s"], "s")?,
            closed: None,
            numbers: numbers(one, ["o", "h", "l", "c", "v"])?,
        });
    }
    Ok(bars)
}

fn ccxt(value: &Value) -> Result<Vec<Bar>, String> {
    let rows = list(value, "a row")?;
    // One row, or a list of them as `watch_ohlcv` gives it.
    let rows = if rows.first().is_some_and(Value::is_array) { rows } else { std::slice::from_ref(value) };
    let bar = |row: &Value| {
        let cells = list(row, "a row")?;
        if !(6..=7).contains(&cells.len()) {
            return Err(format!("a row of {} cells; 6 are needed, and a flag may follow", cells.len()));
        }
        Ok(Bar {
            symbol: String::new(),
            what: What::Update,
            time_ns: milliseconds(&cells[0], "the time")?,
            closed: cells.get(6).map(|cell| flag(cell, "the flag")).transpose()?,
            numbers: cells_of(&cells[1..6])?,
        })
    };
    rows.iter().map(bar).collect()
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], String> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| format!("{name} is no list"))
}

fn text(value: &Value, name: &str) -> Result<String, String> {
    let found = value[name].as_str().filter(|text| !text.is_empty());
    found.map(str::to_owned).ok_or_else(|| format!("`{name}` is no text"))
}

fn flag(value: &Value, name: &str) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("`{name}` is {value}; true or false is needed"))
}

/// A number, or text that is one; null is missing.
fn number(value: &Value, name: &str) -> Result<f64, String> {
    let found = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => read_number(text),
        Value::Null => Some(f64::NAN),
        _ => None,
    };
    found.ok_or_else(|| format!("`{name}` is {value}, which is no number"))
}

fn numbers(value: &Value, names: [&str; 5]) -> Result<[f64; 5], String> {
    let mut found = [f64::NAN; 5];
    for (x, name) in found.iter_mut().zip(names) {
        let member = value.get(name).ok_or_else(|| format!("no `{name}`"))?;
        *x = number(member, name)?;
    }
    Ok(found)
}

fn cells_of(cells: &[Value]) -> Result<[f64; 5], String> {
    let mut found = [f64::NAN; 5];
    for ((x, cell), name) in found.iter_mut().zip(cells).zip(BAR) {
        *x = number(cell, name)?;
    }
    Ok(found)
}

fn milliseconds(value: &Value, name: &str) -> Result<i64, String> {
    let count = value.as_i64().or_else(|| value.as_str()?.parse().ok());
    let count = count.ok_or_else(|| format!("`{name}` is {value}, which is no number of milliseconds"))?;
    times::from_integer(count, Some(Unit::Milliseconds)).map_err(|error| error.to_string())
}

fn iso(value: &Value, name: &str) -> Result<i64, String> {
    times::parse_iso(&text(value, name)?).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(shape: Shape, line: &str) -> Result<Vec<Message>, String> {
        let rule = Rule::compile("open + high + low + close + volume").expect("a rule");
        let adapter = Adapter::new(&rule, shape, None).unwrap_or_else(|_| panic!("bars have all fields"));
        let mut messages = Vec::new();
        adapter.read(line.as_bytes(), &mut messages)?;
        // In the order of a bar, whatever the plan's.
        for message in messages.iter_mut().filter(|message| message.what != What::Trade) {
            let bar = BAR.map(|name| {
                let slot = adapter.fields().iter().position(|field| field == name).expect("a field");
                message.numbers[slot]
            });
            message.numbers = bar.to_vec();
        }
        Ok(messages)
    }

    /// The one bar of a message.
    fn one(shape: Shape, line: &str) -> (String, What, String, Option<bool>, Vec<f64>) {
        let mut messages = read(shape, line).expect("a message");
        assert_eq!(messages.len(), 1, "{messages:?}");
        let Message { symbol, what, time_ns, closed, numbers, .. } = messages.remove(0);
        (symbol, what, times::iso(time_ns).to_string(), closed, numbers)
    }

    #[test]
    fn a_kline_of_binance_is_a_bar() {
        let line = r#"{"e":"kline","E":1672515782136,"s":"BNBBTC","k":{"t":1672515780000,"T":1672515839999,"s":"BNBBTC","i":"1m","f":100,"L":200,"o":"0.0010","c":"0.0020","h":"0.0025","l":"0.0015","v":"1000","n":100,"x":false,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}"#;
        let bar = one(Shape::Binance, line);
        let time = "2022-12-31T19:43:00Z".to_owned();
        let expected = vec![0.001, 0.0025, 0.0015, 0.002, 1000.0];
        assert_eq!(bar, ("BNBBTC".to_owned(), What::Update, time, Some(false), expected));
        let combined = format!(r#"{{"stream":"bnbbtc@kline_1m","data":{line}}}"#);
        assert_eq!(one(Shape::Binance, &combined), bar);
        assert_eq!(read(Shape::Binance, r#"{"result":null,"id":1}"#), Ok(vec![]));
    }

    #[test]
    fn a_kline_of_bybit_is_a_bar() {
        let line = r#"{"topic":"kline.5.BTCUSDT","data":[{"start":1672324800000,"end":1672325099999,"interval":"5","open":"16649.5","close":"16677","high":"16677","low":"16608","volume":"2.081","turnover":"34666.4005","confirm":true,"timestamp":1672324988882}],"ts":1672324988882,"type":"snapshot"}"#;
        let expected = vec![16649.5, 16677.0, 16608.0, 16677.0, 2.081];
        let time = "2022-12-29T14:40:00Z".to_owned();
        assert_eq!(one(Shape::Bybit, line), ("BTCUSDT".to_owned(), What::Update, time, Some(true), expected));
        assert_eq!(read(Shape::Bybit, r#"{"success":true,"op":"subscribe"}"#), Ok(vec![]));
    }

    #[test]
    fn a_candle_of_okx_is_a_bar() {
        let line = r#"{"arg":{"channel":"candle1D","instId":"BTC-USDT"},"data":[["1597026383085","8533.02","8553.74","8527.17","8548.26","45247","529.5858061","5529.5858061","0"]]}"#;
        let (symbol, what, _, closed, numbers) = one(Shape::Okx, line);
        assert_eq!((symbol.as_str(), what, closed), ("BTC-USDT", What::Update, Some(false)));
        assert_eq!(numbers, [8533.02, 8553.74, 8527.17, 8548.26, 45247.0]);
        assert_eq!(one(Shape::Okx, &line.replace(r#""0"]"#, r#""1"]"#)).3, Some(true));
        assert_eq!(
            read(Shape::Okx, r#"{"event":"subscribe","arg":{"channel":"candle1D","instId":"BTC-USDT"}}"#),
            Ok(vec![])
        );
        assert!(read(Shape::Okx, &line.replace(r#""0"]"#, r#""2"]"#)).is_err());
    }

    #[test]
    fn a_candle_of_kraken_is_a_bar_that_closes_when_the_next_opens() {
        let line = r#"{"channel":"ohlc","type":"update","timestamp":"2023-10-04T16:26:30.524394914Z","data":[{"symbol":"MATIC/USD","open":0.5624,"high":0.5628,"low":0.5622,"close":0.5627,"trades":12,"volume":30927.68066226,"vwap":0.5626,"interval_begin":"2023-10-04T16:25:00.000000000Z","interval":5,"timestamp":"2023-10-04T16:30:00.000000Z"}]}"#;
        let expected = vec![0.5624, 0.5628, 0.5622, 0.5627, 30927.68066226];
        let time = "2023-10-04T16:25:00Z".to_owned();
        assert_eq!(one(Shape::Kraken, line), ("MATIC/USD".to_owned(), What::Update, time, None, expected));
    }

    #[test]
    fn candles_of_coinbase_come_oldest_first() {
        let line = r#"{"channel":"candles","client_id":"","timestamp":"2023-06-09T20:19:35.39625135Z","sequence_num":0,"events":[{"type":"snapshot","candles":[{"start":"1688998500","high":"1868","low":"1866","open":"1867","close":"1866.9","volume":"0.1","product_id":"ETH-USD"},{"start":"1688998200","high":"1867.72","low":"1865.63","open":"1867.38","close":"1866.81","volume":"0.20269406","product_id":"ETH-USD"}]}]}"#;
        let bars = read(Shape::Coinbase, line).expect("a message");
        assert_eq!(bars[0].numbers, [1867.38, 1867.72, 1865.63, 1866.81, 0.20269406]);
        assert_eq!(times::iso(bars[0].time_ns).to_string(), "2023-07-10T14:10:00Z");
        assert!(bars.len() == 2 && bars[0].time_ns < bars[1].time_ns);
        assert_eq!(read(Shape::Coinbase, r#"{"channel":"subscriptions","events":[]}"#), Ok(vec![]));
    }

    #[test]
    fn bars_of_alpaca_say_whether_they_are_new_or_corrected() {
        let line = r#"[{"T":"b","S":"SPY","o":388.985,"h":389.13,"l":388.975,"c":389.12,"v":49378,"n":461,"vw":389.062639,"t":"2021-02-22T19:15:00Z"},{"T":"u","S":"SPY","o":388.985,"h":389.13,"l":388.9,"c":389.12,"v":49400,"n":462,"vw":389.06,"t":"2021-02-22T19:15:00Z"},{"T":"d","S":"SPY","o":387,"h":390,"l":386,"c":389,"v":1000000,"t":"2021-02-22T05:00:00Z"},{"T":"t","i":96921,"S":"SPY","x":"D","p":389.5,"s":100,"t":"2021-02-22T19:15:00.51Z","c":["@"],"z":"A"},{"T":"success","msg":"connected"}]"#;
        let bars = read(Shape::Alpaca, line).expect("a message");
        let kinds: Vec<_> = bars.iter().map(|bar| bar.what).collect();
        assert_eq!(kinds, [What::Close, What::Revise, What::Forming, What::Trade]);
        assert_eq!(bars[0].numbers, [388.985, 389.13, 388.975, 389.12, 49378.0]);
        assert_eq!(bars[3].numbers, [389.5, 100.0]);
    }

    #[test]
    fn an_aggregate_of_massive_is_a_closed_bar() {
        let line = r#"[{"ev":"AM","sym":"GTE","v":4110,"av":9470157,"op":0.4372,"vw":0.4488,"o":0.4488,"c":0.4486,"h":0.4489,"l":0.4486,"a":0.4352,"z":685,"s":1610144640000,"e":1610144700000},{"ev":"status","status":"connected"}]"#;
        let (symbol, what, time, _, numbers) = one(Shape::Massive, line);
        assert_eq!((symbol.as_str(), what, time.as_str()), ("GTE", What::Close, "2021-01-08T22:24:00Z"));
        assert_eq!(numbers, [0.4488, 0.4489, 0.4486, 0.4486, 4110.0]);
    }

    #[test]
    fn rows_of_ccxt_are_bars_with_or_without_a_flag() {
        let (_, what, time, closed, numbers) =
            one(Shape::Ccxt, "[1504541580000, 4235.4, 4240.6, 4230.0, 4230.7, 37.72941911]");
        assert_eq!((what, time.as_str(), closed), (What::Update, "2017-09-04T16:13:00Z", None));
        assert_eq!(numbers, [4235.4, 4240.6, 4230.0, 4230.7, 37.72941911]);
        let rows = r#"[[1504541580000, "1", "2", "0.5", "1.5", null, true], [1504541640000, 1, 2, 0.5, 1.5, 3, false]]"#;
        let bars = read(Shape::Ccxt, rows).expect("rows");
        assert_eq!((bars[0].closed, bars[1].closed), (Some(true), Some(false)));
        assert!(bars[0].numbers[4].is_nan());
    }

    #[test]
    fn what_a_message_lacks_is_said() {
        for (shape, line, part) in [
            (
                Shape::Binance,
                r#"{"e":"kline","k":{"t":1,"s":"A","o":"1","c":"1","h":"1","l":"1","v":"1"}}"#,
                "`x`",
            ),
            (
                Shape::Binance,
                r#"{"e":"kline","k":{"t":1,"s":"A","o":"1","c":"1","h":"1","l":"1","x":true}}"#,
                "no `v`",
            ),
            (Shape::Bybit, r#"{"topic":"kline.1.A","data":[{"start":"x"}]}"#, "`start`"),
            (Shape::Okx, r#"{"arg":{"channel":"candle1m","instId":"A"},"data":[["1","2"]]}"#, "9 are needed"),
            (Shape::Alpaca, r#"{"T":"b"}"#, "no list"),
            (
                Shape::Massive,
                r#"[{"ev":"AM","sym":"A","s":1,"o":true,"h":1,"l":1,"c":1,"v":1}]"#,
                "`o` is true",
            ),
            (Shape::Ccxt, "[1, 2, 3]", "6 are needed"),
            (Shape::Ccxt, "{", "EOF"),
        ] {
            let error = read(shape, line).expect_err(line);
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
