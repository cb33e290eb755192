//! What stands in the journal: an event, or a line that was none. Little-endian; read again by [`decode`] alone, in recovery as in
//! passing, so that what is computed is a function of these bytes.
//!
//! An event: 1, kind, flags (1 sequence, 2 said whether closed, 4 closed), length of the symbol and the symbol, time (8), where
//! the source stands behind it (8); epoch and number (16) where flagged; of a gap its end (8); else numbers (8 each).
//! A line that was none: 2, where the source stands behind it (8), what was wrong (text).

use ta_engine::incremental::live::Sequence;

use super::message::{MOST_SYMBOL_BYTES, Message, What};

const EVENT: u8 = 1;
const UNREADABLE: u8 = 2;
/// Bytes of what is said of a line, at most.
const MOST_WORDS: usize = 400;

/// What a payload is.
pub(crate) enum Record<'a> {
    /// It is in the message that was given to be filled.
    Event,
    Unreadable(&'a str),
}

pub(crate) fn encode(message: &Message, source: u64, into: &mut Vec<u8>) {
    let Message { symbol, what, time_ns, closed, sequence, numbers, until_ns } = message;
    let flags =
        u8::from(sequence.is_some()) | u8::from(closed.is_some()) << 1 | u8::from(*closed == Some(true)) << 2;
    into.extend_from_slice(&[EVENT, *what as u8, flags, symbol.len() as u8]);
    into.extend_from_slice(symbol.as_bytes());
    into.extend_from_slice(&time_ns.to_le_bytes());
    into.extend_from_slice(&source.to_le_bytes());
    if let Some(Sequence { epoch, number }) = sequence {
        into.extend_from_slice(&epoch.to_le_bytes());
        into.extend_from_slice(&number.to_le_bytes());
    }
    if *what == What::Gap {
        into.extend_from_slice(&until_ns.unwrap_or(*time_ns).to_le_bytes());
    }
    for x in numbers {
        into.extend_from_slice(&x.to_bits().to_le_bytes());
    }
}

pub(crate) fn encode_unreadable(words: &str, source: u64, into: &mut Vec<u8>) {
    into.push(UNREADABLE);
    into.extend_from_slice(&source.to_le_bytes());
    into.extend_from_slice(&words.as_bytes()[..words.floor_char_boundary(MOST_WORDS)]);
}

/// Reads a payload; gives it and where the source stands behind it. `None` for what nobody has written of a rule with so
/// many fields.
pub(crate) fn decode<'a>(
    payload: &'a [u8],
    fields: usize,
    message: &mut Message,
) -> Option<(Record<'a>, u64)> {
    let mut rest = payload;
    let [tag] = take(&mut rest)?;
    if tag == UNREADABLE {
        let source = u64::from_le_bytes(take(&mut rest)?);
        return Some((Record::Unreadable(std::str::from_utf8(rest).ok()?), source));
    }
    let [what, flags, length] = take(&mut rest)?;
    message.what = What::from_byte(what).filter(|_| tag == EVENT && flags < 8)?;
    let (symbol, behind) =
        rest.split_at_checked(length.into()).filter(|_| length as usize <= MOST_SYMBOL_BYTES)?;
    rest = behind;
    message.symbol.clear();
    message.symbol.push_str(std::str::from_utf8(symbol).ok()?);
    message.time_ns = i64::from_le_bytes(take(&mut rest)?);
    let source = u64::from_le_bytes(take(&mut rest)?);
    message.closed = (flags & 2 != 0).then_some(flags & 4 != 0);
    message.sequence = None;
    if flags & 1 != 0 {
        let (epoch, number) = (take(&mut rest)?, take(&mut rest)?);
        message.sequence =
            Some(Sequence { epoch: u64::from_le_bytes(epoch), number: u64::from_le_bytes(number) });
    }
    message.until_ns = None;
    let count = match message.what {
        What::Trade => 2,
        What::Reset => 1,
        What::Gap => {
            message.until_ns = Some(i64::from_le_bytes(take(&mut rest)?));
            0
        }
        what if what.is_bar() => fields,
        _ => 0,
    };
    let (numbers, left) = rest.as_chunks();
    if numbers.len() != count || !left.is_empty() {
        return None;
    }
    message.numbers.clear();
    message.numbers.extend(numbers.iter().map(|bytes| f64::from_bits(u64::from_le_bytes(*bytes))));
    Some((Record::Event, source))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages() -> Vec<Message> {
        let bar =
            Message { symbol: "BTC".into(), time_ns: -5, numbers: vec![1.5, f64::NAN], ..Message::new() };
        vec![
            bar.clone(),
            Message { what: What::History, symbol: String::new(), ..bar.clone() },
            Message {
                closed: Some(true),
                sequence: Some(Sequence { epoch: 1, number: u64::MAX }),
                ..bar.clone()
            },
            Message { closed: Some(false), what: What::Revise, ..bar.clone() },
            Message { what: What::Trade, numbers: vec![2.0, 3.0], ..bar.clone() },
            Message { what: What::Gap, numbers: vec![], until_ns: Some(i64::MAX), ..bar.clone() },
            Message { what: What::Halt, numbers: vec![], ..bar.clone() },
            Message { what: What::Reset, numbers: vec![4.0], ..bar },
        ]
    }

    #[test]
    fn what_is_written_is_read() {
        for message in messages() {
            let mut bytes = Vec::new();
            encode(&message, 77, &mut bytes);
            let mut read = Message::new();
            let (record, source) = decode(&bytes, 2, &mut read).expect("it was written");
            assert!(matches!(record, Record::Event) && source == 77);
            // NaN is not itself.
            assert_eq!(format!("{read:?}"), format!("{message:?}"));
        }
    }

    #[test]
    fn any_other_bytes_are_refused_or_one_message() {
        let mut read = Message::new();
        for message in messages() {
            let mut bytes = Vec::new();
            encode(&message, 77, &mut bytes);
            for length in 0..bytes.len() {
                assert!(decode(&bytes[..length], 2, &mut read).is_none(), "{message:?} cut to {length}");
            }
            for bit in 0..bytes.len() * 8 {
                bytes[bit / 8] ^= 1 << (bit % 8);
                if let Some((Record::Event, source)) = decode(&bytes, 2, &mut read) {
                    // What was read is what stands there: flags that say nothing aside, it is written the same.
                    let mut again = Vec::new();
                    encode(&read, source, &mut again);
                    again[2] = bytes[2];
                    assert_eq!(again, bytes, "{read:?}");
                }
                bytes[bit / 8] ^= 1 << (bit % 8);
            }
            bytes.push(0);
            assert!(decode(&bytes, 2, &mut read).is_none());
        }
    }
}
