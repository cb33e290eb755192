//! Bars in, values out, one at a time or many: sessions and universes over a plan.

pub mod backend;
pub mod contracts;
mod explained;
mod feed;
pub mod joined;
mod joined_explained;
pub mod joined_run;
mod joined_snapshot;
pub(crate) mod kernel_registry;
pub(crate) mod machine;
pub mod node_adapters;
mod ordering;
pub(crate) mod plain_nodes;
mod queue;
mod readiness;
mod resampling;
mod round;
pub mod snapshot;
pub mod state;
mod stream_columns;
pub(crate) mod symbols;
pub mod universe;
mod universe_snapshot;
pub mod watch;
