//! Snapshots of sessions of one stream.

use std::sync::Arc;

use thiserror::Error;

use super::nodes::{check_room, state_bytes};
use super::{
    Reader, SnapshotError, SnapshotKind, begin, counters, finish, invalid, numbers, open, optional, values,
};
use crate::incremental::backend::{NotApplied, Session};
use crate::incremental::contracts::{Counters, Event, StepError, StepValue};
use crate::isa::Instructions;
use crate::plan::Plan;

/// Why a replay stopped.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ReplayError {
    /// Before the first event: the session is as it was.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// At an event: those before it were taken.
    #[error("event {event}: {error}")]
    Step {
        /// Which event, from 0.
        event: usize,
        /// Why it was refused.
        error: StepError,
    },
}

impl Session {
    /// The session as bytes: equal sessions give equal bytes.
    pub fn snapshot(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        begin(
            SnapshotKind::Session,
            self.plan.fingerprint(),
            self.plan.timeframe_ns,
            self.policies,
            &mut out,
        );
        out.extend_from_slice(&self.position.to_le_bytes());
        out.push(u8::from(self.last_time.is_some()));
        optional(&mut out, self.last_time.flatten());
        counters(&mut out, self.counters());
        numbers(&mut out, self.machine.row[..self.plan.fields.len()].iter().copied());
        let plan = self.plan.clone();
        values(&mut out, &plan, self.last_values());
        self.machine.save_nodes(&mut out);
        finish(out, &self.plan)
    }

    /// Bytes that the nodes' state takes in a snapshot; does not grow with bars.
    pub fn state_bytes(&self) -> usize {
        state_bytes(&self.plan)
    }

    /// A session that goes on where the snapshot was taken.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged snapshot of this plan.
    pub fn restore(
        plan: &Arc<Plan>,
        bytes: &[u8],
        instructions: Instructions,
    ) -> Result<Session, SnapshotError> {
        let (header, body) = open(bytes)?;
        header.check(SnapshotKind::Session, plan.fingerprint(), plan.timeframe_ns, plan)?;
        check_room(plan, body)?;
        let mut session = Session::new(plan.clone(), header.policies, instructions)?;
        let mut reader = Reader(body);
        (session.position, session.last_time) = reader.position()?;
        session.row_from = session.position;
        let Counters { applied, duplicate, late, rejected, .. } = reader.counters()?;
        session.not_applied = NotApplied { duplicate, late, rejected };
        if session.position != applied {
            return Err(invalid("counters that do not add up".to_owned()));
        }
        for slot in 0..plan.fields.len() {
            session.machine.row[slot] = reader.number()?;
        }
        reader.values(plan, &mut session.values)?;
        session.machine.load_nodes(&mut reader)?;
        reader.end()?;
        Ok(session)
    }

    /// Goes back, or on, to a snapshot and takes the events after it: one row of values per event.
    ///
    /// # Errors
    /// Where the snapshot does not fit, with the session as it was; where an event is refused.
    pub fn replay<'e>(
        &mut self,
        bytes: &[u8],
        events: impl IntoIterator<Item = Event<'e>>,
    ) -> Result<Vec<Vec<StepValue>>, ReplayError> {
        *self = Session::restore(&self.plan, bytes, self.instructions())?;
        let mut results = Vec::new();
        for (at, event) in events.into_iter().enumerate() {
            let out = self.step(&event).map_err(|error| ReplayError::Step { event: at, error })?;
            results.push(out.values.to_vec());
        }
        Ok(results)
    }
}
