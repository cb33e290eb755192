//! The `ta` command: rules over files from a shell. The Python package runs the same code.
//!
//! Exit codes: 0 all well, 1 a difference or bad data, 2 wrong usage.

mod arguments;
mod bars;
mod catalog;
mod inspection;
mod joined;
mod live;
mod output;
mod report;
mod run;
mod universe;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::OnceLock;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use ta_engine::Rule;
use ta_engine::incremental::contracts::{MissingInput, Policies};
use ta_engine::lang::{Definitions, Given, Limits, Value};
use ta_engine::rule::CompileLimits;

/// Technical-analysis rules over files.
#[derive(Parser)]
#[command(name = "ta", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Evaluates a rule over the bars of one or more files.
    #[command(
        after_help = "Example:\n  ta run \"rsi(close, 14) < 30\" examples/data/aapl_1d.csv --from 2012-01-01\n  ta run \"close > sma(ohlcv.1d.close, 5)\" examples/data/eurusd_1h.csv --resample --session-start 22:00"
    )]
    Run(RunArguments),
    /// Proves on the bars of files that live equals backtest, bit for bit.
    #[command(
        after_help = "Example:\n  ta verify \"crossup(ema(close, 12), ema(close, 26))\" examples/data/aapl_1d.csv"
    )]
    Verify {
        #[command(flatten)]
        input: Input,
    },
    /// Shows what a rule computes: its tree, warm-up, inputs, state.
    #[command(
        after_help = "Example:\n  ta explain \"rsi(close, {period}) < 30\" --set period=14\n  ta explain \"sma(close, 20) > ema(close, 50)\" --dot | dot -Tsvg -o plan.svg"
    )]
    Explain {
        #[command(flatten)]
        rule: RuleText,
        /// Print the plan in Graphviz's language instead.
        #[arg(long)]
        dot: bool,
        /// Length of a bar, such as 1h; needed where the rule has durations.
        #[arg(long)]
        timeframe: Option<String>,
    },
    /// Steps a rule over events as they come; survives being killed.
    #[command(
        after_help = "A line of JSON is an event: {\"timestamp\": \"2024-01-01T00:00Z\", \"symbol\": \"BTC\", \"close\": 42000.5}\n\nExample:\n  feed | ta live \"rsi(close, 14) < 30\" --state state/ --timeframe 1m --closed flag\n  ta live \"crossup(ema(close, 12), ema(close, 26))\" --state state/ --source bars.jsonl --history bars.csv"
    )]
    Live(live::LiveArguments),
    /// Reads the events of a state directory again and gives their results.
    #[command(after_help = "Example:\n  ta replay state/ --from 1000")]
    Replay(live::ReplayArguments),
    /// Goes on from a damaged state directory: sets all of it aside, keeps what can be relied on, and says what was lost.
    #[command(after_help = "Example:\n  ta salvage state/")]
    Salvage {
        /// The state directory.
        state: PathBuf,
    },
    /// Says what a snapshot is of: bars taken, policies, fields, outputs, nodes and their sizes.
    #[command(after_help = "Example:\n  ta inspect session.snapshot")]
    Inspect {
        /// The file with the snapshot's bytes; - is stdin.
        snapshot: PathBuf,
    },
    /// Lists the indicators, or shows one.
    #[command(after_help = "Example:\n  ta catalog rsi")]
    Catalog {
        /// Name or alias of an indicator.
        name: Option<String>,
    },
}

/// A rule and what its text is compiled with.
#[derive(Args)]
pub(crate) struct RuleText {
    /// The rule's text.
    rule: String,
    /// A file of definitions that the rule may use: `let spread(a, b) = (a - b) / b;`. May be given several times.
    #[arg(long, value_name = "FILE")]
    define: Vec<PathBuf>,
    /// A value for a parameter of the text: `--set period=14` for `{period}`. May be given several times.
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
}

/// A rule and the files it reads.
#[derive(Args)]
struct Input {
    #[command(flatten)]
    rule: RuleText,
    /// Files of bars: CSV and other text, JSON, gzip, zip, Parquet, Arrow; - is stdin. Each is one symbol, called like the file.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Length of a bar, such as 1h; taken from the data where it is not given.
    #[arg(long)]
    timeframe: Option<String>,
    /// Leave out rows that cannot be read, and count them.
    #[arg(long)]
    skip_bad_rows: bool,
    /// What to do where a field has no value.
    #[arg(long, default_value = "emit_missing", value_parser = ["emit_missing", "hold_previous", "fail"])]
    missing_input: String,
    #[command(flatten)]
    reading: bars::Reading,
    #[command(flatten)]
    streams: joined::Streams,
    /// What came through a pipe.
    #[arg(skip)]
    piped: OnceLock<Vec<u8>>,
}

#[derive(Args)]
struct RunArguments {
    #[command(flatten)]
    input: Input,
    /// Write the result to this file; its ending chooses the format.
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// First bar to show: a date or a time. All bars before it are computed.
    #[arg(long)]
    from: Option<String>,
    /// Last bar to show: a date or a time.
    #[arg(long)]
    to: Option<String>,
    /// How to show the result.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns; of long results the first and last rows.
    Table,
    /// Comma-separated values, empty where a value is not ready.
    Csv,
    /// One JSON object per line, null where a value is not ready.
    Json,
}

/// Why a command did not succeed.
pub(crate) enum Failure {
    /// The words for it; exit code 1.
    Data(String),
    /// The words for it; exit code 2.
    Usage(String),
}

/// Runs the command with these arguments (the program's name first) and gives its exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> i32 {
    let arguments = arguments::rules_marked(arguments, &Cli::command());
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help goes to stdout with code 0, mistakes to stderr with code 2.
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { code } else { 1 };
        }
    };
    let done = match cli.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Verify { input } => report::verify(&input),
        Command::Explain { rule, dot, timeframe } => report::explain(&rule, dot, timeframe.as_deref()),
        Command::Live(arguments) => live::live(&arguments),
        Command::Replay(arguments) => live::replay(&arguments),
        Command::Salvage { state } => live::salvage(&state),
        Command::Catalog { name } => catalog::show(name.as_deref()),
        Command::Inspect { snapshot } => inspection::show(&snapshot),
    };
    match done {
        Ok(()) => 0,
        Err(Failure::Data(words)) => {
            eprintln!("error: {words}");
            1
        }
        Err(Failure::Usage(words)) => {
            eprintln!("{words}");
            2
        }
    }
}

/// The files of definitions, by their names.
pub(crate) fn definitions_of(rule: &RuleText) -> Result<Vec<(String, String)>, Failure> {
    let mut texts = Vec::with_capacity(rule.define.len());
    for file in &rule.define {
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::Data(format!("{}: {error}", file.display())))?;
        texts.push((file.display().to_string(), text));
    }
    Ok(texts)
}

/// Compiles a rule's text.
pub(crate) fn compile(rule: &RuleText) -> Result<Rule, Failure> {
    compile_with(arguments::unmarked(&rule.rule), &definitions_of(rule)?, &rule.set)
}

/// Compiles a text with definitions and `name=value` for its parameters.
pub(crate) fn compile_with(
    text: &str,
    definitions: &[(String, String)],
    set: &[String],
) -> Result<Rule, Failure> {
    let texts: Vec<_> = definitions.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let said = |error: &dyn std::fmt::Display| Failure::Usage(error.to_string());
    let definitions = Definitions::parse(&texts, ta_engine::catalog(), &Limits::default())
        .map_err(|problems| said(&problems))?;
    let mut parameters = Vec::with_capacity(set.len());
    for pair in set {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(Failure::Usage(format!("--set {pair}: a name and a value, period=14, are needed")));
        };
        parameters.push((name.trim(), parameter(value.trim())));
    }
    let given = Given { parameters: &parameters, definitions: Some(&definitions), ..Given::default() };
    Rule::compile_given(text, &given, CompileLimits::default()).map_err(|error| said(&error))
}

/// A number or a truth value where it is written as one, else a text.
fn parameter(text: &str) -> Value {
    let truth = || text.to_ascii_lowercase().parse().ok().map(Value::Bool);
    let number = || text.parse().ok().filter(|x: &f64| x.is_finite()).map(Value::Float);
    let whole = text.parse().ok().map(Value::Int);
    whole.or_else(number).or_else(truth).unwrap_or_else(|| Value::Text(text.to_owned()))
}

impl Input {
    /// What to do with missing input.
    fn policies(&self) -> Result<Policies, Failure> {
        let missing_input = MissingInput::from_name(&self.missing_input).map_err(Failure::Usage)?;
        Ok(Policies { missing_input, ..Policies::default() })
    }

    /// All files that are read.
    fn sources(&self) -> Result<Vec<PathBuf>, Failure> {
        let streams = self.streams.files()?.into_iter().map(|(_, file)| file);
        Ok(self.files.iter().chain(&self.rule.define).cloned().chain(streams).collect())
    }
}

/// Length of a bar in nanoseconds.
pub(crate) fn timeframe_ns(text: Option<&str>) -> Result<Option<u64>, Failure> {
    text.map(|text| ta_engine::lang::shift::timeframe_nanoseconds(text).ok_or_else(|| no_timeframe(text)))
        .transpose()
}

/// What is said of a text that is no length of a bar.
pub(crate) fn no_timeframe(text: &str) -> Failure {
    let hint = ta_engine::lang::shift::month_or_minute(text);
    let accepted = hint.unwrap_or_else(|| "one such as 15m, 1h or 1d is needed".to_owned());
    Failure::Usage(format!("`{text}` is no timeframe; {accepted}"))
}

/// Prints a line; a reader that has gone away (`| head`) ends the work quietly.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Data(error.to_string())),
        _ => Ok(()),
    }
}
