//! Nodes that look at the symbols of one row together, and which symbols they are.

use std::sync::Arc;

use super::columns::Columns;
use super::node::{GroupNode, Wiring};
use super::snapshot::{Reader, SnapshotError, invalid};
use super::symbols::{load_texts, save_texts};
use crate::catalog::{Across, IndicatorSpec, Made, ParamValue};
use crate::lanes::{Lanes, Lanes8};

/// The symbols of a universe, by their places: all of them, and by group.
#[derive(Debug)]
pub(crate) struct Members {
    all: [Vec<usize>; 1],
    groups: Option<Vec<Vec<usize>>>,
}

impl Members {
    /// So many symbols, and the groups that they are in, where they are in some.
    pub(crate) fn new(symbols: usize, groups: Option<&Groupings>) -> Members {
        Members { all: [(0..symbols).collect()], groups: groups.map(Groupings::places) }
    }

    /// Whom a node looks at together.
    fn parts(&self, by_group: bool) -> &[Vec<usize>] {
        match &self.groups {
            Some(groups) if by_group => groups,
            _ => &self.all,
        }
    }
}

/// The name of the group that each symbol is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Groupings(Box<[String]>);

impl Groupings {
    /// Checks the names of the groups of so many symbols; says what is wrong with them.
    pub(crate) fn new(names: Vec<String>, symbols: usize) -> Result<Groupings, String> {
        if names.len() != symbols {
            return Err(format!("groups of {} symbols are given, and there are {symbols}", names.len()));
        }
        match names.iter().position(|name| name.trim().is_empty()) {
            Some(at) => Err(format!("the name of the group of symbol {at} is empty")),
            None => Ok(Groupings(names.into())),
        }
    }

    /// Per symbol.
    pub(crate) fn names(&self) -> &[String] {
        &self.0
    }

    /// Appends the names of the groups.
    pub(super) fn save(&self, out: &mut Vec<u8>) {
        save_texts(&self.0, out);
    }

    /// Reads what [`save`](Groupings::save) wrote of so many symbols.
    pub(super) fn load(reader: &mut Reader<'_>, symbols: u64) -> Result<Groupings, SnapshotError> {
        let names = load_texts(reader, symbols, "the group")?;
        let groups = Groupings::new(names, symbols as usize);
        groups.map_err(|problem| invalid(format!("groups: {problem}")))
    }

    /// The symbols of each group.
    fn places(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
        for (at, name) in self.0.iter().enumerate() {
            match groups.iter_mut().find(|(known, _)| known == name) {
                Some((_, places)) => places.push(at),
                None => groups.push((name, vec![at])),
            }
        }
        groups.into_iter().map(|(_, places)| places).collect()
    }
}

/// What is made of the values that the symbols of a row have.
struct AcrossSymbols {
    made: Across,
    by_group: bool,
    params: Vec<ParamValue>,
    input: usize,
    output: usize,
    members: Arc<Members>,
    /// Those who take part: their values and places, and room to order them in.
    values: Vec<f64>,
    who: Vec<usize>,
    places: Vec<usize>,
}

/// The node of an indicator that looks across symbols.
pub(crate) fn across_group(
    spec: &'static IndicatorSpec,
    params: &[ParamValue],
    wiring: &Wiring,
    members: &Arc<Members>,
) -> Box<dyn GroupNode> {
    let Made::Across { by_group, made } = spec.made else {
        panic!("`{}` looks at no other symbol", spec.name);
    };
    let room = members.all[0].len();
    Box::new(AcrossSymbols {
        made,
        by_group: by_group(params),
        params: params.to_vec(),
        input: wiring.inputs[0],
        output: wiring.output,
        members: members.clone(),
        values: Vec::with_capacity(room),
        who: Vec::with_capacity(room),
        places: Vec::with_capacity(room),
    })
}

impl GroupNode for AcrossSymbols {
    fn step(&mut self, rows: &mut [Lanes8], tiles: usize) {
        let (before, after) = rows.split_at_mut(self.output * tiles);
        let (given, out) = (&before[self.input * tiles..][..tiles], &mut after[..tiles]);
        out.fill(Lanes8::NAN);
        for part in self.members.parts(self.by_group) {
            self.who.clear();
            self.values.clear();
            for place in part {
                let x = given[place / Lanes8::LANES].lane(place % Lanes8::LANES);
                if x.is_number() {
                    self.who.push(*place);
                    self.values.push(x);
                }
            }
            if self.who.is_empty() {
                continue;
            }
            let mut put = |place: usize, x: f64| {
                out[place / Lanes8::LANES].set_lane(place % Lanes8::LANES, x.finite_or_nan());
            };
            match self.made {
                Across::Each(each) => {
                    self.places.resize(self.values.len(), 0);
                    each(&self.params, &mut self.values, &mut self.places);
                    for (place, x) in self.who.iter().zip(&self.values) {
                        put(*place, *x);
                    }
                }
                Across::One(one) => {
                    let x = one(&self.params, &self.values);
                    part.iter().for_each(|place| put(*place, x));
                }
            }
        }
        // Lanes without a symbol go along with the last one.
        if let (Some(last), Some(tile)) = (self.members.all[0].last(), out.last_mut()) {
            let lane = last % Lanes8::LANES;
            let x = tile.lane(lane);
            (lane + 1..Lanes8::LANES).for_each(|idle| tile.set_lane(idle, x));
        }
    }

    fn run(&mut self, _tile: usize, _columns: &mut Columns<'_, Lanes8>) {
        unreachable!("a universe takes row by row what looks across its symbols");
    }
}
