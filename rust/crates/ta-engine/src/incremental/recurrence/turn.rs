//! One turn of a loop: its program on a bar, and what is kept of it.

use std::sync::Arc;

use super::memory::Past;
use crate::incremental::kernel_registry::{any_bar, ready_lanes};
use crate::indicators::math;
use crate::kernel::{Kernel, StateError, Visitor};
use crate::lanes::{Lanes, Mask};
use crate::plan::loops::LoopOperation;
use crate::plan::recurrence::{Memory, Place, Pointwise, Recurrence, RecurrenceValue, Step};

/// A loop of one symbol, or of eight.
#[derive(Debug)]
pub(super) struct Turn<V: Lanes> {
    operation: Arc<LoopOperation>,
    /// What the program works on: what it reads, its constants, what its steps give.
    places: Vec<V>,
    /// Lanes that have taken a bar.
    has_begun: V::Mask,
    /// Per value; none where nothing of it is read later.
    pasts: Vec<Option<Past<V>>>,
}

/// What an indicator that looks at a bar alone gives: what its kernel gives to any node.
#[inline(always)]
fn of_kernel<V: Lanes, K: Kernel<V, IN, 1>, const IN: usize>(params: &K::Params, inputs: [V; IN]) -> V {
    let [value] = any_bar(&mut K::new(params), inputs, ready_lanes(&inputs));
    value
}

#[inline(always)]
fn pointwise<V: Lanes>(which: Pointwise, [a, b, c]: [V; 3]) -> V {
    macro_rules! kernel {
        ($name:ident: $($input:ident),+) => {{
            use math::$name as indicator;
            of_kernel::<V, indicator::KernelOf<V>, { indicator::INPUTS }>(&indicator::Params {}, [$($input),+])
        }};
    }
    match which {
        Pointwise::Abs => kernel!(abs: a),
        Pointwise::Signum => kernel!(signum: a),
        Pointwise::Sqrt => kernel!(sqrt: a),
        Pointwise::Log => kernel!(log: a),
        Pointwise::Exp => kernel!(exp: a),
        Pointwise::Floor => kernel!(floor: a),
        Pointwise::Ceil => kernel!(ceil: a),
        Pointwise::Round => kernel!(round: a),
        Pointwise::Greatest => kernel!(greatest: a, b),
        Pointwise::Least => kernel!(least: a, b),
        Pointwise::Nz => kernel!(nz: a, b),
        Pointwise::IfElse => kernel!(if_else: a, b, c),
    }
}

impl<V: Lanes> Turn<V> {
    /// One that has taken no bar.
    pub(super) fn new(operation: Arc<LoopOperation>) -> Turn<V> {
        let program = &operation.program;
        let mut places = vec![V::NAN; program.places()];
        for (place, bits) in places[program.inputs..].iter_mut().zip(&program.constants) {
            *place = V::splat(f64::from_bits(*bits));
        }
        let past = |value: &RecurrenceValue| {
            let depth = usize::from(value.memory.map_or(0, |memory| memory.depth));
            (depth > 0).then(|| Past::new(depth, value.is_bool))
        };
        let pasts = program.values.iter().map(past).collect();
        Turn { operation, places, has_begun: V::Mask::NONE, pasts }
    }

    /// What the program does.
    #[inline(always)]
    pub(super) fn program(&self) -> &Recurrence {
        &self.operation.program
    }

    /// Where what is read is put before a [turn](Turn::take).
    #[inline(always)]
    pub(super) fn inputs(&mut self) -> &mut [V] {
        let inputs = self.operation.program.inputs;
        &mut self.places[..inputs]
    }

    /// Where a value of the loop stands on the bar that was taken; not ready in the lanes that did not take it.
    #[inline(always)]
    pub(super) fn value(&self, at: usize) -> V {
        self.places[usize::from(self.operation.program.values[at].result)]
    }

    /// Takes the bar whose inputs were put in; gives the lanes that took it.
    #[inline(always)]
    pub(super) fn take(&mut self) -> V::Mask {
        let program = &*self.operation;
        let program = &program.program;
        let mut ready = V::Mask::ALL;
        for x in &self.places[..program.inputs] {
            ready = ready & x.is_number();
        }
        if !ready.any() {
            return ready;
        }
        let (places, pasts) = (&mut self.places[..], &mut self.pasts[..]);
        let first_step = program.first_step();
        for at in 0..program.steps.len() {
            let place = |at: Place| places[usize::from(at)];
            let value = match program.steps[at] {
                Step::Plain(op, a, b) => op.apply(place(a), place(b)),
                Step::Pointwise(which, [a, b, c]) => pointwise(which, [place(a), place(b), place(c)]),
                Step::Past { value, back, as_it_stands } => {
                    let memory = program.values[usize::from(value)].memory.expect("its past is read");
                    let past = pasts[usize::from(value)].as_ref().expect("its past is read");
                    let memory = Memory { restart: memory.restart.filter(|_| !as_it_stands), ..memory };
                    let (begins, is_known) = begins(self.has_begun, &memory, places);
                    let x = V::select(begins, place(memory.first), past.ago(usize::from(back)));
                    V::select(is_known, x, V::NAN)
                }
            };
            places[first_step + at] = value;
        }
        // What has no value, of what would be remembered: nothing is.
        let has_begun = self.has_begun.all();
        for value in &program.values {
            let Some(memory) = &value.memory else { continue };
            ready = ready & places[usize::from(value.result)].is_number();
            if !has_begun || memory.restart.is_some() {
                let (begins, is_known) = begins(self.has_begun, memory, places);
                ready = ready & is_known & (!begins | places[usize::from(memory.first)].is_number());
            }
        }
        // Plain loops here and above: what the compiler leaves as a call is compiled for the baseline.
        for (at, past) in pasts.iter_mut().enumerate() {
            let value = &program.values[at];
            if let (Some(memory), Some(past)) = (&value.memory, past) {
                let (begins, _) = begins(self.has_begun, memory, places);
                past.take(
                    places[usize::from(value.result)],
                    places[usize::from(memory.first)],
                    begins,
                    ready,
                );
            }
        }
        self.has_begun = self.has_begun | ready;
        ready
    }

    /// Brings the state to the form in which it is saved.
    pub(super) fn tidy(&mut self) {
        self.pasts.iter_mut().flatten().for_each(Past::tidy);
    }

    /// Walks what is saved.
    pub(super) fn visit_saved(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.flag::<V>(&mut self.has_begun)?;
        self.pasts.iter_mut().flatten().try_for_each(|past| past.visit_saved(visitor))
    }

    /// Takes over a lane that was loaded.
    pub(super) fn loaded(&mut self, lane: usize) -> Result<(), StateError> {
        let has_begun = self.has_begun.lane(lane);
        self.pasts.iter_mut().flatten().try_for_each(|past| past.loaded(lane, has_begun))
    }

    /// Walks what a turn may overwrite.
    pub(super) fn visit_changing(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.flag::<V>(&mut self.has_begun)?;
        self.pasts.iter_mut().flatten().try_for_each(|past| past.visit_changing(visitor))
    }
}

/// The lanes in which a value's history begins at this bar, and those in which that is known.
#[inline(always)]
fn begins<V: Lanes>(has_begun: V::Mask, memory: &Memory, places: &[V]) -> (V::Mask, V::Mask) {
    match memory.restart {
        None => (!has_begun, V::Mask::ALL),
        Some(restart) => {
            let restart = places[usize::from(restart)];
            (!has_begun | !restart.equals(V::ZERO), restart.is_number())
        }
    }
}
