//! Rows of JSON: a list of rows or of objects, the first such list in what lies around it, or an object per line.

use std::collections::HashMap;

use crate::moment::scan_date;

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
    let by_name = columns_of(&all);
    if let Some(rows) = by_name {
        return Ok(rows);
    }
    rows_in(&all)
        .ok_or_else(|| "the JSON has no list of rows: lists or objects of times and numbers".to_owned())
}

/// The first list of rows in a value.
fn rows_in(value: &Value) -> Option<Rows> {
    match value {
        Value::List(items) => {
            let is_row = |item: &Value| matches!(item, Value::List(cells) if cells.len() > 1 && cells.iter().all(is_scalar));
            if !items.is_empty() && items.iter().all(is_row) {
                let cells = |item: &Value| match item {
                    Value::List(cells) => cells.iter().map(text).collect(),
                    _ => Vec::new(),
                };
                return Some(Rows { names: Vec::new(), rows: items.iter().map(cells).collect() });
            }
            let is_object = |item: &Value| matches!(item, Value::Object(members) if members.iter().any(|(_, value)| is_scalar(value)));
            if !items.is_empty() && items.iter().all(is_object) {
                return Some(table_of(items));
            }
            items.iter().find_map(rows_in)
        }
        Value::Object(members) if is_keyed_by_time(members) => Some(keyed_by_time(members)),
        Value::Object(members) => {
            members.iter().find_map(|(_, value)| columns_of(value).or_else(|| rows_in(value)))
        }
        Value::Scalar(_) => None,
    }
}

/// An object of lists of one length, each a column: `{"t": [...], "c": [...]}`.
fn columns_of(value: &Value) -> Option<Rows> {
    let Value::Object(members) = value else { return None };
    let lists: Vec<(&String, &Vec<Value>)> = members
        .iter()
        .filter_map(|(name, value)| match value {
            Value::List(items) if !items.is_empty() && items.iter().all(is_scalar) => Some((name, items)),
            _ => None,
        })
        .collect();
    let length = lists.first()?.1.len();
    if lists.len() < 2 || lists.iter().any(|(_, items)| items.len() != length) {
        return None;
    }
    let row = |at: usize| lists.iter().map(|(_, items)| text(&items[at])).collect();
    Some(Rows {
        names: lists.iter().map(|(name, _)| (*name).clone()).collect(),
        rows: (0..length).map(row).collect(),
    })
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
            ("[{\"a\\u0062\\n\":1,\"c\":2}]", "ab\n,c;1,2"),
        ] {
            assert_eq!(shown(text).as_deref(), Ok(rows), "{text}");
        }
        for text in ["[]", "[[1,2]", "{\"a\":1}x", "{\"a\":}", "[[1 2]]", "{\"a\" 1}", "[[1,nope]]"] {
            assert!(shown(text).is_err(), "{text}");
        }
        assert!(!is_json(b"[DATE],[TIME]") && !is_json(b"date,close") && !is_json(b""));
        assert!(read(&b"[".repeat(1000)).unwrap_err().contains("deep"));
    }
}
