//! What the planner surface of Python asks of a rule's IR beside its plan: its graph with equal parts shared, and the bars that
//! it reads. No session needs either.

pub mod graph;
pub mod requirements;
