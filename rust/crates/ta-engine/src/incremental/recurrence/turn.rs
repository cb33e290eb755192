//! One turn of a loop: its program on a bar, and what is kept of it.

use std::iter::zip;

use super::memory::Ring;
use super::places::Room;
use super::program::{Beginning, Program, What, remembered};
use crate::incremental::kernel_registry::{any_bar, ready_lanes};
use crate::indicators::math;
use crate::kernel::{Kernel, StateError, Visitor};
use crate::lanes::{Lanes, Lanes8, Mask};
use crate::plan::operation::Plain;
use crate::plan::recurrence::{Pointwise, Recurrence};

/// What a loop keeps, of one symbol or of eight.
#[derive(Debug)]
pub(super) struct Turn<V: Lanes> {
    /// Lanes that have taken a bar.
    has_begun: V::Mask,
    /// The last values of those of which no other is read, and of the others.
    last: Vec<V>,
    rings: Vec<Ring<V>>,
}

/// How many lanes do an operator: one by branches that are predicted, which are not in the latency of what waits for it.
pub(super) trait Width: Lanes {
    /// Does the operator.
    fn plain(op: Plain, a: Self, b: Self) -> Self;
}

impl Width for f64 {
    #[inline(always)]
    fn plain(op: Plain, a: f64, b: f64) -> f64 {
        op.apply_one(a, b)
    }
}

impl Width for Lanes8 {
    #[inline(always)]
    fn plain(op: Plain, a: Lanes8, b: Lanes8) -> Lanes8 {
        op.apply(a, b)
    }
}

/// What an indicator that looks at a bar alone gives: what its kernel gives to any node.
#[inline(always)]
fn of_kernel<V: Lanes, K: Kernel<V, IN, 1>, const IN: usize>(params: &K::Params, inputs: [V; IN]) -> V {
    let [value] = any_bar(&mut K::new(params), inputs, ready_lanes(&inputs));
    value
}

#[inline(always)]
fn pointwise<V: Width>(which: Pointwise, [a, b, c]: [V; 3]) -> V {
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
        Pointwise::Greatest => V::plain(Plain::Greatest, a, b),
        Pointwise::Least => V::plain(Plain::Least, a, b),
        Pointwise::Nz => kernel!(nz: a, b),
        Pointwise::IfElse => kernel!(if_else: a, b, c),
    }
}

/// The lanes in which a value's history begins, and those in which that is known.
#[inline(always)]
fn begins<V: Lanes>(has_begun: V::Mask, restart: Option<V>) -> (V::Mask, V::Mask) {
    match restart {
        None => (!has_begun, V::Mask::ALL),
        Some(restart) => (!has_begun | !restart.equals(V::ZERO), restart.is_number()),
    }
}

/// The past of a value, or what was before it where history begins.
#[inline(always)]
fn past<V: Lanes>(has_begun: V::Mask, restart: Option<V>, first: V, past: V) -> V {
    let (begins, is_known) = begins(has_begun, restart);
    V::select(is_known, V::select(begins, first, past), V::NAN)
}

impl<V: Width, R: Room> Program<V, R> {
    /// How many values it gives.
    #[inline(always)]
    pub(super) fn values(&self) -> usize {
        self.results.len()
    }

    /// Where what is read is put before a [turn](Program::take).
    #[inline(always)]
    pub(super) fn inputs(&mut self) -> &mut [V] {
        &mut R::slice(&mut self.numbers)[..self.inputs]
    }

    /// What a value is on the bar that was taken; not ready in the lanes that did not take it.
    #[inline(always)]
    pub(super) fn given(&self, value: usize, taken: V::Mask) -> V {
        V::select(taken, R::get(&self.numbers, self.results[value]), V::NAN)
    }

    /// Takes the bar whose inputs were put in; gives the lanes that took it.
    #[inline(always)]
    pub(super) fn take(&mut self, turn: &mut Turn<V>) -> V::Mask {
        let has_begun = turn.has_begun;
        let mut taken = V::Mask::ALL;
        let numbers = R::slice(&mut self.numbers);
        for x in &numbers[..self.inputs] {
            taken = taken & x.is_number();
        }
        if !taken.any() {
            return taken;
        }
        for (place, x) in zip(&mut numbers[self.last..], &turn.last) {
            *place = *x;
        }
        // Of lanes that do not take the bar nothing is kept.
        let begins_somewhere = (taken & !has_begun).any();
        let numbers = &mut self.numbers;
        for code in if begins_somewhere { &self.first } else { &self.later } {
            let from = |at: usize| R::get(numbers, code.from[at]);
            let value = match code.what {
                What::Plain(op) => V::plain(op, from(0), from(1)),
                What::Pointwise(which) => pointwise(which, [from(0), from(1), from(2)]),
                What::Last { restarts } => past(has_begun, restarts.then(|| from(1)), from(0), from(2)),
                What::Ring { ring, back, restarts } => {
                    let ago = turn.rings[usize::from(ring)].ago(usize::from(back));
                    past(has_begun, restarts.then(|| from(1)), from(0), ago)
                }
            };
            R::put(numbers, code.to, value);
        }
        let number = |place: &R::Place| R::get(numbers, *place);
        let beginning = |it: &Beginning<R>| {
            let (begins, is_known) = begins(has_begun, it.restart.as_ref().map(number));
            (begins, is_known, number(&it.first))
        };
        // What has no value, of what would be remembered: nothing is.
        for place in &self.needed {
            taken = taken & number(place).is_number();
        }
        for it in if begins_somewhere { &self.beginnings } else { &self.restarts } {
            let (begins, is_known, first) = beginning(it);
            taken = taken & is_known & (!begins | first.is_number());
        }
        for (last, place) in zip(&mut turn.last, &self.last_results) {
            *last = V::select(taken, number(place), *last);
        }
        for (ring, kept) in zip(&mut turn.rings, &self.rings) {
            let (begins, _, first) = beginning(&kept.beginning);
            ring.take(number(&kept.result), first, begins, taken);
        }
        turn.has_begun = has_begun | taken;
        taken
    }
}

impl<V: Lanes> Turn<V> {
    /// One that has taken no bar.
    pub(super) fn new(program: &Recurrence) -> Turn<V> {
        let depths = || remembered(program).map(|(_, _, memory)| usize::from(memory.depth));
        Turn {
            has_begun: V::Mask::NONE,
            last: depths().filter(|depth| *depth == 1).map(|_| V::NAN).collect(),
            rings: depths().filter(|depth| *depth > 1).map(Ring::new).collect(),
        }
    }

    /// Brings the state to the form in which it is saved.
    pub(super) fn tidy(&mut self) {
        self.rings.iter_mut().for_each(Ring::tidy);
    }

    /// What is kept of each value, in the order of the values.
    fn kept<'a>(&'a mut self, program: &'a Recurrence) -> impl Iterator<Item = (bool, &'a mut [V])> {
        let (mut last, mut rings) = (self.last.iter_mut(), self.rings.iter_mut());
        remembered(program).map(move |(_, value, memory)| {
            let cells = match memory.depth {
                1 => std::slice::from_mut(last.next().expect("one for each")),
                _ => rings.next().expect("one for each").cells(),
            };
            (value.is_bool, cells)
        })
    }

    /// Walks what is saved.
    pub(super) fn visit_saved(
        &mut self,
        program: &Recurrence,
        visitor: &mut impl Visitor,
    ) -> Result<(), StateError> {
        visitor.flag::<V>(&mut self.has_begun)?;
        self.kept(program)
            .try_for_each(|(_, cells)| cells.iter_mut().try_for_each(|cell| visitor.lanes(cell)))
    }

    /// Takes over a lane that was loaded; refuses one that no run could have left.
    pub(super) fn loaded(&mut self, program: &Recurrence, lane: usize) -> Result<(), StateError> {
        let has_begun = self.has_begun.lane(lane);
        for (is_bool, cells) in self.kept(program) {
            for cell in cells {
                let x = cell.lane(lane);
                let fits = match (has_begun, is_bool) {
                    (false, _) => x.is_nan(),
                    (true, true) => x == 0.0 || x == 1.0,
                    (true, false) => x.is_finite(),
                };
                if !fits {
                    return Err(StateError::Unlikely { value: x });
                }
            }
        }
        self.rings.iter_mut().for_each(|ring| ring.loaded(lane, has_begun));
        Ok(())
    }

    /// Walks what a turn may overwrite.
    pub(super) fn visit_changing(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.flag::<V>(&mut self.has_begun)?;
        self.last.iter_mut().try_for_each(|x| visitor.lanes(x))?;
        self.rings.iter_mut().try_for_each(|ring| ring.visit_changing(visitor))
    }
}
