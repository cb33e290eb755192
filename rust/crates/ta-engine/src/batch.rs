//! A chunk of bars in columns: short enough to stay in the processor's nearest cache.
//!
//! Columns that the caller gave are read where they are and results are written where the caller wants them; the rest
//! stands in scratch space that is used again and again.

use crate::incremental::node_adapters::Plain;
use crate::isa::Work;
use crate::lanes::{Lanes, Mask};

/// One chunk of every slot's column. Fields and constants come first, then the nodes' outputs.
pub(crate) struct Columns<'a, V> {
    given: Vec<&'a [V]>,
    computed: Vec<&'a mut [V]>,
    /// Per slot: every bar of the chunk is ready.
    ready: Vec<bool>,
    bars: usize,
}

/// Scratch space for the columns of one plan.
pub(crate) struct Scratch<V> {
    capacity: usize,
    given: Vec<V>,
    computed: Vec<V>,
    constants: Vec<bool>,
}

impl<V: Lanes> Scratch<V> {
    /// Space for chunks of up to `capacity` bars of so many fields, of these constants and of so many computed slots.
    pub(crate) fn new(fields: usize, constants: &[f64], computed: usize, capacity: usize) -> Self {
        let mut given = vec![V::NAN; (fields + constants.len()) * capacity];
        for (column, x) in given[fields * capacity..].chunks_exact_mut(capacity).zip(constants) {
            column.fill(V::splat(*x));
        }
        Scratch {
            capacity,
            given,
            computed: vec![V::NAN; computed * capacity],
            constants: constants.iter().map(|x| !x.is_nan()).collect(),
        }
    }

    /// The longest chunk.
    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// A chunk of so many bars.
    ///
    /// `fill` is asked for each field's column: it gives the caller's own where that needs no change, or fills the space
    /// it is handed. `place` is asked for each computed slot's column: the caller's, or `None` for scratch space.
    pub(crate) fn chunk<'a>(
        &'a mut self,
        bars: usize,
        mut fill: impl FnMut(usize, &mut [V]) -> Option<&'a [V]>,
        mut place: impl FnMut(usize) -> Option<&'a mut [V]>,
    ) -> Columns<'a, V> {
        let (capacity, constants) = (self.capacity, self.constants.len());
        let fields = self.given.len() / capacity - constants;
        let (own, constant) = self.given.split_at_mut(fields * capacity);
        let mut given: Vec<&[V]> = Vec::with_capacity(fields + constants);
        for (slot, space) in own.chunks_exact_mut(capacity).enumerate() {
            let space = &mut space[..bars];
            given.push(match fill(slot, space) {
                Some(column) => column,
                None => space,
            });
        }
        let mut ready: Vec<bool> = given.iter().map(|column| all_finite(column)).collect();
        given.extend(constant.chunks_exact(capacity).map(|column| &column[..bars]));
        ready.extend(&self.constants);
        let computed: Vec<&mut [V]> = self
            .computed
            .chunks_exact_mut(capacity)
            .enumerate()
            .map(|(at, space)| place(given.len() + at).unwrap_or(&mut space[..bars]))
            .collect();
        ready.resize(given.len() + computed.len(), false);
        Columns { given, computed, ready, bars }
    }
}

/// True when every number is finite.
#[inline(always)]
pub(crate) fn all_finite<V: Lanes>(column: &[V]) -> bool {
    let most = V::splat(f64::MAX);
    column.iter().fold(V::Mask::ALL, |all, x| all & most.ge(x.abs())).all()
}

/// Brings what is not finite to the canonical form.
pub(crate) fn tidy<V: Lanes>(column: &mut [V]) {
    for x in column {
        *x = x.finite_or_nan();
    }
}

impl<V: Lanes> Columns<'_, V> {
    /// Bars in this chunk.
    #[inline(always)]
    pub(crate) fn bars(&self) -> usize {
        self.bars
    }

    /// One slot's bars.
    #[inline(always)]
    pub(crate) fn column(&self, slot: usize) -> &[V] {
        match slot.checked_sub(self.given.len()) {
            None => self.given[slot],
            Some(at) => self.computed[at],
        }
    }

    /// True when every bar of the slot is ready.
    #[inline(always)]
    pub(crate) fn is_ready(&self, slot: usize) -> bool {
        self.ready[slot]
    }

    /// Columns to read, all of slots before `output`, and `OUT` columns from it on to write.
    #[inline(always)]
    pub(crate) fn split<const IN: usize, const OUT: usize>(
        &mut self,
        inputs: &[usize; IN],
        output: usize,
    ) -> ([&[V]; IN], [&mut [V]; OUT]) {
        let first = self.given.len();
        let given = &self.given;
        let (before, after) = self.computed.split_at_mut(output - first);
        let ins = inputs.map(|slot| match slot.checked_sub(first) {
            None => given[slot],
            Some(at) => &*before[at],
        });
        let mut rest = after.iter_mut();
        (ins, std::array::from_fn(|_| &mut **rest.next().expect("a slot per output")))
    }

    /// Brings what is not finite to the canonical form and notes whether all bars are ready.
    #[inline(always)]
    pub(crate) fn tidy(&mut self, slot: usize) {
        let at = slot - self.given.len();
        let column = &mut *self.computed[at];
        self.ready[slot] = all_finite(column);
        if !self.ready[slot] {
            tidy(column);
        }
    }

    /// Runs a stateless operation over the chunk.
    #[inline(always)]
    fn apply(&mut self, op: Plain, a: usize, b: usize, output: usize) {
        let ([a, b], [out]) = self.split(&[a, b], output);
        let ready = op.apply_columns(a, b, out);
        self.ready[output] = ready;
    }
}

/// A stateless operation over a chunk.
pub(crate) struct Apply {
    pub(crate) op: Plain,
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) output: usize,
}

impl<V: Lanes> Work<Columns<'_, V>> for Apply {
    type Output = ();
    #[inline(always)]
    fn run(self, columns: &mut Columns<'_, V>) {
        columns.apply(self.op, self.a, self.b, self.output);
    }
}
