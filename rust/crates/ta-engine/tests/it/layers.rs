//! The engine's modules in layers: each uses those below it and no others, so that a reader may begin at the bottom and never
//! has to know what stands above.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every module, from the top down, and those it uses. Parts of a folder that are named here are modules of their own.
const LAYERS: &[(&str, &[&str])] = &[
    ("verify", &["rule", "incremental::joined", "incremental", "plan::joined", "lanes", "isa"]),
    (
        "rule",
        &[
            "explanation",
            "incremental::joined",
            "incremental",
            "indicators",
            "plan::joined",
            "plan",
            "calendar",
            "lang",
            "catalog",
            "isa",
        ],
    ),
    ("explanation", &["incremental", "plan::joined", "plan", "catalog"]),
    (
        "incremental::joined",
        &["incremental", "plan::joined", "plan", "closing", "calendar", "lanes", "times", "isa"],
    ),
    (
        "incremental",
        &[
            "indicators",
            "window",
            "plan",
            "closing",
            "calendar",
            "catalog",
            "kernel",
            "lanes",
            "hashing",
            "times",
            "isa",
        ],
    ),
    ("indicators", &["window", "kernel", "lanes"]),
    ("window", &["kernel", "lanes", "isa"]),
    ("plan::joined", &["plan", "closing", "calendar", "lang", "catalog"]),
    ("planner", &["plan", "calendar", "lang", "catalog"]),
    ("plan", &["closing", "calendar", "lang", "catalog", "lanes", "hashing"]),
    ("closing", &["calendar", "times"]),
    ("calendar", &["lang"]),
    ("lang", &["catalog"]),
    ("kernel", &["catalog", "lanes"]),
    ("catalog", &["hashing"]),
    ("lanes", &[]),
    ("hashing", &[]),
    ("times", &["isa"]),
    ("numbers", &[]),
    ("isa", &[]),
];

/// A text without comments, and without what is only there for tests.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            // The item behind it: a line, or up to the brace that closes it.
            let mut open = 0;
            for line in lines.by_ref() {
                open += line.matches('{').count() as i64 - line.matches('}').count() as i64;
                if open <= 0 && (line.contains(';') || line.contains('}')) {
                    break;
                }
            }
            continue;
        }
        // A comment begins at two slashes that do not stand in a text.
        let slashes = line.match_indices("//").map(|(at, _)| at);
        let end = slashes.filter(|at| line[..*at].matches('"').count() % 2 == 0).min();
        code.push_str(&line[..end.unwrap_or(line.len())]);
        code.push('\n');
    }
    code
}

/// The paths that a module names from the crate's root, or by way of the modules around it. What a macro writes down with
/// `$crate` belongs to whoever calls it.
fn paths_in(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut paths = Vec::new();
    for root in ["crate::", "super::"] {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| is_word(c) || c == '$') || code[..at].ends_with("super::") {
                continue;
            }
            let (mut path, mut rest) = (Vec::new(), &code[at..]);
            if root == "super::" {
                path = module.to_vec();
                while let Some(after) = rest.strip_prefix("super::") {
                    path.pop();
                    rest = after;
                }
                // In a module within a file of the root: what stands around it is the file.
                if path.is_empty() && module.len() == 1 {
                    continue;
                }
            } else {
                rest = &rest[root.len()..];
            }
            loop {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                if word.is_empty() {
                    break;
                }
                path.push(word.to_owned());
                match after.strip_prefix("::") {
                    Some(after) => rest = after,
                    None => break,
                }
            }
            match rest.strip_prefix('{') {
                // A list: each of its words may be a module.
                Some(list) => {
                    let list = list.split_once('}').map_or(list, |(list, _)| list);
                    for word in list.split(|c| !is_word(c)).filter(|word| !word.is_empty()) {
                        paths.push(path.iter().cloned().chain([word.to_owned()]).collect());
                    }
                }
                None => paths.push(path),
            }
        }
    }
    paths
}

/// The entry of the table that a path belongs to: its first two words where these are one, else its first.
fn module_of(path: &[String]) -> Option<String> {
    let two = path.get(..2).map(|two| two.join("::"));
    let is_listed = |name: &String| LAYERS.iter().any(|(module, _)| module == name);
    two.filter(is_listed).or_else(|| path.first().cloned())
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // Folders of tests are not part of the engine.
            if path.file_name().unwrap() != "tests" {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Per module the modules it uses, and for each the files where it does.
fn arrows() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut arrows: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let path = name.trim_end_matches(".rs").trim_end_matches("/mod");
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        // The root shows what the modules have, and uses nothing.
        if path == ["lib"] {
            continue;
        }
        let module = module_of(&path).unwrap();
        let used = arrows.entry(module.clone()).or_default();
        for path in paths_in(&code_of(&fs::read_to_string(&file).unwrap()), &path) {
            match module_of(&path) {
                Some(other) if other != module => {
                    used.entry(other).or_default().insert(name.clone());
                }
                _ => {}
            }
        }
    }
    arrows
}

#[test]
fn every_module_uses_those_below_it_that_the_table_says_and_no_others() {
    let arrows = arrows();
    let listed: BTreeSet<&str> = LAYERS.iter().map(|(module, _)| *module).collect();
    let there: BTreeSet<&str> = arrows.keys().map(String::as_str).collect();
    assert_eq!(there, listed, "modules of the engine, and of the table");
    let mut problems = Vec::new();
    for (at, (module, allowed)) in LAYERS.iter().enumerate() {
        let used = &arrows[*module];
        for (other, files) in used {
            if !allowed.contains(&other.as_str()) {
                problems.push(format!("{module} uses {other} in {files:?}: the table does not allow it"));
            }
        }
        for other in *allowed {
            if !used.contains_key(*other) {
                problems.push(format!("{module} may use {other} and does not: take it out of the table"));
            }
            if !LAYERS[at + 1..].iter().any(|(below, _)| below == other) {
                problems.push(format!("{module} may use {other}, which does not stand below it"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_a_source_uses_is_read_without_comments_and_tests() {
    let text = "//! Of `crate::rule`.\nuse crate::lang::ir::{Expr, Kind};\nuse super::super::plan::Plan; // crate::data\n\
                const NAMES: [&str; 1] = [\"//\"]; type It = crate::isa::Best;\n\
                #[cfg(test)]\nmod tests {\n    use crate::verify::Check;\n    fn of() { let _ = {}; }\n}\n\
                #[cfg(test)]\npub(crate) use crate::calendar::Calendar;\nuse crate::{closing, times};\n\
                macro_rules! it { () => { $crate::catalog::Catalog } }\n";
    let module = ["incremental".to_owned(), "joined".to_owned()];
    let paths: Vec<String> =
        paths_in(&code_of(text), &module).into_iter().map(|path| path.join("::")).collect();
    let expected = ["lang::ir::Expr", "lang::ir::Kind", "isa::Best", "closing", "times", "plan::Plan"]
        .map(str::to_owned);
    assert_eq!(paths, expected);
}
