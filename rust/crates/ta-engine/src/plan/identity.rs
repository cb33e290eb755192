//! What a plan is known by: a hash of what each node computes and of what from, and of all of them the fingerprint.

use std::io::Write as _;
use std::sync::LazyLock;

use super::operation::{Operation, Reading};
use super::{Node, Output};
use crate::calendar::Calendar;
use crate::lanes::canonical_bits;
use crate::lang::ir::SourceRef;
use crate::lang::sources::default_field_names;

/// Hashes what each node computes, and of all that the plan's outputs.
pub(super) fn identify(
    fields: &[SourceRef],
    constants: &[f64],
    nodes: &mut [Node],
    outputs: &[Output],
) -> [u8; 32] {
    let mut ids: Vec<[u8; 16]> = Vec::with_capacity(fields.len() + constants.len() + nodes.len());
    ids.extend(fields.iter().map(id_of_field));
    for x in constants {
        ids.push(short_hash(&[b"constant ".as_slice(), &canonical_bits(*x).to_le_bytes()].concat()));
    }
    let mut text = Vec::new();
    for node in nodes.iter_mut() {
        text.clear();
        match &node.operation {
            Operation::Plain(op) => write!(text, "plain {op:?}"),
            Operation::Shift { rows, kind } => write!(text, "shift {rows} {kind:?}"),
            Operation::TimeShift { span, timeframe_ns, density, kind } => {
                write!(text, "time shift {span:?} {timeframe_ns:?} {density} {kind:?}")
            }
            Operation::Time => write!(text, "time"),
            Operation::Interval { reading: Reading::Begin(length), calendar } => {
                write!(text, "interval {length} {:?}", calendar.as_ref().map(Calendar::parts))
            }
            Operation::Interval { reading, calendar } => {
                write!(text, "{reading} {:?}", calendar.as_ref().map(Calendar::parts))
            }
            Operation::Aggregate(kind) => write!(text, "aggregate {kind:?}"),
            Operation::Loop(it) => write!(text, "loop {:?}", it.program),
            Operation::Kernel { spec, params } => {
                let bits: Vec<_> = params.iter().map(|p| p.to_bits()).collect();
                write!(text, "kernel {} {} {bits:?}", spec.kernel, spec.version)
            }
        }
        .expect("memory takes everything");
        for slot in &node.inputs {
            text.extend_from_slice(&ids[*slot]);
        }
        node.id = short_hash(&text);
        // The first output is called as the node.
        ids.push(node.id);
        for output in 1..node.width() {
            ids.push(short_hash(&[node.id.as_slice(), &(output as u64).to_le_bytes()].concat()));
        }
    }
    let mut named: Vec<_> = outputs.iter().map(|o| (o.name.as_str(), ids[o.slot])).collect();
    named.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for (name, id) in named {
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(&id);
    }
    // The row's layout is part of the state's: it follows from the outputs, but a hash of it costs nothing.
    hasher.update(ids.as_flattened());
    *hasher.finalize().as_bytes()
}

fn id_of_field(field: &SourceRef) -> [u8; 16] {
    fn computed(field: &SourceRef) -> [u8; 16] {
        short_hash(format!("field {field:?}").as_bytes())
    }
    // Those of a rule's own bars, which nearly every plan reads.
    static OWN: LazyLock<Vec<(SourceRef, [u8; 16])>> = LazyLock::new(|| {
        let own = default_field_names().map(|name| SourceRef::of("ohlcv", Some(name)));
        own.map(|field| (field.clone(), computed(&field))).collect()
    });
    OWN.iter().find(|(known, _)| known == field).map_or_else(|| computed(field), |(_, id)| *id)
}

fn short_hash(bytes: &[u8]) -> [u8; 16] {
    let hash = blake3::hash(bytes);
    *hash.as_bytes().first_chunk().expect("a hash has 32 bytes")
}
