//! Volume profile of a moving window.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, declare};
use crate::window::{ByLane, Ring};

/// Volumes that differ by no more than this share of all are equal: they may differ by how they were rounded.
const ROUNDING: f64 = 1e-12;

declare! {
    /// Prices at which most was traded: the point of control, and the area around it in which a share of all volume was.
    ///
    /// The range of the last `period` bars is cut into `bins` of one height, and each bar's volume spread evenly over its own
    /// range, since no bar says where in it was traded. The point of control is the middle of the bin that has most, of several
    /// the lowest. The area grows from it by the neighbour that has more, of equal ones the upper, until it holds the share.
    /// Without volume there is none. A value costs time in proportion to `period` and to the bins that its bars reach over.
    volume_profile: volume, kernel VolumeProfile, version 1,
    source: "J. Peter Steidlmayer, Kevin Koy, Markets and Market Logic, 1986",
    fields: [high, low, volume],
    params: {
        period: usize = 100 in 1..=10_000, aliases [lookback, window], "Bars that count.",
        bins: usize = 24 in 2..=1_000, "Into how many parts the range of prices is cut.",
        area: f64 = 0.7 in 0.01..=1.0, "Share of all volume that the area holds.",
    },
    outputs: { poc: Price, vah: Price, val: Price },
    warmup: |p| [p.period - 1; 3],
    readiness: by_data,
}

/// The kernel of many symbols: each has its own.
pub type VolumeProfile<V> = ByLane<V, Profile>;

/// State of `volume_profile`, of one symbol.
#[derive(Debug)]
pub struct Profile {
    highs: Ring<f64>,
    lows: Ring<f64>,
    volumes: Ring<f64>,
    area: f64,
    /// Volume by price, made anew on every bar.
    bins: Box<[f64]>,
}

impl FromParams for Profile {
    type Params = Params;

    fn new(params: &Params) -> Self {
        let ring = || Ring::new(params.period);
        let bins = vec![0.0; params.bins].into();
        Profile { highs: ring(), lows: ring(), volumes: ring(), area: params.area, bins }
    }
}

impl State<f64> for Profile {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.highs.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.highs.visit(visitor)?;
        self.lows.visit(visitor)?;
        self.volumes.visit(visitor)
    }
}

impl Kernel<f64, 3, 3> for Profile {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [high, low, volume]: [f64; 3], ready: bool) -> [f64; 3] {
        if WARM || ready {
            self.highs.push_lanes(high, true);
            self.lows.push_lanes(low, true);
            self.volumes.push_lanes(volume, true);
        }
        if !(WARM || ready && self.highs.is_warm()) {
            return [f64::NAN; 3];
        }
        self.values()
    }
}

impl Profile {
    fn values(&mut self) -> [f64; 3] {
        let least = self.lows.lane(0).fold(f64::INFINITY, f64::min);
        let most = self.highs.lane(0).fold(f64::NEG_INFINITY, f64::max);
        let total = self.fill(least, most);
        if !total.is_finite() || total <= 0.0 {
            return [f64::NAN; 3];
        }
        let bins = &self.bins;
        let rounding = ROUNDING * total;
        let middle =
            (1..bins.len()).fold(0, |at, bin| if bins[bin] > bins[at] + rounding { bin } else { at });
        let (mut from, mut to, mut held) = (middle, middle, bins[middle]);
        while held + rounding < self.area * total && (from > 0 || to + 1 < bins.len()) {
            let below = from.checked_sub(1).map_or(f64::NEG_INFINITY, |at| bins[at]);
            let above = bins.get(to + 1).copied().unwrap_or(f64::NEG_INFINITY);
            if above + rounding >= below {
                (to, held) = (to + 1, held + above);
            } else {
                (from, held) = (from - 1, held + below);
            }
        }
        let height = (most - least) / bins.len() as f64;
        let edge = |bin: f64| least + bin * height;
        [edge(middle as f64 + 0.5), edge(to as f64 + 1.0), edge(from as f64)]
    }

    /// Spreads the volume of all bars over the bins of a range; gives how much it is.
    fn fill(&mut self, least: f64, most: f64) -> f64 {
        self.bins.fill(0.0);
        let (count, last) = (self.bins.len() as f64, self.bins.len() - 1);
        let height = (most - least) / count;
        // In bins: what a bar gives to each that it covers is the same number, so that as many are as many.
        let place = |price: f64| if price < most { ((price - least) / height).min(count) } else { count };
        let bars = self.lows.lane(0).zip(self.highs.lane(0)).zip(self.volumes.lane(0));
        let mut total = 0.0;
        for ((low, high), volume) in bars {
            total += volume;
            let (low, high) = (place(low), place(high));
            let [from, to] = [low, high].map(|place| (place as usize).min(last));
            if from >= to {
                self.bins[from] += volume;
                continue;
            }
            for (bin, held) in self.bins[from..=to].iter_mut().enumerate() {
                let bottom = (from + bin) as f64;
                let reach = f64::min(high, bottom + 1.0) - f64::max(low, bottom);
                *held += volume * (reach / (high - low));
            }
        }
        total
    }
}
