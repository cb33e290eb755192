//! "Did you mean": known names that look like an unknown one, or are what others call so.

use super::elsewhere::{ELSEWHERE, SAID_OTHERWISE};

/// What is written here for a name of other languages; `known` are the names of the catalogue.
pub(crate) fn written_here(name: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    if let Some((_, here)) = SAID_OTHERWISE.iter().find(|(word, _)| word.eq_ignore_ascii_case(name)) {
        return Some(format!("here it is written {here}"));
    }
    // Of `ta.rma`, `math.abs`, `talib.ma_of`: the name itself.
    let bare = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    if bare.len() < name.len()
        && ["ta", "math", "talib", "pta", "ti", "abstract"]
            .contains(&name.split('.').next().unwrap_or_default())
        && known(&bare)
    {
        return Some(format!("here it is written `{bare}`"));
    }
    let ours = ELSEWHERE.iter().filter(|(_, names)| names.split(' ').any(|one| one == bare));
    let ours = ours.map(|(here, _)| (*here).to_owned());
    // Where a namespace has it under the very name, that is meant as often.
    let theirs =
        ["talib", "pine"].map(|space| format!("{space}.{bare}")).into_iter().filter(|one| known(one));
    let all: Vec<_> = ours.chain(theirs).map(|here| format!("`{here}`")).collect();
    (!all.is_empty()).then(|| format!("here it is written {}", all.join(" or ")))
}

const SUGGESTIONS: usize = 3;

/// Help that names the known names most like `name`, if any are.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names = similar(name, known);
    (!names.is_empty()).then(|| {
        let quoted: Vec<_> = names.iter().map(|n| format!("'{n}'")).collect();
        format!("did you mean {}?", quoted.join(" or "))
    })
}

/// Known names within a small edit distance, or one of whose words begins with `name`, or the other way round; the nearest first.
pub(crate) fn similar<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let name = name.to_ascii_lowercase();
    // Texts have no names of this length; comparing them would only cost time.
    if name.len() > 64 {
        return Vec::new();
    }
    let allowed = (name.len() / 3).clamp(1, 3);
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|k| {
            let distance = edit_distance(&name, k);
            let nested = name.len() >= 3 && k.len() >= 3 && (has_word(k, &name) || has_word(&name, k));
            (distance <= allowed || nested).then_some((distance, k))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(SUGGESTIONS).map(|(_, k)| k).collect()
}

/// Whether one of a name's words begins so: `period` is no part of `talib.ht_dcperiod`.
fn has_word(name: &str, start: &str) -> bool {
    name.match_indices(start).any(|(at, _)| at == 0 || matches!(name.as_bytes()[at - 1], b'_' | b'.'))
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_one_edit() {
        assert_eq!(edit_distance("perod", "period"), 1);
        assert_eq!(edit_distance("mcad", "macd"), 1);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("same", "same"), 0);
    }

    #[test]
    fn near_names_and_parts_of_names_are_suggested() {
        let known = ["sma", "ema", "stochastic", "rsi"];
        assert_eq!(similar("stoch", known), ["stochastic"]);
        assert_eq!(similar("SMMA", known), ["sma"]);
        assert!(similar("zzzzzz", known).is_empty());
        assert_eq!(similar("doji", ["talib.cdl_doji", "talib.ht_dcperiod"]), ["talib.cdl_doji"]);
        assert!(similar("period", ["talib.ht_dcperiod"]).is_empty());
    }
}
