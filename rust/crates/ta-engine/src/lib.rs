//! Technical-analysis rules: one plan, one arithmetic, the same bits over history and on live bars.

pub mod calendar;
pub mod catalog;
pub mod closing;
pub mod explanation;
mod hashing;
pub mod incremental;
pub mod indicators;
mod isa;
pub mod kernel;
pub mod lanes;
pub mod lang;
pub mod numbers;
pub mod plan;
pub mod planner;
pub mod rule;
pub mod times;
pub mod verify;
pub mod window;

pub use explanation::Explanation;
pub use incremental::backend::Session;
pub use incremental::contracts::{Bar, Event, Policies, StepOutput};
pub use incremental::joined::JoinedSession;
pub use incremental::live::{LiveEvent, LivePolicies, LiveSession};
pub use incremental::universe::Universe;
pub use isa::Instructions;
pub use rule::{Listed, Options, Rule, catalog, state_bytes_of, timing_of};
