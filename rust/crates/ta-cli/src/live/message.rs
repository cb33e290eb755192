//! A line of JSON is one event: `{"timestamp": ..., "close": ..., ...}`, in any order of its members, numbers as numbers or as text.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use ta_engine::Rule;
use ta_engine::incremental::live::{Closed, Kind, LiveEvent, Sequence};
use ta_engine::numbers::read_number;
use ta_engine::times::{self, Unit};

/// Bytes of a symbol, at most: names are bounded before anything is made for them.
pub(crate) const MOST_SYMBOL_BYTES: usize = 64;

/// What an event's kind is called, and what it needs beside a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum What {
    /// The feed's present bar; how the feed says that it has closed decides.
    Update = 0,
    Close = 1,
    Forming = 2,
    Revise = 3,
    Trade = 4,
    Heartbeat = 5,
    Gap = 6,
    Halt = 7,
    Reset = 8,
    Acknowledge = 9,
    /// A bar of the history that came before the feed.
    History = 10,
}

impl What {
    /// Those that a message may be, by their names.
    const NAMED: [(&'static str, What); 9] = [
        ("close", What::Close),
        ("forming", What::Forming),
        ("revise", What::Revise),
        ("trade", What::Trade),
        ("heartbeat", What::Heartbeat),
        ("gap", What::Gap),
        ("halt", What::Halt),
        ("reset", What::Reset),
        ("acknowledge", What::Acknowledge),
    ];

    pub(crate) fn from_byte(byte: u8) -> Option<What> {
        let all = Self::NAMED.iter().map(|(_, what)| *what).chain([What::Update, What::History]);
        all.into_iter().find(|what| *what as u8 == byte)
    }

    pub(crate) fn is_bar(self) -> bool {
        matches!(self, What::Update | What::Close | What::Forming | What::Revise | What::History)
    }
}

/// One event as a source gives it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Message {
    /// Empty where the source has one symbol and does not name it.
    pub(crate) symbol: String,
    pub(crate) what: What,
    pub(crate) time_ns: i64,
    /// Whether the source says that the bar has closed.
    pub(crate) closed: Option<bool>,
    pub(crate) sequence: Option<Sequence>,
    /// Of a bar the rule's fields; of other kinds their numbers: price and amount, or the factor.
    pub(crate) numbers: Vec<f64>,
    /// Where a gap ends.
    pub(crate) until_ns: Option<i64>,
}

impl Message {
    pub(crate) fn new() -> Message {
        Message {
            symbol: String::new(),
            what: What::Update,
            time_ns: 0,
            closed: None,
            sequence: None,
            numbers: Vec::new(),
            until_ns: None,
        }
    }

    /// The event that a session takes, of a feed of this kind.
    pub(crate) fn event(&self, feed: Closed) -> LiveEvent<'_> {
        let fields = self.numbers.as_slice();
        let kind = match self.what {
            What::Update => Kind::Update(fields, feed, self.closed),
            What::Close | What::History => Kind::Close(fields),
            What::Forming => Kind::Forming(fields),
            What::Revise => Kind::Revise(fields),
            What::Trade => Kind::Trade { price: fields[0], amount: fields[1] },
            What::Heartbeat => Kind::Heartbeat,
            What::Gap => Kind::Gap { until_ns: self.until_ns.unwrap_or(self.time_ns) },
            What::Halt => Kind::Halt,
            What::Reset => Kind::Reset { factor: fields[0] },
            What::Acknowledge => Kind::Acknowledge,
        };
        LiveEvent { time_ns: self.time_ns, kind, sequence: self.sequence }
    }
}

/// Reads messages for a rule.
pub(crate) struct Reader {
    /// The rule's fields, as members are called.
    fields: Vec<String>,
    unit: Option<Unit>,
}

/// A member of a message.
#[derive(Clone, Copy)]
enum Member {
    Field(usize),
    Time,
    Symbol,
    Kind,
    Closed,
    Sequence,
    Epoch,
    Price,
    Amount,
    Until,
    Factor,
    Other,
}

impl Reader {
    pub(crate) fn new(rule: &Rule, unit: Option<Unit>) -> Reader {
        let plan = rule.plan();
        Reader { fields: (0..plan.fields().len()).map(|slot| plan.describe(slot)).collect(), unit }
    }

    /// The rule's fields, as members are called.
    pub(crate) fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Reads a line into `message`, or says what is wrong with it.
    pub(crate) fn read(&self, line: &[u8], message: &mut Message) -> Result<(), String> {
        let mut deserializer = serde_json::Deserializer::from_slice(line);
        let read = Seed { reader: self, message }.deserialize(&mut deserializer);
        let read = read.and_then(|()| deserializer.end());
        read.map_err(|error| error.to_string().replace(" at line 1 column", " at byte"))
    }

    fn member(&self, name: &str) -> Member {
        if let Some(slot) = self.fields.iter().position(|field| field == name) {
            return Member::Field(slot);
        }
        match name {
            "timestamp" => Member::Time,
            "symbol" => Member::Symbol,
            "kind" => Member::Kind,
            "closed" => Member::Closed,
            "sequence" => Member::Sequence,
            "sequence_epoch" => Member::Epoch,
            "price" => Member::Price,
            "amount" => Member::Amount,
            "until" => Member::Until,
            "factor" => Member::Factor,
            _ => Member::Other,
        }
    }
}

struct Seed<'a> {
    reader: &'a Reader,
    message: &'a mut Message,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, {\"timestamp\": ..., \"close\": ...}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Seed { reader, message } = self;
        message.symbol.clear();
        message.numbers.clear();
        message.numbers.resize(reader.fields.len(), f64::NAN);
        (message.what, message.closed, message.sequence, message.until_ns) = (What::Update, None, None, None);
        let (mut time_ns, mut number, mut epoch) = (None, None, 0);
        let (mut price, mut amount, mut factor) = (f64::NAN, f64::NAN, f64::NAN);
        while let Some(member) = map.next_key_seed(Named(|name: &str| Ok(reader.member(name))))? {
            match member {
                Member::Field(slot) => message.numbers[slot] = map.next_value_seed(Number)?,
                Member::Time => time_ns = Some(map.next_value_seed(Time(reader.unit))?),
                Member::Until => message.until_ns = Some(map.next_value_seed(Time(reader.unit))?),
                Member::Symbol => map.next_value_seed(Named(|name: &str| {
                    if name.is_empty() || name.len() > MOST_SYMBOL_BYTES {
                        return Err(format!(
                            "a symbol of {} bytes; 1 to {MOST_SYMBOL_BYTES} are accepted",
                            name.len()
                        ));
                    }
                    message.symbol.push_str(name);
                    Ok(())
                }))?,
                Member::Kind => {
                    message.what = map.next_value_seed(Named(|name: &str| {
                        let known = What::NAMED.iter().find(|(known, _)| *known == name);
                        known.map(|(_, what)| *what).ok_or_else(|| {
                            let names: Vec<_> = What::NAMED.iter().map(|(name, _)| *name).collect();
                            format!("`kind` is {name:?}; accepted: {}", names.join(", "))
                        })
                    }))?
                }
                Member::Closed => message.closed = Some(map.next_value()?),
                Member::Sequence => number = Some(map.next_value()?),
                Member::Epoch => epoch = map.next_value()?,
                Member::Price => price = map.next_value_seed(Number)?,
                Member::Amount => amount = map.next_value_seed(Number)?,
                Member::Factor => factor = map.next_value_seed(Number)?,
                Member::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        message.time_ns = time_ns.ok_or_else(|| A::Error::custom("no `timestamp`"))?;
        message.sequence = number.map(|number| Sequence { epoch, number });
        let needed = |x: f64, name: &str| match x.is_nan() {
            true => Err(A::Error::custom(format!("no `{name}`"))),
            false => Ok(x),
        };
        match message.what {
            What::Trade => message.numbers = vec![needed(price, "price")?, needed(amount, "amount")?],
            What::Reset => message.numbers = vec![needed(factor, "factor")?],
            What::Gap if message.until_ns.is_none() => return Err(A::Error::custom("no `until`")),
            what if !what.is_bar() => message.numbers.clear(),
            _ if !message.numbers.is_empty() && message.numbers.iter().all(|x| x.is_nan()) => {
                let fields = reader.fields.join(", ");
                return Err(A::Error::custom(format!("none of the rule's fields: {fields}")));
            }
            _ => {}
        }
        Ok(())
    }
}

/// A text that is looked at where it stands.
struct Named<F>(F);

impl<'de, T, F: FnOnce(&str) -> Result<T, String>> DeserializeSeed<'de> for Named<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Named<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// A number, or text that is one; null is missing.
struct Number;

impl<'de> DeserializeSeed<'de> for Number {
    type Value = f64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<f64, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Number {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: Error>(self, x: f64) -> Result<f64, E> {
        Ok(x)
    }

    fn visit_i64<E: Error>(self, x: i64) -> Result<f64, E> {
        Ok(x as f64)
    }

    fn visit_u64<E: Error>(self, x: u64) -> Result<f64, E> {
        Ok(x as f64)
    }

    fn visit_unit<E: Error>(self) -> Result<f64, E> {
        Ok(f64::NAN)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
        read_number(text).ok_or_else(|| E::custom(format!("{text:?} is no number")))
    }
}

/// A time: ISO text, or an integer of the unit.
struct Time(Option<Unit>);

impl<'de> DeserializeSeed<'de> for Time {
    type Value = i64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<i64, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Time {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time: ISO text, or an integer with --unit s, ms, us or ns")
    }

    fn visit_i64<E: Error>(self, given: i64) -> Result<i64, E> {
        times::from_integer(given, self.0).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, given: u64) -> Result<i64, E> {
        let given = i64::try_from(given).map_err(|_| E::custom(format!("{given} is no time")))?;
        self.visit_i64(given)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        times::parse(text, self.0).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        Reader::new(&Rule::compile("close + volume").expect("a rule"), Some(Unit::Milliseconds))
    }

    fn read(line: &str) -> Result<Message, String> {
        let mut message = Message::new();
        reader().read(line.as_bytes(), &mut message).map(|()| message)
    }

    #[test]
    fn a_line_is_a_bar_in_any_order_of_its_members() {
        let text = r#"{"volume": "7.5", "x": [1, {"y": 2}], "close": 3, "timestamp": "2024-01-01T00:00Z", "symbol": "BTC"}"#;
        let message = read(text).expect("a message");
        assert_eq!((message.symbol.as_str(), message.what), ("BTC", What::Update));
        assert_eq!(message.time_ns, 1_704_067_200_000_000_000);
        assert_eq!(message.numbers, [3.0, 7.5]);
        assert_eq!(
            read(r#"{"timestamp": 1704067200000, "close": null, "volume": 1}"#).expect("one").time_ns,
            message.time_ns
        );
    }

    #[test]
    fn kinds_have_what_they_need() {
        let trade = read(r#"{"kind":"trade","timestamp":1,"price":"2.5","amount":3}"#).expect("a trade");
        assert_eq!((trade.what, trade.numbers.as_slice()), (What::Trade, [2.5, 3.0].as_slice()));
        let beat = read(r#"{"kind":"heartbeat","timestamp":1}"#).expect("a heartbeat");
        assert_eq!((beat.what, beat.numbers.len()), (What::Heartbeat, 0));
        let numbered = read(r#"{"timestamp":1,"close":1,"sequence":7,"sequence_epoch":2,"closed":true}"#);
        let numbered = numbered.expect("a bar");
        assert_eq!(numbered.sequence, Some(Sequence { epoch: 2, number: 7 }));
        assert_eq!(numbered.closed, Some(true));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, part) in [
            ("", "EOF"),
            ("{}", "no `timestamp`"),
            (r#"{"timestamp": 1}"#, "none of the rule's fields: close, volume"),
            (r#"{"timestamp": 1, "close": true}"#, "a number"),
            (r#"{"timestamp": 1, "close": "1,5"}"#, "no number"),
            (r#"{"timestamp": 1.5, "close": 1}"#, "a time"),
            (r#"{"timestamp": "noon", "close": 1}"#, "noon"),
            (r#"{"timestamp": 1, "close": 1, "kind": "tick"}"#, "accepted: close, forming"),
            (r#"{"timestamp": 1, "close": 1, "symbol": ""}"#, "1 to 64"),
            (r#"{"timestamp": 1, "close": 1} x"#, "trailing"),
            (r#"{"kind": "trade", "timestamp": 1, "price": 1}"#, "no `amount`"),
            (r#"{"kind": "gap", "timestamp": 1}"#, "no `until`"),
            ("[1, 2]", "an object"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
