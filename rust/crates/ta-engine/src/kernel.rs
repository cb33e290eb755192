//! What an indicator is to the engine: a [`Kernel`], and the declaration that gives it a name.

use std::fmt::Debug;

use thiserror::Error;

pub(crate) use crate::catalog::{Settle, choice};
use crate::lanes::{Lanes, Mask};

/// The arithmetic and the state of one indicator, for one symbol (`V = f64`) or a tile of eight (`V = Lanes8`).
///
/// Parameters are checked before a kernel exists; building and stepping it cannot fail.
pub trait Kernel<V: Lanes, const IN: usize, const OUT: usize>: State<V> + FromParams {
    /// True for the few that give a value on every bar, ready inputs or not (running statistics).
    const EVERY_BAR: bool = false;

    /// True for the few that are warm one input before their first value: what they need is the input before.
    const WARM_BEFORE_FIRST: bool = false;

    /// Takes one bar. A lane advances only where `ready` holds; NaN stands for not ready, and what is given in a lane
    /// that was not ready is ignored.
    ///
    /// `WARM`: every lane is ready now and [`is_warm`](State::is_warm) held before, so masks and seeds need no look.
    /// The operations are the same, in the same order.
    fn step<const WARM: bool>(&mut self, inputs: [V; IN], ready: V::Mask) -> [V; OUT];

    /// Takes a column whose bars are all ready; the kernel is warm. Gives what it knows of what it put out.
    ///
    /// Overridden only to do the operations of `step` in the same order with less bookkeeping.
    #[inline(always)]
    fn run(&mut self, inputs: [&[V]; IN], outputs: [&mut [V]; OUT]) -> Known {
        let bars = outputs[0].len();
        let inputs = inputs.map(|column| &column[..bars]);
        let outputs = outputs.map(|column| &mut column[..bars]);
        for bar in 0..bars {
            let mut row = [V::ZERO; IN];
            for at in 0..IN {
                row[at] = inputs[at][bar];
            }
            let values = self.step::<true>(row, V::Mask::ALL);
            for at in 0..OUT {
                outputs[at][bar] = values[at];
            }
        }
        Known::Nothing
    }

    /// True where [`run_while_ready`](Kernel::run_while_ready) spares the engine a look through the inputs' columns.
    const LOOKS_THROUGH: bool = false;

    /// Takes bars of columns that may hold anything, as long as all of them are ready, and stops before the first that is
    /// not, or some bars earlier; the kernel is warm. Gives how many it took. All that it puts out is finite.
    ///
    /// For kernels that wait for their own last value: what they look at meanwhile costs nothing.
    #[inline(always)]
    fn run_while_ready(&mut self, _inputs: [&[V]; IN], _outputs: [&mut [V]; OUT]) -> usize {
        0
    }
}

/// What is made from checked parameters.
pub trait FromParams: Sized + Send + 'static {
    /// Checked parameters.
    type Params;

    /// One that has seen nothing.
    fn new(params: &Self::Params) -> Self;
}

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

/// A kernel that is one window over one series: its state and its ways of taking bars are the window's.
macro_rules! window_kernel {
    ($(#[doc = $doc:literal])* $name:ident: $window:ident) => {
        $crate::kernel::state! {
            $(#[doc = $doc])*
            $name(params) {
                window: $window<V> = $window::new(params.period),
            }
        }

        impl<V: $crate::lanes::Lanes> $crate::kernel::Kernel<V, 1, 1> for $name<V> {
            const LOOKS_THROUGH: bool = <$window<V> as $crate::window::Window<V>>::LOOKS_THROUGH;

            #[inline(always)]
            fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
                self.window.push::<WARM>(x, ready)
            }

            #[inline(always)]
            fn run(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> $crate::kernel::Known {
                self.window.run(xs, [out]);
                $crate::kernel::Known::Nothing
            }

            #[inline(always)]
            fn run_while_ready(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> usize {
                $crate::window::Window::run_while_quick(&mut self.window, xs, out)
            }
        }
    };
}
pub(crate) use window_kernel;

/// What a kernel knows of the columns that it has put out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// All numbers are finite.
    AllFinite,
    /// The engine has to look.
    Nothing,
}

impl Known {
    /// From what was seen on the way.
    pub fn finite_if(all: bool) -> Known {
        if all { Known::AllFinite } else { Known::Nothing }
    }
}

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
    /// A number in a form that saving does not write.
    #[error("state holds the number {bits:#018x}, which is not in canonical form")]
    NotCanonical {
        /// Its bits.
        bits: u64,
    },
}

/// What an indicator's `Params` know beyond their values.
pub trait Declared<const OUT: usize> {
    /// False where a value is ready as soon as one input is.
    const WAITS_FOR_ALL: bool = true;

    /// Per output, ready inputs before the first ready value.
    fn warmup(&self) -> [usize; OUT];

    /// Bars that one value looks at.
    fn lookback(&self) -> usize {
        let longest = self.warmup().into_iter().fold(0, usize::max);
        longest + 1
    }

    /// How long the beginning of history matters: until a seed's remaining weight is below the tolerance.
    fn settle(&self, _tolerance: f64) -> Settle {
        Settle::AT_ONCE
    }

    /// Inputs of the longest window whose blocks go abreast; 0 for a kernel without one.
    fn block(&self) -> usize {
        0
    }

    /// Why these parameters, each in its range, do not go together.
    fn refusal(&self) -> Option<&'static str> {
        None
    }
}

/// Declares an indicator: its documentation, name, inputs, parameters and outputs.
///
/// Gives the module `SPEC`, `Params`, `KernelOf`, `INPUTS` and `OUTPUTS`; the list in `indicators/mod.rs` finds
/// everything by the module's path.
macro_rules! declare {
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: $group:ident, kernel $kernel:ident, version $version:literal,
        $(aliases: [$($alias:literal),+ $(,)?],)?
        source: $source:literal,
        $kind:ident: [$($input:tt)*],
        params: { $($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?,
                    $(aliases [$($palias:ident),+],)? $about:literal),* $(,)? },
        outputs: { $($output:ident: $meaning:ident $(at $sign:tt $shift:tt)?),+ $(,)? }
        $(, warmup: |$warmup_of:pat_param| $warmup:expr)?
        $(, lookback: |$lookback_of:pat_param| $lookback:expr)?
        $(, settle: $($settles:ident)? $(|$settle_of:pat_param, $tolerance:pat_param| $settle:expr)?)?
        $(, block: |$block_of:pat_param| $block:expr)?
        $(, refusal: |$refusal_of:pat_param| $refusal:expr)?
        $(, waits_for_all: $waits:literal)?
        $(, readiness: $readiness:ident)?
        $(,)?
    ) => {
        $crate::kernel::declare!(@params [$($param: $ty, $about;)*]);

        $crate::kernel::declare! {
            @declared [$(|$warmup_of| $warmup)?] [$(|$lookback_of| $lookback)?] [$($($settles)? $(|$settle_of, $tolerance| $settle)?)?]
            [$(|$block_of| $block)?] [$(|$refusal_of| $refusal)?] [$($waits)?]
        }

        /// The kernel over a number type.
        pub type KernelOf<V> = $kernel<V>;
        /// Version of the arithmetic.
        pub const VERSION: u32 = $version;
        /// Name of the kernel.
        pub const KERNEL: &str = concat!(stringify!($name) $(, ".", stringify!($member))?);

        $crate::kernel::declare!(@spec [$($doc)+] [$name $($member)?] $group [$source] [$($($alias)+)?] $kind [$($input)*]
            [$($param: $ty = $default $(in $min..=$max)?, [$($($palias)+)?] $about;)*] [$($output: $meaning [$($sign $shift)?];)+] [$($readiness)?] [kernel]);
    };
    (@params [$($param:ident: $ty:ident, $about:literal;)*]) => {
        /// Checked parameters.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Params { $(#[doc = $about] pub $param: $ty),* }

        impl Params {
            /// From checked values, in the order of the declaration.
            pub fn from_values(values: &[$crate::catalog::ParamValue]) -> Params {
                #[allow(unused_mut, unused_variables)]
                let mut values = values.iter();
                Params {
                    $($param: <$ty as $crate::catalog::FromParamValue>::from_value(
                        *values.next().expect("one value per parameter"),
                    )),*
                }
            }
        }
    };
    (@settle depends_on_data) => { $crate::catalog::Settle::DependsOnData };
    (@settle never) => { $crate::catalog::Settle::Never };
    // Said apart.
    (@declared [] [] [] [] [] []) => {};
    (
        @declared [|$params:pat_param| $warmup:expr] [$(|$lookback_of:pat_param| $lookback:expr)?]
        [$($settles:ident)? $(|$settle_of:pat_param, $tolerance:pat_param| $settle:expr)?] [$(|$block_of:pat_param| $block:expr)?]
        [$(|$refusal_of:pat_param| $refusal:expr)?] [$($waits:literal)?]
    ) => {
        impl $crate::kernel::Declared<OUTPUTS> for Params {
            $(const WAITS_FOR_ALL: bool = $waits;)?

            fn warmup(&self) -> [usize; OUTPUTS] {
                let $params = self;
                $warmup
            }

            $(fn lookback(&self) -> usize {
                let $lookback_of = self;
                $lookback
            })?

            $(fn settle(&self, $tolerance: f64) -> $crate::catalog::Settle {
                let $settle_of = self;
                $crate::catalog::Settle::from($settle)
            })?

            $(fn settle(&self, _tolerance: f64) -> $crate::catalog::Settle {
                $crate::kernel::declare!(@settle $settles)
            })?

            $(fn block(&self) -> usize {
                let $block_of = self;
                $block
            })?

            $(fn refusal(&self) -> Option<&'static str> {
                let $refusal_of = self;
                $refusal
            })?
        }
    };
    // A text over other indicators.
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: $group:ident, version $version:literal,
        $(aliases: [$($alias:literal),+ $(,)?],)?
        source: $source:literal,
        $kind:ident: [$($input:tt)*],
        params: { $($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?,
                    $(aliases [$($palias:ident),+],)? $about:literal),* $(,)? },
        outputs: { $($output:ident: $meaning:ident $(at $sign:tt $shift:tt)?),+ $(,)? },
        $(refusal: |$refusal_of:pat_param| $refusal:expr,)?
        $(readiness: $readiness:ident,)?
        body: $($text:tt)+
    ) => {
        $crate::kernel::declare!(@params [$($param: $ty, $about;)*]);

        /// Version of the text.
        pub const VERSION: u32 = $version;
        /// Its own name: no kernel is behind it.
        pub const KERNEL: &str = concat!(stringify!($name) $(, ".", stringify!($member))?);

        $crate::kernel::declare!(@spec [$($doc)+] [$name $($member)?] $group [$source] [$($($alias)+)?] $kind [$($input)*]
            [$($param: $ty = $default $(in $min..=$max)?, [$($($palias)+)?] $about;)*] [$($output: $meaning [$($sign $shift)?];)+] [$($readiness)?]
            [body [$($text)+] $($refusal_of, $refusal)?]);
    };
    // The same arithmetic under another name.
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: $group:ident, like $($like:ident)::+,
        $(aliases: [$($alias:literal),+ $(,)?],)?
        source: $source:literal,
        $kind:ident: [$($input:tt)*],
        params: { $($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?,
                    $(aliases [$($palias:ident),+],)? $about:literal),* $(,)? },
        outputs: { $($output:ident: $meaning:ident $(at $sign:tt $shift:tt)?),+ $(,)? } $(,)?
    ) => {
        pub use $($like)::+::{KERNEL, KernelOf, Params, VERSION};

        $crate::kernel::declare!(@spec [$($doc)+] [$name $($member)?] $group [$source] [$($($alias)+)?] $kind [$($input)*]
            [$($param: $ty = $default $(in $min..=$max)?, [$($($palias)+)?] $about;)*] [$($output: $meaning [$($sign $shift)?];)+] [] [kernel]);
    };
    (@spec [$($doc:literal)+] [$name:ident $($member:ident)?] $group:ident [$source:literal] [$($alias:literal)*]
        $kind:ident [$($input:tt)*]
        [$($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?, [$($palias:ident)*] $about:literal;)*]
        [$($output:ident: $meaning:ident [$($plot:tt)*];)+]
        [$($readiness:ident)?]
        [$($made:tt)+]
    ) => {
        /// What the catalogue knows of it.
        pub static SPEC: $crate::catalog::IndicatorSpec = $crate::catalog::IndicatorSpec {
            name: concat!(stringify!($name) $(, ".", stringify!($member))?),
            kernel: KERNEL,
            group: $crate::catalog::group::$group,
            version: VERSION,
            description: concat!($($doc, "\n"),+),
            source: $source,
            aliases: &[$($alias),*],
            inputs: INPUT_SPECS,
            params: &[$($crate::catalog::ParamSpec {
                name: stringify!($param),
                aliases: &[$(stringify!($palias)),*],
                kind: $crate::kernel::declare!(@param $ty $default $($min $max)?),
                description: $about,
            }),*],
            outputs: &[$($crate::catalog::OutputSpec {
                name: stringify!($output),
                kind: $crate::catalog::OutputKind::$meaning,
                plot_offset: $crate::kernel::declare!(@plot $($plot)*),
            }),+],
            folds: $crate::kernel::declare!(@folds $kind),
            waits_for_all: $crate::kernel::declare!(@waits_for_all $($made)+),
            ready_by_data: $crate::kernel::declare!(@ready $($readiness)?),
            refusal: $crate::kernel::declare!(@refusal $($made)+),
            made: $crate::kernel::declare!(@made $($made)+),
        };
        const INPUT_SPECS: &[$crate::catalog::InputSpec] = $crate::kernel::declare!(@$kind $($input)*);
        /// How many inputs the kernel reads.
        pub const INPUTS: usize = INPUT_SPECS.len();
        /// How many outputs it gives.
        pub const OUTPUTS: usize = [$(stringify!($output)),+].len();
    };
    // What a kernel knows, and what is known of a body.
    (@waits_for_all kernel) => { <Params as $crate::kernel::Declared<OUTPUTS>>::WAITS_FOR_ALL };
    (@refusal kernel) => {
        |values| {
            use $crate::kernel::Declared;
            Declared::<OUTPUTS>::refusal(&Params::from_values(values))
        }
    };
    (@made kernel) => {
        $crate::catalog::Made::Kernel {
            timing: |values, tolerance| {
                use $crate::kernel::Declared;
                let params = Params::from_values(values);
                $crate::catalog::Timing {
                    warmup: Declared::<OUTPUTS>::warmup(&params).to_vec(),
                    lookback: Declared::<OUTPUTS>::lookback(&params),
                    settle: Declared::<OUTPUTS>::settle(&params, tolerance),
                    block: Declared::<OUTPUTS>::block(&params),
                }
            },
        }
    };
    (@waits_for_all body $($rest:tt)*) => { true };
    (@refusal body [$($text:tt)+]) => { |_| None };
    (@refusal body [$($text:tt)+] $refusal_of:pat_param, $refusal:expr) => {
        |values| {
            let $refusal_of = &Params::from_values(values);
            $refusal
        }
    };
    (@made body [|$params:pat_param| $text:expr $(,)?] $($refusal:tt)*) => {
        $crate::catalog::Made::Body {
            text: |values| {
                let $params = &Params::from_values(values);
                std::borrow::Cow::from($text)
            },
        }
    };
    (@made body [$text:literal $(,)?] $($refusal:tt)*) => {
        $crate::catalog::Made::Body { text: |_| std::borrow::Cow::from($text) }
    };
    (@ready) => { false };
    (@ready by_data) => { true };
    (@plot) => { None };
    (@plot + $bars:tt) => {
        Some($crate::catalog::PlotOffset { is_ahead: true, bars: stringify!($bars) })
    };
    (@plot - $bars:tt) => {
        Some($crate::catalog::PlotOffset { is_ahead: false, bars: stringify!($bars) })
    };
    (@param $ty:ident $default:literal) => {
        $crate::catalog::ParamKind::Choice { default: $default, accepted: <$ty as $crate::catalog::Choice>::ACCEPTED }
    };
    (@param usize $default:literal $min:literal $max:literal) => {
        $crate::catalog::ParamKind::Int { default: $default, min: $min, max: $max }
    };
    (@param f64 $default:literal $min:literal $max:literal) => {
        $crate::catalog::ParamKind::Float { default: $default, min: $min, max: $max }
    };
    // One series that a call may replace, and behind it what no call can.
    (@series $default:ident $(, $($given:tt)+)?) => {
        $crate::kernel::declare!(@input $default [None] $($($given)+)?)
    };
    (@series $default:ident by $field:ident $(, $($given:tt)+)?) => {
        $crate::kernel::declare!(@input $default [Some(stringify!($field))] $($($given)+)?)
    };
    (@input $default:ident [$($field_param:tt)+] $($given:ident $(of $param:ident)? $(as $of:expr)?),*) => {
        &[
            $crate::catalog::InputSpec {
                name: stringify!($default),
                role: $crate::catalog::InputRole::Series { default: stringify!($default), field_param: $($field_param)+ },
            },
            $($crate::catalog::InputSpec {
                name: stringify!($given),
                role: $crate::kernel::declare!(@given $given $($param)? $(as $of)?),
            }),*
        ]
    };
    // Fields of the bar, values that are computed of them by a text of the language, the bar's time, and when the interval began
    // that it is part of.
    (@fields $($given:ident $(of $param:ident)? $(as $of:expr)?),+) => {
        &[$($crate::catalog::InputSpec {
            name: stringify!($given),
            role: $crate::kernel::declare!(@given $given $($param)? $(as $of)?),
        }),+]
    };
    (@given time) => { $crate::catalog::InputRole::Time };
    (@given interval $param:ident) => { $crate::catalog::InputRole::Interval { by: stringify!($param) } };
    (@given $field:ident as $of:expr) => { $crate::catalog::InputRole::Computed { of: $of } };
    (@given $field:ident) => { $crate::catalog::InputRole::Field { field: stringify!($field) } };
    // Values passed like parameters: fields or numbers when they are left out, conditions, or given always.
    (@operands $($name:ident $(or $field:ident)? $(= $number:literal)? $(is $truth:ident)?),+) => {
        &[$($crate::catalog::InputSpec {
            name: stringify!($name),
            role: $crate::kernel::declare!(@operand $(or $field)? $(= $number)? $(is $truth)?),
        }),+]
    };
    (@operand) => { $crate::catalog::InputRole::Operand { default: None } };
    (@operand or $field:ident) => { $crate::catalog::InputRole::Operand { default: Some(stringify!($field)) } };
    (@operand = $number:literal) => { $crate::catalog::InputRole::NumberOperand { default: $number } };
    (@operand is bool) => { $crate::catalog::InputRole::Condition };
    // Two operands, of which a text may give more.
    (@folded $a:ident, $b:ident) => { $crate::kernel::declare!(@operands $a, $b) };
    (@folds folded) => { true };
    (@folds $kind:ident) => { false };
}
pub(crate) use declare;

/// Lists the indicators by folder, those that are bodies in the language behind the others: declares their modules and gives
/// their specs. `every_kernel!` hands the paths of the others to another macro, so that what is made of each kernel's code is
/// made where it is used.
macro_rules! indicators {
    ($($group:ident { $($name:ident)* $(; bodies $($body:ident)+)? })+) => {
        $crate::kernel::indicators!(@list [$] $($group { $($name)* } { $($($body)+)? })+);
    };
    // The dollar is handed on for the macro that is written here.
    (@list [$dollar:tt] $($group:ident { $($name:ident)* } { $($body:ident)* })+) => {
        $(
            #[allow(missing_docs)]
            pub mod $group { $(pub mod $name;)* $(pub mod $body;)* }
        )+

        /// What every indicator is called, takes and gives.
        pub(crate) static SPECS: &[&$crate::catalog::IndicatorSpec] =
            &[$($(&$group::$name::SPEC,)* $(&$group::$body::SPEC,)*)+];

        macro_rules! every_kernel {
            ($dollar made:ident) => { $dollar made! { $($($crate::indicators::$group::$name)*)+ } };
        }
        pub(crate) use every_kernel;
    };
}
pub(crate) use indicators;
