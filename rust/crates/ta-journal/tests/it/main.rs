//! What the journal holds, on a simulated disk and on the real one.

mod crashes;
mod exhaustive;
mod hostile;
mod killed;
mod rules;
mod salvaging;
mod simulated;

use std::fmt::Debug;

use simulated::SimulatedDisk;
use ta_journal::{Chain, Durability, Journal, JournalError, Options, Reader, Start};

pub(crate) const OWNER: [u8; 32] = [7; 32];

/// A generator whose numbers follow from its seed: splitmix64.
#[derive(Clone)]
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

/// What event `sequence` says in every test.
pub(crate) fn payload(sequence: u64) -> Vec<u8> {
    let mut numbers = Numbers(sequence);
    (0..numbers.below(30)).map(|_| numbers.next() as u8).collect()
}

pub(crate) fn options(durability: Durability) -> Options {
    Options { durability, segment_bytes: 1_200, ..Options::new(OWNER) }
}

/// What is read of a journal: the snapshot's position, the events behind it, the chain.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contents {
    pub(crate) from: u64,
    pub(crate) events: Vec<Vec<u8>>,
    pub(crate) chain: Chain,
}

impl Contents {
    pub(crate) fn last(&self) -> u64 {
        self.from + self.events.len() as u64
    }

    /// Holds it against what was written, event by event; a state says which events it is of.
    pub(crate) fn assert_is_a_prefix(&self, written: u64, context: &dyn Debug) {
        assert!(self.last() <= written, "{context:?}: {} of {written} events", self.last());
        for (at, event) in self.events.iter().enumerate() {
            assert_eq!(*event, payload(self.from + 1 + at as u64), "{context:?}: event {at}");
        }
        assert_eq!(self.chain, chain_of(self.last()), "{context:?}: the chain of {} events", self.last());
    }
}

/// The chain of the first events, by its definition and not by the journal's code.
pub(crate) fn chain_of(events: u64) -> Chain {
    thread_local! {
        static KNOWN: std::cell::RefCell<Vec<Chain>> = const { std::cell::RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        let hash = |bytes: &[u8]| twox_hash::XxHash3_128::oneshot(bytes).to_le_bytes();
        if known.is_empty() {
            known.push(hash(&OWNER));
        }
        while known.len() as u64 <= events {
            let mut bytes = known.last().expect("the first is there").to_vec();
            bytes.extend(payload(known.len() as u64));
            known.push(hash(&bytes));
        }
        known[events as usize]
    })
}

/// The state in a snapshot: it says what it is of.
pub(crate) fn state_of(position: u64) -> Vec<u8> {
    position.to_le_bytes().repeat(5)
}

pub(crate) fn read(disk: &SimulatedDisk, start: Start) -> Result<Contents, JournalError> {
    let mut reader = Reader::open(disk, OWNER, start)?;
    let from = reader.snapshot().map_or(0, |snapshot| snapshot.position);
    if let Some(snapshot) = reader.snapshot() {
        assert_eq!(snapshot.state, state_of(from), "a state that is not as it was written");
    }
    let mut events = Vec::new();
    while let Some(record) = reader.next_record()? {
        assert_eq!(record.sequence, from + 1 + events.len() as u64);
        events.push(record.payload.to_vec());
    }
    let chain = reader.end().expect("it was read").chain;
    Ok(Contents { from, events, chain })
}

/// Opens a journal to be written; reads as a recovery does.
pub(crate) fn reopen(
    disk: &SimulatedDisk,
    durability: Durability,
) -> Result<(Journal<SimulatedDisk>, Contents), JournalError> {
    let mut recovery = Journal::open(disk.clone(), options(durability), Start::NewestSnapshot)?;
    let from = recovery.snapshot().map_or(0, |snapshot| snapshot.position);
    let mut events = Vec::new();
    while let Some(record) = recovery.next_record()? {
        events.push(record.payload.to_vec());
    }
    let chain = recovery.end().expect("it was read").chain;
    Ok((recovery.finish()?, Contents { from, events, chain }))
}

pub(crate) fn fresh(durability: Durability) -> (SimulatedDisk, Journal<SimulatedDisk>) {
    let disk = SimulatedDisk::default();
    let (journal, _) = reopen(&disk, durability).expect("an empty disk takes a journal");
    (disk, journal)
}

/// Appends the next events, one by one.
pub(crate) fn append(journal: &mut Journal<SimulatedDisk>, events: u64) {
    for _ in 0..events {
        let next = journal.position() + 1;
        journal.append(&payload(next)).expect("the disk takes it");
    }
}
