//! What is in a snapshot by name: the fields that its plan reads, its outputs, and its nodes that keep something. A snapshot says
//! what it is of, and a changed rule finds what it still has.

use super::{Reader, SnapshotError, invalid};
use crate::plan::Plan;

/// The names in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::incremental) struct Contents {
    /// Of the fields, in the order of the row.
    pub(in crate::incremental) fields: Vec<String>,
    /// Of the outputs, sorted, and whether each is true or false.
    pub(in crate::incremental) outputs: Vec<(String, bool)>,
    /// Of the nodes with state, in the order in which these stand.
    pub(in crate::incremental) nodes: Vec<String>,
}

fn put(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn count(count: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&(count as u32).to_le_bytes());
}

impl Contents {
    /// Appends the names of a plan.
    pub(super) fn save(plan: &Plan, out: &mut Vec<u8>) {
        count(plan.fields.len(), out);
        for slot in 0..plan.fields.len() {
            put(&plan.describe(slot), out);
        }
        count(plan.outputs.len(), out);
        for output in plan.outputs_by_name().into_iter().map(|at| &plan.outputs[at]) {
            put(&output.name, out);
            out.push(u8::from(output.is_bool));
        }
        let nodes: Vec<_> = plan.nodes.iter().filter(|node| node.operation.has_state()).collect();
        count(nodes.len(), out);
        for node in nodes {
            put(&node.operation.label(), out);
        }
    }

    /// Reads them.
    pub(in crate::incremental) fn load(bytes: &[u8]) -> Result<Contents, SnapshotError> {
        let mut reader = Reader(bytes);
        let contents = Contents {
            fields: read_all(&mut reader, |_, name| Ok(name))?,
            outputs: read_all(&mut reader, |reader, name| {
                Ok((name, reader.byte(1, "a flag of a truth value")? == 1))
            })?,
            nodes: read_all(&mut reader, |_, name| Ok(name))?,
        };
        reader.end()?;
        Ok(contents)
    }
}

fn read_all<'a, T>(
    reader: &mut Reader<'a>,
    read: impl Fn(&mut Reader<'a>, String) -> Result<T, SnapshotError>,
) -> Result<Vec<T>, SnapshotError> {
    let count = u32::from_le_bytes(reader.take()?) as usize;
    // Each takes its length at least.
    if count > reader.0.len() / 4 {
        return Err(invalid(format!("{count} names in {} bytes", reader.0.len())));
    }
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        let length = u32::from_le_bytes(reader.take()?) as usize;
        let name = reader.bytes(length, || "a name".to_owned())?;
        let name = std::str::from_utf8(name).map_err(|_| invalid("a name that is no text".to_owned()))?;
        all.push(read(reader, name.to_owned())?);
    }
    Ok(all)
}
