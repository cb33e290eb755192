//! Specs as tests need them; the arithmetic behind them does not exist.

use crate::catalog::{
    Catalog, Group, IndicatorSpec, InputRole, InputSpec, Made, OutputKind, OutputSpec, ParamKind, ParamSpec,
    ParamValue, Settle, Timing,
};

const VALUE: &[OutputSpec] = &[OutputSpec { name: "value", kind: OutputKind::Number, plot_offset: None }];
const TRUTH: &[OutputSpec] = &[OutputSpec { name: "value", kind: OutputKind::Bool, plot_offset: None }];

const LIKE: &[OutputSpec] = &[OutputSpec { name: "value", kind: OutputKind::Like, plot_offset: None }];
const CONDITION: InputSpec = InputSpec { name: "condition", role: InputRole::Condition };

const fn period(default: i64) -> ParamSpec {
    whole("period", &["lookback"], default)
}

const fn whole(name: &'static str, aliases: &'static [&'static str], default: i64) -> ParamSpec {
    ParamSpec {
        name,
        aliases,
        kind: ParamKind::Int { default, min: 1, max: 100_000 },
        description: "Bars that count.",
    }
}

const fn number(name: &'static str, default: f64) -> ParamSpec {
    ParamSpec {
        name,
        aliases: &[],
        kind: ParamKind::Float { default, min: 0.001, max: 100.0 },
        description: "A factor.",
    }
}

const fn series(field_param: Option<&'static str>) -> InputSpec {
    InputSpec { name: "input", role: InputRole::Series { default: "close", field_param } }
}

const fn field(field: &'static str) -> InputSpec {
    InputSpec { name: field, role: InputRole::Field { field } }
}

const fn operand(name: &'static str, default: Option<&'static str>) -> InputSpec {
    InputSpec { name, role: InputRole::Operand { default } }
}

const fn output(name: &'static str) -> OutputSpec {
    OutputSpec { name, kind: OutputKind::Price, plot_offset: None }
}

const HLC: &[InputSpec] = &[field("high"), field("low"), field("close")];

fn longest(params: &[ParamValue], more: usize) -> Timing {
    let longest = params.iter().filter_map(|p| match p {
        ParamValue::Int(v) => Some(*v as usize),
        ParamValue::Float(_) | ParamValue::Choice(_) => None,
    });
    let lookback = longest.max().unwrap_or(1) + more;
    Timing { warmup: vec![lookback - 1], lookback, settle: Settle::AT_ONCE, block: 0 }
}

/// A spec: name, aliases, inputs, parameters, outputs, bars seen beyond the longest period.
macro_rules! specs {
    ($($name:literal $aliases:expr, $inputs:expr, $params:expr, $outputs:expr, $more:literal;)+) => {
        &[$(IndicatorSpec {
            name: $name,
            kernel: $name,
            group: Group::Math,
            version: 1,
            description: "For tests.",
            source: "",
            aliases: $aliases,
            inputs: $inputs,
            params: $params,
            outputs: $outputs,
            folds: matches!($name.as_bytes(), b"greatest"),
            waits_for_all: true,
            ready_by_data: false,
            refusal: |_| None,
            made: Made::Kernel { timing: |params, _| longest(params, $more) },
        }),+]
    };
}

static SPECS: &[IndicatorSpec] = specs! {
    "sma" &[], &[series(Some("source"))], &[period(20)], VALUE, 0;
    "ema" &[], &[series(Some("source"))], &[period(20)], VALUE, 0;
    "rsi" &[], &[series(None)], &[period(14)], VALUE, 1;
    "rolling_mean" &["mean", "average", "avg"], &[series(Some("field"))], &[period(20)], VALUE, 0;
    "rolling_median" &["median", "med"], &[series(Some("field"))], &[period(20)], VALUE, 0;
    "rolling_sum" &["sum"], &[series(Some("field"))], &[period(20)], VALUE, 0;
    "rolling_rma" &["rma"], &[series(Some("field"))], &[period(14)], VALUE, 0;
    "max" &[], &[series(Some("field"))], &[period(20)], VALUE, 0;
    "min" &[], &[series(Some("field"))], &[period(20)], VALUE, 0;
    "abs" &[], &[series(Some("field"))], &[], VALUE, 0;
    "macd" &[], &[series(None)],
        &[whole("fast_period", &[], 12), whole("slow_period", &[], 26), whole("signal_period", &[], 9)],
        &[output("macd"), output("signal"), output("histogram")], 8;
    "bbands" &["bb"], &[series(None)], &[period(20), number("std_dev", 2.0)],
        &[output("upper"), output("middle"), output("lower")], 0;
    "bb_upper" &[], &[series(None)], &[period(20), number("std_dev", 2.0)], VALUE, 0;
    "bb_lower" &[], &[series(None)], &[period(20), number("std_dev", 2.0)], VALUE, 0;
    "stochastic" &["stoch"], HLC, &[whole("k_period", &[], 14), whole("d_period", &[], 3)],
        &[output("k"), output("d")], 2;
    "supertrend" &[], HLC, &[period(10), number("multiplier", 3.0)],
        &[output("line"), OutputSpec { name: "rising", kind: OutputKind::Bool, plot_offset: None }], 1;
    "atr" &[], HLC, &[period(14)], VALUE, 1;
    "true_range" &["tr"], HLC, &[], VALUE, 1;
    "vwap" &[], &[field("high"), field("low"), field("close"), field("volume")], &[], VALUE, 0;
    "crossup" &["crossabove"], &[operand("a", Some("close")), operand("b", None)], &[], TRUTH, 1;
    "greatest" &[], &[operand("a", None), operand("b", None)], &[], VALUE, 0;
    "if_else" &["if"], &[CONDITION, operand("a", None), operand("b", None)], &[], LIKE, 0;
    "nz" &[], &[operand("x", None), InputSpec { name: "y", role: InputRole::NumberOperand { default: 0.0 } }], &[],
        LIKE, 0;
    "barssince" &[], &[CONDITION], &[], VALUE, 0;
    "in_channel" &[], &[operand("price", Some("close")), operand("upper", None), operand("lower", None)], &[],
        TRUTH, 0;
    "fib_level_down" &["fib_down"], &[field("high"), field("low")],
        &[whole("left", &[], 2), whole("right", &[], 2), number("level", 0.618)], VALUE, 0;
    "talib.ema" &[], &[series(None)], &[whole("timeperiod", &["period"], 30)], VALUE, 0;
    "pine.tr" &[], HLC, &[], VALUE, 1;
};

pub(crate) fn test_catalog() -> Catalog {
    Catalog::new(SPECS)
}
