//! What an indicator is to the engine: a [`Kernel`], and the declaration that gives it a name.

mod also;
mod declare;
mod state;

pub(crate) use also::{Given, Variation, own_words, varied};
pub use declare::Declared;
pub(crate) use declare::{declare, indicators};
pub(crate) use state::state;
pub use state::{State, StateError, Visitor};

pub(crate) use crate::catalog::{Among, Settle, choice};
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
