//! Hurst exponent of a moving window.

use crate::kernel::declare;
use crate::window::{ByLane, Figure, Scanned, most_of_each, near_one, sum_of_each};

declare! {
    /// How the range of sums grows with their number: above 0.5 where moves go on, below where they turn back.
    ///
    /// The last `period` values are cut into 1, 2, ... `chunks` pieces of one length, from the oldest on; of each the range that
    /// its sums of distances from its mean pass through is divided by its standard deviation. The exponent is the slope of the
    /// straight line through the logarithms of the means of these against those of the lengths, from 0 to 1. It is asked of
    /// changes, `hurst(close / close[1] - 1)`: of prices themselves it is near 1. Pieces of equal values do not count; where
    /// all are it is 0.5. A value costs time in proportion to `period` and `chunks`.
    ///
    /// ```text
    /// rescaled(piece) = (max(sums) - min(sums)) / deviation(piece), sums of piece - mean(piece)
    /// hurst = slope of log(mean(rescaled(pieces of length m))) over log(m), m = period, period / 2, ... period / chunks
    /// ```
    hurst: statistic, kernel Hurst, version 1,
    source: "Harold E. Hurst, Long-Term Storage Capacity of Reservoirs, 1951; Benoit Mandelbrot, James Wallis, 1969",
    series: [close by source],
    params: {
        period: usize = 100 in 4..=10_000, aliases [lookback], "Values that count.",
        chunks: usize = 4 in 2..=64, "Into how many pieces the window is cut at most; each has two values at least.",
    },
    outputs: { value: Number },
    warmup: |p| [p.period - 1],
    refusal: |p| (p.period < 2 * p.chunks).then_some("Period must be at least twice the number of chunks"),
}

/// The kernel of many symbols: each has its own.
pub type Hurst<V> = ByLane<V, Scanned<RescaledRange, 1>>;

/// Rescaled ranges of the pieces of a window.
#[derive(Debug)]
pub struct RescaledRange {
    /// Lengths of pieces, and their logarithms.
    lengths: Box<[(usize, f64)]>,
    /// Logarithms of lengths and of mean rescaled ranges.
    points: Vec<(f64, f64)>,
}

impl Figure<1> for RescaledRange {
    type Params = Params;

    fn new(params: &Params) -> Self {
        let lengths = (1..=params.chunks).map(|many| params.period / many);
        RescaledRange {
            lengths: lengths.map(|length| (length, libm::log(length as f64))).collect(),
            points: Vec::with_capacity(params.chunks),
        }
    }

    fn period(params: &Params) -> usize {
        params.period
    }

    fn of(&mut self, window: &[f64]) -> [f64; 1] {
        let first = window[0];
        let near = near_one(most_of_each(window, |x| (x - first).abs()));
        self.points.clear();
        for (length, log_length) in &self.lengths {
            let ranges = window.chunks_exact(*length).filter_map(|piece| rescaled(piece, first, near));
            let (sum, count) = ranges.fold((0.0, 0.0), |(sum, count), range| (sum + range, count + 1.0));
            if count > 0.0 {
                self.points.push((*log_length, libm::log(sum / count)));
            }
        }
        [slope(&self.points).map_or(0.5, |slope| slope.clamp(0.0, 1.0))]
    }
}

/// The range that the sums of a piece's distances from its mean pass through, in standard deviations; `None` where its values
/// are equal.
fn rescaled(piece: &[f64], first: f64, near: f64) -> Option<f64> {
    if piece.iter().all(|x| *x == piece[0]) {
        return None;
    }
    let count = piece.len() as f64;
    // What is asked has no unit: about one of the values, near one, nothing overflows and a great mean takes no digits.
    let share = |x: f64| (x - first) * near;
    let mean = sum_of_each(piece, share) / count;
    let squares = sum_of_each(piece, |x| (share(x) - mean) * (share(x) - mean));
    let (mut sum, mut most, mut least) = (0.0, f64::NEG_INFINITY, f64::INFINITY);
    for x in piece {
        sum += share(*x) - mean;
        most = f64::max(most, sum);
        least = f64::min(least, sum);
    }
    Some((most - least) / (squares / count).sqrt())
}

/// The slope of the straight line that is nearest to points; `None` where they are not two.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let count = points.len() as f64;
    let x_mean = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let y_mean = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let products = points.iter().map(|(x, y)| (x - x_mean) * (y - y_mean)).sum::<f64>();
    let squares = points.iter().map(|(x, _)| (x - x_mean) * (x - x_mean)).sum::<f64>();
    (points.len() > 1).then_some(products / squares)
}
