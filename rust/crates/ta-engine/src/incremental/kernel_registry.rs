//! From a plan's kernel to its code: kernels wired to the slots of a row and compiled for the chosen instructions.
//!
//! Every schedule comes down to [`advance`] for one bar or [`Kernel::run`] for a column of ready bars. The usual bar of one
//! symbol, ready and with a warm kernel, is `advance` with its choices made by branches.

use std::hint::cold_path;
use std::sync::LazyLock;

use crate::batch::{Columns, LookThrough};
use crate::catalog::{IndicatorSpec, ParamValue};
use crate::hashing::WordMap;
use crate::incremental::state::{Loader, Measure, PutBack, Remember, Saver};
use crate::indicators::every_indicator;
use crate::isa::{Best, Isa, Work};
use crate::kernel::{Kernel, Known, StateError};
use crate::lanes::{Lanes, Lanes8, Mask};
use crate::plan::PlanError;

/// One indicator of the list.
pub(crate) struct Entry {
    /// What it is called and takes.
    pub(crate) spec: &'static IndicatorSpec,
    /// Builds its kernel for one symbol.
    pub(crate) single: fn(&[ParamValue], &Wiring, Best) -> Box<dyn SingleNode>,
    /// Builds its kernels for tiles of symbols.
    pub(crate) group: fn(&[ParamValue], &Wiring, usize, Best) -> Box<dyn GroupNode>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.spec.name)
    }
}

macro_rules! entries {
    ($($($path:ident)::+)+) => {
        /// Every indicator's code, in the order of the list.
        static ENTRIES: &[Entry] = &[$({
            use $($path)::+ as indicator;
            Entry {
                spec: &indicator::SPEC,
                single: |values, wiring, best| {
                    let params = indicator::Params::from_values(values);
                    single::<indicator::KernelOf<f64>, { indicator::INPUTS }, { indicator::OUTPUTS }>(
                        &params, wiring, best,
                    )
                },
                group: |values, wiring, tiles, best| {
                    let params = indicator::Params::from_values(values);
                    group::<indicator::KernelOf<Lanes8>, { indicator::INPUTS }, { indicator::OUTPUTS }>(
                        &params, wiring, tiles, best,
                    )
                },
            }
        }),+];
    };
}
every_indicator!(entries);

/// The entry of each spec, by the spec's address.
static ENTRY_OF: LazyLock<WordMap<usize, &'static Entry>> =
    LazyLock::new(|| ENTRIES.iter().map(|entry| (std::ptr::from_ref(entry.spec).addr(), entry)).collect());

/// The code of an indicator.
///
/// # Errors
/// Where the list does not have it.
pub(crate) fn entry_of(spec: &'static IndicatorSpec) -> Result<&'static Entry, PlanError> {
    let unknown =
        || PlanError::Unsupported(format!("indicator `{}` has no kernel in this engine", spec.name));
    ENTRY_OF.get(&std::ptr::from_ref(spec).addr()).copied().ok_or_else(unknown)
}

/// Where a node's inputs and outputs stand in the row.
#[derive(Clone, Debug)]
pub(crate) struct Wiring {
    /// One slot per input.
    pub(crate) inputs: Vec<usize>,
    /// The first output's slot, behind all inputs; the others follow.
    pub(crate) output: usize,
}

/// A node in a session: one symbol. Those without state have nothing to say but what they compute.
pub(crate) trait SingleNode: Send + Sync {
    /// Takes one bar from the row and puts its values there.
    fn step(&mut self, row: &mut [f64]);
    /// Takes a chunk of bars from the columns and puts its values there.
    fn run(&mut self, columns: &mut Columns<'_, f64>);
    /// Whether the last step, had its inputs been ready, was past the warm-up. To be asked before anything is put back.
    fn was_warm(&self) -> bool {
        true
    }
    /// How many canonical bytes the state takes, whatever was seen.
    fn state_bytes(&mut self) -> usize {
        0
    }
    /// Appends the state's canonical bytes.
    fn save(&mut self, _out: &mut Vec<u8>) {}
    /// Reads the state.
    fn load(&mut self, _loader: &mut Loader<'_>) -> Result<(), StateError> {
        Ok(())
    }
    /// Remembers what the next step may overwrite.
    fn remember(&mut self, _memory: &mut Vec<u64>) {}
    /// Puts back what was remembered.
    fn put_back(&mut self, _memory: &mut PutBack<'_>) {}
}

/// A node in a universe: tiles of eight symbols. Those without state have nothing to say but what they compute.
pub(crate) trait GroupNode: Send + Sync {
    /// Takes one bar of every tile; `rows` holds `tiles` values per slot.
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize);
    /// Takes a chunk of bars of one tile.
    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>);
    /// Appends one symbol's canonical bytes.
    fn save(&mut self, _symbol: usize, _out: &mut Vec<u8>) {}
    /// Reads one symbol's state.
    fn load(&mut self, _symbol: usize, _loader: &mut Loader<'_>) -> Result<(), StateError> {
        Ok(())
    }
}

/// Takes one bar in the lanes where every input is ready; the others keep their state and give NaN. `is_warm` is what
/// the kernel says of itself.
#[inline(always)]
fn advance<V: Lanes, K: Kernel<V, IN, OUT>, const IN: usize, const OUT: usize>(
    kernel: &mut K,
    is_warm: bool,
    inputs: [V; IN],
) -> [V; OUT] {
    let mut ready = V::Mask::ALL;
    for x in &inputs {
        ready = ready & x.is_number();
    }
    // Plain loops here and below: what the compiler leaves as a call, as it may a closure, is compiled for the baseline.
    let mut values;
    if !K::EVERY_BAR && is_warm && ready.all() {
        values = kernel.step::<true>(inputs, ready);
    } else if K::EVERY_BAR || ready.any() {
        values = kernel.step::<false>(inputs, ready);
        for x in &mut values {
            *x = if K::EVERY_BAR { *x } else { V::select(ready, *x, V::NAN) };
        }
    } else {
        return [V::NAN; OUT];
    }
    for x in &mut values {
        *x = x.finite_or_nan();
    }
    values
}

/// One bar of some columns.
#[inline(always)]
fn bar_of<V: Lanes, const N: usize>(columns: &[&[V]; N], bar: usize) -> [V; N] {
    let mut row = [V::ZERO; N];
    for at in 0..N {
        row[at] = columns[at][bar];
    }
    row
}

/// Writes one bar of some columns.
#[inline(always)]
fn put_bar<V: Lanes, const N: usize>(columns: &mut [&mut [V]; N], bar: usize, row: [V; N]) {
    for at in 0..N {
        columns[at][bar] = row[at];
    }
}

/// Takes a chunk's bars from `bar` on: in one go where all inputs are ready and the kernel is warm, else bar by bar.
/// Says whether the kernel was warm before the last bar.
#[inline(always)]
fn run_chunk<V: Lanes, K: Kernel<V, IN, OUT>, const IN: usize, const OUT: usize>(
    kernel: &mut K,
    inputs: &[usize; IN],
    output: usize,
    mut bar: usize,
    columns: &mut Columns<'_, V>,
) -> bool {
    let all_ready = !K::EVERY_BAR && inputs.iter().all(|slot| columns.is_ready(*slot));
    let bars = columns.bars();
    let (ins, mut outs) = columns.split::<IN, OUT>(inputs, output);
    let mut was_warm = true;
    while bar < bars && !(all_ready && kernel.is_warm()) {
        was_warm = kernel.is_warm();
        put_bar(&mut outs, bar, advance(kernel, was_warm, bar_of(&ins, bar)));
        bar += 1;
    }
    let from_first = bar == 0;
    let mut known = Known::Nothing;
    if bar < bars {
        was_warm = true;
        known =
            kernel.run(ins.map(|column| &column[bar..]), outs.each_mut().map(|column| &mut column[bar..]));
    }
    for slot in output..output + OUT {
        match known {
            Known::AllFinite if from_first => columns.all_ready(slot),
            _ => columns.tidy(slot),
        }
    }
    was_warm
}

struct Single<K, I, const IN: usize, const OUT: usize> {
    kernel: K,
    inputs: [usize; IN],
    output: usize,
    was_warm: bool,
    isa: I,
}

/// One bar in the row.
struct StepRow<'a>(&'a mut [f64]);

impl<K: Kernel<f64, IN, OUT>, I, const IN: usize, const OUT: usize> Work<Single<K, I, IN, OUT>>
    for StepRow<'_>
{
    type Output = ();
    #[inline(always)]
    fn run(self, node: &mut Single<K, I, IN, OUT>) {
        let mut inputs = [0.0; IN];
        let mut ready = true;
        for (input, slot) in inputs.iter_mut().zip(node.inputs) {
            *input = self.0[slot];
            ready &= !input.is_nan();
        }
        // The usual bar waits for no choice: what is seldom otherwise is foreseen by the processor.
        let mut values = if !K::EVERY_BAR && node.was_warm && ready {
            node.kernel.step::<true>(inputs, true)
        } else {
            cold_path();
            // A warm kernel stays warm, so one byte says it from then on.
            node.was_warm = node.kernel.is_warm();
            advance(&mut node.kernel, node.was_warm, inputs)
        };
        for x in &mut values {
            if !x.is_finite() {
                cold_path();
                *x = f64::NAN;
            }
        }
        self.0[node.output..node.output + OUT].copy_from_slice(&values);
    }
}

/// A chunk from a bar on, all of whose columns somebody has looked through.
struct RunChunk<'a, 'b, V: Lanes, const IN: usize, const OUT: usize> {
    inputs: &'a [usize; IN],
    output: usize,
    bar: usize,
    columns: &'a mut Columns<'b, V>,
}

impl<V: Lanes, K: Kernel<V, IN, OUT>, const IN: usize, const OUT: usize> Work<K>
    for RunChunk<'_, '_, V, IN, OUT>
{
    type Output = bool;
    #[inline(always)]
    fn run(self, kernel: &mut K) -> bool {
        run_chunk(kernel, self.inputs, self.output, self.bar, self.columns)
    }
}

/// A chunk from its first bar on, for a warm kernel that looks through the columns itself. Gives the bars taken.
struct RunLooking<'a, 'b, const IN: usize, const OUT: usize> {
    inputs: &'a [usize; IN],
    output: usize,
    columns: &'a mut Columns<'b, f64>,
}

impl<K: Kernel<f64, IN, OUT>, const IN: usize, const OUT: usize> Work<K> for RunLooking<'_, '_, IN, OUT> {
    type Output = usize;
    #[inline(always)]
    fn run(self, kernel: &mut K) -> usize {
        let (ins, outs) = self.columns.split::<IN, OUT>(self.inputs, self.output);
        let taken = kernel.run_while_ready(ins, outs);
        if taken == self.columns.bars() {
            for slot in self.output..self.output + OUT {
                self.columns.all_ready(slot);
            }
        }
        taken
    }
}

impl<K, I, const IN: usize, const OUT: usize> SingleNode for Single<K, I, IN, OUT>
where
    K: Kernel<f64, IN, OUT> + Sync,
    I: Isa,
{
    fn step(&mut self, row: &mut [f64]) {
        let isa = self.isa;
        isa.run(self, StepRow(row));
    }

    fn run(&mut self, columns: &mut Columns<'_, f64>) {
        let (inputs, output) = (&self.inputs, self.output);
        let mut bar = 0;
        if K::LOOKS_THROUGH && self.kernel.is_warm() {
            self.was_warm = true;
            bar = self.isa.run(&mut self.kernel, RunLooking::<IN, OUT> { inputs, output, columns });
            if bar == columns.bars() {
                return;
            }
        }
        for slot in inputs {
            self.isa.run(columns, LookThrough(*slot));
        }
        let work = RunChunk::<f64, IN, OUT> { inputs, output, bar, columns };
        self.was_warm = self.isa.run(&mut self.kernel, work);
    }

    fn was_warm(&self) -> bool {
        // Or the last ready bar gave a value though the kernel was not warm before it.
        self.was_warm || (!K::WARM_BEFORE_FIRST && self.kernel.is_warm())
    }

    fn state_bytes(&mut self) -> usize {
        let mut measure = Measure(0);
        self.kernel.visit(&mut measure).expect("measuring cannot fail");
        measure.0
    }

    fn save(&mut self, out: &mut Vec<u8>) {
        self.kernel.visit(&mut Saver { lane: 0, out }).expect("saving cannot fail");
    }

    fn load(&mut self, loader: &mut Loader<'_>) -> Result<(), StateError> {
        self.was_warm = false;
        self.kernel.visit(loader)
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        self.kernel.visit(&mut Remember(memory)).expect("remembering cannot fail");
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        self.was_warm = false;
        self.kernel.visit(memory).expect("putting back cannot fail");
    }
}

struct Group<K, I, const IN: usize, const OUT: usize> {
    kernels: Vec<K>,
    inputs: [usize; IN],
    output: usize,
    isa: I,
}

struct StepGroup<'a, const IN: usize, const OUT: usize> {
    inputs: [usize; IN],
    output: usize,
    rows: &'a mut [Lanes8],
    tiles: usize,
}

impl<K: Kernel<Lanes8, IN, OUT>, const IN: usize, const OUT: usize> Work<[K]> for StepGroup<'_, IN, OUT> {
    type Output = ();
    #[inline(always)]
    fn run(self, kernels: &mut [K]) {
        let tiles = self.tiles;
        let (before, after) = self.rows.split_at_mut(self.output * tiles);
        let ins: [&[Lanes8]; IN] = self.inputs.map(|slot| &before[slot * tiles..][..tiles]);
        let mut rest = after.chunks_exact_mut(tiles);
        let mut outs: [&mut [Lanes8]; OUT] = std::array::from_fn(|_| rest.next().expect("a slot per output"));
        for (tile, kernel) in kernels.iter_mut().enumerate() {
            let is_warm = kernel.is_warm();
            put_bar(&mut outs, tile, advance(kernel, is_warm, bar_of(&ins, tile)));
        }
    }
}

impl<K, I, const IN: usize, const OUT: usize> GroupNode for Group<K, I, IN, OUT>
where
    K: Kernel<Lanes8, IN, OUT> + Sync,
    I: Isa,
{
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize) {
        let (inputs, output) = (self.inputs, self.output);
        self.isa.run(self.kernels.as_mut_slice(), StepGroup::<IN, OUT> { inputs, output, rows, tiles });
    }

    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>) {
        let work = RunChunk::<Lanes8, IN, OUT> { inputs: &self.inputs, output: self.output, bar: 0, columns };
        self.isa.run(&mut self.kernels[tile], work);
    }

    fn save(&mut self, symbol: usize, out: &mut Vec<u8>) {
        let saver = &mut Saver { lane: symbol % Lanes8::LANES, out };
        self.kernels[symbol / Lanes8::LANES].visit(saver).expect("saving cannot fail");
    }

    fn load(&mut self, symbol: usize, loader: &mut Loader<'_>) -> Result<(), StateError> {
        loader.lane = symbol % Lanes8::LANES;
        self.kernels[symbol / Lanes8::LANES].visit(loader)
    }
}

/// Wires a kernel for one symbol.
pub(crate) fn single<K, const IN: usize, const OUT: usize>(
    params: &K::Params,
    wiring: &Wiring,
    best: Best,
) -> Box<dyn SingleNode>
where
    K: Kernel<f64, IN, OUT> + Sync,
{
    let kernel = K::new(params);
    let inputs = inputs_of(wiring);
    let (output, was_warm) = (wiring.output, false);
    match best {
        #[cfg(target_arch = "x86_64")]
        Best::Avx2Fma(isa) => Box::new(Single { kernel, inputs, output, was_warm, isa }),
        Best::Baseline(isa) => Box::new(Single { kernel, inputs, output, was_warm, isa }),
    }
}

/// Wires a kernel for tiles of eight symbols.
pub(crate) fn group<K, const IN: usize, const OUT: usize>(
    params: &K::Params,
    wiring: &Wiring,
    tiles: usize,
    best: Best,
) -> Box<dyn GroupNode>
where
    K: Kernel<Lanes8, IN, OUT> + Sync,
{
    let kernels = (0..tiles).map(|_| K::new(params)).collect();
    let inputs = inputs_of(wiring);
    let output = wiring.output;
    match best {
        #[cfg(target_arch = "x86_64")]
        Best::Avx2Fma(isa) => Box::new(Group { kernels, inputs, output, isa }),
        Best::Baseline(isa) => Box::new(Group { kernels, inputs, output, isa }),
    }
}

fn inputs_of<const IN: usize>(wiring: &Wiring) -> [usize; IN] {
    wiring.inputs.as_slice().try_into().expect("the plan wires every input")
}
