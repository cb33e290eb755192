//! Made markets: random walks with flat runs, ties, gaps, splits, zero volume, huge and tiny prices, missing bars.

/// A small generator of random numbers; the same seed gives the same market everywhere.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// The five columns of a made market.
#[derive(Clone, Debug)]
pub struct Market {
    pub open: Vec<f64>,
    pub high: Vec<f64>,
    pub low: Vec<f64>,
    pub close: Vec<f64>,
    pub volume: Vec<f64>,
}

impl Market {
    /// A market of so many bars at a random price level, nothing missing.
    pub fn new(seed: u64, bars: usize) -> Market {
        let mut random = Random::new(seed);
        let level = [100.0, 1e-8, 1e12, 1.0, 30_000.0][random.below(5)];
        let mut market = Market { open: vec![], high: vec![], low: vec![], close: vec![], volume: vec![] };
        let mut last: f64 = level;
        let mut flat = 0;
        for _ in 0..bars {
            let open = if random.below(40) == 0 { last * (0.9 + 0.2 * random.unit()) } else { last };
            let mut close = open * (1.0 + 0.02 * (random.unit() - 0.5));
            if random.below(60) == 0 {
                flat = random.below(12);
            }
            match random.below(300) {
                0 => close *= 0.5,
                1 => close *= 2.0,
                _ => {}
            }
            if flat > 0 {
                flat -= 1;
                close = open;
            }
            let wick = if flat > 0 { 0.0 } else { 0.005 * random.unit() };
            market.open.push(open);
            market.high.push(open.max(close) * (1.0 + wick));
            market.low.push(open.min(close) * (1.0 - wick));
            market.close.push(close);
            market.volume.push(if random.below(10) == 0 { 0.0 } else { 1_000.0 * random.unit() });
            last = close;
        }
        market
    }

    /// Leaves out a share of the fields, each for itself.
    pub fn with_missing(mut self, seed: u64, share: f64) -> Market {
        let mut random = Random::new(seed ^ 0x5eed);
        for column in [&mut self.open, &mut self.high, &mut self.low, &mut self.close, &mut self.volume] {
            for x in column {
                if random.unit() < share {
                    *x = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY][random.below(3)];
                }
            }
        }
        self
    }

    pub fn bars(&self) -> usize {
        self.close.len()
    }

    /// The columns that a plan reads, in its order.
    pub fn columns(&self, plan: &ta_engine::plan::Plan) -> Vec<&[f64]> {
        plan.fields()
            .iter()
            .map(|field| match field.field.as_deref() {
                Some("open") => self.open.as_slice(),
                Some("high") => &self.high,
                Some("low") => &self.low,
                Some("close") => &self.close,
                Some("volume") => &self.volume,
                other => panic!("a market has no field {other:?}"),
            })
            .collect()
    }
}
