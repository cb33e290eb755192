//! What TA-Lib knows of the dominant cycle: its phase, its waves, the line without it, and whether there is one.

use std::f64::consts::PI;
use std::sync::LazyLock;

use crate::indicators::hilbert::Hilbert;
use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, declare};
use crate::window::{ByLane, Wait};

declare! {
    /// Phase in degrees of the dominant cycle, its sine and the one an eighth ahead, the line without the cycle, and whether
    /// there is a trend (1) or a cycle (0).
    ///
    /// The period is that of the Hilbert transforms that `talib.ht_dcperiod` has, here begun behind the first 37 values. The phase is
    /// that of the smoothed values over one such period. The line is the mean of a period's values, weighted over four bars. There is
    /// a cycle where the sines crossed less than half a period ago or the phase goes on as fast as the period says, unless price
    /// is more than 1.5 % from the line. All are given from the 64th value on, as in TA-Lib; `talib.ht_dcphase`, `talib.ht_sine`,
    /// `talib.ht_trendline` and `talib.ht_trendmode` are the parts.
    talib.ht_cycle: cycle, kernel HtCycle, version 1,
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_DCPHASE, HT_SINE, HT_TRENDLINE and HT_TRENDMODE",
    series: [close],
    params: {},
    outputs: { phase: Number, sine: Number, lead_sine: Number, trendline: Price, trend_mode: Number },
    warmup: |_| [63; 5],
    settle: depends_on_data,
}

/// The longest period.
const LONGEST: usize = 50;

/// The kernel of many symbols: each has its own.
pub type HtCycle<V> = ByLane<V, OneCycle>;

/// State of `talib.ht_cycle`, of one symbol.
#[derive(Debug)]
pub struct OneCycle {
    cycle: Hilbert<f64>,
    /// What is not given.
    wait: Wait<f64>,
    /// Smoothed values and values as they are, the last first.
    smooths: [f64; LONGEST],
    values: [f64; LONGEST],
    phase: f64,
    sines: [f64; 2],
    /// Means of the values of a period, the last first.
    means: [f64; 3],
    /// Bars since the sines crossed.
    age: f64,
}

/// Sines and cosines of the parts of a circle, for each number of parts.
static CIRCLES: LazyLock<Vec<Vec<[f64; 2]>>> = LazyLock::new(|| {
    let part = |at: usize, parts: usize| {
        let angle = at as f64 * (2.0 * PI) / parts as f64;
        [libm::sin(angle), libm::cos(angle)]
    };
    (0..=LONGEST).map(|parts| (0..parts).map(|at| part(at, parts)).collect()).collect()
});

impl FromParams for OneCycle {
    type Params = Params;

    fn new(_params: &Params) -> Self {
        // A step has no time for it.
        LazyLock::force(&CIRCLES);
        OneCycle {
            cycle: Hilbert::new(37),
            wait: Wait::new(63),
            smooths: [0.0; LONGEST],
            values: [0.0; LONGEST],
            phase: 0.0,
            sines: [0.0; 2],
            means: [0.0; 3],
            age: 0.0,
        }
    }
}

impl State<f64> for OneCycle {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.cycle.is_warm() && self.wait.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.cycle.visit(visitor)?;
        self.wait.visit(visitor)?;
        self.smooths.visit(visitor)?;
        self.values.visit(visitor)?;
        self.sines.visit(visitor)?;
        self.means.visit(visitor)?;
        visitor.lanes(&mut self.phase)?;
        visitor.lanes(&mut self.age)
    }
}

/// Puts a value in front; the oldest goes.
#[inline(always)]
fn put_first<const N: usize>(row: &mut [f64; N], x: f64) {
    row.copy_within(..N - 1, 1);
    row[0] = x;
}

impl OneCycle {
    /// The phase of the last period of smoothed values, in degrees.
    fn phase(&self, length: usize, period: f64) -> f64 {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for ([sine, cosine], smooth) in CIRCLES[length].iter().zip(&self.smooths) {
            real += sine * smooth;
            imaginary += cosine * smooth;
        }
        let mut phase = self.phase;
        if imaginary == 0.0 {
            // As the sign of the other part says, from where it was.
            phase += 90.0 * (f64::from(real > 0.0) - f64::from(real < 0.0));
        } else {
            phase = libm::atan(real / imaginary) * (180.0 / PI);
        }
        phase += 90.0 + 360.0 / period;
        if imaginary < 0.0 {
            phase += 180.0;
        }
        if phase > 315.0 { phase - 360.0 } else { phase }
    }
}

impl Kernel<f64, 1, 5> for OneCycle {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; 5] {
        let cycle = self.cycle.push::<WARM>(x, ready);
        let given = self.wait.push::<WARM>(ready);
        if WARM || ready {
            put_first(&mut self.values, x);
        }
        if !cycle.is_there {
            return [f64::NAN; 5];
        }
        put_first(&mut self.smooths, cycle.smooth);
        let period = cycle.period;
        let length = ((period + 0.5) as usize).min(LONGEST);
        let before = self.phase;
        self.phase = self.phase(length, period);
        let radians = |degrees: f64| degrees * (PI / 180.0);
        let [sine_before, lead_before] = self.sines;
        let [sine, lead] = [libm::sin(radians(self.phase)), libm::sin(radians(self.phase + 45.0))];
        self.sines = [sine, lead];

        let sum: f64 = self.values[..length].iter().sum();
        let mean = if length > 0 { sum / length as f64 } else { sum };
        let [one, two, three] = self.means;
        let line = (4.0 * mean + 3.0 * one + 2.0 * two + three) / 10.0;
        self.means = [mean, one, two];

        let crossed =
            (sine > lead && sine_before <= lead_before) || (sine < lead && sine_before >= lead_before);
        self.age = if crossed { 1.0 } else { self.age + 1.0 };
        let step = self.phase - before;
        let goes_on = period != 0.0 && step > 0.67 * 360.0 / period && step < 1.5 * 360.0 / period;
        let is_far = line != 0.0 && ((cycle.smooth - line) / line).abs() >= 0.015;
        let is_trend = is_far || !(crossed || self.age < 0.5 * period || goes_on);
        let all = [self.phase, sine, lead, line, f64::from(is_trend)];
        if !all.iter().all(|x| x.is_finite()) {
            // A sum that overflowed would never go.
            (self.means, self.phase, self.sines) = ([0.0; 3], 0.0, [0.0; 2]);
        }
        if given { all } else { [f64::NAN; 5] }
    }
}
