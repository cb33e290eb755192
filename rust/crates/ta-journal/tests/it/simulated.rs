//! A disk in memory that forgets what was not synced, tears what it was writing, and fails when it is told to. All it does
//! follows from a seed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::rc::Rc;

use ta_journal::{Disk, DiskFile};

use crate::Numbers;

const BLOCK: usize = 512;

/// What is left when it all stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The process is killed: the operating system still writes what it was given.
    Kill,
    /// The power fails: of what was not synced, files keep a torn part of their ends, and names may be lost.
    Power,
    /// The same, and blocks of files were written in any order.
    Reordered,
}

/// Something that fails, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is room for half of a write.
    NoSpace,
    /// A sync fails, and what it was to write is gone.
    Sync,
    /// A name is not taken.
    Name,
}

#[derive(Clone, Debug, Default)]
struct Content {
    now: Vec<u8>,
    synced: Vec<u8>,
}

type Names = BTreeMap<String, usize>;

#[derive(Clone, Debug, Default)]
struct State {
    contents: Vec<Content>,
    names: Names,
    /// The names that last, and what was done to them since.
    synced_names: Names,
    folders: Vec<String>,
    steps: u64,
    stops_at: Option<u64>,
    is_off: bool,
    trouble: Option<(u64, Trouble)>,
    /// Bytes of files of which the disk cannot read.
    unreadable: Option<(String, u64)>,
    numbers: u64,
}

#[derive(Clone, Default)]
pub struct SimulatedDisk {
    state: Rc<RefCell<State>>,
    is_locked: Rc<Cell<bool>>,
}

pub struct SimulatedFile {
    disk: SimulatedDisk,
    content: usize,
    name: String,
}

pub struct SimulatedLock(Rc<Cell<bool>>);

impl Drop for SimulatedLock {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl SimulatedDisk {
    /// All files, by name.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state.borrow();
        state.names.iter().map(|(name, at)| (name.clone(), state.contents[*at].now.clone())).collect()
    }

    /// A disk with these files, all of them synced.
    pub fn of(files: &BTreeMap<String, Vec<u8>>) -> SimulatedDisk {
        let contents = files.values().map(|bytes| Content { now: bytes.clone(), synced: bytes.clone() });
        let names: Names = files.keys().cloned().zip(0..).collect();
        let state =
            State { contents: contents.collect(), synced_names: names.clone(), names, ..State::default() };
        SimulatedDisk { state: Rc::new(RefCell::new(state)), is_locked: Rc::default() }
    }

    pub fn steps(&self) -> u64 {
        self.state.borrow().steps
    }

    /// Everything stops at this change of the disk, counted from now.
    pub fn stop_at(&self, step: u64, seed: u64) {
        let mut state = self.state.borrow_mut();
        state.stops_at = Some(state.steps + step);
        state.numbers = seed;
    }

    pub fn fail_at(&self, step: u64, trouble: Trouble) {
        let mut state = self.state.borrow_mut();
        state.trouble = Some((state.steps + step, trouble));
    }

    pub fn cannot_read(&self, name: &str, from: u64) {
        self.state.borrow_mut().unreadable = Some((name.to_owned(), from));
    }

    pub fn is_off(&self) -> bool {
        self.state.borrow().is_off
    }

    /// What is there when the machine runs again.
    pub fn after(&self, stop: Stop, seed: u64) -> SimulatedDisk {
        let state = self.state.borrow();
        let mut numbers = Numbers(seed);
        let names = match stop {
            Stop::Kill => state.names.clone(),
            Stop::Power | Stop::Reordered => surviving(&state, &mut numbers),
        };
        let files = names.iter().map(|(name, at)| {
            let Content { now, synced } = &state.contents[*at];
            let bytes = match stop {
                Stop::Kill => now.clone(),
                Stop::Power => torn(synced, now, &mut numbers, true),
                Stop::Reordered => torn(synced, now, &mut numbers, false),
            };
            (name.clone(), bytes)
        });
        SimulatedDisk::of(&files.collect())
    }

    /// Counts a change; fails where everything stops or something is to fail.
    fn step(&self) -> io::Result<Option<Trouble>> {
        let mut state = self.state.borrow_mut();
        if state.is_off {
            return Err(ErrorKind::Other.into());
        }
        let step = state.steps;
        state.steps += 1;
        if state.stops_at == Some(step) {
            state.is_off = true;
            return Err(ErrorKind::Other.into());
        }
        Ok(state.trouble.filter(|(at, _)| *at == step).map(|(_, trouble)| trouble))
    }

    fn name_step(&self) -> io::Result<()> {
        match self.step()? {
            Some(Trouble::Name) => Err(ErrorKind::ReadOnlyFilesystem.into()),
            _ => Ok(()),
        }
    }

    fn file(&self, name: &str) -> io::Result<SimulatedFile> {
        let content = *self.state.borrow().names.get(name).ok_or(ErrorKind::NotFound)?;
        Ok(SimulatedFile { disk: self.clone(), content, name: name.to_owned() })
    }
}

/// Each name that was changed since the last sync is as before or as after.
fn surviving(state: &State, numbers: &mut Numbers) -> Names {
    let mut names = state.synced_names.clone();
    for name in state.names.keys().chain(state.synced_names.keys()) {
        let (before, after) = (state.synced_names.get(name), state.names.get(name));
        if before != after && numbers.below(2) == 0 {
            match after {
                Some(at) => names.insert(name.clone(), *at),
                None => names.remove(name),
            };
        }
    }
    names
}

fn torn(synced: &[u8], now: &[u8], numbers: &mut Numbers, in_order: bool) -> Vec<u8> {
    if synced == now {
        return now.to_vec();
    }
    if !now.starts_with(synced) {
        // A file that was cut or emptied and not synced is as before or as after.
        return if numbers.below(2) == 0 { synced.to_vec() } else { now.to_vec() };
    }
    let length = synced.len() + numbers.below((now.len() - synced.len() + 1) as u64) as usize;
    let mut bytes = now[..length].to_vec();
    if !in_order {
        for block in synced.len() / BLOCK..length.div_ceil(BLOCK) {
            if numbers.below(2) == 0 {
                let from = (block * BLOCK).max(synced.len());
                bytes[from..((block + 1) * BLOCK).min(length)].fill(0);
            }
        }
    }
    bytes
}

impl Disk for SimulatedDisk {
    type File = SimulatedFile;
    type Lock = SimulatedLock;

    fn list(&self) -> io::Result<Vec<String>> {
        Ok(self.state.borrow().names.keys().filter(|name| !name.contains('/')).cloned().collect())
    }

    fn open(&self, name: &str) -> io::Result<SimulatedFile> {
        self.file(name)
    }

    fn create(&self, name: &str) -> io::Result<SimulatedFile> {
        self.name_step()?;
        let mut state = self.state.borrow_mut();
        state.contents.push(Content::default());
        let at = state.contents.len() - 1;
        state.names.insert(name.to_owned(), at);
        drop(state);
        self.file(name)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.name_step()?;
        let mut state = self.state.borrow_mut();
        let at = state.names.remove(from).ok_or(ErrorKind::NotFound)?;
        state.names.insert(to.to_owned(), at);
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.name_step()?;
        self.state.borrow_mut().names.remove(name).map(drop).ok_or(ErrorKind::NotFound.into())
    }

    fn create_folder(&self, name: &str) -> io::Result<()> {
        self.name_step()?;
        let mut state = self.state.borrow_mut();
        let has_files = state.names.keys().any(|file| file.starts_with(&format!("{name}/")));
        if has_files || state.folders.iter().any(|folder| folder == name) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        state.folders.push(name.to_owned());
        Ok(())
    }

    fn sync_folder(&self, name: &str) -> io::Result<()> {
        self.name_step()?;
        let mut state = self.state.borrow_mut();
        let is_in = |file: &String| match file.split_once('/') {
            Some((folder, _)) => folder == name,
            None => name.is_empty(),
        };
        let now: Names = state
            .names
            .iter()
            .filter(|(file, _)| is_in(file))
            .map(|(file, at)| (file.clone(), *at))
            .collect();
        state.synced_names.retain(|file, _| !is_in(file));
        state.synced_names.extend(now);
        Ok(())
    }

    fn lock(&self, _: &str) -> io::Result<SimulatedLock> {
        if self.is_locked.replace(true) {
            return Err(ErrorKind::WouldBlock.into());
        }
        Ok(SimulatedLock(self.is_locked.clone()))
    }
}

impl DiskFile for SimulatedFile {
    fn length(&self) -> io::Result<u64> {
        Ok(self.disk.state.borrow().contents[self.content].now.len() as u64)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let state = self.disk.state.borrow();
        if let Some((name, from)) = &state.unreadable
            && *name == self.name
            && offset + into.len() as u64 > *from
        {
            return Err(ErrorKind::Other.into());
        }
        let bytes = &state.contents[self.content].now;
        let from = (offset as usize).min(bytes.len());
        let read = into.len().min(bytes.len() - from);
        into[..read].copy_from_slice(&bytes[from..from + read]);
        Ok(read)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let done = self.disk.step();
        let mut state = self.disk.state.borrow_mut();
        let is_stopping = done.is_err() && state.stops_at == Some(state.steps - 1);
        let written = match &done {
            Ok(None) => bytes.len(),
            Ok(Some(Trouble::NoSpace)) => bytes.len() / 2,
            // What stops in a write leaves any part of it.
            Err(_) if is_stopping => {
                let seed = state.numbers;
                Numbers(seed).below(bytes.len() as u64 + 1) as usize
            }
            Ok(Some(_)) => bytes.len(),
            Err(_) => 0,
        };
        state.contents[self.content].now.extend_from_slice(&bytes[..written]);
        match done? {
            Some(Trouble::NoSpace) => Err(ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.disk.step()?;
        self.disk.state.borrow_mut().contents[self.content].now.truncate(length as usize);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let trouble = self.disk.step()?;
        let mut state = self.disk.state.borrow_mut();
        let content = &mut state.contents[self.content];
        if trouble == Some(Trouble::Sync) {
            // Pages that could not be written count as clean: the next sync would find nothing to do.
            content.now = content.synced.clone();
            return Err(ErrorKind::Other.into());
        }
        content.synced = content.now.clone();
        Ok(())
    }
}
