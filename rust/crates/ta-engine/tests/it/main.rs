//! Integration tests: what the engine promises, held against every listed indicator and against whole rules.

mod allocation;
mod conformance;
mod market;
mod replay;
mod sessions;
mod windows;
