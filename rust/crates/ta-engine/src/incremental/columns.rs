//! A chunk of bars in columns: short enough to stay in the processor's nearest cache.
//!
//! Columns that the caller gave are read where they are and results are written where the caller wants them; the rest
//! stands in scratch space that is used again and again. A field's column is looked through for what is not finite when
//! a node is about to read it, unless the node does so itself.

use super::plain_nodes::Slots;
use crate::isa::Work;
use crate::lanes::{Lanes, add_zeros};
use crate::plan::operation::Plain;

/// One chunk of every slot's column. Fields and constants come first, then the nodes' outputs.
pub(crate) struct Columns<'a, V> {
    given: Vec<Given<'a, V>>,
    computed: Vec<Computed<'a, V>>,
    /// Per slot: every bar of the chunk is ready. Not known of a column that was not looked through.
    ready: Vec<bool>,
    bars: usize,
}

/// The column of a field or a constant.
struct Given<'a, V> {
    /// Scratch space.
    own: &'a mut [V],
    /// The caller's column, where it needs no change, as far as it was looked through.
    shared: Option<&'a [V]>,
    looked_through: bool,
}

/// The column of a node's slot.
enum Computed<'a, V> {
    /// Scratch space, or where the caller wants it.
    Written(&'a mut [V]),
    /// In the canonical form already: what nodes gave that are not run.
    Shared(&'a [V]),
}

impl<V> Computed<'_, V> {
    #[inline(always)]
    fn column(&self, bars: usize) -> &[V] {
        match self {
            Computed::Written(column) => &column[..bars],
            Computed::Shared(column) => column,
        }
    }

    #[inline(always)]
    fn space(&mut self, bars: usize) -> &mut [V] {
        match self {
            Computed::Written(column) => &mut column[..bars],
            Computed::Shared(_) => unreachable!("no node writes what is given"),
        }
    }
}

impl<V> Given<'_, V> {
    #[inline(always)]
    fn column(&self, bars: usize) -> &[V] {
        match self.shared {
            Some(column) => column,
            None => &self.own[..bars],
        }
    }
}

/// Scratch space for the columns of one plan.
pub(crate) struct Scratch<V> {
    capacity: usize,
    given: Vec<V>,
    computed: Vec<V>,
    ready: Vec<bool>,
}

impl<V: Lanes> Scratch<V> {
    /// Space for chunks of up to `capacity` bars of so many fields, of these constants and of so many computed slots.
    pub(crate) fn new(fields: usize, constants: &[f64], computed: usize, capacity: usize) -> Self {
        let mut given = vec![V::NAN; (fields + constants.len()) * capacity];
        for (column, x) in given[fields * capacity..].chunks_exact_mut(capacity).zip(constants) {
            column.fill(V::splat(*x));
        }
        let mut ready = vec![false; fields + constants.len() + computed];
        for (ready, x) in ready[fields..].iter_mut().zip(constants) {
            *ready = !x.is_nan();
        }
        Scratch { capacity, given, computed: vec![V::NAN; computed * capacity], ready }
    }

    /// The columns, for one chunk after the other.
    pub(crate) fn columns(&mut self) -> Columns<'_, V> {
        let given = self.given.chunks_exact_mut(self.capacity);
        Columns {
            given: given.map(|own| Given { own, shared: None, looked_through: true }).collect(),
            computed: self.computed.chunks_exact_mut(self.capacity).map(Computed::Written).collect(),
            ready: self.ready.clone(),
            bars: 0,
        }
    }
}

/// True when every number is finite.
#[inline(always)]
fn all_finite<V: Lanes>(column: &[V]) -> bool {
    // Enough sums to keep the processor busy, not more than it has registers.
    if V::LANES == 1 { sum_is_finite::<V, 16>(column) } else { sum_is_finite::<V, 2>(column) }
}

#[inline(always)]
fn sum_is_finite<V: Lanes, const N: usize>(column: &[V]) -> bool {
    let mut sums = [V::ZERO; N];
    let (blocks, rest) = column.as_chunks::<N>();
    for block in blocks {
        add_zeros(&mut sums, block);
    }
    let mut last = [V::ZERO];
    for x in rest {
        add_zeros(&mut last, &[*x]);
    }
    V::all_numbers(&sums) && V::all_numbers(&last)
}

/// Brings what is not finite to the canonical form.
fn tidy<V: Lanes>(column: &mut [V]) {
    for x in column {
        *x = x.finite_or_nan();
    }
}

impl<'a, V: Lanes> Columns<'a, V> {
    /// Begins a chunk of so many bars.
    pub(crate) fn begin(&mut self, bars: usize) {
        self.bars = bars;
    }

    /// Gives a column as long as the chunk: a field's, which nobody has looked through, or that of a slot whose node is
    /// not run.
    pub(crate) fn give(&mut self, slot: usize, column: &'a [V]) {
        match slot.checked_sub(self.given.len()) {
            None => {
                let given = &mut self.given[slot];
                (given.shared, given.looked_through) = (Some(column), false);
            }
            Some(at) => {
                self.computed[at] = Computed::Shared(column);
                self.filled(slot);
            }
        }
    }

    /// True where the slot's column is in the canonical form.
    #[inline(always)]
    pub(crate) fn is_looked_through(&self, slot: usize) -> bool {
        self.given.get(slot).is_none_or(|given| given.looked_through)
    }

    /// Looks through a field's column: read where it is if every bar is ready, else copied and brought to the canonical
    /// form.
    #[inline(always)]
    fn look_through(&mut self, slot: usize) {
        let given = &mut self.given[slot];
        given.looked_through = true;
        if let Some(column) = given.shared {
            self.ready[slot] = all_finite(column);
            if !self.ready[slot] {
                given.shared = None;
                let own = &mut given.own[..self.bars];
                own.copy_from_slice(column);
                tidy(own);
            }
        }
    }

    /// Space for a field's column, to be filled before [`filled`](Columns::filled).
    pub(crate) fn space(&mut self, slot: usize) -> &mut [V] {
        let given = &mut self.given[slot];
        (given.shared, given.looked_through) = (None, true);
        &mut given.own[..self.bars]
    }

    /// The column of a computed slot that no node writes, to be filled with numbers.
    pub(crate) fn computed(&mut self, slot: usize) -> &mut [V] {
        self.ready[slot] = true;
        self.computed[slot - self.given.len()].space(self.bars)
    }

    /// The column of a node's slot, to be written bar by bar before [`filled`](Columns::filled).
    pub(crate) fn written(&mut self, slot: usize) -> &mut [V] {
        self.computed[slot - self.given.len()].space(self.bars)
    }

    /// Takes note of what a column was filled with.
    #[inline(always)]
    pub(crate) fn filled(&mut self, slot: usize) {
        self.ready[slot] = all_finite(self.column(slot));
    }

    /// Has a computed slot's column written where the caller wants it.
    pub(crate) fn place(&mut self, slot: usize, place: &'a mut [V]) {
        let at = slot - self.given.len();
        self.computed[at] = Computed::Written(place);
    }

    /// Bars in this chunk.
    #[inline(always)]
    pub(crate) fn bars(&self) -> usize {
        self.bars
    }

    /// One slot's bars, in the canonical form if they were looked through.
    #[inline(always)]
    pub(crate) fn column(&self, slot: usize) -> &[V] {
        match slot.checked_sub(self.given.len()) {
            None => self.given[slot].column(self.bars),
            Some(at) => self.computed[at].column(self.bars),
        }
    }

    /// True when every bar of the slot is ready.
    #[inline(always)]
    pub(crate) fn is_ready(&self, slot: usize) -> bool {
        debug_assert!(self.is_looked_through(slot));
        self.ready[slot]
    }

    /// Columns to read, all of slots before `output`, and `OUT` columns from it on to write.
    #[inline(always)]
    pub(crate) fn split<const IN: usize, const OUT: usize>(
        &mut self,
        inputs: &[usize; IN],
        output: usize,
    ) -> ([&[V]; IN], [&mut [V]; OUT]) {
        let (bars, first) = (self.bars, self.given.len());
        let given = &self.given;
        let (before, after) = self.computed.split_at_mut(output - first);
        let ins = inputs.map(|slot| match slot.checked_sub(first) {
            None => given[slot].column(bars),
            Some(at) => before[at].column(bars),
        });
        let mut rest = after.iter_mut();
        (ins, std::array::from_fn(|_| rest.next().expect("a slot per output").space(bars)))
    }

    /// The same where their numbers are not known: `outputs` columns to write.
    #[inline(always)]
    pub(crate) fn split_any(
        &mut self,
        inputs: &[usize],
        output: usize,
        outputs: usize,
    ) -> (Vec<&[V]>, Vec<&mut [V]>) {
        let (bars, first) = (self.bars, self.given.len());
        let given = &self.given;
        let (before, after) = self.computed.split_at_mut(output - first);
        let ins = inputs.iter().map(|slot| match slot.checked_sub(first) {
            None => given[*slot].column(bars),
            Some(at) => before[at].column(bars),
        });
        (ins.collect(), after[..outputs].iter_mut().map(|column| column.space(bars)).collect())
    }

    /// Takes note that every bar of a computed slot is ready.
    #[inline(always)]
    pub(crate) fn all_ready(&mut self, slot: usize) {
        self.ready[slot] = true;
    }

    /// Brings what is not finite to the canonical form and notes whether all bars are ready.
    #[inline(always)]
    pub(crate) fn tidy(&mut self, slot: usize) {
        let at = slot - self.given.len();
        let column = self.computed[at].space(self.bars);
        self.ready[slot] = all_finite(column);
        if !self.ready[slot] {
            tidy(column);
        }
    }

    /// Runs a stateless operation over the chunk.
    #[inline(always)]
    fn apply(&mut self, op: Plain, Slots { a, b, output }: Slots) {
        let ([a, b], [out]) = self.split(&[a, b], output);
        let ready = op.apply_columns(a, b, out);
        self.ready[output] = ready;
    }
}

/// Looks through the column of a slot, if nobody has.
pub(crate) struct LookThrough(pub(crate) usize);

impl<V: Lanes> Work<Columns<'_, V>> for LookThrough {
    type Output = ();
    #[inline(always)]
    fn run(self, columns: &mut Columns<'_, V>) {
        if !columns.is_looked_through(self.0) {
            columns.look_through(self.0);
        }
    }
}

/// A stateless operation over a chunk.
pub(crate) struct Apply {
    pub(crate) op: Plain,
    pub(crate) slots: Slots,
}

impl<V: Lanes> Work<Columns<'_, V>> for Apply {
    type Output = ();
    #[inline(always)]
    fn run(self, columns: &mut Columns<'_, V>) {
        for slot in [self.slots.a, self.slots.b] {
            LookThrough(slot).run(columns);
        }
        columns.apply(self.op, self.slots);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Lanes8;

    #[test]
    fn one_number_that_is_not_finite_is_found_wherever_it_stands() {
        let column: Vec<f64> = (0..37).map(|i| [0.0, -0.0, f64::MAX, f64::MIN, 1e-320][i % 5]).collect();
        let tiles: Vec<Lanes8> = column.iter().map(|x| Lanes8::splat(*x)).collect();
        assert!(all_finite(&column) && all_finite(&tiles));
        for at in 0..column.len() {
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let (mut column, mut tiles) = (column.clone(), tiles.clone());
                column[at] = bad;
                tiles[at].set_lane(at % 8, bad);
                assert!(!all_finite(&column) && !all_finite(&tiles), "{bad} at {at}");
            }
        }
    }
}
