//! One turn of a loop: its program on a bar, and what is kept of it.

use std::hint::cold_path;
use std::iter::zip;

use super::memory::Ring;
use super::places::Room;
use super::program::{Beginning, Code, Program, Rare, Script, What, remembered};
use crate::incremental::kernel_registry::{any_bar, ready_lanes};
use crate::indicators::math::{self, if_else::chosen};
use crate::kernel::{Kernel, StateError, Visitor};
use crate::lanes::{Lanes, Mask};
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
        Pointwise::Greatest => Plain::Greatest.apply(a, b),
        Pointwise::Least => Plain::Least.apply(a, b),
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

impl<V: Lanes, R: Room> Program<V, R> {
    /// Puts the last values of a symbol where its turns read them.
    #[inline(always)]
    pub(super) fn enter(&mut self, turn: &Turn<V>) {
        for (x, (_, last)) in zip(&turn.last, &self.script.kept) {
            R::put(&mut self.numbers, *last, *x);
        }
    }

    /// Gives them back.
    #[inline(always)]
    pub(super) fn leave(&mut self, turn: &mut Turn<V>) {
        for (x, (_, last)) in zip(&mut turn.last, &self.script.kept) {
            *x = R::get(&self.numbers, *last);
        }
    }

    /// Takes a bar of the symbol that was [entered](Program::enter), which reads these numbers, and puts its values where they are
    /// given: not ready in the lanes that do not take the bar. That all it reads `is_ready` may be known.
    #[inline(always)]
    pub(super) fn take<'a>(
        &mut self,
        turn: &mut Turn<V>,
        is_ready: bool,
        read: impl Iterator<Item = V>,
        given: impl Iterator<Item = &'a mut V>,
    ) {
        let Program { numbers, script } = self;
        let numbers: &mut R::Numbers<V> = numbers;
        let mut taken = V::Mask::ALL;
        let inputs = &mut R::slice(numbers)[..script.inputs];
        zip(&mut *inputs, read).for_each(|(place, x)| *place = x);
        if !is_ready {
            taken = inputs.iter().fold(taken, |taken, x| taken & x.is_number());
        }
        let is_taken_by_all = (taken & turn.has_begun).all()
            && steps::<true, V, R>(script, &script.later, numbers, turn, V::Mask::ALL);
        if is_taken_by_all {
            keep(script, numbers, turn, V::Mask::ALL);
            for (result, x) in zip(&script.results, given) {
                *x = R::get(numbers, *result);
            }
        } else {
            cold_path();
            taken = take_partly(script, numbers, turn, taken);
            for (result, x) in zip(&script.results, given) {
                *x = V::select(taken, R::get(numbers, *result), V::NAN);
            }
        }
    }
}

/// Takes a bar that some lanes may not take, or on which history begins in some or something is not ready; gives the lanes that do.
#[inline(always)]
fn take_partly<V: Lanes, R: Room>(
    script: &Script<R>,
    numbers: &mut R::Numbers<V>,
    turn: &mut Turn<V>,
    mut taken: V::Mask,
) -> V::Mask {
    // Of lanes that do not take the bar nothing is kept.
    let begins_somewhere = (taken & !turn.has_begun).any();
    let is_ordinary = V::LANES > 1
        && taken.any()
        && !begins_somewhere
        && steps::<true, V, R>(script, &script.later, numbers, turn, taken);
    if !is_ordinary {
        taken = in_full(script, begins_somewhere, numbers, turn, taken);
    }
    if taken.any() {
        keep(script, numbers, turn, taken);
        turn.has_begun = turn.has_begun | taken;
    }
    taken
}

/// Keeps what the steps of a bar gave, in the lanes that take it.
#[inline(always)]
fn keep<V: Lanes, R: Room>(
    script: &Script<R>,
    numbers: &mut R::Numbers<V>,
    turn: &mut Turn<V>,
    taken: V::Mask,
) {
    for (at, kept) in script.rings.iter().enumerate() {
        let (begins, _, first) = kept.beginning.on::<V>(numbers, turn.has_begun);
        turn.rings[at].take(R::get(numbers, kept.result), first, begins, taken);
    }
    for (result, last) in &script.kept {
        let value = V::select(taken, R::get(numbers, *result), R::get(numbers, *last));
        R::put(numbers, *last, value);
    }
}

/// Does the steps of a bar. Where history goes on and all that they read is `READY` in the lanes that take the bar they are
/// done at once, and it is found out whether all that they give is ready there too; else they have no other effect.
#[inline(always)]
fn steps<const READY: bool, V: Lanes, R: Room>(
    script: &Script<R>,
    steps: &[Code<R>],
    numbers: &mut R::Numbers<V>,
    turn: &Turn<V>,
    taken: V::Mask,
) -> bool {
    let has_begun = turn.has_begun;
    let mut are_ready = V::Mask::ALL;
    for code in steps {
        let from = |at: usize| R::get(numbers, code.from[at]);
        // One after the other: asked for all at once they would be told apart by arithmetic.
        let (value, is_sure) = if let What::Plain(op) = code.what {
            if READY { op.apply_ready(from(0), from(1)) } else { (op.apply(from(0), from(1)), false) }
        } else if let What::IfElse = code.what {
            let [condition, a, b] = [0, 1, 2].map(from);
            let value =
                if READY { chosen(condition, a, b) } else { pointwise(Pointwise::IfElse, [condition, a, b]) };
            (value, true)
        } else {
            let value = match script.rare[usize::from(code.which)] {
                Rare::Pointwise(which) => pointwise(which, [0, 1, 2].map(from)),
                Rare::Last { restarts } => past(has_begun, restarts.then(|| from(1)), from(0), from(2)),
                Rare::Ring { ring, back, restarts } => {
                    let ago = turn.rings[usize::from(ring)].ago(usize::from(back));
                    past(has_begun, restarts.then(|| from(1)), from(0), ago)
                }
            };
            (value, false)
        };
        R::put(numbers, code.to, value);
        if READY && !is_sure {
            are_ready = are_ready & value.is_ready();
            // One lane leaves at once: a branch that is foreseen is in the latency of nothing.
            if V::LANES == 1 && !are_ready.all() {
                cold_path();
                return false;
            }
        }
    }
    !(taken & !are_ready).any()
}

/// Does the steps of a bar on which something may not be ready; gives the lanes that take it.
fn in_full<V: Lanes, R: Room>(
    script: &Script<R>,
    begins_somewhere: bool,
    numbers: &mut R::Numbers<V>,
    turn: &Turn<V>,
    mut taken: V::Mask,
) -> V::Mask {
    if !taken.any() {
        return taken;
    }
    let (codes, beginnings) = if begins_somewhere {
        (&script.first, &script.beginnings)
    } else {
        (&script.later, &script.restarts)
    };
    steps::<false, V, R>(script, codes, numbers, turn, taken);
    // What has no value, of what would be remembered: nothing is.
    for place in &script.needed {
        taken = taken & R::get(numbers, *place).is_number();
    }
    for it in beginnings {
        let (begins, is_known, first) = it.on::<V>(numbers, turn.has_begun);
        taken = taken & is_known & (!begins | first.is_number());
    }
    taken
}

impl<R: Room> Beginning<R> {
    /// The lanes in which history begins, those in which that is known, and what was before.
    #[inline(always)]
    fn on<V: Lanes>(&self, numbers: &R::Numbers<V>, has_begun: V::Mask) -> (V::Mask, V::Mask, V) {
        let number = |place: &R::Place| R::get(numbers, *place);
        let (begins, is_known) = begins(has_begun, self.restart.as_ref().map(number));
        (begins, is_known, number(&self.first))
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
