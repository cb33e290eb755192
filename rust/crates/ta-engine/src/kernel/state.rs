//! What a kernel remembers, and what walks it: to save, to load and to undo.

use std::fmt::Debug;

use thiserror::Error;

use crate::lanes::{Lanes, Mask};

/// The state of a kernel, or a part of it: a number in each lane, a window, a mean.
pub trait State<V: Lanes> {
    /// True once a ready bar needs no look at masks or seeds: it then gives every output of every lane. Stays true.
    fn is_warm(&self) -> bool;

    /// Walks the state once, for saving, loading and undoing alike.
    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError>;
}

/// A number in each lane is warm once it is one.
impl<V: Lanes> State<V> for V {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.is_number().all()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(self)
    }
}

impl<V: Lanes, T: State<V>, const N: usize> State<V> for [T; N] {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.iter().all(State::is_warm)
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.iter_mut().try_for_each(|part| part.visit(visitor))
    }
}

/// A part that some parameters leave away.
impl<V: Lanes, T: State<V>> State<V> for Option<T> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.as_ref().is_none_or(State::is_warm)
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.as_mut().map_or(Ok(()), |part| part.visit(visitor))
    }
}

/// Declares the state of a kernel over the number type `V`: its parts with what they are before the first bar, in the order in
/// which they are saved, and behind them what parameters set once and for all. It is warm when all its parts are.
macro_rules! state {
    (
        $(#[doc = $doc:literal])*
        $name:ident($params:pat) {
            $($(#[doc = $about:literal])* $part:ident: $type:ty = $first:expr,)*
        }
        $(set { $($(#[doc = $set_about:literal])* $set:ident: $set_type:ty = $value:expr,)+ })?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub struct $name<V: $crate::lanes::Lanes> {
            $($(#[doc = $about])* $part: $type,)*
            $($($(#[doc = $set_about])* $set: $set_type,)+)?
            lanes: std::marker::PhantomData<V>,
        }

        impl<V: $crate::lanes::Lanes> $crate::kernel::FromParams for $name<V> {
            type Params = Params;

            #[inline]
            fn new($params: &Params) -> Self {
                $name { $($part: $first,)* $($($set: $value,)+)? lanes: std::marker::PhantomData }
            }
        }

        impl<V: $crate::lanes::Lanes> $crate::kernel::State<V> for $name<V> {
            #[inline(always)]
            fn is_warm(&self) -> bool {
                $($crate::kernel::State::<V>::is_warm(&self.$part) &&)* true
            }

            fn visit(
                &mut self,
                _visitor: &mut impl $crate::kernel::Visitor,
            ) -> Result<(), $crate::kernel::StateError> {
                $($crate::kernel::State::<V>::visit(&mut self.$part, _visitor)?;)*
                Ok(())
            }
        }
    };
}
pub(crate) use state;

/// What walks a kernel's state. The order of calls is the order of the saved bytes.
///
/// The size of a state is constant, and a step may overwrite numbers, counts and flags, but of a window only the cell at `next`:
/// a trial remembers no more than that.
pub trait Visitor {
    /// True for the one that puts back what a step overwrote: nothing may be tidied before it.
    fn undoes(&self) -> bool {
        false
    }
    /// True for the one that saves: what equal histories left has to be put into one form before it.
    fn saves(&self) -> bool {
        false
    }
    /// The lane that it loads: what follows from the state has to be made anew behind it.
    fn loaded_lane(&self) -> Option<usize> {
        None
    }
    /// A number in each lane that follows from the rest of the state: put back after a trial, neither saved nor loaded.
    fn implied<V: Lanes>(&mut self, _value: &mut V) {}
    /// The like of a whole number.
    fn implied_words<V: Lanes>(&mut self, _words: &mut V::Words) {}
    /// A number in each lane.
    fn lanes<V: Lanes>(&mut self, value: &mut V) -> Result<(), StateError>;
    /// A whole number from 0 to `most` in each lane.
    fn count<V: Lanes>(&mut self, value: &mut V, most: usize) -> Result<(), StateError>;
    /// An index from 0 to `most` in each lane.
    fn index<V: Lanes>(&mut self, index: &mut V::Index, most: usize) -> Result<(), StateError>;
    /// A truth value in each lane.
    fn flag<V: Lanes>(&mut self, mask: &mut V::Mask) -> Result<(), StateError>;
    /// Parts of one symbol each, of which it walks those of the lanes that it is about.
    fn each<V: Lanes, T: State<f64> + Debug + Send + Sync + 'static>(
        &mut self,
        each: &mut V::Each<T>,
    ) -> Result<(), StateError>;
    /// The cells of a window, of which the next step writes none but those at `next`.
    fn cells<V: Lanes, const C: usize>(
        &mut self,
        cells: &mut [[V; C]],
        next: &V::Index,
    ) -> Result<(), StateError>;
}

/// Why bytes are no state of this plan.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum StateError {
    /// There are fewer bytes than the plan's state takes.
    #[error("state ends after {have} of {need} bytes")]
    Truncated {
        /// Bytes needed so far.
        need: usize,
        /// Bytes there are.
        have: usize,
    },
    /// A number that no run of this plan could have left.
    #[error("state holds {value} where a number from 0 to {most} is needed")]
    OutOfRange {
        /// What was read.
        value: u64,
        /// Greatest accepted.
        most: u64,
    },
    /// A number that this place cannot hold.
    #[error("state holds {value} where no run of this plan can have left it")]
    Unlikely {
        /// What was read.
        value: f64,
    },
    /// Bytes that a function outside the engine does not take.
    #[error("the function does not take its state back: {why}")]
    Refused {
        /// What it said.
        why: String,
    },
    /// A number in a form that saving does not write.
    #[error("state holds the number {bits:#018x}, which is not in canonical form")]
    NotCanonical {
        /// Its bits.
        bits: u64,
    },
}
