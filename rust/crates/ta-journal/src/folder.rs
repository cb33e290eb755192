//! The real disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::disk::{Disk, DiskFile};

/// A folder of the file system.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A folder; it is made where it is not there.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn new(path: impl Into<PathBuf>) -> io::Result<Folder> {
        let folder = Folder { path: path.into() };
        if !folder.path.is_dir() {
            fs::create_dir_all(&folder.path)?;
            // The folder's own name has to last, too.
            if let Some(parent) = folder.path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                sync_names(parent)?;
            }
        }
        Ok(folder)
    }

    /// A folder that is there.
    ///
    /// # Errors
    /// Where it is not.
    pub fn existing(path: impl Into<PathBuf>) -> io::Result<Folder> {
        let path = path.into();
        if path.is_dir() { Ok(Folder { path }) } else { Err(ErrorKind::NotFound.into()) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// On systems where a folder is no file there is nothing to sync.
fn sync_names(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

impl Disk for Folder {
    type File = File;
    type Lock = File;

    fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            // What is not UTF-8 is no file of the journal's.
            if let (true, Ok(name)) = (entry.file_type()?.is_file(), entry.file_name().into_string()) {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn open(&self, name: &str) -> io::Result<File> {
        let path = self.path.join(name);
        // A journal that may only be read is read.
        match OpenOptions::new().read(true).append(true).open(&path) {
            Err(error) if is_read_only(&error) => File::open(&path),
            opened => opened,
        }
    }

    fn create(&self, name: &str) -> io::Result<File> {
        let path = self.path.join(name);
        OpenOptions::new().write(true).create(true).truncate(true).open(&path)?;
        OpenOptions::new().read(true).append(true).open(&path)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    fn create_folder(&self, name: &str) -> io::Result<()> {
        fs::create_dir(self.path.join(name))
    }

    fn sync_folder(&self, name: &str) -> io::Result<()> {
        sync_names(&self.path.join(name))
    }

    fn lock(&self, name: &str) -> io::Result<File> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(self.path.join(name))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

impl DiskFile for File {
    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        loop {
            #[cfg(unix)]
            let read = std::os::unix::fs::FileExt::read_at(self, into, offset);
            #[cfg(windows)]
            let read = std::os::windows::fs::FileExt::seek_read(self, into, offset);
            match read {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}
