//! The state of a plan's nodes in a snapshot: of each its id, a length and its bytes.

use super::{Reader, SnapshotError, invalid};
use crate::incremental::machine::Machine;
use crate::incremental::node::SingleNode;
use crate::incremental::state::Loader;
use crate::kernel::StateError;
use crate::plan::{Node, Plan};

impl Machine {
    pub(in crate::incremental) fn save_nodes(&mut self, out: &mut Vec<u8>) {
        for (node, kernel) in self.plan.nodes.iter().zip(&mut self.nodes) {
            save_node(node, kernel.as_mut(), out);
        }
    }

    pub(in crate::incremental) fn load_nodes(
        &mut self,
        reader: &mut Reader<'_>,
    ) -> Result<(), SnapshotError> {
        let plan = &self.plan;
        for (node, kernel) in plan.nodes.iter().zip(&mut self.nodes) {
            if node.operation.has_state() {
                let state = node_state(reader, node.id, || plan.describe(node.output))?;
                let mut loader = Loader { lane: 0, bytes: state };
                let loaded = kernel.load(&mut loader);
                check_loaded(loaded, &loader, || plan.describe(node.output))?;
            }
        }
        Ok(())
    }
}

/// Appends a node's id, the length of its state and its state, where it has one.
fn save_node(node: &Node, kernel: &mut dyn SingleNode, out: &mut Vec<u8>) {
    if node.operation.has_state() {
        out.extend_from_slice(&node.id);
        let length_at = out.len();
        out.extend_from_slice(&[0; 4]);
        kernel.save(out);
        let length = (out.len() - length_at - 4) as u32;
        out[length_at..length_at + 4].copy_from_slice(&length.to_le_bytes());
    }
}

/// Bytes that frame the nodes' states: an id and a length each.
pub(super) fn frame_bytes(plan: &Plan) -> usize {
    20 * plan.nodes.iter().filter(|node| node.operation.has_state()).count()
}

/// Bytes that the nodes' state of one symbol takes in a snapshot.
pub(crate) fn state_bytes(plan: &Plan) -> usize {
    frame_bytes(plan) + plan.state_bytes
}

/// Refuses fewer bytes than the nodes' state takes before anything is made to hold it.
pub(in crate::incremental) fn check_room(plan: &Plan, body: &[u8]) -> Result<(), SnapshotError> {
    let (have, need) = (body.len(), state_bytes(plan));
    if have < need {
        return Err(invalid(format!("{have} bytes where the state of all nodes alone takes {need}")));
    }
    Ok(())
}

/// The bytes of one node's state.
pub(super) fn node_state<'a>(
    reader: &mut Reader<'a>,
    id: [u8; 16],
    node: impl Fn() -> String,
) -> Result<&'a [u8], SnapshotError> {
    if reader.take()? != id {
        return Err(invalid(format!("the state of another node where {} should be", node())));
    }
    let length = u32::from_le_bytes(reader.take()?) as usize;
    reader.bytes(length, || format!("the state of {}", node()))
}

pub(super) fn check_loaded(
    loaded: Result<(), StateError>,
    loader: &Loader<'_>,
    node: impl Fn() -> String,
) -> Result<(), SnapshotError> {
    loaded.map_err(|error| SnapshotError::State { node: node(), error })?;
    match loader.bytes.len() {
        0 => Ok(()),
        extra => Err(invalid(format!("{extra} bytes after the state of {}", node()))),
    }
}
