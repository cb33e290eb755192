//! A rule: text or IR, checked, and the plan it means.

use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock, OnceLock};

use serde::Serialize;
use thiserror::Error;

use crate::calendar::Timeframe;
use crate::catalog::{Catalog, IndicatorSpec, ParamValue, Timing};
use crate::explanation::Explanation;
use crate::incremental::backend::Session;
use crate::incremental::contracts::{Policies, StepError};
use crate::incremental::groups::Running;
use crate::incremental::joined::JoinedSession;
use crate::incremental::live::{LiveError, LivePolicies, LiveSession};
use crate::incremental::nodes::measure;
use crate::incremental::snapshot::{Adoption, SnapshotError, SnapshotKind, open, state_bytes};
use crate::incremental::universe::Universe;
use crate::incremental::watch::{Unwatched, Watch};
use crate::indicators::{ALSO, SPECS};
use crate::isa::Instructions;
use crate::lang::{self, Definitions, Diagnostics, Expr, Given, Limits, OwnSource, Value};
use crate::plan::joined::{JoinedPlan, Joining};
use crate::plan::streams::Stream;
use crate::plan::{self, Lowering, Plan, PlanError, PlanLimits, order_of_names};

/// The indicators of this engine.
pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> =
        LazyLock::new(|| Catalog::new(SPECS.iter().copied().chain(ALSO.iter().copied().flatten())));
    &CATALOG
}

/// The indicators that a rule may call.
fn catalog_of<'a>(given: &Given<'a>) -> &'a Catalog {
    given.catalog.map_or(catalog(), |own| own)
}

/// How long an indicator of this engine takes with these (checked) parameters, whether a kernel computes it or a body.
///
/// # Panics
/// Where its body is none of a plan, as with parameters that nobody checked.
pub fn timing_of(spec: &'static IndicatorSpec, params: &[ParamValue], tolerance: f64) -> Timing {
    plan::timing(spec, params, tolerance, catalog()).unwrap_or_else(|why| panic!("{}: {why}", spec.name))
}

/// Bytes that the state of an indicator of this engine takes for one symbol with these (checked) parameters, as its snapshots
/// have it; `None` where the length of a bar decides.
///
/// # Panics
/// Where its body is none of a plan, as with parameters that nobody checked.
pub fn state_bytes_of(spec: &'static IndicatorSpec, params: &[ParamValue]) -> Option<usize> {
    let planned = plan::alone(spec, params, catalog()).and_then(|mut plan| {
        measure(
            &mut plan,
            &PlanLimits { window_bytes: usize::MAX, universe_bytes: usize::MAX, ..PlanLimits::default() },
        )?;
        Ok((!plan.needs_timeframe()).then(|| state_bytes(&plan)))
    });
    planned.unwrap_or_else(|why| panic!("{}: {why}", spec.name))
}

/// An indicator as lists have it: its declaration, and what follows from it with its defaults.
#[derive(Debug, Serialize)]
pub struct Listed {
    #[serde(flatten)]
    spec: &'static IndicatorSpec,
    /// Bytes that its state takes for one symbol; none where the length of a bar decides.
    state_bytes: Option<usize>,
}

impl Listed {
    /// As it stands in lists.
    pub fn new(spec: &'static IndicatorSpec) -> Listed {
        Listed { spec, state_bytes: state_bytes_of(spec, &spec.default_values()) }
    }
}

/// Why a text is no rule.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum RuleError {
    /// What the text says is wrong; shown with its place.
    #[error(transparent)]
    Language(#[from] Diagnostics),
    /// What it says cannot be planned.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Limits on what is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompileLimits {
    /// Of the text and its tree.
    pub language: Limits,
    /// Of the plan.
    pub plan: PlanLimits,
}

/// What a session or universe is built with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Length of a bar in nanoseconds; needed where the rule has durations.
    pub timeframe_ns: Option<u64>,
    /// What to do with missing input and failing steps.
    pub policies: Policies,
    /// Which instructions to use; the bits are the same.
    pub instructions: Instructions,
}

/// A checked rule with one output or several.
///
/// ```
/// use ta_engine::{Bar, Options, Rule};
///
/// let rule = Rule::compile("sma(close, 2) > 1.5")?;
/// let mut session = rule.session(Options::default())?;
/// for close in [1.0, 2.0, 3.0] {
///     let bar = Bar { time_ns: None, open: close, high: close, low: close, close, volume: 0.0 };
///     let out = session.step_bar(&bar)?;
///     println!("{:?}", out.values[0]);
/// }
/// assert_eq!(session.step_value(&Bar { time_ns: None, open: 4.0, high: 4.0, low: 4.0, close: 4.0, volume: 0.0 })?, 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rule {
    written: Written,
    plan: Arc<Plan>,
    limits: PlanLimits,
}

/// What a rule was made of.
#[derive(Clone, Debug)]
enum Written {
    Trees(Vec<(String, Expr)>),
    Texts(Texts),
}

/// Texts that were compiled together. Their trees take thirty times the memory, more than the plan of a large set, and are
/// seldom asked for: they are made again then.
#[derive(Clone, Debug)]
struct Texts {
    named: Vec<(String, String)>,
    parameters: Vec<(String, Value)>,
    definitions: Option<Definitions>,
    sources: Vec<OwnSource>,
    is_bare: bool,
    catalog: Option<Arc<Catalog>>,
    limits: Limits,
    trees: OnceLock<Vec<(String, Expr)>>,
}

impl Texts {
    fn new(texts: &[(&str, &str)], given: &Given<'_>, limits: Limits) -> Texts {
        let named = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let parameters = given.parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        Texts {
            named: named.collect(),
            parameters: parameters.collect(),
            definitions: given.definitions.cloned(),
            sources: given.sources.to_vec(),
            is_bare: given.is_bare,
            catalog: given.catalog.cloned(),
            limits,
            trees: OnceLock::new(),
        }
    }

    fn trees(&self) -> &[(String, Expr)] {
        self.trees.get_or_init(|| {
            let texts: Vec<_> =
                self.named.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            let parameters = self.parameters.iter().map(|(name, value)| (name.as_str(), value.clone()));
            let parameters: Vec<_> = parameters.collect();
            let definitions = self.definitions.as_ref();
            let (sources, is_bare) = (self.sources.as_slice(), self.is_bare);
            let catalog = self.catalog.as_ref();
            let given = Given { parameters: &parameters, definitions, sources, is_bare, catalog };
            lang::compile_all(&texts, &given, catalog_of(&given), &self.limits)
                .expect("what was compiled compiles")
        })
    }
}

impl Rule {
    /// Compiles a text; its value is called `value`, unless the text is a map of outputs: `{signal: ..., stop: ...}`.
    ///
    /// # Errors
    /// Where the text is no rule, with the place in it.
    pub fn compile(text: &str) -> Result<Rule, RuleError> {
        Rule::compile_with_parameters(text, &[], CompileLimits::default())
    }

    /// [`compile`](Rule::compile) with values for the parameters of the text, written `{period}`.
    ///
    /// ```
    /// use ta_engine::Rule;
    /// use ta_engine::lang::Value;
    ///
    /// let parameters = [("period", Value::Int(14)), ("level", Value::Int(30))];
    /// let rule = Rule::compile_with_parameters("rsi(close, {period}) < {level}", &parameters, Default::default())?;
    /// assert_eq!(rule.plan().fingerprint(), Rule::compile("rsi(close, 14) < 30")?.plan().fingerprint());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As `compile`; also for a parameter without a value and for a value without a parameter.
    pub fn compile_with_parameters(
        text: &str,
        parameters: &[(&str, Value)],
        limits: CompileLimits,
    ) -> Result<Rule, RuleError> {
        Rule::compile_given(text, &Given::parameters(parameters), limits)
    }

    /// [`compile`](Rule::compile) with parameters, definitions and limits of your own.
    ///
    /// ```
    /// use ta_engine::Rule;
    /// use ta_engine::lang::{Definitions, Given, Limits};
    ///
    /// let texts = [("spreads", "let spread(a, b) = (a - b) / b;")];
    /// let definitions = Definitions::parse(&texts, ta_engine::catalog(), &Limits::default())?;
    /// let given = Given { definitions: Some(&definitions), ..Given::default() };
    /// let rule = Rule::compile_given("spread(close, open) > 0.01", &given, Default::default())?;
    /// assert_eq!(rule.plan().fingerprint(), Rule::compile("(close - open) / open > 0.01")?.plan().fingerprint());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As `compile_with_parameters`.
    pub fn compile_given(text: &str, given: &Given<'_>, limits: CompileLimits) -> Result<Rule, RuleError> {
        let catalog = catalog_of(given);
        let outputs = lang::compile_outputs(text, given, catalog, &limits.language)?;
        Ok(Rule::plan_of(outputs, catalog, limits.plan)?)
    }

    /// Compiles several named texts into one plan that shares their common parts.
    ///
    /// # Errors
    /// As [`compile`](Rule::compile).
    pub fn compile_all(texts: &[(&str, &str)]) -> Result<Rule, RuleError> {
        Rule::compile_all_given(texts, &Given::default(), CompileLimits::default())
    }

    /// [`compile_all`](Rule::compile_all) with parameters, definitions and limits of your own; those of the language are
    /// for each text, those of the plan for all.
    ///
    /// # Errors
    /// As [`compile`](Rule::compile).
    pub fn compile_all_given(
        texts: &[(&str, &str)],
        given: &Given<'_>,
        limits: CompileLimits,
    ) -> Result<Rule, RuleError> {
        // Each tree is lowered while it is at hand, and leaves its memory to the next.
        let plan = Arc::new(lower_each(texts, given, limits)?);
        let written = Written::Texts(Texts::new(texts, given, limits.language));
        Ok(Rule { written, plan, limits: limits.plan })
    }

    /// A rule of IR trees, normalised and checked here.
    ///
    /// # Errors
    /// As [`compile`](Rule::compile).
    pub fn from_ir(outputs: Vec<(String, Expr)>) -> Result<Rule, RuleError> {
        Rule::from_ir_within(outputs, catalog(), PlanLimits::default())
    }

    /// [`from_ir`](Rule::from_ir) with indicators and limits of your own.
    ///
    /// # Errors
    /// As [`compile`](Rule::compile).
    pub fn from_ir_within(
        outputs: Vec<(String, Expr)>,
        catalog: &Catalog,
        limits: PlanLimits,
    ) -> Result<Rule, RuleError> {
        if outputs.len() > limits.outputs {
            let (needed, most) = (outputs.len(), limits.outputs);
            return Err(PlanError::TooLarge { what: "outputs", needed, most }.into());
        }
        let mut checked = Vec::with_capacity(outputs.len());
        for (name, expr) in outputs {
            checked.push((name, lang::check_normal(&expr, catalog)?));
        }
        Ok(Rule::plan_of(checked, catalog, limits)?)
    }

    fn plan_of(
        outputs: Vec<(String, Expr)>,
        catalog: &Catalog,
        limits: PlanLimits,
    ) -> Result<Rule, PlanError> {
        let mut lowering = Lowering::new(outputs.len(), catalog, limits)?;
        for at in order_of_names(outputs.iter().map(|(name, _)| name.as_str())) {
            lowering.add(at, &outputs[at].0, &outputs[at].1);
            if lowering.is_refused() {
                break;
            }
        }
        let plan = Arc::new(measured(lowering.finish()?, &limits)?);
        Ok(Rule { written: Written::Trees(outputs), plan, limits })
    }

    /// The names of its outputs' trees, as given: a tree that is an indicator of several outputs has one name here and
    /// several outputs in the plan.
    pub fn names(&self) -> Vec<&str> {
        match &self.written {
            Written::Trees(trees) => trees.iter().map(|(name, _)| name.as_str()).collect(),
            Written::Texts(texts) => texts.named.iter().map(|(name, _)| name.as_str()).collect(),
        }
    }

    /// Its outputs' names and IR, as given. Those of texts that were compiled together are made when they are first asked
    /// for.
    pub fn outputs(&self) -> &[(String, Expr)] {
        match &self.written {
            Written::Trees(trees) => trees,
            Written::Texts(texts) => texts.trees(),
        }
    }

    /// Its plan; durations are still durations.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// True where it names bars of several lengths and, with own bars of this length, reads none but these.
    pub fn reads_own_bars_alone(&self, own: Timeframe) -> bool {
        let plan = self.plan.on_own_bars(Some(own), &self.limits);
        let is_own = |plan: Arc<Plan>| plan.streams().iter().all(|stream| *stream == Stream::own());
        self.plan.has_several_timeframes() && plan.is_ok_and(is_own)
    }

    /// Its plan for bars of this length.
    ///
    /// # Errors
    /// Where a duration is not a whole number of bars, or no length is given and the rule has durations.
    pub fn plan_at(&self, timeframe_ns: Option<u64>) -> Result<Arc<Plan>, PlanError> {
        if self.plan.has_several_timeframes() {
            let streams = self.plan.streams().iter().map(Stream::name).collect();
            return Err(PlanError::SeveralTimeframes { streams });
        }
        if timeframe_ns.is_some() || self.plan.needs_timeframe() {
            let plan = self.plan.at_timeframe(timeframe_ns, &self.limits)?;
            Ok(Arc::new(measured(plan, &self.limits)?))
        } else {
            Ok(self.plan.clone())
        }
    }

    /// What it computes for bars of its own of this length, in words; without one, as far as that can be said.
    ///
    /// # Errors
    /// As [`plan_at`](Rule::plan_at), where a length is given.
    pub fn explain(&self, timeframe: Option<Timeframe>) -> Result<Explanation, PlanError> {
        match timeframe {
            None => Ok(self.plan.explain()),
            Some(_) if self.plan.has_several_timeframes() => {
                Ok(self.joined_plan(Joining { timeframe, ..Joining::default() })?.explain())
            }
            Some(timeframe) => Ok(self.plan_at(timeframe.fixed_ns())?.explain()),
        }
    }

    /// Its plan cut for several streams.
    ///
    /// # Errors
    /// Where a stream is unknown or can be made of no other, a timeframe is needed or a duration is no whole number of
    /// bars.
    pub fn joined_plan(&self, joining: Joining) -> Result<Arc<JoinedPlan>, PlanError> {
        let mut plan = JoinedPlan::new(&self.plan, joining, &self.limits)?;
        plan.joined = Arc::new(measured(Arc::unwrap_or_clone(plan.joined), &self.limits)?);
        Ok(Arc::new(plan))
    }

    /// A session over several streams that has seen nothing.
    ///
    /// ```
    /// use ta_engine::calendar::Timeframe;
    /// use ta_engine::plan::joined::Joining;
    /// use ta_engine::{Event, Rule};
    ///
    /// let rule = Rule::compile("close > sma(ohlcv.4h.close, 2)")?;
    /// let joining = Joining { timeframe: Timeframe::parse("1h"), ..Joining::default() };
    /// let mut session = rule.joined_session(joining, Default::default(), Default::default())?;
    /// let (own, long) = (session.plan().stream("ohlcv")?, session.plan().stream("ohlcv.4h")?);
    /// let hour = 3_600_000_000_000;
    /// let mut rows = Vec::new();
    /// for (stream, close_ns, close) in [(long, 4 * hour, 10.0), (long, 8 * hour, 12.0), (own, 8 * hour, 11.5)] {
    ///     let bar = Event { time_ns: Some(close_ns), inputs: &[close] };
    ///     session.push(stream, &bar, &mut |row| rows.push((row.time_ns / hour, row.values[0].value)))?;
    /// }
    /// assert_eq!(rows, [(8, 1.0)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`joined_plan`](Rule::joined_plan).
    pub fn joined_session(
        &self,
        joining: Joining,
        policies: Policies,
        instructions: Instructions,
    ) -> Result<JoinedSession, PlanError> {
        JoinedSession::new(self.joined_plan(joining)?, policies, instructions)
    }

    /// A session that has seen nothing.
    ///
    /// # Errors
    /// As [`plan_at`](Rule::plan_at).
    pub fn session(&self, options: Options) -> Result<Session, PlanError> {
        Session::new(self.plan_at(options.timeframe_ns)?, options.policies, options.instructions)
    }

    /// A session that is fed live and has seen nothing.
    ///
    /// # Errors
    /// As [`session`](Rule::session); where the policies do not fit together.
    pub fn live_session(&self, options: Options, policies: LivePolicies) -> Result<LiveSession, LiveError> {
        LiveSession::new(self.session(options)?, policies)
    }

    /// A session to be run over one history and dropped: where a [`Function`](crate::catalog::function::Function) needs all of it at
    /// once, no other can be had.
    ///
    /// # Errors
    /// As [`plan_at`](Rule::plan_at).
    pub fn session_for_history(&self, options: Options) -> Result<Session, PlanError> {
        Session::for_history(self.plan_at(options.timeframe_ns)?, options.policies, options.instructions)
    }

    /// A universe of so many symbols that has seen nothing.
    ///
    /// # Errors
    /// As [`plan_at`](Rule::plan_at).
    pub fn universe(&self, symbols: usize, options: Options) -> Result<Universe, PlanError> {
        Universe::new(self.plan_at(options.timeframe_ns)?, symbols, options.policies, options.instructions)
    }

    /// A universe with a symbol for each name, in this order, that has seen nothing.
    ///
    /// # Errors
    /// As [`plan_at`](Rule::plan_at); where a name is empty or given twice.
    pub fn universe_of(&self, names: Vec<String>, options: Options) -> Result<Universe, PlanError> {
        self.universe_in_groups(names, None, options)
    }

    /// [`universe_of`](Rule::universe_of) symbols each of which is in a group: what looks across symbols looks at those of one
    /// group together.
    ///
    /// ```
    /// use ta_engine::{Options, Rule};
    ///
    /// let rule = Rule::compile("demean(close)")?;
    /// let texts = |all: [&str; 4]| all.map(str::to_owned).to_vec();
    /// let (names, groups) = (texts(["A", "B", "C", "D"]), texts(["metals", "oil", "metals", "oil"]));
    /// let mut universe = rule.universe_in_groups(names, Some(groups), Options::default())?;
    /// let mut row = [0.0; 4];
    /// universe.step(None, &[&[1.0, 20.0, 3.0, 40.0]], &mut [&mut row])?;
    /// assert_eq!(row, [-1.0, -10.0, 1.0, 10.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As `universe_of`; where there are not as many groups as names, or one has no name.
    pub fn universe_in_groups(
        &self,
        names: Vec<String>,
        groups: Option<Vec<String>>,
        options: Options,
    ) -> Result<Universe, PlanError> {
        let plan = self.plan_at(options.timeframe_ns)?;
        Universe::named(plan, names, groups, options.policies, options.instructions)
    }

    /// The rule to be run over a table of many symbols, by at most so many threads.
    ///
    /// # Errors
    /// As [`session`](Rule::session).
    pub fn running(&self, options: Options, threads: usize) -> Result<Running, PlanError> {
        Running::new(self.plan_at(options.timeframe_ns)?, options.policies, options.instructions, threads)
    }

    /// Evaluates a whole history: one column per output, in the plan's order.
    ///
    /// # Errors
    /// As [`Session::run`].
    pub fn run(
        &self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        options: Options,
    ) -> Result<Vec<Vec<f64>>, RunError> {
        self.run_watched(times_ns, columns, options, &mut Unwatched)
    }

    /// [`run`](Rule::run) that somebody waits for.
    ///
    /// # Errors
    /// As `run`; [`StepError::Interrupted`] where it was given up.
    pub fn run_watched(
        &self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        options: Options,
        watch: &mut dyn Watch,
    ) -> Result<Vec<Vec<f64>>, RunError> {
        self.run_session(self.session_for_history(options)?, times_ns, columns, watch)
    }

    /// [`run_watched`](Rule::run_watched) of a new session.
    pub(crate) fn run_session(
        &self,
        mut session: Session,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        watch: &mut dyn Watch,
    ) -> Result<Vec<Vec<f64>>, RunError> {
        let bars = times_ns.map(<[i64]>::len).or(columns.first().map(|c| c.len()));
        let bars = bars.ok_or(StepError::Shape {
            what: "times or columns, to count the bars by",
            given: 0,
            needed: 1,
        })?;
        let mut outputs = vec![vec![0.0; bars]; session.plan().outputs().len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        session.run_watched(times_ns, columns, &mut slices, watch)?;
        Ok(outputs)
    }

    /// A session from a snapshot.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged snapshot of this rule.
    pub fn restore(&self, bytes: &[u8]) -> Result<Session, SnapshotError> {
        Session::restore(&self.plan_of_snapshot(bytes, SnapshotKind::Session)?, bytes, Instructions::Best)
    }

    /// A session that is fed live, from a snapshot of one or of a session without more.
    ///
    /// # Errors
    /// As [`restore`](Rule::restore).
    pub fn restore_live(&self, bytes: &[u8]) -> Result<LiveSession, SnapshotError> {
        let (header, _) = open(bytes)?;
        header.check_kind(SnapshotKind::Session).or_else(|_| header.check_kind(SnapshotKind::Live))?;
        let plan = self.plan_at(header.timeframe_ns).map_err(SnapshotError::without_plan)?;
        LiveSession::restore(&plan, bytes, Instructions::Best)
    }

    /// A session that takes over what this rule still has of a snapshot of another: parts that compute the same of the same go on
    /// where they were, bit for bit, others begin. A snapshot of a session that is fed live gives up what waits in it.
    ///
    /// # Errors
    /// [`SnapshotError::WouldDrop`] where state would be dropped and `allow_dropped` is not said; as [`restore`](Rule::restore).
    pub fn adopt(&self, bytes: &[u8], allow_dropped: bool) -> Result<(LiveSession, Adoption), SnapshotError> {
        let (header, _) = open(bytes)?;
        header.check_kind(SnapshotKind::Session).or_else(|_| header.check_kind(SnapshotKind::Live))?;
        let plan = self.plan_at(header.timeframe_ns).map_err(SnapshotError::without_plan)?;
        LiveSession::adopt(&plan, bytes, allow_dropped, Instructions::Best)
    }

    /// A universe from a snapshot.
    ///
    /// # Errors
    /// As [`restore`](Rule::restore).
    pub fn restore_universe(&self, bytes: &[u8]) -> Result<Universe, SnapshotError> {
        Universe::restore(&self.plan_of_snapshot(bytes, SnapshotKind::Universe)?, bytes, Instructions::Best)
    }

    /// A session over several streams that goes on where the snapshot was taken.
    ///
    /// # Errors
    /// Where the bytes are not a whole, undamaged snapshot of this rule.
    pub fn restore_joined(
        &self,
        snapshot: &[u8],
        instructions: Instructions,
    ) -> Result<JoinedSession, SnapshotError> {
        JoinedSession::restore(snapshot, instructions, |joining| self.joined_plan(joining))
    }

    /// Its plan for the bars of a snapshot. What has none cannot have made the snapshot.
    fn plan_of_snapshot(&self, bytes: &[u8], kind: SnapshotKind) -> Result<Arc<Plan>, SnapshotError> {
        let (header, _) = open(bytes)?;
        header.check_kind(kind)?;
        self.plan_at(header.timeframe_ns).map_err(SnapshotError::without_plan)
    }
}

impl JoinedSession {
    /// Goes back, or on, to a snapshot of the same plan, which is one of this rule.
    ///
    /// # Errors
    /// Where it does not fit; the session is as it was.
    pub fn restore_from(&mut self, rule: &Rule, snapshot: &[u8]) -> Result<(), SnapshotError> {
        let restored = rule.restore_joined(snapshot, self.instructions())?;
        if restored.plan.fingerprint != self.plan.fingerprint {
            return Err(SnapshotError::OtherPlan);
        }
        *self = restored;
        Ok(())
    }
}

/// Compiles texts and lowers each as it comes.
fn lower_each(texts: &[(&str, &str)], given: &Given<'_>, limits: CompileLimits) -> Result<Plan, RuleError> {
    let catalog = catalog_of(given);
    let mut lowering = Lowering::new(texts.len(), catalog, limits.plan)?;
    let order = order_of_names(texts.iter().map(|(name, _)| *name));
    lang::compile_each(texts, &order, given, catalog, &limits.language, |at, tree| {
        lowering.add(at, texts[at].0, &tree);
        if lowering.is_refused() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(measured(lowering.finish()?, &limits.plan)?)
}

/// A plan that says what its state takes, which the limits allow.
fn measured(mut plan: Plan, limits: &PlanLimits) -> Result<Plan, PlanError> {
    measure(&mut plan, limits)?;
    Ok(plan)
}

/// Why a history could not be evaluated.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum RunError {
    /// No plan for its timeframe.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The data was refused.
    #[error(transparent)]
    Step(#[from] StepError),
}
