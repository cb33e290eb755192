//! Rows of JSON: a list of rows or of objects, the first such list in what lies around it, or an object per line.

use std::collections::HashMap;

use crate::moment::scan_date;
use crate::names::{is_known, normalized, time_rank};

/// Rows whose cells are the texts of values, with their names where they have any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// The names of objects' members, as the first row; empty where rows are lists.
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// True where text begins as JSON of rows does.
pub(crate) fn is_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let inner = head.get(1..).unwrap_or_default().trim_ascii_start().first();
    match head.first() {
        Some(b'{') => matches!(inner, Some(b'"' | b'}')),
        Some(b'[') => matches!(inner, Some(b'[' | b'{' | b']')),
        _ => false,
    }
}

/// Values as rows are made of: what is deeper in a cell says nothing here.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Scalar(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Reads the rows. Errors say the place.
pub(crate) fn read(bytes: &[u8]) -> Result<Rows, String> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut parser = Parser { text, at: 0 };
    let mut values = Vec::new();
    loop {
        parser.blank();
        if parser.at == text.len() {
            break;
        }
        values.push(parser.value(0)?);
    }
    // An object per line is a list of them.
    let all = if values.len() == 1 { values.remove(0) } else { Value::List(values) };
    let mut found = Vec::new();
    rows_in(&all, &mut found);
    // What describes columns may stand before them.
    let is_of_bars =
        |rows: &Rows| rows.names.is_empty() || rows.names.iter().any(|name| is_known(&normalized(name)));
    let best = found.iter().position(is_of_bars).unwrap_or(0);
    if let Some([only]) = found.get(best).map(|rows| rows.names.as_slice()) {
        return Err(format!(
            "`{only}` stands alone, and a time column is needed beside it, such as timestamp, date or time"
        ));
    }
    (best < found.len())
        .then(|| found.swap_remove(best))
        .ok_or_else(|| "the JSON has no list of rows: lists or objects of times and numbers".to_owned())
}

/// The lists of rows in a value, in their order.
fn rows_in(value: &Value, found: &mut Vec<Rows>) {
    match value {
        Value::List(items) => {
            let is_row = |item: &Value| matches!(item, Value::List(cells) if cells.len() > 1 && cells.iter().all(is_scalar));
            let is_object = |item: &Value| matches!(item, Value::Object(members) if members.iter().any(|(_, value)| is_scalar(value)));
            if !items.is_empty() && items.iter().all(is_row) {
                found.push(Rows { names: Vec::new(), rows: items.iter().filter_map(cells_of).collect() });
            } else if !items.is_empty() && items.iter().all(is_object) {
                found.push(table_of(items));
            } else {
                items.iter().for_each(|item| rows_in(item, found));
            }
        }
        Value::Object(members) if is_keyed_by_time(members) => found.push(keyed_by_time(members)),
        Value::Object(members) => {
            let whole = split_in(members).or_else(|| columns_of(members)).or_else(|| columns_by_row(members));
            match whole {
                Some(rows) => found.push(rows),
                None => members.iter().for_each(|(_, value)| rows_in(value, found)),
            }
        }
        Value::Scalar(_) => {}
    }
}

fn cells_of(row: &Value) -> Option<Vec<String>> {
    match row {
        Value::List(cells) => Some(cells.iter().map(text).collect()),
        _ => None,
    }
}

/// A column: its name and its cells.
type Column<'a> = (&'a String, Vec<&'a Value>);

/// The lists of values in an object, and where these are a time alone those of what lies in it beside.
fn lists_in<'a>(members: &'a [(String, Value)], deep: bool, lists: &mut Vec<Column<'a>>) {
    for (name, value) in members {
        match value {
            Value::List(items) if !items.is_empty() && items.iter().all(is_scalar) => {
                lists.push((name, items.iter().collect()));
            }
            Value::Object(members) if deep => lists_in(members, deep, lists),
            Value::List(items) if deep && items.len() == 1 => {
                if let [Value::Object(members)] = items.as_slice() {
                    lists_in(members, deep, lists);
                }
            }
            _ => {}
        }
    }
}

/// An object of lists of one length, each a column: `{"t": [...], "c": [...]}`.
fn columns_of(members: &[(String, Value)]) -> Option<Rows> {
    let mut lists = Vec::new();
    lists_in(members, false, &mut lists);
    if let [(time, _)] = lists.as_slice()
        && time_rank(&normalized(time)).is_some()
    {
        lists.clear();
        lists_in(members, true, &mut lists);
    }
    // One column says at least what is missing beside it.
    let is_enough = lists.len() > 1 || lists.iter().any(|(name, _)| is_known(&normalized(name)));
    is_enough.then(|| side_by_side(&lists)).flatten()
}

/// Columns of one length as rows.
fn side_by_side(columns: &[Column<'_>]) -> Option<Rows> {
    let length = columns.first()?.1.len();
    if columns.iter().any(|(_, cells)| cells.len() != length) {
        return None;
    }
    let row = |at: usize| columns.iter().map(|(_, cells)| text(cells[at])).collect();
    let names = columns.iter().map(|(name, _)| (*name).clone()).collect();
    Some(Rows { names, rows: (0..length).map(row).collect() })
}

/// Columns as objects of the same rows: `{"close": {"0": 1, "1": 2}}`. Rows are called by their times where no column has these.
fn columns_by_row(members: &[(String, Value)]) -> Option<Rows> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    let mut keys: Option<Vec<&String>> = None;
    for (name, value) in members {
        let Value::Object(cells) = value else { return None };
        let own: Vec<&String> = cells.iter().map(|(key, _)| key).collect();
        let is_alike = keys.as_ref().is_none_or(|keys| *keys == own);
        if !is_alike || own.is_empty() || !cells.iter().all(|(_, value)| is_scalar(value)) {
            return None;
        }
        keys = Some(own);
        columns.push((name, cells.iter().map(|(_, value)| value).collect()));
    }
    let keys = keys?;
    if !columns.iter().any(|(name, _)| is_known(&normalized(name))) {
        return None;
    }
    let counts = keys.iter().enumerate().all(|(at, key)| **key == at.to_string());
    let has_times = columns.iter().any(|(name, _)| time_rank(&normalized(name)).is_some());
    let mut rows = side_by_side(&columns)?;
    if !counts && !has_times {
        rows.names.insert(0, "timestamp".to_owned());
        rows.rows.iter_mut().zip(keys).for_each(|(cells, key)| cells.insert(0, key.clone()));
    }
    Some(rows)
}

/// Rows beside the names of their columns, and what rows are called: `{"columns": [...], "index": [...], "data": [[...]]}`.
fn split_in(members: &[(String, Value)]) -> Option<Rows> {
    let list = |called: &str| {
        members.iter().find_map(|(name, value)| match value {
            Value::List(items) if name == called => Some(items.as_slice()),
            _ => None,
        })
    };
    let names: Vec<String> = list("columns")?.iter().map(text).collect();
    let mut rows: Vec<Vec<String>> = list("data")?.iter().filter_map(cells_of).collect();
    if rows.is_empty() || rows.iter().any(|cells| cells.len() != names.len()) {
        return None;
    }
    let mut rows_named = Rows { names, rows: Vec::new() };
    let has_times = rows_named.names.iter().any(|name| time_rank(&normalized(name)).is_some());
    if let Some(index) = list("index").filter(|index| index.len() == rows.len() && !has_times) {
        rows_named.names.insert(0, "timestamp".to_owned());
        rows.iter_mut().zip(index).for_each(|(cells, key)| cells.insert(0, text(key)));
    }
    rows_named.rows = rows;
    Some(rows_named)
}

/// An object of objects, each under its time: `{"2024-01-02": {"open": 1}}`.
fn is_keyed_by_time(members: &[(String, Value)]) -> bool {
    let is_row = |(name, value): &(String, Value)| {
        let is_object = matches!(value, Value::Object(members) if !members.is_empty() && members.iter().all(|(_, value)| is_scalar(value)));
        is_object && scan_date(name.as_bytes()).is_some()
    };
    !members.is_empty() && members.iter().all(is_row)
}

fn keyed_by_time(members: &[(String, Value)]) -> Rows {
    let row = |(name, value): &(String, Value)| {
        let time = ("timestamp".to_owned(), Value::Scalar(name.clone()));
        match value {
            Value::Object(members) => {
                Value::Object(std::iter::once(time).chain(members.iter().cloned()).collect())
            }
            other => other.clone(),
        }
    };
    table_of(&members.iter().map(row).collect::<Vec<_>>())
}

fn table_of(items: &[Value]) -> Rows {
    let mut rows = Rows::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    for item in items {
        let Value::Object(members) = item else { continue };
        let mut cells = vec![String::new(); rows.names.len()];
        for (name, value) in members {
            let at = *places.entry(name.clone()).or_insert_with(|| {
                rows.names.push(name.clone());
                rows.names.len() - 1
            });
            if cells.len() <= at {
                cells.resize(at + 1, String::new());
            }
            cells[at] = text(value);
        }
        rows.rows.push(cells);
    }
    let width = rows.names.len();
    rows.rows.iter_mut().for_each(|cells| cells.resize(width, String::new()));
    rows
}

fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::Scalar(_))
}

fn text(value: &Value) -> String {
    match value {
        Value::Scalar(text) => text.clone(),
        _ => "{...}".to_owned(),
    }
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

/// How deep values may lie in one another.
const DEEPEST: usize = 64;

impl Parser<'_> {
    fn blank(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn wrong(&self, needed: &str) -> String {
        let line =
            1 + self.text[..self.at.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count();
        format!("line {line}, byte {} is no JSON: {needed} is needed", self.at)
    }

    fn peek(&mut self) -> u8 {
        self.blank();
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn value(&mut self, depth: usize) -> Result<Value, String> {
        if depth > DEEPEST {
            return Err(format!("the JSON lies more than {DEEPEST} deep"));
        }
        match self.peek() {
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                while self.peek() != b']' {
                    if !items.is_empty() {
                        self.comma()?;
                    }
                    items.push(self.value(depth + 1)?);
                }
                self.at += 1;
                Ok(Value::List(items))
            }
            b'{' => {
                self.at += 1;
                let mut members = Vec::new();
                while self.peek() != b'}' {
                    if !members.is_empty() {
                        self.comma()?;
                        self.blank();
                    }
                    let name = self.string()?;
                    if self.peek() != b':' {
                        return Err(self.wrong("a colon"));
                    }
                    self.at += 1;
                    members.push((name, self.value(depth + 1)?));
                }
                self.at += 1;
                Ok(Value::Object(members))
            }
            b'"' => self.string().map(Value::Scalar),
            _ => {
                let rest = &self.text[self.at..];
                let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                let length = rest.iter().take_while(is_part).count();
                let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
                let is_number = word.parse::<f64>().is_ok() && !word.starts_with('+');
                self.at += length;
                match word {
                    "null" => Ok(Value::Scalar(String::new())),
                    "true" | "false" => Ok(Value::Scalar(word.to_owned())),
                    _ if is_number => Ok(Value::Scalar(word.to_owned())),
                    _ => {
                        self.at -= length;
                        Err(self.wrong("a value"))
                    }
                }
            }
        }
    }

    fn comma(&mut self) -> Result<(), String> {
        if self.peek() != b',' {
            return Err(self.wrong("a comma"));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<String, String> {
        if self.peek() != b'"' {
            return Err(self.wrong("a text in quotes"));
        }
        self.at += 1;
        let start = self.at;
        loop {
            match self.text.get(self.at) {
                None => return Err(self.wrong("the end of a text")),
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
            }
        }
        let raw = String::from_utf8_lossy(&self.text[start..self.at]).into_owned();
        self.at += 1;
        if !raw.contains('\\') {
            return Ok(raw);
        }
        let mut out = String::new();
        let mut letters = raw.chars();
        while let Some(letter) = letters.next() {
            if letter != '\\' {
                out.push(letter);
                continue;
            }
            match letters.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some('b' | 'f') => out.push(' '),
                Some('u') => {
                    let digits: String = letters.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).map_err(|_| self.wrong("four digits"))?;
                    out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                }
                Some(other) => out.push(other),
                None => return Err(self.wrong("a letter")),
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, String> {
        assert!(is_json(text.as_bytes()), "{text}");
        let rows = read(text.as_bytes())?;
        let all = (!rows.names.is_empty()).then(|| rows.names.join(",")).into_iter();
        Ok(all.chain(rows.rows.iter().map(|row| row.join(","))).collect::<Vec<_>>().join(";"))
    }

    #[test]
    fn rows_are_found_wherever_they_lie() {
        for (text, rows) in [
            ("[[1,\"2.50\",null],[4,5e1,6]]", "1,2.50,;4,5e1,6"),
            ("[{\"t\":1,\"c\":2},{\"c\":3,\"t\":4,\"v\":5}]", "t,c,v;1,2,;4,3,5"),
            ("{\"ok\":true,\"data\":{\"list\":[[1,2],[3,4]]}}", "1,2;3,4"),
            ("{\"bars\":{\"AAPL\":[{\"t\":\"2024\",\"c\":1}]},\"next\":null}", "t,c;2024,1"),
            ("{\"t\":1,\"c\":2}\n{\"t\":3,\"c\":4}\n", "t,c;1,2;3,4"),
            ("{\"s\":\"ok\",\"t\":[1,2],\"c\":[3.0,4.0]}", "t,c;1,3.0;2,4.0"),
            (
                "{\"x\":{\"2024-01-02\":{\"1. open\":\"1\"},\"2024-01-03\":{\"1. open\":\"2\"}}}",
                "timestamp,1. open;2024-01-02,1;2024-01-03,2",
            ),
            ("{\"close\":{\"0\":1,\"1\":2},\"t\":{\"0\":5,\"1\":6}}", "close,t;1,5;2,6"),
            (
                "{\"close\":{\"1704067200000\":1,\"1704153600000\":2}}",
                "timestamp,close;1704067200000,1;1704153600000,2",
            ),
            ("{\"columns\":[\"close\"],\"index\":[7,8],\"data\":[[1],[2]]}", "timestamp,close;7,1;8,2"),
            (
                "{\"columns\":[\"date\",\"close\"],\"index\":[0,1],\"data\":[[7,1],[8,2]]}",
                "date,close;7,1;8,2",
            ),
            (
                "{\"schema\":{\"fields\":[{\"name\":\"x\",\"type\":\"y\"}]},\"data\":[{\"date\":1,\"close\":2}]}",
                "date,close;1,2",
            ),
            (
                "{\"r\":[{\"timestamp\":[1,2],\"indicators\":{\"quote\":[{\"close\":[3,4]}]}}]}",
                "timestamp,close;1,3;2,4",
            ),
            ("[{\"a\\u0062\\n\":1,\"c\":2}]", "ab\n,c;1,2"),
        ] {
            assert_eq!(shown(text).as_deref(), Ok(rows), "{text}");
        }
        for text in ["[]", "[[1,2]", "{\"a\":1}x", "{\"a\":}", "[[1 2]]", "{\"a\" 1}", "[[1,nope]]"] {
            assert!(shown(text).is_err(), "{text}");
        }
        for text in ["{\"close\":[1,2]}", "{\"close\":{\"0\":1,\"1\":2}}"] {
            assert!(shown(text).unwrap_err().contains("`close` stands alone"), "{text}");
        }
        assert!(!is_json(b"[DATE],[TIME]") && !is_json(b"date,close") && !is_json(b""));
        assert!(read(&b"[".repeat(1000)).unwrap_err().contains("deep"));
    }
}
