//! Functions outside the engine as nodes of a session of one symbol.
//!
//! A function sees the bars on which all its inputs are ready. What it remembers is at hand as bytes between two bars, so that saving
//! cannot fail, and a bar on which it fails can be undone.

use super::columns::{Columns, LookThrough};
use super::node::{SingleNode, Wiring};
use super::state::{Loader, PutBack, Saver};
use crate::catalog::function::{Call, Function, Memory, Needs};
use crate::catalog::{IndicatorSpec, ParamValue};
use crate::isa::Best;
use crate::kernel::StateError;
use crate::lanes::Lanes;

/// What went wrong in a function, on which bar of those that were taken at once.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) function: &'static str,
    pub(crate) why: String,
    pub(crate) bar: Option<usize>,
}

/// A function and what it has seen.
pub(crate) struct FunctionNode {
    name: &'static str,
    call: Box<dyn Call>,
    needs: Needs,
    wiring: Wiring,
    outputs: usize,
    /// Bars with all inputs, counted up to the first with a value.
    seen: usize,
    /// It was past its warm-up before the last bar.
    was_warm: bool,
    /// Of a function of a window: its inputs, each one's bars together, the oldest first.
    window: Vec<Vec<f64>>,
    /// What the function remembers.
    bytes: Vec<u8>,
    /// The function remembers something else than `bytes`.
    is_behind: bool,
    fault: Option<Fault>,
    best: Best,
}

impl FunctionNode {
    /// # Errors
    /// Why the function does not begin.
    pub(crate) fn new(
        spec: &'static IndicatorSpec,
        function: &'static dyn Function,
        params: &[ParamValue],
        wiring: &Wiring,
        best: Best,
    ) -> Result<FunctionNode, String> {
        let needs = function.needs(params)?;
        let mut call = function.begin(params)?;
        let mut bytes = Vec::new();
        if let Memory::Bytes(length) = needs.memory {
            call.save(&mut bytes)?;
            check_length(bytes.len(), length)?;
        }
        Ok(FunctionNode {
            name: spec.name,
            call,
            needs,
            wiring: wiring.clone(),
            outputs: spec.outputs.len(),
            seen: 0,
            was_warm: needs.warmup == 0,
            window: vec![Vec::new(); wiring.inputs.len()],
            bytes,
            is_behind: false,
            fault: None,
            best,
        })
    }

    fn is_warm(&self) -> bool {
        self.seen >= self.needs.warmup
    }

    /// Notes what went wrong; the first counts.
    fn fail(&mut self, why: String, bar: Option<usize>) {
        self.fault.get_or_insert(Fault { function: self.name, why, bar });
    }

    /// Takes a bar with all inputs.
    fn take(&mut self, inputs: &[f64], values: &mut [f64]) -> Result<(), String> {
        match self.needs.memory {
            Memory::WholeHistory => {
                return Err(self.needs.unfit_for_sessions().expect("it is of whole histories").to_owned());
            }
            Memory::Window(bars) => {
                for (kept, x) in self.window.iter_mut().zip(inputs) {
                    if kept.len() == bars {
                        kept.remove(0);
                    }
                    kept.push(*x);
                }
                if self.is_warm() {
                    let columns: Vec<_> = self.window.iter().map(Vec::as_slice).collect();
                    let mut given = vec![vec![f64::NAN; bars]; self.outputs];
                    let mut slices: Vec<_> = given.iter_mut().map(Vec::as_mut_slice).collect();
                    self.call.run(&columns, &mut slices)?;
                    for (value, given) in values.iter_mut().zip(&given) {
                        *value = given[bars - 1];
                    }
                }
            }
            Memory::Bytes(_) | Memory::Untold => {
                if self.is_behind {
                    self.call.load(&self.bytes)?;
                    self.is_behind = false;
                }
                self.call.step(inputs, values)?;
            }
        }
        self.finish(values)
    }

    /// Brings values to the canonical form, and counts the bar.
    fn finish(&mut self, values: &mut [f64]) -> Result<(), String> {
        for value in &mut *values {
            *value = value.finite_or_nan();
        }
        self.was_warm = self.is_warm();
        if !self.is_warm() {
            self.seen += 1;
            if values.iter().any(|value| !value.is_nan()) {
                return Err(early(self.seen, self.needs));
            }
        }
        Ok(())
    }

    /// Brings what it remembers to hand.
    fn save_bytes(&mut self) -> Result<(), String> {
        if let Memory::Bytes(length) = self.needs.memory {
            self.bytes.clear();
            self.call.save(&mut self.bytes)?;
            check_length(self.bytes.len(), length)?;
        }
        Ok(())
    }

    /// Takes the bars of a chunk one by one.
    fn step_through(&mut self, columns: &mut Columns<'_, f64>) {
        let mut inputs = vec![0.0; self.wiring.inputs.len()];
        let mut values = vec![f64::NAN; self.outputs];
        for bar in 0..columns.bars() {
            self.was_warm = self.is_warm();
            for (input, slot) in inputs.iter_mut().zip(&self.wiring.inputs) {
                *input = columns.column(*slot)[bar];
            }
            values.fill(f64::NAN);
            if self.fault.is_none()
                && inputs.iter().all(|x| x.is_number())
                && let Err(why) = self.take(&inputs, &mut values)
            {
                self.fail(why, Some(bar));
            }
            for (at, value) in values.iter().enumerate() {
                columns.written(self.wiring.output + at)[bar] = *value;
            }
        }
        if let Err(why) = self.save_bytes() {
            self.fail(why, None);
        }
    }

    /// Takes a chunk's bars at once, those with all inputs without what lies between them.
    fn run_at_once(&mut self, columns: &mut Columns<'_, f64>) {
        let inputs: Vec<_> = self.wiring.inputs.iter().map(|slot| columns.column(*slot)).collect();
        let is_ready = |bar: &usize| inputs.iter().all(|column| column[*bar].is_number());
        let ready: Vec<usize> = (0..columns.bars()).filter(is_ready).collect();
        // What was taken before stands in front.
        let before = self.window.first().map_or(0, Vec::len);
        let mut given = std::mem::take(&mut self.window);
        for (column, input) in given.iter_mut().zip(&inputs) {
            column.extend(ready.iter().map(|bar| input[*bar]));
        }
        let bars = before + ready.len();
        let mut values = vec![vec![f64::NAN; bars]; self.outputs];
        let columns_given: Vec<_> = given.iter().map(Vec::as_slice).collect();
        let mut slices: Vec<_> = values.iter_mut().map(Vec::as_mut_slice).collect();
        // Without bars there is nothing to ask for.
        let run = if ready.is_empty() { Ok(()) } else { self.call.run(&columns_given, &mut slices) };
        if let Memory::Window(most) = self.needs.memory {
            for column in &mut given {
                column.drain(..column.len().saturating_sub(most));
            }
            self.window = given;
        } else {
            self.window = vec![Vec::new(); self.wiring.inputs.len()];
        }
        let mut fault = run.err().map(|why| (why, None));
        for at in 0..self.outputs {
            columns.written(self.wiring.output + at).fill(f64::NAN);
        }
        let mut one = vec![f64::NAN; self.outputs];
        for (place, bar) in ready.iter().enumerate() {
            for (one, values) in one.iter_mut().zip(&values) {
                *one = values[before + place];
            }
            if fault.is_none()
                && let Err(why) = self.finish(&mut one)
            {
                fault = Some((why, Some(*bar)));
            }
            for (at, value) in one.iter().enumerate() {
                columns.written(self.wiring.output + at)[*bar] = *value;
            }
        }
        // Where the last bar lacked an input nothing was counted.
        if ready.last().is_none_or(|last| last + 1 < columns.bars()) {
            self.was_warm = self.is_warm();
        }
        if let Some((why, bar)) = fault {
            self.fail(why, bar);
        }
    }
}

/// A value where none is to be.
fn early(bars: usize, needs: Needs) -> String {
    let reason = match needs.memory {
        Memory::Window(window) => format!("its window is of {window} bars"),
        _ => format!("its warm-up is {} bars", needs.warmup),
    };
    format!("it gave a value after {bars} of its bars, and {reason}: give NaN before")
}

fn check_length(length: usize, needed: usize) -> Result<(), String> {
    if length == needed {
        return Ok(());
    }
    Err(format!(
        "what it remembers takes {length} bytes, and took {needed} when nothing was seen: they have to be as many at any bar"
    ))
}

impl SingleNode for FunctionNode {
    fn step(&mut self, row: &mut [f64]) {
        let inputs: Vec<f64> = self.wiring.inputs.iter().map(|slot| row[*slot]).collect();
        let mut values = vec![f64::NAN; self.outputs];
        self.was_warm = self.is_warm();
        if self.fault.is_none() && inputs.iter().all(|x| x.is_number()) {
            let taken = self.take(&inputs, &mut values).and_then(|()| self.save_bytes());
            if let Err(why) = taken {
                self.fail(why, None);
            }
        }
        row[self.wiring.output..][..self.outputs].copy_from_slice(&values);
    }

    fn run(&mut self, columns: &mut Columns<'_, f64>) {
        for slot in &self.wiring.inputs {
            self.best.run(columns, LookThrough(*slot));
        }
        match self.needs.memory {
            Memory::Bytes(_) | Memory::Untold => self.step_through(columns),
            Memory::Window(_) | Memory::WholeHistory => self.run_at_once(columns),
        }
        for slot in self.wiring.output..self.wiring.output + self.outputs {
            columns.filled(slot);
        }
    }

    fn was_warm(&self) -> bool {
        self.was_warm
    }

    fn fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }

    fn state_bytes(&mut self) -> usize {
        let remembered = match self.needs.memory {
            Memory::Window(bars) => 8 * bars * self.wiring.inputs.len(),
            Memory::Bytes(length) => length,
            Memory::Untold | Memory::WholeHistory => 0,
        };
        4 + remembered
    }

    fn save(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(&(self.seen as u32).to_le_bytes());
        if let Memory::Window(bars) = self.needs.memory {
            let mut saver = Saver { lane: 0, out };
            for column in &self.window {
                column.iter().for_each(|x| saver.number(*x));
                (column.len()..bars).for_each(|_| saver.number(f64::NAN));
            }
        }
        out.extend_from_slice(&self.bytes);
    }

    fn load(&mut self, loader: &mut Loader<'_>) -> Result<(), StateError> {
        self.seen = loader.whole(self.needs.warmup)? as usize;
        match self.needs.memory {
            Memory::Window(bars) => {
                let mut lengths = Vec::new();
                for column in &mut self.window {
                    let numbers: Vec<f64> =
                        (0..bars).map(|_| loader.number()).collect::<Result<_, StateError>>()?;
                    *column = numbers.iter().copied().take_while(|x| x.is_number()).collect();
                    if let Some(x) = numbers[column.len()..].iter().find(|x| x.is_number()) {
                        return Err(StateError::Unlikely { value: *x });
                    }
                    lengths.push(column.len());
                }
                // A window is full once the function is warm.
                let fits = |length: &usize| {
                    *length >= self.seen && *length <= self.seen + 1 && *length == lengths[0]
                };
                if let Some(length) = lengths.iter().find(|length| !fits(length)) {
                    return Err(StateError::Unlikely { value: *length as f64 });
                }
            }
            Memory::Bytes(length) => {
                self.bytes = loader.bytes_of(length)?.to_vec();
                self.call.load(&self.bytes).map_err(|why| StateError::Refused { why })?;
                self.is_behind = false;
            }
            Memory::Untold | Memory::WholeHistory => {}
        }
        self.was_warm = self.is_warm();
        Ok(())
    }

    fn remember(&mut self, memory: &mut Vec<u64>) {
        memory.extend([
            self.seen as u64,
            u64::from(self.was_warm),
            self.window.first().map_or(0, Vec::len) as u64,
        ]);
        memory.extend(self.window.iter().flatten().map(|x| x.to_bits()));
        memory.extend(self.bytes.iter().map(|byte| u64::from(*byte)));
    }

    fn put_back(&mut self, memory: &mut PutBack<'_>) {
        self.seen = memory.word() as usize;
        self.was_warm = memory.word() == 1;
        let length = memory.word() as usize;
        for column in &mut self.window {
            column.clear();
            column.extend((0..length).map(|_| f64::from_bits(memory.word())));
        }
        let length = self.needs.memory.bytes();
        self.bytes = (0..length).map(|_| memory.word() as u8).collect();
        self.is_behind = true;
        self.fault = None;
    }
}
