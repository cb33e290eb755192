//! The rule language: text to checked IR.
