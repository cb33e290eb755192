//! Fractal Adaptive Moving Average.

use crate::kernel::declare;

declare! {
    /// Exponential mean of the bars' middles whose weight is the greater the straighter they run.
    ///
    /// The weight is 1 where the halves of the window have no more range together than all of it, or one of them has none. It
    /// begins with the middle of the bar before the first window is full.
    ///
    /// ```text
    /// n     = (range of the newer half + range of the older half) / range of all, each max(high) - min(low)
    /// alpha = exp(-4.6 * log2(n)), 1 at most
    /// frama = alpha * m + (1 - alpha) * frama[1]     m = (high + low) / 2
    /// ```
    frama: trend, version 1,
    also: [talib.frama(period as timeperiod)],
    source: "John F. Ehlers, FRAMA: Fractal Adaptive Moving Average, Stocks & Commodities, 2005",
    fields: [high, low],
    params: { period: usize = 16 in 2..=1_000_000, aliases [lookback], "Bars of the window, an even number." },
    outputs: { value: Price },
    refusal: |p| (p.period % 2 == 1).then_some("`period` is an odd number; an even one is needed"),
    body: |p| {
        let half = p.period / 2;
        format!(
            "let middle = 0.5 * (high + low);
            let newer = max(high, {half}) - min(low, {half});
            let older = newer[{half}];
            let all = max(high, period) - min(low, period);
            let is_rough = newer > 0 and older > 0 and newer + older > all;
            let weight = if(is_rough, exp(-4.6 / log(2) * log((newer + older) / all)), 1);
            let line = if(weight == 1, middle, (1 - weight) * line[1] + weight * middle) from middle[1]; line"
        )
    },
}
