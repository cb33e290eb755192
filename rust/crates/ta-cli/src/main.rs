//! The `ta` command.

fn main() {}
