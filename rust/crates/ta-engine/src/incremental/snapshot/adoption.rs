//! A changed rule takes over what it still has of a snapshot: nodes are found by what they compute and of what.

use std::collections::HashMap;
use std::sync::Arc;

use super::nodes::check_loaded;
use super::{Contents, Header, Reader, SnapshotError, SnapshotKind, invalid};
use crate::incremental::backend::{NotApplied, Session};
use crate::incremental::contracts::{Availability, Counters, StepValue};
use crate::incremental::state::Loader;
use crate::isa::Instructions;
use crate::plan::Plan;

/// What became of the parts of two rules when the second took over the state of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adoption {
    /// Parts that go on.
    pub kept: Vec<String>,
    /// Parts that begin.
    pub added: Vec<String>,
    /// Parts whose state was dropped.
    pub dropped: Vec<String>,
    /// Fields that were not read before: a bar without them says nothing of what they were.
    pub added_fields: Vec<String>,
}

impl Session {
    /// A session of a plan, which may be another than that of the snapshot: nodes that compute the same of the same go on where
    /// they were, others begin. Which were dropped is told, and refused unless that is allowed.
    pub(in crate::incremental) fn adopted(
        plan: &Arc<Plan>,
        header: &Header<'_>,
        body: &[u8],
        allow_dropped: bool,
        instructions: Instructions,
    ) -> Result<(Session, Adoption), SnapshotError> {
        header.check_kind(SnapshotKind::Session)?;
        if header.timeframe_ns != plan.timeframe_ns {
            return Err(SnapshotError::OtherPlan);
        }
        let contents = Contents::load(header.contents)?;
        let mut session = Session::new(plan.clone(), header.policies, instructions)?;
        let mut reader = Reader(body);
        (session.position, session.last_time) = reader.position()?;
        session.row_from = session.position;
        let Counters { applied, duplicate, late, rejected, .. } = reader.counters()?;
        session.not_applied = NotApplied { duplicate, late, rejected };
        if session.position != applied {
            return Err(invalid("counters that do not add up".to_owned()));
        }
        let mut found = Adoption::default();
        let mut last = HashMap::new();
        for name in &contents.fields {
            last.insert(name.as_str(), reader.number()?);
        }
        for slot in 0..plan.fields.len() {
            let name = plan.describe(slot);
            match last.get(name.as_str()) {
                Some(x) => session.machine.row[slot] = *x,
                None => found.added_fields.push(name),
            }
        }
        // What outputs last were is not what they are of another rule.
        let nothing = StepValue { value: f64::NAN, availability: Availability::WarmingUp, reason: None };
        for _ in &contents.outputs {
            reader.result()?;
        }
        session.values.fill(nothing);
        let mut states: HashMap<[u8; 16], (&str, &[u8])> = HashMap::new();
        for name in &contents.nodes {
            let id = reader.take()?;
            let length = u32::from_le_bytes(reader.take()?) as usize;
            let state = reader.bytes(length, || format!("the state of {name}"))?;
            states.insert(id, (name, state));
        }
        reader.end()?;
        for (node, kernel) in plan.nodes.iter().zip(&mut session.machine.nodes) {
            if !node.operation.has_state() {
                continue;
            }
            let text = plan.describe(node.output);
            match states.remove(&node.id) {
                None => found.added.push(text),
                Some((_, state)) => {
                    let mut loader = Loader { lane: 0, bytes: state };
                    let loaded = kernel.load(&mut loader);
                    check_loaded(loaded, &loader, || text.clone())?;
                    found.kept.push(text);
                }
            }
        }
        found.dropped = states.into_values().map(|(name, _)| name.to_owned()).collect();
        found.dropped.sort_unstable();
        match found.dropped.is_empty() || allow_dropped {
            true => Ok((session, found)),
            false => Err(SnapshotError::WouldDrop { parts: found.dropped }),
        }
    }
}
