//! Integration tests: what the engine promises, held against every listed indicator and against whole rules.

mod admission;
mod closes;
mod conformance;
mod contradictions;
mod corpus;
mod examples;
mod feed;
mod foreign_snapshots;
mod functions;
mod intervals;
mod joined;
mod joined_by_hand;
mod joined_snapshots;
mod language;
mod layers;
mod lengths;
mod loops;
mod market;
mod medians;
mod patterns;
mod random_rules;
mod replay;
mod sessions;
mod standing;
mod stops;
mod windows;
