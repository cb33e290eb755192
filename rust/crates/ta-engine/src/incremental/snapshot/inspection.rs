//! What a snapshot is of, told without the rule that made it.

use std::fmt;

use super::{Contents, HEADER, Reader, SnapshotError, open};
use crate::calendar::Timeframe;
use crate::incremental::contracts::Policies;
use crate::times::iso;

/// What a snapshot says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// Of what it is: a session, a universe, ...
    pub kind: &'static str,
    /// Version of the format.
    pub version: u16,
    /// Bytes in all.
    pub bytes: usize,
    /// Hash of the plan that made it, in hexadecimal.
    pub fingerprint: String,
    /// Length of a bar, where it was told.
    pub timeframe_ns: Option<u64>,
    /// How it behaves.
    pub policies: Policies,
    /// Bars taken, and the time of the last: of sessions and universes.
    pub position: Option<(u64, Option<i64>)>,
    /// The fields that are read.
    pub fields: Vec<String>,
    /// The outputs, and whether each is true or false.
    pub outputs: Vec<(String, bool)>,
    /// The nodes that keep something, and, of a session, how many bytes.
    pub nodes: Vec<(String, Option<usize>)>,
}

/// Checks a snapshot's frame and tells what it is of.
///
/// # Errors
/// Where the bytes are no whole, undamaged snapshot of a version that is known.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, SnapshotError> {
    let (header, body) = open(bytes)?;
    let contents = Contents::load(header.contents)?;
    let mut reader = Reader(body);
    let mut sizes = vec![None; contents.nodes.len()];
    let position = match header.kind {
        1 => {
            let (position, last) = reader.position()?;
            reader.counters()?;
            let room = 8 * contents.fields.len() + 9 * contents.outputs.len();
            reader.bytes(room, || "the last bar and its results".to_owned())?;
            for (size, name) in sizes.iter_mut().zip(&contents.nodes) {
                reader.take::<16>()?;
                let length = u32::from_le_bytes(reader.take()?) as usize;
                reader.bytes(length, || format!("the state of {name}"))?;
                *size = Some(length);
            }
            Some((position, last.flatten()))
        }
        2 => reader.position().map(|(position, last)| Some((position, last.flatten())))?,
        _ => None,
    };
    Ok(Inspection {
        kind: header.kind_name(),
        version: u16::from_le_bytes([bytes[4], bytes[5]]),
        bytes: bytes.len(),
        fingerprint: bytes[HEADER - 41..HEADER - 9].iter().map(|byte| format!("{byte:02x}")).collect(),
        timeframe_ns: header.timeframe_ns,
        policies: header.policies,
        position,
        fields: contents.fields,
        outputs: contents.outputs,
        nodes: contents.nodes.into_iter().zip(sizes).collect(),
    })
}

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "snapshot of a {}, format version {}, {} bytes", self.kind, self.version, self.bytes)?;
        if let Some((bars, last)) = self.position {
            let last = last.map_or_else(String::new, |ns| format!(", the last of {}", iso(ns)));
            writeln!(f, "bars taken: {bars}{last}")?;
        }
        if let Some(length_ns) = self.timeframe_ns {
            let length = Timeframe::from_ns(length_ns).map_or(format!("{length_ns} ns"), |t| t.to_string());
            writeln!(f, "timeframe: {length}")?;
        }
        let Policies { missing_input, on_error } = self.policies;
        writeln!(f, "policies: missing_input={}, on_error={}", missing_input.name(), on_error.name())?;
        writeln!(f, "plan: {}", self.fingerprint)?;
        writeln!(f, "reads: {}", self.fields.join(", "))?;
        let kind = |is_bool: &bool| if *is_bool { "true or false" } else { "number" };
        for (name, is_bool) in &self.outputs {
            writeln!(f, "output {name}: {}", kind(is_bool))?;
        }
        for (name, size) in &self.nodes {
            match size {
                Some(size) => writeln!(f, "node {name}: {size} bytes")?,
                None => writeln!(f, "node {name}")?,
            }
        }
        Ok(())
    }
}
