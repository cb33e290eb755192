//! Names of other libraries are told by what they are called here.

use std::collections::HashSet;

use ta_engine::lang::elsewhere::{ELSEWHERE, SAID_OTHERWISE};
use ta_engine::lang::prelude;
use ta_engine::{Rule, catalog};

fn said(name: &str) -> String {
    Rule::compile(&format!("{name}(close) > 1")).expect_err(name).to_string()
}

fn is_callable(name: &str) -> bool {
    catalog().find(name).is_some() || prelude::functions().any(|(known, ..)| known == name)
}

#[test]
fn every_name_of_the_table_leads_to_one_that_there_is_and_is_none_itself() {
    let mut seen = HashSet::new();
    let mut last = "";
    for (here, names) in ELSEWHERE {
        assert!(is_callable(here), "`{here}` is no name of the catalogue or of the language");
        assert!(last < *here, "`{here}` stands behind `{last}`");
        last = here;
        for name in names.split(' ') {
            assert!(!is_callable(name), "`{name}` can be called");
            assert!(seen.insert((*here, name)), "`{name}` stands twice for `{here}`");
            let said = said(name);
            assert!(said.contains(&format!("`{here}`")), "{name}: {said}");
        }
    }
    assert!(seen.len() > 500);
    for (name, text) in SAID_OTHERWISE {
        assert!(!is_callable(name), "`{name}` can be called");
        assert!(said(name).contains(text), "{name}: {}", said(name));
    }
}

#[test]
fn names_of_known_libraries_lead_where_they_mean() {
    for (name, here) in [
        ("ta.rsi", "`rsi`"),
        ("math.abs", "`abs`"),
        ("bbw", "`bb_width` or `talib.bbw` or `pine.bbw`"),
        ("rvi", "`relative_vigor` or `relative_volatility` or `talib.rvi`"),
        ("iRSI", "`rsi`"),
        ("ui", "`ulcer`"),
        ("td_seq", "`td_sequential`"),
        ("wilders", "`rma`"),
        ("increasing", "`rising`"),
        ("qcut", "`quantile_of`"),
        ("jurik", "`jma`"),
        ("vp", "`volume_profile`"),
        ("pine.pivot_point_levels", "`pivot_points(\"traditional\")`"),
    ] {
        let said = said(name);
        assert!(said.contains(here), "{name}: {said}");
    }
}
