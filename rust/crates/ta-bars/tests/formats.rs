//! Every file of `tests/data/formats`: opens and closes are those of an independent parse, and what a file cannot say is asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use ta_bars::{ErrorKind, ReadOptions, Selection, Source, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/data/formats")
}

fn json(name: &str) -> BTreeMap<String, Value> {
    serde_json::from_str(&std::fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

fn options_of(name: &str) -> ReadOptions {
    let mut options = ReadOptions::default();
    if let Some(Value::Object(told)) = json("options.json").get(name) {
        for (option, value) in told {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            options.set(option, &text).unwrap();
        }
    }
    options
}

#[test]
fn every_file_gives_the_opens_and_closes_of_an_independent_parse() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, expected) in json("expected.json") {
        if name.ends_with(".parquet") && !cfg!(feature = "arrow") {
            continue;
        }
        let times: Vec<i64> =
            expected["times_ns"].as_array().unwrap().iter().map(|x| x.as_i64().unwrap()).collect();
        let closes: Vec<f64> =
            expected["close"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap_or(f64::NAN)).collect();
        for selection in [Selection::All, Selection::Named(vec!["close".to_owned()])] {
            count += 1;
            let options = ReadOptions { selection, ..options_of(&name) };
            let path = folder().join(&name);
            match read(&Source::Path(&path), &options) {
                Err(error) => wrong.push(error.to_string()),
                Ok(table) => {
                    let close = table.column("close").unwrap();
                    let same = close.iter().zip(&closes).all(|(a, b)| a == b || (a.is_nan() && b.is_nan()));
                    if table.times_ns != times || close.len() != closes.len() || !same {
                        wrong.push(format!(
                            "{}\n    {:?} {:?}\n    {:?} {:?}",
                            table.taken_for,
                            &table.times_ns[..2],
                            &close[..2],
                            &times[..2],
                            &closes[..2]
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 138, "{count}");
}

#[test]
fn what_a_file_cannot_say_is_asked_with_the_option_that_answers() {
    for (name, option) in [
        ("polygon_flatfile_two_tickers.csv", "symbol="),
        ("long_symbols.csv", "symbol="),
        ("excel_serial.csv", "time_format=\"excel\""),
        ("excel_serial_fraction.csv", "time_format=\"excel\""),
    ] {
        let path = folder().join(name);
        let error = read(&Source::Path(&path), &ReadOptions::default()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Question, "{error}");
        assert!(error.to_string().contains(option), "{error}");
    }
}
