//! The `ta` command.
