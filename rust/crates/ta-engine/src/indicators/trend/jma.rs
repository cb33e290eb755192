//! Jurik's moving average.

use crate::kernel::declare;

/// Bars whose volatility is averaged, in fives.
const AVERAGED: usize = 65;

declare! {
    /// Mean that follows fast where volatility is above its own average, smoothed three times.
    ///
    /// The formula that Jurik Research sells is not public; this is the reconstruction that has been published and that other
    /// libraries have. How volatility is averaged differs between them; here it is the plain mean of the last 65 values, or of
    /// as many as there are. Before the first bar all stands at its price. It begins anew
    /// where it is beyond 1e300.
    ///
    /// ```text
    /// half       = (period - 1) / 2
    /// most       = max(log2(sqrt(half)) + 2, 0)        power = max(most - 2, 1/2)
    /// narrows    = sqrt(half) * most / (sqrt(half) * most + 1)
    /// volatility = max(abs(x - upper[1]), abs(x - lower[1]))
    /// relative   = volatility / mean(mean(volatility, 10), 65), from 1 to most ** (1 / power)
    /// swing      = relative ** power
    /// upper      = max(x, x - narrows ** sqrt(swing) * (x - upper[1])), lower likewise below
    /// beta       = 0.45 * (period - 1) / (0.45 * (period - 1) + 2)
    /// alpha      = beta ** swing
    /// first      = alpha * first[1] + (1 - alpha) * x
    /// lead       = beta * lead[1] + (1 - beta) * (x - first)
    /// second     = first + (phase / 100 + 1.5) * lead
    /// turn       = alpha ** 2 * turn[1] + (1 - alpha) ** 2 * (second - jma[1])
    /// jma        = jma[1] + turn
    /// ```
    jma: trend, version 1,
    source: "Jurik Research, JMA; reconstructed from its behaviour by A. Smirnov and others, Spekulant, 2003, and by Igor Durkin, 2007",
    series: [close by source],
    params: {
        period: usize = 7 in 2..=1_000_000, aliases [lookback], "About as many values as are averaged.",
        phase: f64 = 0.0 in -100.0..=100.0, "Less lag and more overshooting the greater it is.",
    },
    outputs: { value: Price },
    body: |p| {
        let (half, longer) = ((p.period as f64 - 1.0) / 2.0, 0.45 * (p.period as f64 - 1.0));
        let most = (libm::log2(half.sqrt()) + 2.0).max(0.0);
        let power = (most - 2.0).max(0.5);
        let reach = half.sqrt() * most;
        let (narrows, beta, ratio) = (reach / (reach + 1.0), longer / (longer + 2.0), p.phase / 100.0 + 1.5);
        // What is beyond all prices would overflow for as long as it is remembered.
        let again = "restart when greatest(abs(upper[1]), abs(lower[1]), abs(line[1])) > 1e300";
        // Sums of windows, not of what comes and goes: what has left them leaves no rounding behind.
        let older: String = (5..AVERAGED).step_by(5).map(|back| format!(" + fives[{back}]")).collect();
        format!(
            "let volatility = greatest(abs(close - upper[1]), abs(close - lower[1])) from 0 {again};
            let five = volatility + volatility[1] + volatility[2] + volatility[3] + volatility[4] from 0 {again};
            let short = (five + five[5]) / 10 from 0 {again};
            let fives = short + short[1] + short[2] + short[3] + short[4] from 0 {again};
            let long = fives{older};
            let bars = least(bars[1] + 1, {AVERAGED}) from 0 {again};
            let relative = if(long > 0, greatest(least(volatility * bars / long, {}), 1), 1);
            let swing = relative ** {power};
            let reach = {narrows} ** sqrt(swing);
            let upper = if(close > upper[1], close, close - reach * (close - upper[1])) from close {again};
            let lower = if(close < lower[1], close, close - reach * (close - lower[1])) from close {again};
            let alpha = {beta} ** swing;
            let first = first[1] + (1 - alpha) * (close - first[1]) from close {again};
            let lead = {beta} * lead[1] + (1 - {beta}) * (close - first) from 0 {again};
            let turn = alpha * alpha * turn[1] + (1 - alpha) * (1 - alpha) * (first + {ratio} * lead - line[1])
                from 0 {again};
            let line = line[1] + turn from close {again};
            line",
            libm::pow(most, 1.0 / power),
        )
    },
}
