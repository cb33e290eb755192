//! A plan once the length of the rule's own bars is known: multiples of it become lengths, and what is as long is the rule's
//! own bars, computed once.

use std::sync::Arc;

use super::drafts::{Drafts, Place};
use super::fields::BarField;
use super::streams::Stream;
use super::{Plan, PlanError, PlanLimits};
use crate::calendar::Timeframe;
use crate::lang::ir::{Expr, Kind, SourceRef};
use crate::lang::shift::multiple;

impl Stream {
    /// The same stream as a rule on bars of this length names it; `None` where that is how it is named.
    pub(crate) fn on_own_bars(&self, own: Timeframe) -> Option<Stream> {
        let named = self.timeframe_name()?;
        let length = match multiple(named) {
            Some(times) => own.times(times)?,
            None => Timeframe::parse(named)?,
        };
        let name = (!length.is_same(own)).then(|| length.to_string());
        let is_named_so = multiple(named).is_none() && name.is_some();
        (!is_named_so).then(|| self.at(name.as_deref()))
    }
}

/// A tree for own bars of this length: multiples of it are lengths.
pub fn with_own_timeframe(expr: &Expr, own: Timeframe) -> Expr {
    let mut tree = expr.clone();
    let mut todo = vec![&mut tree];
    while let Some(node) = todo.pop() {
        if let Kind::SourceRef(source) = &mut node.kind
            && let Some(times) = source.timeframe.as_deref().and_then(multiple)
            && let Some(length) = own.times(times)
        {
            Arc::make_mut(source).timeframe = Some(length.to_string());
        }
        todo.extend(node.children_mut());
    }
    tree
}

impl Plan {
    /// The plan for own bars of this length.
    ///
    /// # Errors
    /// Where it reads bars of a multiple of a length that is not known, or longer than any.
    pub(crate) fn on_own_bars(
        self: &Arc<Plan>,
        own: Option<Timeframe>,
        limits: &PlanLimits,
    ) -> Result<Arc<Plan>, PlanError> {
        if self.fields.iter().all(|field| field.timeframe.is_none()) {
            return Ok(self.clone());
        }
        let Some(own) = own else {
            let is_multiple = |field: &SourceRef| field.timeframe.as_deref().and_then(multiple).is_some();
            return match self.fields.iter().any(is_multiple) {
                true => Err(PlanError::OwnTimeframeNeeded),
                false => Ok(self.clone()),
            };
        };
        let mut fields = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let stream = Stream::of(field);
            let stream = stream.on_own_bars(own).unwrap_or(stream);
            if stream.timeframe_name().is_some_and(|name| multiple(name).is_some()) {
                let name = stream.name();
                return Err(PlanError::Unsupported(format!("`{name}`: so many bars of {own} are too long")));
            }
            let length = stream.timeframe().map(Timeframe::nominal_ns);
            if field.is_asked && length.is_some_and(|length| length < own.nominal_ns()) {
                return Err(PlanError::ShorterStream { stream: stream.name(), own: own.to_string() });
            }
            fields.push(SourceRef { column: field.column, ..stream.field(field.field.as_deref()) });
        }
        if fields == self.fields { Ok(self.clone()) } else { Ok(Arc::new(self.reading(fields, limits)?)) }
    }

    /// The plan with other fields in place of its own; those that are the same are one, and so is what is made of them.
    fn reading(&self, read: Vec<SourceRef>, limits: &PlanLimits) -> Result<Plan, PlanError> {
        let mut fields: Vec<SourceRef> = Vec::with_capacity(read.len());
        let mut places = Vec::with_capacity(self.slot_count());
        for field in read {
            let known = fields.iter().position(|known| *known == field);
            places.push(Place::Field(known.unwrap_or_else(|| {
                fields.push(field);
                fields.len() - 1
            })));
        }
        places.extend((0..self.constants.len()).map(Place::Constant));
        let mut drafts = Drafts::with_room(self.nodes.len());
        for node in &self.nodes {
            let inputs: Vec<_> = node.inputs.iter().map(|slot| places[*slot]).collect();
            let at = drafts.node(node.operation.clone(), &inputs);
            places.extend((0..node.width()).map(|output| Place::Node { node: at, output }));
        }
        let (nodes, slots) = drafts.give_slots(fields.len(), self.constants.len());
        let mut plan = self.clone();
        plan.outputs.iter_mut().for_each(|output| output.slot = slots.of(places[output.slot]));
        plan.bar_fields = fields.iter().enumerate().map(|(at, f)| BarField::of(f).ok_or(at)).collect();
        (plan.fields, plan.nodes) = (fields, nodes);
        plan.seal(limits)?;
        Ok(plan)
    }
}
