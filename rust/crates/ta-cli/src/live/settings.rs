//! What a state directory was begun with: `settings.json`, so that it goes on with the same and `ta replay` needs no more than it.

use std::path::Path;

use clap::Args;
use serde::{Deserialize, Serialize};
use ta_engine::incremental::contracts::Policies;
use ta_engine::incremental::live::policies::MOST_REVISIONS;
use ta_engine::incremental::live::{Bars, Closed, Corrected, Emit, Late, LivePolicies, Reorder, Stamp};
use ta_engine::{Options, Rule};

use super::adapters::Shape;
use super::feed::Setup;
use crate::output::write_whole;
use crate::{Failure, RuleText, compile_with, definitions_of, timeframe_ns};

const NAME: &str = "settings.json";

/// How a session behaves.
#[derive(Args, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Behaviour {
    /// Length of a bar, such as 1h. Without it gaps are not seen, and trades make no bars.
    #[arg(long)]
    pub(crate) timeframe: Option<String>,
    /// What to do where a field has no value: emit_missing, hold_previous or fail.
    #[arg(long, default_value = "emit_missing", value_parser = ["emit_missing", "hold_previous", "fail"])]
    missing_input: String,
    /// How the feed says that a bar has closed: each message is a closed bar; a flag says it; it has when the next one opens.
    #[arg(long, default_value = "each", value_parser = ["each", "flag", "next_open"])]
    closed: String,
    /// What to do with a bar that is older than the last: refuse it, set it aside, or compute again with it.
    #[arg(long, default_value = "error", value_parser = ["error", "side_output", "rebuild"])]
    late: String,
    /// What to do with a bar of a time that was there, with other fields.
    #[arg(long, default_value = "error", value_parser = ["error", "revise"])]
    corrected: String,
    /// How many of the last bars can be revised.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=MOST_REVISIONS as u64))]
    revisions: u64,
    /// What to do with a bar that cannot be (high below low, negative volume, off the grid).
    #[arg(long, default_value = "reject", value_parser = ["reject", "trust"])]
    bars: String,
    /// Which of its times a bar is known by: says when a bar that forms ends.
    #[arg(long, default_value = "open", value_parser = ["open", "close"])]
    stamps: String,
    /// Which results are given.
    #[arg(long, default_value = "all", value_parser = ["all", "changes", "true"])]
    emit: String,
    /// No trade, no bar: a hole between bars is no gap.
    #[arg(long)]
    sparse: bool,
    /// Have events wait for older ones that are so much behind the newest, such as 5m.
    #[arg(long, value_name = "TIME")]
    reorder: Option<String>,
    /// How many events wait, at most.
    #[arg(long, default_value_t = 1024, value_name = "EVENTS")]
    reorder_events: u64,
    /// The shape of messages.
    #[arg(long, value_enum, default_value_t = Shape::Lines)]
    pub(crate) shape: Shape,
    /// What times of digits count since 1970: s, ms, us or ns.
    #[arg(long, value_parser = ["s", "ms", "us", "ns"])]
    pub(crate) unit: Option<String>,
}

/// All that a state directory was begun with.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    version: u32,
    rule: String,
    definitions: Vec<(String, String)>,
    parameters: Vec<String>,
    pub(crate) behaviour: Behaviour,
}

impl Settings {
    pub(crate) fn new(rule: &RuleText, behaviour: &Behaviour) -> Result<Settings, Failure> {
        Ok(Settings {
            version: 1,
            rule: crate::arguments::unmarked(&rule.rule).to_owned(),
            definitions: definitions_of(rule)?,
            parameters: rule.set.clone(),
            behaviour: behaviour.clone(),
        })
    }

    /// Those of a state directory; `None` where it has none.
    pub(crate) fn read(folder: &Path) -> Result<Option<Settings>, Failure> {
        let path = folder.join(NAME);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|error| Failure::Data(format!("{}: {error}", path.display())))?,
        };
        let settings: Settings = serde_json::from_str(&text)
            .map_err(|error| Failure::Data(format!("{}: {error}", path.display())))?;
        match settings.version {
            1 => Ok(Some(settings)),
            newer => {
                Err(Failure::Data(format!("{} has version {newer}; this program reads 1", path.display())))
            }
        }
    }

    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join(NAME);
        let text = serde_json::to_string_pretty(self).expect("settings are JSON") + "\n";
        write_whole(&path, &text).map_err(|error| Failure::Data(format!("{}: {error}", path.display())))
    }

    /// In which parts others differ.
    pub(crate) fn differences(&self, other: &Settings) -> Vec<String> {
        let parts = |settings: &Settings| match serde_json::to_value(settings) {
            Ok(serde_json::Value::Object(mut parts)) => {
                if let Some(serde_json::Value::Object(behaviour)) = parts.remove("behaviour") {
                    parts.extend(behaviour);
                }
                parts
            }
            _ => serde_json::Map::new(),
        };
        let (mine, others) = (parts(self), parts(other));
        let differing = mine.iter().filter(|(name, value)| others.get(*name) != Some(value));
        let said = differing.map(|(name, value)| {
            let other = others.get(name).cloned().unwrap_or_default();
            format!("{name} is {value} there and {other} here")
        });
        said.collect()
    }

    /// The rule, and how its sessions behave.
    pub(crate) fn setup(&self) -> Result<Setup, Failure> {
        let rule = compile_with(&self.rule, &self.definitions, &self.parameters)?;
        let behaviour = &self.behaviour;
        let usage = |words: String| Failure::Usage(words);
        let reorder = match &behaviour.reorder {
            None => None,
            Some(text) => {
                let delay_ns = timeframe_ns(Some(text))?.unwrap_or(0);
                Some(Reorder { delay_ns, most: behaviour.reorder_events as usize })
            }
        };
        let policies = LivePolicies {
            late: Late::from_name(&behaviour.late).map_err(usage)?,
            corrected: Corrected::from_name(&behaviour.corrected).map_err(usage)?,
            closed: Closed::from_name(&behaviour.closed).map_err(usage)?,
            sparse: behaviour.sparse,
            bars: Bars::from_name(&behaviour.bars).map_err(usage)?,
            stamps: Stamp::from_name(&behaviour.stamps).map_err(usage)?,
            emit: Emit::from_name(&behaviour.emit).map_err(usage)?,
            revisions: behaviour.revisions as usize,
            reorder,
        };
        let missing_input =
            ta_engine::incremental::contracts::MissingInput::from_name(&behaviour.missing_input);
        let options = Options {
            timeframe_ns: timeframe_ns(behaviour.timeframe.as_deref())?,
            policies: Policies { missing_input: missing_input.map_err(usage)?, ..Policies::default() },
            ..Options::default()
        };
        // What cannot be had is said before anything is written.
        rule.live_session(options, policies).map_err(|error| usage(error.to_string()))?;
        Ok(Setup { rule, options, policies })
    }

    /// Whose the journal is: what its events are to.
    pub(crate) fn identity(&self, rule: &Rule) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        hash.update(rule.plan().fingerprint());
        let behaviour = serde_json::to_string(&self.behaviour).expect("settings are JSON");
        hash.update(behaviour.as_bytes());
        *hash.finalize().as_bytes()
    }
}
