//! A kernel of one symbol as one of many: for what branches by its nature, such as order statistics and swing points.
//!
//! Each lane has a kernel of its own, so its bits and its bytes are those of a symbol alone; a tile gains no speed.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// A kernel of one symbol for each lane.
#[derive(Debug)]
pub struct ByLane<V: Lanes, K: OneLane>(V::Each<K>);

/// What a lane may have of its own.
pub trait OneLane: State<f64> + FromParams + std::fmt::Debug + Sync {}

impl<K: State<f64> + FromParams + std::fmt::Debug + Sync> OneLane for K {}

impl<V: Lanes, K: OneLane> FromParams for ByLane<V, K> {
    type Params = K::Params;

    fn new(params: &K::Params) -> Self {
        ByLane(V::each(|| K::new(params)))
    }
}

impl<V: Lanes, K: OneLane> State<V> for ByLane<V, K> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        (0..V::LANES).all(|lane| self.0[lane].is_warm())
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.each::<V, K>(&mut self.0)
    }
}

impl<V, K, const IN: usize, const OUT: usize> Kernel<V, IN, OUT> for ByLane<V, K>
where
    V: Lanes,
    K: Kernel<f64, IN, OUT> + OneLane,
{
    const EVERY_BAR: bool = K::EVERY_BAR;
    const WARM_BEFORE_FIRST: bool = K::WARM_BEFORE_FIRST;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, inputs: [V; IN], ready: V::Mask) -> [V; OUT] {
        let mut values = [V::NAN; OUT];
        for lane in 0..V::LANES {
            let is_ready = WARM || ready.lane(lane);
            if is_ready || K::EVERY_BAR {
                let mut own = [0.0; IN];
                for (own, x) in own.iter_mut().zip(&inputs) {
                    *own = x.lane(lane);
                }
                let given = self.0[lane].step::<WARM>(own, is_ready);
                for (value, x) in values.iter_mut().zip(given) {
                    value.set_lane(lane, x);
                }
            }
        }
        values
    }
}
