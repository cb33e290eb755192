//! The licences of what is linked into the package: it is given to others together with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::File;

/// What is given to others.
const PACKAGE: &str = "ta-py";

/// Of several licences that a crate may be had under, the first of these.
const PREFERRED: [&str; 3] = ["MIT", "Apache-2.0", "Unlicense"];

/// A crate that is linked.
struct Linked {
    name: String,
    licence: String,
    /// The texts that it must be given with.
    texts: Vec<String>,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// What Cargo knows of all crates.
fn metadata(workspace: &Path) -> io::Result<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(workspace)
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The crates that a package is linked with on any system, without those that only build it.
fn linked(metadata: &Value) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let root = list(&metadata["packages"]).find(|package| package["name"] == PACKAGE);
    let mut open: Vec<&str> = root.map(|package| text(&package["id"])).into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let needed = list(&nodes[id]["deps"])
                .filter(|dependency| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null()));
            open.extend(needed.map(|dependency| text(&dependency["pkg"])));
        }
    }
    found
}

/// Where a licence may be chosen, the texts of the preferred one; else all.
fn texts(folder: &Path, licence: &str) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"].iter().any(|stem| name.starts_with(stem))
        {
            files.push((name, path));
        }
    }
    files.sort();
    let may_choose = (licence.contains(" OR ") || licence.contains('/')) && !licence.contains(" AND ");
    let preferred = PREFERRED.iter().find(|one| may_choose && licence.contains(**one));
    if let Some(preferred) = preferred {
        let stem = preferred.split('-').next().unwrap_or_default().to_uppercase();
        let is_it = |name: &str| name.ends_with(&stem) || name.contains(&format!("{stem}-"));
        if files.iter().any(|(name, _)| is_it(name)) {
            files.retain(|(name, _)| is_it(name) || name.starts_with("NOTICE"));
        }
    }
    files
        .iter()
        .map(|(_, path)| Ok(fs::read_to_string(path)?.replace("\r\n", "\n").trim().to_owned()))
        .collect()
}

/// The file with all licences: each text once, with the crates that are given under it.
pub(super) fn file(root: &Path) -> io::Result<File> {
    let metadata = metadata(&root.join("rust"))?;
    let linked = linked(&metadata);
    let mut crates = Vec::new();
    for package in list(&metadata["packages"]).filter(|package| linked.contains(text(&package["id"]))) {
        // Those of this workspace have no source, and are under its own licence.
        if !package["source"].is_null() {
            let folder = Path::new(text(&package["manifest_path"])).parent().expect("a file has a folder");
            let licence = text(&package["license"]).to_owned();
            let name = format!("{} {}", text(&package["name"]), text(&package["version"]));
            crates.push(Linked { texts: texts(folder, &licence)?, name, licence });
        }
    }
    crates.sort_by(|a, b| a.name.cmp(&b.name));
    let mut by_text: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in &crates {
        one.texts.iter().for_each(|text| by_text.entry(text).or_default().push(&one.name));
    }
    let mut page = String::from(
        "# Licences of what is linked\n\nWritten by `make generate` from the crates' own files. The package contains these crates:\n\n",
    );
    for one in &crates {
        page += &format!("- {}: {}\n", one.name, one.licence);
    }
    let mut groups: Vec<_> = by_text.into_iter().map(|(text, names)| (names, text)).collect();
    groups.sort();
    for (names, text) in groups {
        page += &format!("\n## {}\n\n```text\n{text}\n```\n", names.join(", "));
    }
    Ok(File { path: "LICENSES-OF-CRATES.md".to_owned(), text: page })
}
