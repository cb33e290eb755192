//! Loops: a program over a bar and what it gave before, for one symbol and for tiles of many.

mod memory;
mod nodes;
mod places;
mod program;
mod turn;

pub(super) use nodes::{loop_group, loop_single};
