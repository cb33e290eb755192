//! The graph of a rule: its IR with equal parts shared.
//!
//! Equal parts are found by their signature, a text that names everything that tells two nodes apart and, for what
//! lies below, their hashes. So a hash names a subtree, whatever stands around it, and no order of discovery shows in
//! it.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::lang::ir::{Call, Expr, Kind, Loop, Name, SourceRef, Value};

/// Hexadecimal digits of a hash.
const HASH_DIGITS: usize = 40;

/// A part of the rule that occurs once or more often.
#[derive(Clone, Debug)]
pub struct GraphNode<'a> {
    /// Position in [`Graph::nodes`]: the order in which nodes are complete, children first.
    pub id: usize,
    /// Its first occurrence.
    pub expr: &'a Expr,
    /// Nodes right below: of a call the positional arguments, then the named ones in order of their names.
    pub children: Vec<usize>,
    /// Everything that tells it from other nodes.
    pub signature: String,
    /// Digest of the signature.
    pub hash: String,
}

/// A rule with equal parts shared.
#[derive(Clone, Debug)]
pub struct Graph<'a> {
    /// The node whose value is the rule's.
    pub root_id: usize,
    /// The nodes by id.
    pub nodes: Vec<GraphNode<'a>>,
    /// The root's hash.
    pub hash: String,
}

/// The graph of an expression.
pub fn build_graph(root: &Expr) -> Graph<'_> {
    let mut builder = Builder { nodes: Vec::new(), ids: HashMap::new() };
    let root_id = builder.visit(root);
    let hash = builder.nodes[root_id].hash.clone();
    Graph { root_id, nodes: builder.nodes, hash }
}

impl Graph<'_> {
    /// The ids in an order in which children come before their parents and the root last.
    pub fn node_order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut is_seen = vec![false; self.nodes.len()];
        // (node, next of its children to look at)
        let mut path = vec![(self.root_id, 0)];
        is_seen[self.root_id] = true;
        while let Some((id, next)) = path.last_mut() {
            match self.nodes[*id].children.get(*next) {
                Some(&child) => {
                    *next += 1;
                    if !std::mem::replace(&mut is_seen[child], true) {
                        path.push((child, 0));
                    }
                }
                None => {
                    order.push(*id);
                    path.pop();
                }
            }
        }
        order
    }

    /// The graph for Graphviz: a box per node, an arrow to each child.
    ///
    /// Boxes say everything that is not in their children; where a node has several, arrows say which one is which.
    pub fn to_dot(&self) -> String {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let mut dot = String::from("digraph Expression {\n  rankdir=LR;\n  node [shape=box];\n");
        for node in &self.nodes {
            let label = escaped(&format!("{} {}", kind(node.expr), label(node.expr)));
            let _ = writeln!(dot, "  n{} [label=\"{}\"];", node.id, label.trim_end());
        }
        for node in &self.nodes {
            let names = operand_names(node.expr);
            for (at, child) in node.children.iter().enumerate() {
                let name = names.get(at).filter(|_| node.children.len() > 1);
                let label = name.map_or_else(String::new, |name| format!(" [label=\"{}\"]", escaped(name)));
                let _ = writeln!(dot, "  n{} -> n{child}{label};", node.id);
            }
        }
        dot.push_str("}\n");
        dot
    }
}

struct Builder<'a> {
    nodes: Vec<GraphNode<'a>>,
    /// Id of each signature.
    ids: HashMap<String, usize>,
}

impl<'a> Builder<'a> {
    fn visit(&mut self, expr: &'a Expr) -> usize {
        let children = match &expr.kind {
            Kind::Call(call) => self.visit_arguments(call),
            _ => expr.children().into_iter().map(|child| self.visit(child)).collect(),
        };
        let signature = self.signature(expr, &children);
        if let Some(id) = self.ids.get(&signature) {
            return *id;
        }
        let id = self.nodes.len();
        let hash = blake3::hash(signature.as_bytes()).to_hex()[..HASH_DIGITS].to_owned();
        self.ids.insert(signature.clone(), id);
        self.nodes.push(GraphNode { id, expr, children, signature, hash });
        id
    }

    /// Named arguments are visited first but stand last among the children.
    fn visit_arguments(&mut self, call: &'a Call) -> Vec<usize> {
        let named: Vec<_> = sorted_kwargs(call).into_iter().map(|(_, value)| self.visit(value)).collect();
        call.args.iter().map(|arg| self.visit(arg)).chain(named).collect::<Vec<_>>()
    }

    fn signature(&self, expr: &Expr, children: &[usize]) -> String {
        let mut words = match &expr.kind {
            Kind::Literal(value) => vec![literal(value)],
            Kind::SourceRef(source) => source_words(source),
            Kind::Call(call) => call_words(call),
            Kind::Binary { op, .. } => vec!["binary".to_owned(), op.name().to_owned()],
            Kind::Unary { op, .. } => vec!["unary".to_owned(), op.name().to_owned()],
            Kind::Filter { .. } => vec!["filter".to_owned()],
            Kind::Aggregate { operation, field, .. } => {
                vec!["aggregate".to_owned(), quoted(Some(operation)), quoted(field.as_deref())]
            }
            Kind::TimeShift { shift, operation, .. } => {
                vec!["shift".to_owned(), quoted(Some(shift)), quoted(operation.as_deref())]
            }
            Kind::Member { member, .. } => vec!["member".to_owned(), quoted(Some(member))],
            Kind::Index { .. } => vec!["index".to_owned()],
            Kind::Loop(it) => loop_words(it),
            Kind::Own(name) => vec!["own".to_owned(), quoted(Some(name))],
        };
        words.extend(children.iter().map(|id| self.nodes[*id].hash.clone()));
        words.join(" ")
    }
}

/// Named arguments in order of their names.
fn sorted_kwargs(call: &Call) -> Vec<&(Name, Expr)> {
    let mut kwargs: Vec<_> = call.kwargs.iter().collect();
    kwargs.sort_by(|a, b| a.0.cmp(&b.0));
    kwargs
}

/// A constant with its type, so that 50 and 50.0 are two.
fn literal(value: &Value) -> String {
    match value {
        Value::None => "none".to_owned(),
        Value::Bool(value) => format!("bool {value}"),
        Value::Int(value) => format!("int {value}"),
        Value::Float(value) => format!("float {value:?}"),
        Value::Text(value) => format!("text {value:?}"),
    }
}

fn source_words(source: &SourceRef) -> Vec<String> {
    let parts = [
        source.symbol.as_deref(),
        source.field.as_deref(),
        source.exchange.as_deref(),
        source.timeframe.as_deref(),
        source.base.as_deref(),
        source.quote.as_deref(),
        source.instrument_type.as_deref(),
    ];
    let words = ["source".to_owned(), quoted(Some(&source.source))];
    words.into_iter().chain(parts.into_iter().map(quoted)).collect()
}

fn call_words(call: &Call) -> Vec<String> {
    let words = ["call".to_owned(), quoted(Some(&call.name)), quoted(call.output.as_deref())];
    let names = sorted_kwargs(call).into_iter().map(|(name, _)| quoted(Some(name)));
    words.into_iter().chain([call.args.len().to_string()]).chain(names).collect()
}

/// The value that is meant, and which parts each has.
fn loop_words(it: &Loop) -> Vec<String> {
    let words = ["loop".to_owned(), quoted(Some(&it.meant().name))];
    let values = it.values.iter().flat_map(|value| {
        let parts = format!("{}{}", value.first.iter().len(), value.restart.iter().len());
        [quoted(Some(&value.name)), parts]
    });
    words.into_iter().chain(values).collect()
}

/// A text in quotes, so that no text can look like two words; `-` for none.
fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "-".to_owned(), |text| format!("{text:?}"))
}

/// What a node is.
fn kind(expr: &Expr) -> &'static str {
    match &expr.kind {
        Kind::Literal(_) => "Literal",
        Kind::SourceRef(_) => "SourceRef",
        Kind::Call(_) => "Call",
        Kind::Binary { .. } => "Binary",
        Kind::Unary { .. } => "Unary",
        Kind::Filter { .. } => "Filter",
        Kind::Aggregate { .. } => "Aggregate",
        Kind::TimeShift { .. } => "TimeShift",
        Kind::Member { .. } => "MemberAccess",
        Kind::Index { .. } => "Index",
        Kind::Loop(_) => "Loop",
        Kind::Own(_) => "Own",
    }
}

/// What each child is to a node with several, in their order.
fn operand_names(expr: &Expr) -> Vec<String> {
    let fixed: &[&str] = match &expr.kind {
        Kind::Binary { .. } => &["left", "right"],
        Kind::Filter { .. } => &["series", "condition"],
        Kind::Index { .. } => &["series", "rows"],
        Kind::Call(call) => {
            let places = (1..=call.args.len()).map(|place| place.to_string());
            return places.chain(sorted_kwargs(call).into_iter().map(|(name, _)| name.to_string())).collect();
        }
        Kind::Loop(it) => {
            let parts = it.values.iter().flat_map(|value| {
                let first = value.first.iter().map(|_| format!("{} from", value.name));
                let restart = value.restart.iter().map(|_| format!("{} restart when", value.name));
                std::iter::once(value.name.to_string()).chain(first).chain(restart)
            });
            return parts.collect();
        }
        _ => &[],
    };
    fixed.iter().map(|name| (*name).to_owned()).collect()
}

/// What tells a node from others of its kind, but for its children; the constants of a call are said with it.
fn label(expr: &Expr) -> String {
    match &expr.kind {
        Kind::Literal(_) | Kind::SourceRef(_) => expr.to_string(),
        Kind::Call(call) => {
            let is_constant = |value: &Expr| value.as_literal().is_some();
            let args = call.args.iter().filter(|value| is_constant(value)).map(ToString::to_string);
            let kwargs = sorted_kwargs(call).into_iter().filter(|(_, value)| is_constant(value));
            let constants: Vec<_> =
                args.chain(kwargs.map(|(name, value)| format!("{name}={value}"))).collect();
            let output = call.output.as_ref().map_or_else(String::new, |output| format!(".{output}"));
            match constants[..] {
                [] => format!("{}{output}", call.name),
                _ => format!("{}({}){output}", call.name, constants.join(", ")),
            }
        }
        Kind::Binary { op, .. } => op.symbol().to_owned(),
        Kind::Unary { op, .. } => op.name().to_owned(),
        Kind::Filter { .. } | Kind::Index { .. } => String::new(),
        Kind::Aggregate { operation, field, .. } => match field {
            Some(field) => format!("{operation}({field})"),
            None => operation.to_string(),
        },
        Kind::TimeShift { shift, operation, .. } => match operation {
            Some(operation) => format!("{operation}_{shift}"),
            None => shift.to_string(),
        },
        Kind::Member { member, .. } => member.to_string(),
        Kind::Loop(it) => it.meant().name.to_string(),
        Kind::Own(name) => name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::test_catalog;
    use crate::lang::{Limits, compile};

    fn compiled(text: &str) -> Expr {
        compile(text, &test_catalog(), &Limits::default()).unwrap_or_else(|e| panic!("{text}\n{e}"))
    }

    fn shape(text: &str) -> (Vec<String>, Vec<usize>) {
        let expr = compiled(text);
        let graph = build_graph(&expr);
        let nodes = graph.nodes.iter().map(|n| format!("{}{:?}", label(n.expr), n.children));
        (nodes.collect(), graph.node_order())
    }

    fn hash(text: &str) -> String {
        build_graph(&compiled(text)).hash
    }

    #[test]
    fn ids_are_in_order_of_completion() {
        let (nodes, order) = shape("sma(close, 10) > 5");
        assert_eq!(nodes, ["ohlcv.close[]", "10[]", "sma(10)[0, 1]", "5.0[]", ">[2, 3]"]);
        assert_eq!(order, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn named_arguments_are_visited_first_and_listed_last() {
        let (nodes, order) = shape("mean(10, field='high')");
        assert_eq!(nodes, ["'high'[]", "10[]", "rolling_mean(10, field='high')[1, 0]"]);
        assert_eq!(order, [1, 0, 2]);
    }

    #[test]
    fn equal_parts_are_one_node() {
        assert_eq!(shape("sma(10) > sma(10)").0.len(), 3);
        assert_eq!(shape("close > 1 and close > 1").0.len(), 5);
        assert_eq!(shape("1 < close < 3").0.len(), 7);
        assert_eq!(hash("sma(10) + 1"), hash("sma( 10 )+1"));
        assert_eq!(hash("in_channel(close, upper=2, lower=1)"), hash("in_channel(close, lower=1, upper=2)"));
    }

    #[test]
    fn everything_that_tells_nodes_apart_is_in_the_hash() {
        let texts = [
            "sma(50)",
            "sma(50.0)",
            "sma(51)",
            "ema(50)",
            "sma(period=50)",
            "sma(close, 50)",
            "50",
            "True",
            "close",
            "open",
            "ohlcv.close",
            "trades.price",
            "BTC.price",
            "ETH.price",
            "okx.BTC.price",
            "BTC.1h.price",
            "BTC.USDT.price",
            "BTC.USDT.perp.price",
            "BTC.USDT.spot.price",
            "BTC.trades.price",
            "close + open",
            "open + close",
            "close - open",
            "-close",
            "not close",
            "close.1",
            "close.1h_ago",
            "close.change_1h",
            "close.count",
            "close.max()",
            "ohlcv.max(high)",
            "ohlcv.filter(close > 1)",
            "macd()",
            "macd().signal",
            "macd().histogram",
            "crossup(open, 1)",
            "crossup(1, open)",
            "crossup(b=open, a=1)",
            "select('close') + select('volume')",
        ];
        let hashes: std::collections::HashSet<_> = texts.iter().map(|t| hash(t)).collect();
        assert_eq!(hashes.len(), texts.len());
        assert!(hashes.iter().all(|h| h.len() == 40));
        let perp_and_spot = compiled("BTC.USDT.perp.price > BTC.USDT.spot.price");
        assert_eq!(build_graph(&perp_and_spot).nodes.len(), 3);
    }

    #[test]
    fn a_chosen_output_is_part_of_the_identity() {
        let mut call = compiled("macd()");
        let open = build_graph(&call).hash;
        if let Kind::Call(call) = &mut call.kind {
            call.output = Some("signal".into());
        }
        assert_ne!(build_graph(&call).hash, open);
    }

    #[test]
    fn dot_has_a_box_per_node_and_an_arrow_per_edge() {
        let expr = compiled("mean(10, field='high') > 5");
        let dot = build_graph(&expr).to_dot();
        assert_eq!(dot.matches("[label=").count(), 9);
        assert_eq!(dot.matches("->").count(), 4);
        assert_eq!(dot.matches("[label=\"left\"]").count(), 1);
        assert!(dot.starts_with("digraph Expression {\n  rankdir=LR;\n"), "{dot}");
        assert!(!dot.contains("\\n"), "{dot}");
    }
}
