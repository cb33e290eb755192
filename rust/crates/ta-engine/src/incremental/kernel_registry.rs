//! From a plan's kernel to its code: kernels wired to the slots of a row and compiled for the chosen instructions.
//!
//! Every schedule comes down to four ways into a kernel, each compiled once per number type and instruction set: a ready bar of
//! a warm kernel, a column of them, a column that the kernel looks through itself, and [`AnyBar`] for whatever is seldom.

use std::hint::cold_path;
use std::ops::Range;
use std::sync::LazyLock;

use crate::catalog::{IndicatorSpec, ParamValue};
use crate::hashing::WordMap;
use crate::incremental::columns::{Columns, LookThrough};
use crate::incremental::node::{GroupNode, SingleNode, Wiring};
use crate::incremental::state::{Loader, Measure, PutBack, Remember, Saver};
use crate::indicators::every_kernel;
use crate::isa::{Baseline, Best, Isa, Work};
use crate::kernel::{Kernel, Known, StateError, Visitor};
use crate::lanes::{Lanes, Lanes8, Mask};
use crate::plan::PlanError;

/// One indicator of the list.
pub(crate) struct Entry {
    /// What it is called and takes.
    pub(crate) spec: &'static IndicatorSpec,
    /// The same under other names.
    also: &'static [IndicatorSpec],
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
                also: &indicator::ALSO,
                single: |values, wiring, best| {
                    let params = indicator::Params::from_values(values);
                    single::<indicator::KernelOf<f64>, { indicator::INPUTS }, { indicator::OUTPUTS }>(
                        &params, wiring, best,
                    )
                },
                group: |values, wiring, tiles, best| {
                    let params = indicator::Params::from_values(values);
                    group::<indicator::KernelOf<f64>, indicator::KernelOf<Lanes8>, { indicator::INPUTS }, { indicator::OUTPUTS }>(
                        &params, wiring, tiles, best,
                    )
                },
            }
        }),+];
    };
}
every_kernel!(entries);

/// The entry of each spec, by the spec's address.
static ENTRY_OF: LazyLock<WordMap<usize, &'static Entry>> = LazyLock::new(|| {
    let specs = |entry: &'static Entry| std::iter::once(entry.spec).chain(entry.also);
    let all = ENTRIES.iter().flat_map(|entry| specs(entry).map(move |spec| (spec, entry)));
    all.map(|(spec, entry)| (std::ptr::from_ref(spec).addr(), entry)).collect()
});

/// The code of an indicator.
///
/// # Errors
/// Where the list does not have it.
pub(crate) fn entry_of(spec: &'static IndicatorSpec) -> Result<&'static Entry, PlanError> {
    let unknown =
        || PlanError::Unsupported(format!("indicator `{}` has no kernel in this engine", spec.name));
    ENTRY_OF.get(&std::ptr::from_ref(spec).addr()).copied().ok_or_else(unknown)
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

/// The lanes where every input is ready.
#[inline(always)]
pub(super) fn ready_lanes<V: Lanes, const IN: usize>(inputs: &[V; IN]) -> V::Mask {
    let mut ready = V::Mask::ALL;
    for x in inputs {
        ready = ready & x.is_number();
    }
    ready
}

/// One bar, of which some inputs may not be ready, of a kernel that may not be warm; the lanes where not all are ready keep
/// their state and give NaN.
///
/// Compiled apart and once per number type and instruction set: what is usual stands where it is needed, and this serves all.
struct AnyBar<V: Lanes, const IN: usize, const OUT: usize> {
    inputs: [V; IN],
    ready: V::Mask,
}

impl<V: Lanes, K: Kernel<V, IN, OUT>, const IN: usize, const OUT: usize> Work<K> for AnyBar<V, IN, OUT> {
    type Output = [V; OUT];

    // Plain loops here and below: what the compiler leaves as a call, as it may a closure, is compiled for the baseline.
    #[inline(always)]
    fn run(self, kernel: &mut K) -> [V; OUT] {
        if !K::EVERY_BAR && !self.ready.any() {
            return [V::NAN; OUT];
        }
        any_bar(kernel, self.inputs, self.ready)
    }
}

/// What a kernel gives on a bar of which some inputs may not be ready.
#[inline(always)]
pub(super) fn any_bar<V: Lanes, K: Kernel<V, IN, OUT>, const IN: usize, const OUT: usize>(
    kernel: &mut K,
    inputs: [V; IN],
    ready: V::Mask,
) -> [V; OUT] {
    let mut values = kernel.step::<false>(inputs, ready);
    for x in &mut values {
        *x = if K::EVERY_BAR { *x } else { V::select(ready, *x, V::NAN) };
        *x = x.finite_or_nan();
    }
    values
}

/// Ready bars from one on for which a kernel's own way of running a column is worth its beginning.
const SHORTEST_RUN: usize = 16;

/// How many bars from one on are ready in every lane.
#[inline(always)]
fn ready_bars<V: Lanes, const IN: usize>(inputs: &[&[V]; IN], bars: Range<usize>) -> usize {
    let from = bars.start;
    for bar in bars.clone() {
        for column in inputs {
            if !column[bar].is_number().all() {
                return bar - from;
            }
        }
    }
    bars.end - from
}

/// Takes a chunk's bars from `bar` on: those that are ready in one go once the kernel is warm, else bar by bar. Says whether the
/// kernel was warm before the last bar.
#[inline(always)]
fn run_kernel<V: Lanes, K: Kernel<V, IN, OUT>, I: Isa, const IN: usize, const OUT: usize>(
    kernel: &mut K,
    isa: I,
    inputs: &[usize; IN],
    output: usize,
    mut bar: usize,
    columns: &mut Columns<'_, V>,
) -> bool {
    let all_ready = inputs.iter().all(|slot| columns.is_ready(*slot));
    let bars = columns.bars();
    let (ins, mut outs) = columns.split::<IN, OUT>(inputs, output);
    let mut was_warm = true;
    let mut known = Known::Nothing;
    while bar < bars {
        let is_warm = !K::EVERY_BAR && kernel.is_warm();
        let ready = match (is_warm, all_ready) {
            (false, _) => 0,
            (true, true) => bars - bar,
            (true, false) => ready_bars(&ins, bar..bars),
        };
        if ready >= SHORTEST_RUN || (all_ready && ready > 0) {
            let from_first = bar == 0;
            let outs = outs.each_mut().map(|column| &mut column[bar..bar + ready]);
            let run = kernel.run(ins.map(|column| &column[bar..bar + ready]), outs);
            known = if from_first && ready == bars { run } else { Known::Nothing };
            was_warm = true;
            bar += ready;
        } else {
            // Of a warm kernel a bar that is not ready, and the few before it.
            let until = if is_warm { bars.min(bar + ready + 1) } else { bars };
            while bar < until {
                was_warm = kernel.is_warm();
                if was_warm && !is_warm && !K::EVERY_BAR {
                    break;
                }
                let inputs = bar_of(&ins, bar);
                let work = AnyBar::<V, IN, OUT> { ready: ready_lanes(&inputs), inputs };
                put_bar(&mut outs, bar, isa.run(kernel, work));
                bar += 1;
            }
        }
    }
    for slot in output..output + OUT {
        match known {
            Known::AllFinite => columns.all_ready(slot),
            Known::Nothing => columns.tidy(slot),
        }
    }
    was_warm
}

/// The slots before `output`, and those from it on, of a row of `tiles` numbers per slot: of one tile.
#[inline(always)]
fn slots_of<'a, V, const IN: usize, const OUT: usize>(
    rows: &'a mut [V],
    tiles: usize,
    tile: usize,
    inputs: &[usize; IN],
    output: usize,
) -> ([&'a [V]; IN], [&'a mut [V]; OUT]) {
    let (before, after) = rows.split_at_mut(output * tiles);
    let before = &*before;
    let mut rest = after.chunks_exact_mut(tiles);
    (
        inputs.map(|slot| &before[slot * tiles + tile..][..1]),
        std::array::from_fn(|_| &mut rest.next().expect("a slot per output")[tile..tile + 1]),
    )
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

impl<K: Kernel<f64, IN, OUT>, I: Isa, const IN: usize, const OUT: usize> Work<Single<K, I, IN, OUT>>
    for StepRow<'_>
{
    type Output = ();
    #[inline(always)]
    fn run(self, node: &mut Single<K, I, IN, OUT>) {
        let mut inputs = [0.0; IN];
        for (input, slot) in inputs.iter_mut().zip(node.inputs) {
            *input = self.0[slot];
        }
        let ready = ready_lanes(&inputs);
        let outputs = &mut self.0[node.output..node.output + OUT];
        // The usual bar waits for no select: the branch is predicted.
        if !K::EVERY_BAR && node.was_warm && ready {
            let mut values = node.kernel.step::<true>(inputs, true);
            for x in &mut values {
                if !x.is_finite() {
                    cold_path();
                    *x = f64::NAN;
                }
            }
            outputs.copy_from_slice(&values);
        } else {
            cold_path();
            // A warm kernel stays warm, so one byte says it from then on.
            node.was_warm = node.kernel.is_warm();
            outputs.copy_from_slice(&node.isa.run(&mut node.kernel, AnyBar::<_, IN, OUT> { inputs, ready }));
        }
    }
}

/// A chunk from a bar on, all of whose columns somebody has looked through.
struct RunKernel<'a, 'b, V: Lanes, I, const IN: usize, const OUT: usize> {
    isa: I,
    inputs: &'a [usize; IN],
    output: usize,
    bar: usize,
    columns: &'a mut Columns<'b, V>,
}

impl<V: Lanes, K: Kernel<V, IN, OUT>, I: Isa, const IN: usize, const OUT: usize> Work<K>
    for RunKernel<'_, '_, V, I, IN, OUT>
{
    type Output = bool;
    #[inline(always)]
    fn run(self, kernel: &mut K) -> bool {
        run_kernel(kernel, self.isa, self.inputs, self.output, self.bar, self.columns)
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
        let work = RunKernel::<f64, I, IN, OUT> { isa: self.isa, inputs, output, bar, columns };
        self.was_warm = self.isa.run(&mut self.kernel, work);
    }

    fn was_warm(&self) -> bool {
        // Or the last ready bar gave a value though the kernel was not warm before it.
        self.was_warm || (!K::WARM_BEFORE_FIRST && self.kernel.is_warm())
    }

    fn state_bytes(&mut self) -> usize {
        let mut measure = Measure(0);
        walk(&mut self.kernel, &mut measure).expect("measuring cannot fail");
        measure.0
    }

    fn save(&mut self, out: &mut Vec<u8>) {
        walk(&mut self.kernel, &mut Saver { lane: 0, out }).expect("saving cannot fail");
    }

    fn load(&mut self, loader: &mut Loader<'_>) -> Result<(), StateError> {
        self.was_warm = false;
        walk(&mut self.kernel, loader)
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        walk(&mut self.kernel, &mut Remember(memory)).expect("remembering cannot fail");
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        self.was_warm = false;
        walk(&mut self.kernel, memory).expect("putting back cannot fail");
    }
}

/// Walks a kernel's state: compiled once for all instruction sets.
#[inline(never)]
fn walk<V: Lanes, K: Kernel<V, IN, OUT>, const IN: usize, const OUT: usize>(
    kernel: &mut K,
    visitor: &mut impl Visitor,
) -> Result<(), StateError> {
    kernel.visit(visitor)
}

struct Group<K, I, const IN: usize, const OUT: usize> {
    kernels: Vec<K>,
    inputs: [usize; IN],
    output: usize,
    isa: I,
}

struct StepGroup<'a, I, const IN: usize, const OUT: usize> {
    isa: I,
    inputs: [usize; IN],
    output: usize,
    rows: &'a mut [Lanes8],
    tiles: usize,
}

impl<K: Kernel<Lanes8, IN, OUT>, I: Isa, const IN: usize, const OUT: usize> Work<[K]>
    for StepGroup<'_, I, IN, OUT>
{
    type Output = ();
    #[inline(always)]
    fn run(self, kernels: &mut [K]) {
        let StepGroup { isa, inputs, output, rows, tiles } = self;
        for (tile, kernel) in kernels.iter_mut().enumerate() {
            let (ins, mut outs) = slots_of::<Lanes8, IN, OUT>(rows, tiles, tile, &inputs, output);
            let inputs = bar_of(&ins, 0);
            let ready = ready_lanes(&inputs);
            let mut values;
            if !K::EVERY_BAR && kernel.is_warm() && ready.all() {
                values = kernel.step::<true>(inputs, ready);
                for x in &mut values {
                    *x = x.finite_or_nan();
                }
            } else {
                values = isa.run(kernel, AnyBar::<_, IN, OUT> { inputs, ready });
            }
            put_bar(&mut outs, 0, values);
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
        self.isa.run(
            self.kernels.as_mut_slice(),
            StepGroup::<I, IN, OUT> { isa: self.isa, inputs, output, rows, tiles },
        );
    }

    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>) {
        let (isa, inputs, output) = (self.isa, &self.inputs, self.output);
        isa.run(
            &mut self.kernels[tile],
            RunKernel::<Lanes8, I, IN, OUT> { isa, inputs, output, bar: 0, columns },
        );
    }

    fn save(&mut self, symbol: usize, out: &mut Vec<u8>) {
        let saver = &mut Saver { lane: symbol % Lanes8::LANES, out };
        walk(&mut self.kernels[symbol / Lanes8::LANES], saver).expect("saving cannot fail");
    }

    fn load(&mut self, symbol: usize, loader: &mut Loader<'_>) -> Result<(), StateError> {
        loader.lane = symbol % Lanes8::LANES;
        walk(&mut self.kernels[symbol / Lanes8::LANES], loader)
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        for kernel in &mut self.kernels {
            walk(kernel, &mut Remember(memory)).expect("remembering cannot fail");
        }
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        for kernel in &mut self.kernels {
            walk(kernel, memory).expect("putting back cannot fail");
        }
    }
}

/// The kernels of one symbol each, for processors whose vectors are so short that a tile gains nothing by them.
struct PerSymbol<K, const IN: usize, const OUT: usize> {
    nodes: Vec<Single<K, Baseline, IN, OUT>>,
    /// A symbol's inputs and outputs.
    row: Vec<f64>,
    inputs: [usize; IN],
    output: usize,
}

impl<K: Kernel<f64, IN, OUT> + Sync, const IN: usize, const OUT: usize> PerSymbol<K, IN, OUT> {
    /// Takes one bar of a tile.
    fn step_tile(&mut self, tile: usize, inputs: [Lanes8; IN]) -> [Lanes8; OUT] {
        let mut values = [Lanes8::NAN; OUT];
        for lane in 0..Lanes8::LANES {
            for (place, x) in self.row.iter_mut().zip(&inputs) {
                *place = x.lane(lane);
            }
            self.nodes[tile * Lanes8::LANES + lane].step(&mut self.row);
            for (value, x) in values.iter_mut().zip(&self.row[IN..]) {
                value.set_lane(lane, *x);
            }
        }
        values
    }
}

impl<K: Kernel<f64, IN, OUT> + Sync, const IN: usize, const OUT: usize> GroupNode for PerSymbol<K, IN, OUT> {
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize) {
        for tile in 0..tiles {
            let (ins, mut outs) = slots_of::<Lanes8, IN, OUT>(rows, tiles, tile, &self.inputs, self.output);
            put_bar(&mut outs, 0, self.step_tile(tile, bar_of(&ins, 0)));
        }
    }

    fn run(&mut self, tile: usize, columns: &mut Columns<'_, Lanes8>) {
        let bars = columns.bars();
        let (ins, mut outs) = columns.split::<IN, OUT>(&self.inputs, self.output);
        for bar in 0..bars {
            put_bar(&mut outs, bar, self.step_tile(tile, bar_of(&ins, bar)));
        }
        for slot in self.output..self.output + OUT {
            columns.tidy(slot);
        }
    }

    fn save(&mut self, symbol: usize, out: &mut Vec<u8>) {
        self.nodes[symbol].save(out);
    }

    fn load(&mut self, symbol: usize, loader: &mut Loader<'_>) -> Result<(), StateError> {
        loader.lane = 0;
        self.nodes[symbol].load(loader)
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        self.nodes.iter_mut().for_each(|node| node.remember(memory));
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        self.nodes.iter_mut().for_each(|node| node.put_back(memory));
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
pub(crate) fn group<One, Eight, const IN: usize, const OUT: usize>(
    params: &One::Params,
    wiring: &Wiring,
    tiles: usize,
    best: Best,
) -> Box<dyn GroupNode>
where
    One: Kernel<f64, IN, OUT> + Sync,
    Eight: Kernel<Lanes8, IN, OUT, Params = One::Params> + Sync,
{
    let (inputs, output) = (inputs_of(wiring), wiring.output);
    match best {
        #[cfg(target_arch = "x86_64")]
        Best::Avx2Fma(isa) => {
            let kernels = (0..tiles).map(|_| Eight::new(params)).collect();
            Box::new(Group { kernels, inputs, output, isa })
        }
        Best::Baseline(isa) => {
            let node = || Single {
                kernel: One::new(params),
                inputs: std::array::from_fn(|at| at),
                output: IN,
                was_warm: false,
                isa,
            };
            let nodes = (0..tiles * Lanes8::LANES).map(|_| node()).collect();
            Box::new(PerSymbol { nodes, row: vec![f64::NAN; IN + OUT], inputs, output })
        }
    }
}

fn inputs_of<const IN: usize>(wiring: &Wiring) -> [usize; IN] {
    wiring.inputs.as_slice().try_into().expect("the plan wires every input")
}
