//! Bars in, values out, one at a time or many: sessions and universes over a plan.

mod across;
pub mod backend;
mod columns;
pub mod contracts;
mod explained;
mod function_node;
pub mod groups;
mod history;
pub mod joined;
mod kernel_registry;
pub mod live;
mod machine;
mod node;
mod node_adapters;
pub(crate) mod nodes;
mod ordering;
mod plain_nodes;
mod readiness;
mod recurrence;
pub mod snapshot;
pub mod state;
mod symbols;
mod together;
pub mod universe;
pub mod watch;
pub mod why;
