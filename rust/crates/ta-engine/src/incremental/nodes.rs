//! From a plan's node to what computes it: the one place where an operation becomes code, for one symbol or for tiles of many.

use std::sync::Arc;

use super::across::{Members, across_group};
use super::function_node::FunctionNode;
use super::kernel_registry::{Entry, entry_of, group, single};
use super::node::{GroupNode, SingleNode, Wiring};
use super::node_adapters::{Aggregate, Interval, Shift, TimeShift, TimeSpan};
use super::plain_nodes::{Slots, TimeNode, plain_group, plain_single};
use super::recurrence::{loop_group, loop_single};
use crate::catalog::function::Function;
use crate::catalog::{IndicatorSpec, Made, ParamValue};
use crate::isa::{Best, Instructions};
use crate::kernel::Kernel;
use crate::lanes::Lanes8;
use crate::plan::loops::LoopOperation;
use crate::plan::operation::{Operation, Plain};
use crate::plan::{Node, Plan, PlanError, PlanLimits};

/// Whom nodes are built for.
pub(crate) trait Symbols: Copy {
    /// What computes a node for them.
    type Built: ?Sized;
    /// A kernel, over numbers of one symbol or of eight, wired to its slots.
    fn kernel<One, Eight, const IN: usize, const OUT: usize>(
        self,
        params: &One::Params,
        wiring: &Wiring,
    ) -> Box<Self::Built>
    where
        One: Kernel<f64, IN, OUT> + Sync,
        Eight: Kernel<Lanes8, IN, OUT, Params = One::Params> + Sync;
    /// An indicator's kernel.
    fn indicator(self, entry: &Entry, params: &[ParamValue], wiring: &Wiring) -> Box<Self::Built>;
    /// An indicator that looks across symbols; none where there is one symbol.
    fn across(
        self,
        spec: &'static IndicatorSpec,
        params: &[ParamValue],
        wiring: &Wiring,
    ) -> Option<Box<Self::Built>>;
    /// An operator.
    fn operator(self, op: Plain, slots: Slots) -> Box<Self::Built>;
    /// A function outside the engine.
    ///
    /// # Errors
    /// Where it cannot stand here.
    fn function(
        self,
        spec: &'static IndicatorSpec,
        function: &'static dyn Function,
        params: &[ParamValue],
        wiring: &Wiring,
    ) -> Result<Box<Self::Built>, String>;
    /// A loop.
    fn recurrence(self, operation: &Arc<LoopOperation>, wiring: &Wiring) -> Box<Self::Built>;
    /// The bar's time.
    fn time(self) -> Box<Self::Built>;
}

/// One symbol.
#[derive(Clone, Copy)]
pub(crate) struct OneSymbol(pub(crate) Best);

impl Symbols for OneSymbol {
    type Built = dyn SingleNode;

    fn kernel<One, Eight, const IN: usize, const OUT: usize>(
        self,
        params: &One::Params,
        wiring: &Wiring,
    ) -> Box<dyn SingleNode>
    where
        One: Kernel<f64, IN, OUT> + Sync,
        Eight: Kernel<Lanes8, IN, OUT, Params = One::Params> + Sync,
    {
        single::<One, IN, OUT>(params, wiring, self.0)
    }

    fn indicator(self, entry: &Entry, params: &[ParamValue], wiring: &Wiring) -> Box<dyn SingleNode> {
        (entry.single)(params, wiring, self.0)
    }

    fn across(
        self,
        _spec: &'static IndicatorSpec,
        _params: &[ParamValue],
        _wiring: &Wiring,
    ) -> Option<Box<dyn SingleNode>> {
        None
    }

    fn operator(self, op: Plain, slots: Slots) -> Box<dyn SingleNode> {
        plain_single(op, slots, self.0)
    }

    fn function(
        self,
        spec: &'static IndicatorSpec,
        function: &'static dyn Function,
        params: &[ParamValue],
        wiring: &Wiring,
    ) -> Result<Box<dyn SingleNode>, String> {
        Ok(Box::new(FunctionNode::new(spec, function, params, wiring, self.0)?))
    }

    fn recurrence(self, operation: &Arc<LoopOperation>, wiring: &Wiring) -> Box<dyn SingleNode> {
        loop_single(operation, wiring, self.0)
    }

    fn time(self) -> Box<dyn SingleNode> {
        Box::new(TimeNode)
    }
}

/// So many tiles of eight symbols, and which symbols they are.
#[derive(Clone, Copy)]
pub(crate) struct Tiles<'a>(pub(crate) usize, pub(crate) Best, pub(crate) &'a Arc<Members>);

impl Symbols for Tiles<'_> {
    type Built = dyn GroupNode;

    fn kernel<One, Eight, const IN: usize, const OUT: usize>(
        self,
        params: &One::Params,
        wiring: &Wiring,
    ) -> Box<dyn GroupNode>
    where
        One: Kernel<f64, IN, OUT> + Sync,
        Eight: Kernel<Lanes8, IN, OUT, Params = One::Params> + Sync,
    {
        group::<One, Eight, IN, OUT>(params, wiring, self.0, self.1)
    }

    fn indicator(self, entry: &Entry, params: &[ParamValue], wiring: &Wiring) -> Box<dyn GroupNode> {
        (entry.group)(params, wiring, self.0, self.1)
    }

    fn across(
        self,
        spec: &'static IndicatorSpec,
        params: &[ParamValue],
        wiring: &Wiring,
    ) -> Option<Box<dyn GroupNode>> {
        Some(across_group(spec, params, wiring, self.2))
    }

    fn operator(self, op: Plain, slots: Slots) -> Box<dyn GroupNode> {
        plain_group(op, slots, self.1)
    }

    fn function(
        self,
        _spec: &'static IndicatorSpec,
        _function: &'static dyn Function,
        _params: &[ParamValue],
        _wiring: &Wiring,
    ) -> Result<Box<dyn GroupNode>, String> {
        Err("a universe takes eight symbols at once, and this function takes one: keep a session for each symbol, or run tables \
             that have a `symbol` column"
            .to_owned())
    }

    fn recurrence(self, operation: &Arc<LoopOperation>, wiring: &Wiring) -> Box<dyn GroupNode> {
        loop_group(operation, wiring, self.0, self.1)
    }

    fn time(self) -> Box<dyn GroupNode> {
        Box::new(TimeNode)
    }
}

/// Builds all nodes of a plan.
///
/// # Errors
/// [`PlanError::TimeframeNeeded`] where a shift is a duration that has not been counted in bars; [`PlanError::UniverseNeeded`]
/// for one symbol where a node looks across symbols.
pub(crate) fn build_all<S: Symbols>(plan: &Plan, symbols: S) -> Result<Vec<Box<S::Built>>, PlanError> {
    if plan.needs_timeframe() {
        return Err(plan.timeframe_needed());
    }
    if plan.needs_calendar() {
        return Err(plan.calendar_needed());
    }
    plan.nodes.iter().map(|node| build(plan, node, symbols)).collect()
}

fn build<S: Symbols>(plan: &Plan, node: &Node, symbols: S) -> Result<Box<S::Built>, PlanError> {
    let wiring = Wiring { inputs: node.inputs.clone(), output: node.output };
    Ok(match &node.operation {
        Operation::Plain(op) => symbols.operator(*op, Slots::of(node)),
        Operation::Shift { rows, kind } => {
            symbols.kernel::<Shift<f64>, Shift<Lanes8>, 1, 1>(&(*rows, *kind), &wiring)
        }
        Operation::TimeShift { .. } => symbols
            .kernel::<TimeShift<f64>, TimeShift<Lanes8>, 2, 1>(&TimeSpan::of(&node.operation)?, &wiring),
        Operation::Loop(operation) => symbols.recurrence(operation, &wiring),
        Operation::Time => symbols.time(),
        Operation::Interval { reading, calendar } => {
            let calendar =
                calendar.clone().ok_or_else(|| PlanError::CalendarNeeded { what: String::new() })?;
            symbols.kernel::<Interval<f64>, Interval<Lanes8>, 2, 1>(&(calendar, *reading), &wiring)
        }
        Operation::Aggregate(kind) => {
            symbols.kernel::<Aggregate<f64>, Aggregate<Lanes8>, 1, 1>(kind, &wiring)
        }
        Operation::Kernel { spec, params } if spec.is_across() => {
            symbols.across(spec, params, &wiring).ok_or_else(|| plan.universe_needed())?
        }
        Operation::Kernel { spec, params } => match spec.made {
            Made::Function(function) => symbols
                .function(spec, function, params, &wiring)
                .map_err(|why| PlanError::Function { name: spec.name.to_owned(), why })?,
            _ => symbols.indicator(entry_of(spec)?, params, &wiring),
        },
    })
}

/// Bytes of a node's state, for one symbol: told by the node, which is made for it and dropped again. Nothing where a timeframe
/// is missing.
fn state_bytes(plan: &Plan, node: &Node) -> Result<usize, PlanError> {
    if !node.operation.has_state() {
        return Ok(0);
    }
    match build(plan, node, OneSymbol(Best::of(Instructions::Baseline))) {
        Ok(mut built) => Ok(built.state_bytes()),
        Err(PlanError::TimeframeNeeded { .. }) => Ok(0),
        Err(error) => Err(error),
    }
}

/// Notes in a plan what its state takes, as its nodes say, and holds that against the limits: one node is made at a time, so
/// that a plan that is refused has never been in memory.
///
/// # Errors
/// Where it is more than the limits allow or memory has room for, or an indicator has no kernel.
pub(crate) fn measure(plan: &mut Plan, limits: &PlanLimits) -> Result<(), PlanError> {
    plan.state_bytes = 0;
    for at in 0..plan.nodes.len() {
        plan.state_bytes = plan.state_bytes.saturating_add(state_bytes(plan, &plan.nodes[at])?);
        limits.check_bytes(plan.state_bytes)?;
    }
    Ok(())
}
