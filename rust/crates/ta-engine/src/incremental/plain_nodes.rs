//! Nodes without state: operators on values, and the bar's time.

use std::marker::PhantomData;

use super::node::{GroupNode, SingleNode};
use crate::incremental::columns::{Apply, Columns};
use crate::isa::{Best, Work};
use crate::lanes::Lanes8;
use crate::plan::Node;
use crate::plan::operation::Plain;

/// Where an operator's values stand in the row (`b` is `a` where there is one).
#[derive(Clone, Copy)]
pub(crate) struct Slots {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) output: usize,
}

impl Slots {
    pub(crate) fn of(node: &Node) -> Slots {
        Slots { a: node.inputs[0], b: node.inputs[1], output: node.output }
    }
}

/// An operator of one symbol; which one is known when it is compiled, so that a bar costs one call.
struct PlainNode<O> {
    slots: Slots,
    best: Best,
    operator: PhantomData<O>,
}

/// An operator as a type.
trait Operator: Send + Sync {
    const OP: Plain;
}

impl<O: Operator> SingleNode for PlainNode<O> {
    fn step(&mut self, row: &mut [f64]) {
        let Slots { a, b, output } = self.slots;
        row[output] = O::OP.apply_one(row[a], row[b]);
    }

    fn run(&mut self, columns: &mut Columns<'_, f64>) {
        self.best.run(columns, Apply { op: O::OP, slots: self.slots });
    }
}

macro_rules! operators {
    ($($name:ident)+) => {
        $(
            struct $name;
            impl Operator for $name {
                const OP: Plain = Plain::$name;
            }
        )+

        /// The node of an operator for one symbol.
        pub(crate) fn plain_single(op: Plain, slots: Slots, best: Best) -> Box<dyn SingleNode> {
            match op {
                $(Plain::$name => Box::new(PlainNode::<$name> { slots, best, operator: PhantomData }),)+
            }
        }
    };
}
operators! { Add Sub Mul Div Mod Pow Gt Gte Lt Lte Eq Neq And Or Not Neg Filter Greatest Least AsOf }

/// An operator of a universe.
struct PlainGroup {
    op: Plain,
    slots: Slots,
    best: Best,
}

/// The node of an operator for tiles of symbols.
pub(crate) fn plain_group(op: Plain, slots: Slots, best: Best) -> Box<dyn GroupNode> {
    Box::new(PlainGroup { op, slots, best })
}

/// A stateless operation over one slot of every tile.
struct ApplyRows {
    tiles: usize,
    op: Plain,
    slots: Slots,
}

impl Work<[Lanes8]> for ApplyRows {
    type Output = ();
    #[inline(always)]
    fn run(self, rows: &mut [Lanes8]) {
        let (tiles, Slots { a, b, output }) = (self.tiles, self.slots);
        let (before, after) = rows.split_at_mut(output * tiles);
        self.op.apply_columns(
            &before[a * tiles..][..tiles],
            &before[b * tiles..][..tiles],
            &mut after[..tiles],
        );
    }
}

impl GroupNode for PlainGroup {
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize) {
        self.best.run(rows, ApplyRows { tiles, op: self.op, slots: self.slots });
    }

    fn run(&mut self, _tile: usize, columns: &mut Columns<'_, Lanes8>) {
        self.best.run(columns, Apply { op: self.op, slots: self.slots });
    }
}

/// The bar's time, which is written before the nodes run.
pub(crate) struct TimeNode;

impl SingleNode for TimeNode {
    fn step(&mut self, _row: &mut [f64]) {}
    fn run(&mut self, _columns: &mut Columns<'_, f64>) {}
}

impl GroupNode for TimeNode {
    fn step(&mut self, _rows: &mut [Lanes8], _tiles: usize) {}
    fn run(&mut self, _tile: usize, _columns: &mut Columns<'_, Lanes8>) {}
}
