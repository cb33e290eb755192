//! How many records a second are written and read: `cargo run --release -p ta-journal --example recovery_speed`.

use std::time::Instant;

use ta_journal::{Durability, Folder, Journal, Options, Start};

const RECORDS: u64 = 5_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::temp_dir().join(format!("ta-journal-speed-{}", std::process::id()));
    let options = Options { durability: Durability::Os, ..Options::new([1; 32]) };
    let mut journal = Journal::open(Folder::new(&path)?, options, Start::FirstEvent)?.finish()?;
    // A time, a place in the source and five numbers, as a bar has them.
    let record = [7; 60];
    let begun = Instant::now();
    for _ in 0..RECORDS / 1_000 {
        journal.append_all(std::iter::repeat_n(record, 1_000))?;
    }
    let written = begun.elapsed().as_secs_f64();
    journal.close()?;
    let begun = Instant::now();
    let mut recovery = Journal::open(Folder::new(&path)?, options, Start::FirstEvent)?;
    let mut read = 0;
    while recovery.next_record()?.is_some() {
        read += 1;
    }
    let recovered = begun.elapsed().as_secs_f64();
    assert_eq!(read, RECORDS);
    println!("written: {:.1} million records/s", RECORDS as f64 / written / 1e6);
    println!("recovered: {:.1} million records/s", RECORDS as f64 / recovered / 1e6);
    drop(recovery);
    std::fs::remove_dir_all(&path)?;
    Ok(())
}
