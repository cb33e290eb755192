//! What is written from the catalogue: a page per indicator, the catalogue as data, the Python functions by group; and the
//! licences of what is linked.
//!
//! Every file follows from `ta_engine::catalog()` or from the list of crates. Files are committed, and a test fails when one is stale.

mod example;
mod licences;
mod pages;
mod python;
mod words;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ta_engine::catalog;
use ta_engine::catalog::IndicatorSpec;

/// Stands in every file that is written here; what has it and is written no more goes.
pub(crate) const MARK: &str = "Written by `make generate` from the catalogue";

/// Where files are written that nobody else writes.
const FOLDERS: [&str; 2] = [pages::FOLDER, python::FOLDER];

/// A file, by its path from the root of the repository.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn files(specs: &[&'static IndicatorSpec]) -> io::Result<Vec<File>> {
    let groups = words::by_group(specs);
    let mut files = pages::files(specs, &groups);
    files.extend(python::files(&groups));
    files.push(licences::file(&root())?);
    Ok(files)
}

/// Writes what is stale and removes what is left over; gives their paths.
pub(crate) fn write(root: &Path) -> io::Result<Vec<String>> {
    let files = files(catalog().specs())?;
    let stale = stale(root, &files)?;
    for path in &stale {
        match files.iter().find(|file| file.path == *path) {
            Some(file) => {
                let target = root.join(path);
                fs::create_dir_all(target.parent().expect("a file has a folder"))?;
                fs::write(target, &file.text)?;
            }
            None => fs::remove_file(root.join(path))?,
        }
    }
    Ok(stale)
}

/// The paths of files that are not what the catalogue gives.
pub(crate) fn check(root: &Path) -> io::Result<Vec<String>> {
    stale(root, &files(catalog().specs())?)
}

fn stale(root: &Path, files: &[File]) -> io::Result<Vec<String>> {
    let is_as_written = |file: &&File| {
        // Where Git checks out lines for Windows, they end in two characters.
        let there = fs::read_to_string(root.join(&file.path)).map(|text| text.replace("\r\n", "\n"));
        there.is_ok_and(|text| text == file.text)
    };
    let mut stale: Vec<_> =
        files.iter().filter(|file| !is_as_written(file)).map(|f| f.path.clone()).collect();
    for folder in FOLDERS {
        for path in written_before(&root.join(folder))? {
            let path = format!("{folder}/{path}");
            if files.iter().all(|file| file.path != path) {
                stale.push(path);
            }
        }
    }
    Ok(stale)
}

/// The names of a folder's files that have the mark.
fn written_before(folder: &Path) -> io::Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && fs::read_to_string(&path).is_ok_and(|text| text.contains(MARK)) {
            names.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use ta_engine::{Rule, state_bytes_of};

    use super::*;

    #[test]
    fn the_committed_files_are_what_the_catalogue_gives() {
        let stale = check(&root()).expect("the repository can be read");
        assert!(stale.is_empty(), "stale, `make generate` writes them: {}", stale.join(", "));
    }

    #[test]
    fn a_file_that_was_changed_lost_or_left_over_is_stale_until_it_is_written_again() {
        let folder = std::env::temp_dir().join(format!("generated-{}", std::process::id()));
        let every = files(catalog().specs()).expect("can be made").len();
        assert_eq!(write(&folder).expect("can be written").len(), every);
        assert!(check(&folder).expect("can be read").is_empty());
        let page = |name: &str| format!("{}/{name}.md", pages::FOLDER);
        fs::write(folder.join(page("rsi")), "the formula of another one").expect("can be written");
        fs::remove_file(folder.join(page("sma"))).expect("is there");
        fs::write(folder.join(page("gone")), MARK).expect("can be written");
        fs::write(folder.join(page("by_hand")), "no mark").expect("can be written");
        let stale = [page("sma"), page("rsi"), page("gone")];
        assert_eq!(check(&folder).expect("can be read"), stale);
        assert_eq!(write(&folder).expect("can be written"), stale);
        assert!(check(&folder).expect("can be read").is_empty());
        assert!(!folder.join(page("gone")).exists() && folder.join(page("by_hand")).exists());
        fs::remove_dir_all(&folder).expect("is there");
    }

    #[test]
    fn the_rule_on_each_page_compiles_and_reads_its_indicator() {
        for spec in catalog().specs() {
            let text = example::rule(spec);
            let rule = Rule::compile(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(rule.plan().outputs().len(), 1, "{text}");
            assert!(text.contains(&format!("{}(", spec.name)), "{text}");
        }
    }

    #[test]
    fn each_page_says_how_many_bytes_its_indicator_adds_to_a_session() {
        let mut kept = 0;
        for spec in catalog().specs() {
            let call = example::call(spec);
            // Rows ago, as those of returns, and choices are nodes of their own.
            if call.contains('[') || call.contains("if(") {
                continue;
            }
            let rule = Rule::compile(&call).unwrap_or_else(|error| panic!("{call}: {error}"));
            let bytes = state_bytes_of(spec, &spec.default_values());
            assert_eq!(bytes, rule.explain(None).expect("no durations").state_bytes, "{call}");
            let page = fs::read_to_string(root().join(format!("{}/{}.md", pages::FOLDER, spec.name)));
            let page = page.expect("the page is there").replace(',', "");
            match bytes.expect("no length of a bar decides") {
                0 => assert!(page.contains("| keeps | nothing from bar to bar |"), "{call}"),
                bytes => {
                    assert!(page.contains(&format!("| keeps | {bytes} bytes for each symbol |")), "{call}")
                }
            }
            kept += usize::from(bytes > Some(0));
        }
        assert!(kept > 400, "{kept}");
    }
}
