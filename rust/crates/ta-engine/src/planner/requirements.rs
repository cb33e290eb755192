//! What a rule reads, and how many bars of it.
//!
//! The number of bars counts back from the value at the root: every node adds what it looks back itself to what is
//! asked of it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::graph::{Graph, GraphNode, build_graph};
use crate::calendar::Timeframe;
use crate::catalog::Catalog;
use crate::lang::diagnostic::Diagnostic;
use crate::lang::ir::{Call, Kind, SourceRef, Value};
use crate::lang::shift::{Shift, parse_shift};
use crate::lang::sources::{derived_from, find_readable_field, find_source};
use crate::lang::{BoundInput, FRESH, Limits, SELECT, aggregated_source, bind, bind_select, compile};
use crate::plan::timing;

/// Taken for durations when no timeframe is known.
pub const ASSUMED_TIMEFRAME: &str = "1h";

/// A month counts as its longest: too many bars do no harm.
const MONTH_NS: u64 = 31 * 24 * 3600 * 1_000_000_000;

/// One series a rule reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DataRequirement {
    /// Source.
    pub source: String,
    /// Stored field; derived ones are replaced by what they are computed from.
    pub field: String,
    /// Symbol; `None`: the one the rule runs on.
    pub symbol: Option<String>,
    /// Exchange, if one is named.
    pub exchange: Option<String>,
    /// Timeframe, if one is named.
    pub timeframe: Option<String>,
    /// Bars needed for one value at the root.
    pub min_lookback: usize,
    /// Always `None`.
    pub aggregation_params: Option<()>,
}

/// Everything a rule reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SignalRequirements {
    /// Series, sorted by source, field, symbol, exchange, timeframe.
    pub data_requirements: Vec<DataRequirement>,
    /// Shifts, as written, parents first.
    pub time_based_queries: Vec<String>,
}

/// How series of different stamps are brought together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlignmentPolicy {
    /// `inner`, `outer`, `left` or `right`.
    pub how: String,
    /// `none` or `ffill`.
    pub fill: String,
    /// Value before the first on the left.
    pub left_fill_value: Option<f64>,
    /// Value before the first on the right.
    pub right_fill_value: Option<f64>,
}

impl Default for AlignmentPolicy {
    fn default() -> AlignmentPolicy {
        AlignmentPolicy {
            how: "inner".to_owned(),
            fill: "none".to_owned(),
            left_fill_value: None,
            right_fill_value: None,
        }
    }
}

impl SignalRequirements {
    /// The greatest number of bars needed of any series; 0 when none is read.
    pub fn max_lookback(&self) -> usize {
        self.data_requirements.iter().map(|r| r.min_lookback).max().unwrap_or(0)
    }
}

/// The requirements of a checked rule. Durations are rows of `timeframe`, of [`ASSUMED_TIMEFRAME`] without one.
pub fn compute_requirements(
    graph: &Graph<'_>,
    catalog: &Catalog,
    timeframe: Option<&str>,
) -> Result<SignalRequirements, Diagnostic> {
    let mut walk = Walk {
        graph,
        catalog,
        lengths: lengths(graph, timeframe),
        asked: vec![0; graph.nodes.len()],
        found: BTreeMap::new(),
        shifts: Vec::new(),
    };
    walk.asked[graph.root_id] = 1;
    for id in graph.node_order().into_iter().rev() {
        // What nobody asks for only names a field of an aggregate.
        if walk.asked[id] > 0 {
            walk.node(&graph.nodes[id])?;
        }
    }
    Ok(SignalRequirements {
        data_requirements: walk.found.into_iter().map(|(key, bars)| key.into_requirement(bars)).collect(),
        time_based_queries: walk.shifts,
    })
}

/// The plan as plain data.
pub fn plan_to_json(
    graph: &Graph<'_>,
    requirements: &SignalRequirements,
    alignment: &AlignmentPolicy,
) -> Json {
    json!({
        "graph_hash": graph.hash,
        "node_order": graph.node_order(),
        "requirements": requirements,
        "alignment": alignment,
    })
}

/// What makes two requirements one; absent parts sort as empty ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    source: String,
    field: String,
    symbol: String,
    exchange: String,
    timeframe: String,
}

impl Key {
    fn into_requirement(self, min_lookback: usize) -> DataRequirement {
        let some = |text: String| (!text.is_empty()).then_some(text);
        DataRequirement {
            source: self.source,
            field: self.field,
            symbol: some(self.symbol),
            exchange: some(self.exchange),
            timeframe: some(self.timeframe),
            min_lookback,
            aggregation_params: None,
        }
    }
}

/// Per node, the length of the bars at which it is computed in nanoseconds; `own` is that of bars which name none.
fn lengths(graph: &Graph<'_>, own: Option<&str>) -> Vec<u64> {
    let length = |timeframe: &str| Timeframe::parse(timeframe).map(Timeframe::nominal_ns);
    let own = own.and_then(length).or_else(|| length(ASSUMED_TIMEFRAME)).unwrap_or(1);
    let mut lengths: Vec<Option<u64>> = vec![None; graph.nodes.len()];
    for id in graph.node_order() {
        let node = &graph.nodes[id];
        let read = match &node.expr.kind {
            Kind::SourceRef(source) => Some(source.timeframe.as_deref().and_then(length).unwrap_or(own)),
            // Fields that a call reads by itself are those of the rule's own bars.
            Kind::Call(_) if node.children.iter().all(|child| lengths[*child].is_none()) => Some(own),
            _ => None,
        };
        lengths[id] = node.children.iter().filter_map(|child| lengths[*child]).chain(read).min();
    }
    lengths.into_iter().map(|length| length.unwrap_or(own)).collect()
}

/// Rows a shift looks back; part of a row counts as one.
fn rows(shift: &str, length_ns: u64) -> Result<usize, String> {
    let shift = parse_shift(shift)?;
    let duration_ns = match shift {
        Shift::Rows(rows) => return Ok(rows as usize),
        Shift::Duration { count, .. } => {
            shift.nanoseconds().unwrap_or_else(|| MONTH_NS.saturating_mul(u64::from(count)))
        }
    };
    Ok(usize::try_from(duration_ns.div_ceil(length_ns)).unwrap_or(usize::MAX))
}

struct Walk<'g> {
    graph: &'g Graph<'g>,
    catalog: &'g Catalog,
    /// Length of the bars at which each node is computed: the shortest that it reads.
    lengths: Vec<u64>,
    /// Bars asked of each node.
    asked: Vec<usize>,
    found: BTreeMap<Key, usize>,
    shifts: Vec<String>,
}

impl Walk<'_> {
    fn node(&mut self, node: &GraphNode<'_>) -> Result<(), Diagnostic> {
        let bars = self.asked[node.id];
        match &node.expr.kind {
            Kind::Literal(_) | Kind::Own(_) => {}
            Kind::SourceRef(source) => self.read(source, bars),
            Kind::Call(call) => return self.call(node, call, bars).map_err(|e| e.at(node.expr.span)),
            Kind::Aggregate { field: Some(field), .. } => self.aggregate(node, field, bars),
            Kind::TimeShift { shift, .. } => {
                self.shifts.push(shift.clone());
                let rows = rows(shift, self.lengths[node.id])
                    .map_err(|e| Diagnostic::mistyped(e, node.expr.span))?;
                self.ask(node, bars.saturating_add(rows));
            }
            Kind::Index { index, .. } => {
                let rows = match index.as_literal() {
                    Some(Value::Int(rows)) => usize::try_from(*rows).unwrap_or(0),
                    _ => 0,
                };
                self.ask(node, bars.saturating_add(rows));
            }
            Kind::Binary { .. }
            | Kind::Unary { .. }
            | Kind::Filter { .. }
            | Kind::Aggregate { field: None, .. }
            // How far a loop remembers, the data decide.
            | Kind::Loop(_)
            | Kind::Member { .. } => self.ask(node, bars),
        }
        Ok(())
    }

    fn call(&mut self, node: &GraphNode<'_>, call: &Call, bars: usize) -> Result<(), Diagnostic> {
        if call.name == SELECT {
            let field = bind_select(call)?;
            self.read(&SourceRef::of("ohlcv", Some(field)), bars);
            return Ok(());
        }
        if call.name == FRESH {
            self.ask(node, bars.saturating_add(1));
            return Ok(());
        }
        let Some(spec) = self.catalog.find(&call.name) else {
            return Err(Diagnostic::mistyped(format!("Unknown indicator: {}", call.name), None));
        };
        let binding = bind(call, spec)?;
        // The tolerance only matters for how long a seed weighs, which is not asked here.
        let window = timing(spec, &binding.params, 1e-9, self.catalog)
            .map_err(|problem| Diagnostic::mistyped(problem.to_string(), None))?
            .lookback
            .max(1);
        let total = bars.saturating_add(window - 1);
        for input in binding.inputs {
            match input {
                BoundInput::Field(field) => self.read(&SourceRef::of("ohlcv", Some(field)), total),
                BoundInput::Computed(text) => self.computed(text, total)?,
                BoundInput::Expr(_) | BoundInput::Number(_) | BoundInput::Time | BoundInput::Interval(_) => {}
            }
        }
        self.ask(node, total);
        Ok(())
    }

    /// What an indicator reads of itself, as a text of the language says it.
    fn computed(&mut self, text: &str, bars: usize) -> Result<(), Diagnostic> {
        let expr = compile(text, self.catalog, &Limits::default()).map_err(|all| all.first().clone())?;
        for read in compute_requirements(&build_graph(&expr), self.catalog, None)?.data_requirements {
            // The bars that the indicator looks at are counted with those that the text does.
            self.read(&SourceRef::of(&read.source, Some(&read.field)), bars);
        }
        Ok(())
    }

    /// An aggregate of a field reads that field in place of what its series names.
    fn aggregate(&mut self, node: &GraphNode<'_>, field: &str, bars: usize) {
        let mut series = node.children[0];
        while let Kind::Filter { .. } = &self.graph.nodes[series].expr.kind {
            let filter = &self.graph.nodes[series];
            self.raise(filter.children[1], bars);
            series = filter.children[0];
        }
        match aggregated_source(self.graph.nodes[series].expr) {
            Some(source) => self.read(&source.with_field(Some(field)), bars),
            None => self.raise(series, bars),
        }
    }

    /// Asks for so many bars of everything below a node.
    fn ask(&mut self, node: &GraphNode<'_>, bars: usize) {
        for child in &node.children {
            self.raise(*child, bars);
        }
    }

    fn raise(&mut self, id: usize, bars: usize) {
        self.asked[id] = self.asked[id].max(bars);
    }

    fn read(&mut self, source: &SourceRef, bars: usize) {
        let def = find_source(&source.source);
        let name = source.field.as_deref().or(def.map(|d| d.primary)).unwrap_or_default();
        let field = match find_readable_field(&source.source, name) {
            Some("price") if source.source.eq_ignore_ascii_case("ohlcv") => "close",
            Some(field) => field,
            None => name,
        };
        let is_bar = source.source.eq_ignore_ascii_case("ohlcv");
        let own = [field];
        let stored = match derived_from(field) {
            parts if is_bar && !parts.is_empty() => parts,
            _ => &own,
        };
        for stored in stored {
            let or_empty = |part: &Option<String>| part.clone().unwrap_or_default();
            let key = Key {
                source: source.source.to_ascii_lowercase(),
                field: (*stored).to_owned(),
                symbol: or_empty(&source.symbol),
                exchange: or_empty(&source.exchange),
                timeframe: or_empty(&source.timeframe),
            };
            let known = self.found.entry(key).or_insert(0);
            *known = (*known).max(bars);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::test_catalog;
    use crate::lang::{Limits, compile};
    use crate::planner::graph::build_graph;

    fn requirements(text: &str, timeframe: Option<&str>) -> SignalRequirements {
        let catalog = test_catalog();
        let expr = compile(text, &catalog, &Limits::default()).unwrap_or_else(|e| panic!("{text}\n{e}"));
        compute_requirements(&build_graph(&expr), &catalog, timeframe).unwrap()
    }

    /// `exchange.symbol.timeframe.source.field bars`, absent parts left out.
    fn shown(text: &str) -> Vec<String> {
        let requirements = requirements(text, None).data_requirements;
        let line = |r: DataRequirement| {
            let parts = [r.exchange, r.symbol, r.timeframe, Some(r.source), Some(r.field)];
            format!("{} {}", parts.into_iter().flatten().collect::<Vec<_>>().join("."), r.min_lookback)
        };
        requirements.into_iter().map(line).collect()
    }

    #[test]
    fn windows_add_up_from_the_root() {
        for (text, expected) in [
            ("mean(close, 10) > 100", vec!["ohlcv.close 10"]),
            ("mean(volume, 10)", vec!["ohlcv.volume 10"]),
            ("rma(tr(), period=14) > 50", vec!["ohlcv.close 15", "ohlcv.high 15", "ohlcv.low 15"]),
            ("BTC.trades.volume > mean(volume, 10)", vec!["ohlcv.volume 10", "BTC.trades.volume 1"]),
            ("binance.ETH.ohlcv.close > 2000", vec!["binance.ETH.ohlcv.close 1"]),
            ("sma(BTC.trades.volume, period=20)", vec!["BTC.trades.volume 20"]),
            ("sma(close, 10) > 5", vec!["ohlcv.close 10"]),
            ("sma(sma(2), 3)", vec!["ohlcv.close 4"]),
            ("sma(5) > sma(50)", vec!["ohlcv.close 50"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_call_leaves_out_counts_too() {
        for (text, expected) in [
            ("sma()", vec!["ohlcv.close 20"]),
            ("sma(20, 'volume')", vec!["ohlcv.volume 20"]),
            ("sma(hlc3, 3)", vec!["ohlcv.close 3", "ohlcv.high 3", "ohlcv.low 3"]),
            ("price", vec!["ohlcv.close 1"]),
            ("range", vec!["ohlcv.high 1", "ohlcv.low 1"]),
            ("rsi(14)", vec!["ohlcv.close 15"]),
            ("macd(close, 12, 26, 9).signal", vec!["ohlcv.close 34"]),
            ("crossup(b=open)", vec!["ohlcv.close 2", "ohlcv.open 2"]),
            ("crossup(a=open, b=high)", vec!["ohlcv.high 2", "ohlcv.open 2"]),
            ("crossup(ema(10), 5)", vec!["ohlcv.close 11"]),
            ("amount > 5", vec!["ohlcv.amount 1"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn shifts_add_rows_of_the_timeframe() {
        let bars = |text: &str, timeframe| requirements(text, timeframe).max_lookback();
        assert_eq!(bars("close.change_24h", None), 25);
        assert_eq!(bars("close.24h_ago", Some("15m")), 97);
        assert_eq!(bars("close.90m_ago", Some("1h")), 3);
        assert_eq!(bars("close.roc_12", Some("1d")), 13);
        assert_eq!(bars("close.1mo_ago", Some("1d")), 32);
        assert_eq!(bars("sma(10).3_ago.1_ago", None), 14);
        assert_eq!(requirements("close.1h_ago > open.change_2h", None).time_based_queries.len(), 2);
        assert_eq!(requirements("close.1h_ago.change_2h", None).time_based_queries, ["2h", "1h_ago"]);
    }

    #[test]
    fn each_stream_is_asked_for_bars_of_its_own() {
        assert_eq!(shown("sma(BTC.4h.close, 20) > close"), ["ohlcv.close 1", "BTC.4h.ohlcv.close 20"]);
        assert_eq!(shown("BTC.4h.close.1d_ago"), ["BTC.4h.ohlcv.close 7"]);
        assert_eq!(shown("sma(BTC.15m.close, 4).change_1h"), ["BTC.15m.ohlcv.close 8"]);
        assert_eq!(shown("(BTC.4h.close - close).4h_ago"), ["ohlcv.close 5", "BTC.4h.ohlcv.close 5"]);
        assert_eq!(
            shown("atr(3).2h_ago + ohlcv.1d.close.1w_ago"),
            ["ohlcv.close 6", "1d.ohlcv.close 8", "ohlcv.high 6", "ohlcv.low 6"]
        );
    }

    #[test]
    fn an_aggregate_reads_the_field_it_names() {
        assert_eq!(shown("trades.filter(amount > 100).sum(price)"), ["trades.amount 1", "trades.price 1"]);
        assert_eq!(shown("ohlcv.sum(volume)"), ["ohlcv.volume 1"]);
        assert_eq!(shown("ohlcv.sum(volume) > ohlcv"), ["ohlcv.close 1", "ohlcv.volume 1"]);
        assert_eq!(shown("BTC.USDT.liquidation.count"), ["BTC/USDT.liquidation.value 1"]);
        assert_eq!(
            shown("trades.filter(sma(amount, 5) > 100).count"),
            ["trades.amount 5", "trades.volume 1"]
        );
    }

    #[test]
    fn a_constant_rule_reads_nothing() {
        assert_eq!(requirements("1 / 0", None), SignalRequirements::default());
        assert_eq!(requirements("1 / 0", None).max_lookback(), 0);
    }

    #[test]
    fn a_plan_is_plain_data() {
        let catalog = test_catalog();
        let expr = compile("sma(close, 10) > 5", &catalog, &Limits::default()).unwrap();
        let graph = build_graph(&expr);
        let requirements = compute_requirements(&graph, &catalog, None).unwrap();
        let plan = plan_to_json(&graph, &requirements, &AlignmentPolicy::default());
        assert_eq!(plan["graph_hash"], graph.hash);
        assert_eq!(plan["node_order"], json!([0, 1, 2, 3, 4]));
        assert_eq!(
            plan["requirements"],
            json!({
                "data_requirements": [{
                    "source": "ohlcv", "field": "close", "symbol": null, "exchange": null, "timeframe": null,
                    "min_lookback": 10, "aggregation_params": null,
                }],
                "time_based_queries": [],
            })
        );
        assert_eq!(
            plan["alignment"],
            json!({"how": "inner", "fill": "none", "left_fill_value": null, "right_fill_value": null})
        );
    }
}
