//! Results in files: whole or not there, and never in place of what they are made of.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Failure;

/// Refuses a result in a file that is read, by whatever name or link.
pub(crate) fn check_apart(output: &Path, sources: &[PathBuf]) -> Result<(), Failure> {
    match sources.iter().find(|source| is_same(output, source)) {
        Some(source) => Err(Failure::Usage(format!(
            "--output {}: that is {}, which is read; another file is needed",
            output.display(),
            source.display()
        ))),
        None => Ok(()),
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path: &Path| fs::metadata(path).ok().map(|there| (there.dev(), there.ino()));
        identity(a).is_some_and(|a| Some(a) == identity(b))
    }
    #[cfg(not(unix))]
    {
        fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
    }
}

/// Writes a file that is either whole or as it was: to a new file beside it, which takes its name once it is on the disk.
pub(crate) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one: what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&target).ok();
    if before.as_ref().is_some_and(|there| !there.is_file()) {
        // A pipe or a terminal has no whole.
        return OpenOptions::new().write(true).open(&target)?.write_all(text.as_bytes());
    }
    let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = folder.join(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = OpenOptions::new().write(true).create_new(true).open(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        if let Some(before) = &before {
            file.set_permissions(before.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &target)
    });
    if let Err(error) = written {
        // What is there of another run with this name is not ours to remove.
        if error.kind() != io::ErrorKind::AlreadyExists {
            let _ = fs::remove_file(&beside);
        }
        return Err(error);
    }
    // The name lasts once the folder is on the disk, where folders can be written so.
    File::open(folder).and_then(|folder| folder.sync_all()).or(Ok(()))
}
