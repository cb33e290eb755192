//! The order of rows: rising, or turned round; rows that are there twice are dropped, and what differs is asked.

use std::collections::HashMap;

use ta_engine::times::iso;

use crate::options::Keep;

/// Rows in the order of their times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arranged {
    /// The rows, where they are not all as they stand.
    pub(crate) rows: Option<Vec<usize>>,
    pub(crate) is_turned: bool,
    /// Rows that were there already.
    pub(crate) repeated: usize,
    /// Rows of a time of which another was kept.
    pub(crate) replaced: usize,
    pub(crate) is_sorted: bool,
}

/// Why rows have no order, and at which row it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Disorder {
    /// The row's time is that of another, and its values differ.
    Differs { row: usize, other: usize },
    /// The row's time is before that of the row before it.
    Back { row: usize, before: usize },
}

/// Puts some rows, or all, in order. `same` tells whether two rows have the same values.
pub(crate) fn arrange(
    times: &[i64],
    rows: Option<Vec<usize>>,
    same: impl Fn(usize, usize) -> bool,
    keep: Option<Keep>,
    sort: bool,
) -> Result<Arranged, Disorder> {
    let mut arranged = Arranged { rows, ..Arranged::default() };
    let is_rising = |rows: &Option<Vec<usize>>| match rows {
        None => times.windows(2).all(|pair| pair[0] < pair[1]),
        Some(rows) => rows.windows(2).all(|pair| times[pair[0]] < times[pair[1]]),
    };
    if is_rising(&arranged.rows) {
        return Ok(arranged);
    }
    let mut rows = arranged.rows.take().unwrap_or_else(|| (0..times.len()).collect());
    let falls = rows.windows(2).all(|pair| times[pair[0]] >= times[pair[1]]);
    let is_mixed = !falls && rows.windows(2).any(|pair| times[pair[0]] > times[pair[1]]);
    if falls && rows.first().map(|row| times[*row]) != rows.last().map(|row| times[*row]) {
        rows.reverse();
        arranged.is_turned = true;
    }
    if is_mixed {
        // Rows that are there twice may be all that is out of order.
        let mut seen: HashMap<i64, Vec<usize>> = HashMap::with_capacity(rows.len());
        let before = rows.len();
        rows.retain(|row| {
            let there = seen.entry(times[*row]).or_default();
            let is_new = !there.iter().any(|other| same(*other, *row));
            if is_new {
                there.push(*row);
            }
            is_new
        });
        arranged.repeated = before - rows.len();
        if sort {
            rows.sort_by_key(|row| times[*row]);
            arranged.is_sorted = true;
        } else if let Some(pair) = rows.windows(2).find(|pair| times[pair[0]] > times[pair[1]]) {
            return Err(Disorder::Back { row: pair[1], before: pair[0] });
        }
    }
    let mut kept: Vec<usize> = Vec::with_capacity(rows.len());
    for row in rows {
        let last = kept.last().copied().filter(|last| times[*last] == times[row]);
        let Some(other) = last else {
            kept.push(row);
            continue;
        };
        if same(other, row) {
            arranged.repeated += 1;
            continue;
        }
        // Of the file's rows the first or the last, whichever way they were turned.
        let is_later = row > other;
        match keep {
            None => return Err(Disorder::Differs { row: row.max(other), other: row.min(other) }),
            Some(keep) => {
                arranged.replaced += 1;
                if is_later == (keep == Keep::Last)
                    && let Some(last) = kept.last_mut()
                {
                    *last = row;
                }
            }
        }
    }
    arranged.rows = Some(kept);
    Ok(arranged)
}

impl Disorder {
    /// The row where it shows.
    pub(crate) fn row(&self) -> usize {
        match self {
            Disorder::Differs { row, .. } | Disorder::Back { row, .. } => *row,
        }
    }

    /// In words; `place` says where a row stands.
    pub(crate) fn words(&self, times: &[i64], place: impl Fn(usize) -> String) -> String {
        match self {
            Disorder::Differs { row, other } => format!(
                "the time {} is that of {} too, with other values: duplicates=\"first\" or \"last\" says which is kept",
                iso(times[*row]),
                place(*other)
            ),
            Disorder::Back { row, before } => format!(
                "the time {} is not after that of {}, {}, and rows neither rise nor fall throughout: order=\"sort\" sorts them",
                iso(times[*row]),
                place(*before),
                iso(times[*before])
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(times: &[i64], values: &[i64], keep: Option<Keep>, sort: bool) -> Result<Vec<usize>, Disorder> {
        let same = |a: usize, b: usize| values[a] == values[b];
        let arranged = arrange(times, None, same, keep, sort)?;
        Ok(arranged.rows.unwrap_or_else(|| (0..times.len()).collect()))
    }

    #[test]
    fn falling_rows_are_turned_and_rows_twice_are_dropped() {
        assert_eq!(order(&[1, 2, 3], &[1, 2, 3], None, false), Ok(vec![0, 1, 2]));
        assert_eq!(order(&[3, 2, 1], &[3, 2, 1], None, false), Ok(vec![2, 1, 0]));
        assert_eq!(order(&[1, 2, 2, 3], &[1, 2, 2, 3], None, false), Ok(vec![0, 1, 3]));
        assert_eq!(order(&[3, 2, 2, 1], &[3, 2, 2, 1], None, false), Ok(vec![3, 2, 0]));
        assert_eq!(order(&[1, 2, 3, 2, 3, 4], &[1, 2, 3, 2, 3, 4], None, false), Ok(vec![0, 1, 2, 5]));
        assert_eq!(order(&[1, 1], &[1, 1], None, false), Ok(vec![0]));
    }

    #[test]
    fn what_differs_or_goes_back_is_asked() {
        assert_eq!(order(&[1, 2, 2], &[1, 2, 9], None, false), Err(Disorder::Differs { row: 2, other: 1 }));
        assert_eq!(order(&[1, 2, 2], &[1, 2, 9], Some(Keep::First), false), Ok(vec![0, 1]));
        assert_eq!(order(&[1, 2, 2], &[1, 2, 9], Some(Keep::Last), false), Ok(vec![0, 2]));
        assert_eq!(order(&[2, 2, 1], &[9, 2, 1], Some(Keep::First), false), Ok(vec![2, 0]));
        assert_eq!(order(&[2, 2, 1], &[9, 2, 1], Some(Keep::Last), false), Ok(vec![2, 1]));
        assert_eq!(order(&[1, 3, 2], &[1, 3, 2], None, false), Err(Disorder::Back { row: 2, before: 1 }));
        assert_eq!(order(&[1, 3, 2], &[1, 3, 2], None, true), Ok(vec![0, 2, 1]));
    }
}
