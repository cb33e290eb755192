//! `ta inspect`: what a snapshot is of.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use ta_engine::incremental::snapshot::inspect;

use crate::{Failure, print};

pub(crate) fn show(path: &Path) -> Result<(), Failure> {
    let unread = |error: std::io::Error| Failure::Data(format!("{}: {error}", path.display()));
    let bytes = match path.to_str() {
        Some("-") => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map_err(unread)?;
            bytes
        }
        _ => fs::read(path).map_err(unread)?,
    };
    let told = inspect(&bytes).map_err(|error| Failure::Data(format!("{}: {error}", path.display())))?;
    print(&told.to_string())
}
