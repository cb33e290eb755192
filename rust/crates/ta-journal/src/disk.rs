//! What the journal asks of a disk. Names are those of files in the journal's folder; a folder within it is named before a
//! slash.

use std::io;

/// A folder of files.
///
/// A name that was created, renamed or removed lasts once its folder is synced, and the bytes of a file once the file is.
pub trait Disk {
    /// An open file.
    type File: DiskFile;
    /// Nobody else has the lock while this lives.
    type Lock;

    /// Names of the files in the journal's folder, in any order.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Opens a file that is there.
    ///
    /// # Errors
    /// Where it is not, or cannot be opened.
    fn open(&self, name: &str) -> io::Result<Self::File>;

    /// Makes an empty file; one that is there is emptied.
    ///
    /// # Errors
    /// Where it cannot be made.
    fn create(&self, name: &str) -> io::Result<Self::File>;

    /// Gives a file another name, and removes what had that name; both at once.
    ///
    /// # Errors
    /// Where it cannot be done; both are as they were.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// Where it cannot be removed.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Makes a folder within the journal's.
    ///
    /// # Errors
    /// Where it is there already or cannot be made.
    fn create_folder(&self, name: &str) -> io::Result<()>;

    /// Makes names last: of a folder within the journal's, or of its own where the name is empty.
    ///
    /// # Errors
    /// Where the disk did not take them.
    fn sync_folder(&self, name: &str) -> io::Result<()>;

    /// Takes the lock that one writer at a time has.
    ///
    /// # Errors
    /// `WouldBlock` where another has it; else where it cannot be told.
    fn lock(&self, name: &str) -> io::Result<Self::Lock>;
}

/// An open file.
pub trait DiskFile {
    /// Its length in bytes.
    ///
    /// # Errors
    /// Where it cannot be told.
    fn length(&self) -> io::Result<u64>;

    /// Reads from `offset` on; less than was asked for where the file ends.
    ///
    /// # Errors
    /// Where the disk cannot read.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize>;

    /// Writes all of `bytes` behind the end.
    ///
    /// # Errors
    /// Where they were not all written; some may have been.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Cuts the file to this length.
    ///
    /// # Errors
    /// Where it was not cut.
    fn cut(&mut self, length: u64) -> io::Result<()>;

    /// Makes its bytes last.
    ///
    /// # Errors
    /// Where the disk did not take them.
    fn sync(&mut self) -> io::Result<()>;
}

/// All bytes of a file, `most` of them.
pub(crate) fn read_whole(file: &impl DiskFile, most: u64) -> io::Result<Option<Vec<u8>>> {
    let length = file.length()?;
    if length > most {
        return Ok(None);
    }
    let mut bytes = vec![0; usize::try_from(length).expect("lengths that may be read fit into memory")];
    let read = read_full(file, 0, &mut bytes)?;
    bytes.truncate(read);
    Ok(Some(bytes))
}

/// Reads until `into` is full or the file ends.
pub(crate) fn read_full(file: &impl DiskFile, offset: u64, into: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < into.len() {
        match file.read_at(offset + read as u64, &mut into[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

impl<D: Disk> Disk for &D {
    type File = D::File;
    type Lock = D::Lock;

    fn list(&self) -> io::Result<Vec<String>> {
        (**self).list()
    }

    fn open(&self, name: &str) -> io::Result<D::File> {
        (**self).open(name)
    }

    fn create(&self, name: &str) -> io::Result<D::File> {
        (**self).create(name)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        (**self).rename(from, to)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        (**self).remove(name)
    }

    fn create_folder(&self, name: &str) -> io::Result<()> {
        (**self).create_folder(name)
    }

    fn sync_folder(&self, name: &str) -> io::Result<()> {
        (**self).sync_folder(name)
    }

    fn lock(&self, name: &str) -> io::Result<D::Lock> {
        (**self).lock(name)
    }
}
