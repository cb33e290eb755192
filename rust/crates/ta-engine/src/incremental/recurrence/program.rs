//! The program of a loop as it is done: what all symbols of a node share.

use std::iter::zip;

use super::places::Room;
use crate::lanes::Lanes;
use crate::plan::operation::Plain;
use crate::plan::recurrence::{Memory, Pointwise, Recurrence, RecurrenceValue, Step};

/// The program of a loop, and the numbers it works on: what it reads, its constants, what its steps give, and the values of
/// which one bar is remembered, as they were on the last one.
#[derive(Debug)]
pub(super) struct Program<V: Lanes, R: Room> {
    pub(super) numbers: Box<R::Numbers<V>>,
    pub(super) script: Script<R>,
}

/// What a program does.
#[derive(Debug)]
pub(super) struct Script<R: Room> {
    /// How many numbers it reads: they are the first.
    pub(super) inputs: usize,
    /// Where its values stand.
    pub(super) results: Vec<R::Place>,
    /// The places of what is remembered of one bar, and of what it was on the last one.
    pub(super) kept: Vec<(R::Place, R::Place)>,
    /// What is remembered of several bars.
    pub(super) rings: Vec<Kept<R>>,
    /// All that is needed to remember: without it a bar leaves nothing.
    pub(super) needed: Vec<R::Place>,
    /// Values whose history begins again where something is true.
    pub(super) restarts: Vec<Beginning<R>>,
    /// The same of all values, where history begins.
    pub(super) beginnings: Vec<Beginning<R>>,
    /// Its steps on a bar on which history begins in some lane.
    pub(super) first: Vec<Code<R>>,
    /// Its steps on all others: what is not needed for beginning.
    pub(super) later: Vec<Code<R>>,
    /// What those of its steps do that are rare.
    pub(super) rare: Vec<Rare>,
}

/// What a value was before history, and where that begins again.
#[derive(Debug)]
pub(super) struct Beginning<R: Room> {
    pub(super) first: R::Place,
    pub(super) restart: Option<R::Place>,
}

/// A value of which several bars are remembered.
#[derive(Debug)]
pub(super) struct Kept<R: Room> {
    pub(super) result: R::Place,
    pub(super) beginning: Beginning<R>,
}

/// A step: what it does, with which numbers, and where its own is put.
#[derive(Debug)]
pub(super) struct Code<R: Room> {
    pub(super) what: What,
    pub(super) from: [R::Place; 3],
    pub(super) to: R::Place,
    /// Which of the [rare](Script::rare) ones it does, where it is one.
    pub(super) which: u16,
}

/// What steps do. What most of them do is in a byte, by which one jump finds it.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    Plain(Plain),
    IfElse,
    Rare,
}

/// What few steps do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rare {
    Pointwise(Pointwise),
    /// The last value at the third place; what was before history, at the first, where that begins or the second is true.
    Last {
        restarts: bool,
    },
    /// The same of a value so many bars ago.
    Ring {
        ring: u16,
        back: u16,
        restarts: bool,
    },
}

/// The values that are remembered, and of how many bars.
pub(super) fn remembered(
    program: &Recurrence,
) -> impl Iterator<Item = (usize, &RecurrenceValue, Memory)> + Clone {
    let values = program.values.iter().enumerate();
    let kept = values.filter_map(|(at, value)| value.memory.map(|memory| (at, value, memory)));
    kept.filter(|(_, _, memory)| memory.depth > 0)
}

impl<V: Lanes, R: Room> Program<V, R> {
    /// How many numbers a program works on.
    pub(super) fn size(program: &Recurrence) -> usize {
        program.places() + remembered(program).filter(|(_, _, memory)| memory.depth == 1).count()
    }

    /// The program of a loop.
    pub(super) fn new(program: &Recurrence) -> Program<V, R> {
        let mut numbers = R::numbers(Self::size(program));
        for (place, bits) in zip(&mut R::slice(&mut numbers)[program.inputs..], &program.constants) {
            *place = V::splat(f64::from_bits(*bits));
        }
        let place = |at: u16| R::place(usize::from(at));
        let beginning =
            |memory: &Memory| Beginning { first: place(memory.first), restart: memory.restart.map(place) };
        let of_one_bar = remembered(program).filter(|(_, _, memory)| memory.depth == 1);
        let of_several = remembered(program).filter(|(_, _, memory)| memory.depth > 1);
        let last = program.places();
        let mut rare = Vec::new();
        let mut code = |at: usize, standing: &[usize]| {
            let read = |at: u16| R::place(standing[usize::from(at)]);
            let mut rarely = |what: Rare| {
                rare.push(what);
                (What::Rare, (rare.len() - 1) as u16)
            };
            let ((what, which), from) = match program.steps[at] {
                Step::Plain(op, a, b) => ((What::Plain(op), 0), [a, b, b].map(read)),
                Step::Pointwise(which, from) => (
                    match which {
                        Pointwise::IfElse => (What::IfElse, 0),
                        Pointwise::Greatest => (What::Plain(Plain::Greatest), 0),
                        Pointwise::Least => (What::Plain(Plain::Least), 0),
                        _ => rarely(Rare::Pointwise(which)),
                    },
                    from.map(read),
                ),
                Step::Past { value, back, as_it_stands } => {
                    let value = usize::from(value);
                    let memory = program.values[value].memory.expect("it is read");
                    let first = place(memory.first);
                    let restart = memory.restart.filter(|_| !as_it_stands).map(place);
                    let (restarts, restart) = (restart.is_some(), restart.unwrap_or(first));
                    if let Some(at) = of_one_bar.clone().position(|(at, _, _)| at == value) {
                        (rarely(Rare::Last { restarts }), [first, restart, R::place(last + at)])
                    } else {
                        let ring = of_several.clone().position(|(at, _, _)| at == value).expect("it is read");
                        (rarely(Rare::Ring { ring: ring as u16, back, restarts }), [first, restart, first])
                    }
                }
            };
            Code { what, from, to: R::place(program.first_step() + at), which }
        };
        let everywhere: Vec<usize> = (0..last).collect();
        let (later, standing) = later(program);
        let first_steps = (0..program.steps.len()).map(|at| code(at, &everywhere)).collect();
        let later_steps = later.into_iter().map(|at| code(at, &standing)).collect();
        let memories = || program.values.iter().filter_map(|value| value.memory.as_ref());
        let script = Script {
            inputs: program.inputs,
            results: program.values.iter().map(|value| place(value.result)).collect(),
            kept: of_one_bar
                .clone()
                .enumerate()
                .map(|(at, (_, value, _))| (place(value.result), R::place(last + at)))
                .collect(),
            rings: of_several
                .clone()
                .map(|(_, value, memory)| Kept { result: place(value.result), beginning: beginning(&memory) })
                .collect(),
            needed: program
                .values
                .iter()
                .filter(|value| value.memory.is_some())
                .map(|value| place(value.result))
                .collect(),
            restarts: memories().filter(|memory| memory.restart.is_some()).map(beginning).collect(),
            beginnings: memories().map(beginning).collect(),
            first: first_steps,
            later: later_steps,
            rare,
        };
        Program { numbers, script }
    }
}

/// The steps that are needed where history goes on in all lanes, and where they find each number: a last value where it
/// stands already.
fn later(program: &Recurrence) -> (Vec<usize>, Vec<usize>) {
    let mut is_needed = vec![false; program.places()];
    for value in &program.values {
        is_needed[usize::from(value.result)] = true;
        if let Some(Memory { first, restart: Some(restart), .. }) = value.memory {
            (is_needed[usize::from(first)], is_needed[usize::from(restart)]) = (true, true);
        }
    }
    let is_asked_for = is_needed.clone();
    // Steps read what stands before them.
    for at in (0..program.steps.len()).rev() {
        if is_needed[program.first_step() + at] {
            let mut needs = |places: &[u16]| places.iter().for_each(|at| is_needed[usize::from(*at)] = true);
            match &program.steps[at] {
                Step::Plain(_, a, b) => needs(&[*a, *b]),
                Step::Pointwise(_, places) => needs(places),
                Step::Past { .. } => {}
            }
        }
    }
    let mut standing: Vec<usize> = (0..program.places()).collect();
    let mut later = Vec::new();
    for at in (0..program.steps.len()).filter(|at| is_needed[program.first_step() + at]) {
        let to = program.first_step() + at;
        let last = match program.steps[at] {
            Step::Past { value, as_it_stands, .. } => {
                let mut of_one_bar = remembered(program).filter(|(_, _, memory)| memory.depth == 1);
                of_one_bar
                    .position(|(at, _, memory)| {
                        at == usize::from(value) && (as_it_stands || memory.restart.is_none())
                    })
                    .map(|at| program.places() + at)
            }
            _ => None,
        };
        if let Some(last) = last {
            standing[to] = last;
        }
        if last.is_none() || is_asked_for[to] {
            later.push(at);
        }
    }
    (later, standing)
}
