//! The program of a loop: what is computed on a bar of the bar and of what was computed before it.
//!
//! It works on numbered places: first what it reads, then its constants, then a number per step in the order of the steps.

use super::operation::Plain;
pub(crate) use crate::lang::loops::Pointwise;

/// A number of a program: a place among those that it works on.
pub(crate) type Place = u16;

/// What a loop does on a bar. Names are no part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Recurrence {
    /// How many numbers it reads.
    pub(crate) inputs: usize,
    /// The bits of its constants; all are numbers.
    pub(crate) constants: Vec<u64>,
    /// In the order in which they are done.
    pub(crate) steps: Vec<Step>,
    /// What it gives, in the order of its outputs.
    pub(crate) values: Vec<RecurrenceValue>,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// An operator.
    Plain(Plain, Place, Place),
    /// An indicator that looks at each bar alone; where it takes fewer values than three the last one stands for the rest.
    Pointwise(Pointwise, [Place; 3]),
    /// The value so many bars ago.
    Past {
        /// Which.
        value: u16,
        /// How many.
        back: u16,
        /// True where it is read to find out whether history begins at this bar: as if it did not.
        as_it_stands: bool,
    },
}

/// A value that a loop gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RecurrenceValue {
    /// Where it stands.
    pub(crate) result: Place,
    /// True for a truth value, else a number.
    pub(crate) is_bool: bool,
    /// How it remembers; `None` for one whose past nothing can read.
    pub(crate) memory: Option<Memory>,
}

/// How a value of a loop remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Memory {
    /// How many bars; nothing where its past may be read and is not.
    pub(crate) depth: u16,
    /// What it was before the first bar.
    pub(crate) first: Place,
    /// Where this is true, history begins at this bar.
    pub(crate) restart: Option<Place>,
}

impl Recurrence {
    /// Where the first step's number stands.
    pub(crate) fn first_step(&self) -> usize {
        self.inputs + self.constants.len()
    }

    /// How many numbers it works on.
    pub(crate) fn places(&self) -> usize {
        self.first_step() + self.steps.len()
    }

    /// Numbers that it keeps from bar to bar.
    pub(crate) fn depth(&self) -> usize {
        self.values.iter().filter_map(|value| value.memory).map(|memory| usize::from(memory.depth)).sum()
    }
}
