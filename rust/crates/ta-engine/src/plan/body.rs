//! Indicators whose declaration is a text over others: written out where they are called, so that no node of a plan is one.

use smallvec::SmallVec;

use super::drafts::Place;
use super::lower::Lowering;
use super::{PlanError, PlanLimits};
use crate::catalog::{Catalog, IndicatorSpec, InputRole, Made, ParamValue, Settle, Timing};
use crate::lang::ir::{BinaryOp, Expr, Kind, SourceRef, Value};
use crate::lang::{Outputs, compile_body};
use crate::plan::Plan;

/// A place for each input of an indicator, or for each output.
pub(super) type Places = SmallVec<[Place; 4]>;

/// What the inputs of a body are where it is called.
pub(super) struct Inputs {
    of: &'static IndicatorSpec,
    places: Places,
}

impl Inputs {
    /// The place of the input of this name.
    pub(super) fn place(&self, name: &str) -> Option<Place> {
        let at = self.of.inputs.iter().position(|input| input.name == name)?;
        Some(self.places[at])
    }

    /// Refuses what the declaration does not name.
    pub(super) fn refuse(&self, what: &str) -> PlanError {
        let inputs: Vec<_> = self.of.inputs.iter().map(|input| input.name).collect();
        PlanError::Unsupported(format!(
            "the body of `{}` reads `{what}`, and its inputs are {}",
            self.of.name,
            inputs.join(", ")
        ))
    }
}

/// The name of the input that a source in a body stands for.
pub(super) fn input_of(source: &SourceRef) -> Option<&str> {
    source.symbol.as_deref()?.strip_prefix('{')?.strip_suffix('}')
}

/// What an input that is no field of the bar stands for in a body: a source of a symbol that no text can name.
fn stand_in(name: &str, role: &InputRole) -> Expr {
    let source = SourceRef { symbol: Some(format!("{{{name}}}")), ..SourceRef::of("ohlcv", Some("close")) };
    let value = Expr::from(Kind::from(source));
    match role {
        InputRole::Condition => Expr::binary(BinaryOp::Neq, value, Expr::literal(Value::Float(0.0))),
        _ => value,
    }
}

/// The values of a body in the order of the outputs, read with what its parameters are.
fn values_of(
    spec: &'static IndicatorSpec,
    params: &[ParamValue],
    catalog: &Catalog,
) -> Result<Vec<Expr>, PlanError> {
    let Made::Body { text } = spec.made else {
        return Err(PlanError::Unsupported(format!("`{}` is no body", spec.name)));
    };
    let params_named = spec.params.iter().zip(params).map(|(param, value)| {
        let value = match *value {
            ParamValue::Int(value) => Value::Int(value),
            ParamValue::Float(value) => Value::Float(value),
            ParamValue::Choice(text) => Value::Text(text.to_owned()),
        };
        (param.name, Expr::literal(value))
    });
    let operands = spec.inputs.iter().filter(|input| input.role.is_operand());
    let operands = operands.map(|input| (input.name, stand_in(input.name, &input.role)));
    let names: Vec<_> = params_named.chain(operands).collect();
    let refuse = |why: String| PlanError::Unsupported(format!("the body of `{}`: {why}", spec.name));
    match compile_body(&text(params), &names, catalog).map_err(|problem| refuse(problem.to_string()))? {
        Outputs::One(value) if spec.outputs.len() == 1 => Ok(vec![value]),
        Outputs::Named(values)
            if values.iter().map(|(name, _)| name.as_str()).eq(spec.outputs.iter().map(|o| o.name)) =>
        {
            Ok(values.into_iter().map(|(_, value)| value).collect())
        }
        _ => Err(refuse("its values are not the outputs that are declared".to_owned())),
    }
}

impl Lowering<'_> {
    /// The body of an indicator with these inputs, written out.
    pub(super) fn write_out(
        &mut self,
        spec: &'static IndicatorSpec,
        params: &[ParamValue],
        places: Places,
    ) -> Result<Places, PlanError> {
        let values = values_of(spec, params, self.catalog)?;
        let outer = self.inputs.replace(Inputs { of: spec, places });
        let written = values.iter().map(|value| self.value(value)).collect();
        self.inputs = outer;
        written
    }
}

/// The plan of one indicator with these (checked) parameters, whatever its operands are: fields that are not the same.
///
/// # Errors
/// Where a body is none of a plan.
pub(crate) fn alone(
    spec: &'static IndicatorSpec,
    params: &[ParamValue],
    catalog: &Catalog,
) -> Result<Plan, PlanError> {
    let limits = PlanLimits { window_bytes: usize::MAX, universe_bytes: usize::MAX, ..PlanLimits::default() };
    let mut lowering = Lowering::new(1, catalog, limits)?;
    let fields = spec.inputs.iter().zip(["close", "open", "high", "low", "volume"].iter().cycle());
    let places = fields.map(|(input, other)| match input.role {
        InputRole::Field { field } | InputRole::Series { default: field, .. } => lowering.bar_field(field),
        InputRole::Computed { of } => lowering.value_of_text(of),
        _ => lowering.bar_field(other),
    });
    let places = places.collect::<Result<Places, _>>()?;
    let outputs = lowering.indicator(spec, params, places)?;
    for (output, place) in spec.outputs.iter().zip(outputs) {
        lowering.give(output.name, place);
    }
    lowering.finish()
}

/// How long an indicator takes with these (checked) parameters, whatever computes it: that of a body, and of what
/// reads a text of the language, follows from its parts.
///
/// # Errors
/// Where a body is none of a plan.
pub fn timing(
    spec: &'static IndicatorSpec,
    params: &[ParamValue],
    tolerance: f64,
    catalog: &Catalog,
) -> Result<Timing, PlanError> {
    let reads_texts = spec.inputs.iter().any(|input| matches!(input.role, InputRole::Computed { .. }));
    if !reads_texts && !matches!(spec.made, Made::Body { .. }) {
        return Ok(spec.kernel_timing(params, tolerance));
    }
    let plan = alone(spec, params, catalog)?;
    Ok(Timing {
        warmup: plan.warmup()?,
        lookback: plan.reaches().ok_or_else(|| plan.timeframe_needed())?.into_iter().fold(1, usize::max),
        settle: plan.own_settles(tolerance)?.into_iter().fold(Settle::AT_ONCE, Settle::max),
        block: 0,
    })
}
