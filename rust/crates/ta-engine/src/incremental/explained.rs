//! Many bars with the availability of every value: slower than a plain run, for who asks why a value is not ready.

use super::backend::Session;
use super::contracts::{Event, StepError};

impl Session {
    /// [`run`](Session::run) that also says what each value is: `availabilities` has one slice per output, to be filled
    /// with [`Availability`](super::contracts::Availability) as numbers.
    ///
    /// # Errors
    /// As [`step`](Session::step), at the first bar that is refused; those before it are taken.
    pub fn run_explained(
        &mut self,
        times_ns: Option<&[i64]>,
        columns: &[&[f64]],
        outputs: &mut [&mut [f64]],
        availabilities: &mut [&mut [u8]],
    ) -> Result<(), StepError> {
        let bars = outputs.first().map_or(0, |output| output.len());
        let given = [columns.len(), outputs.len(), availabilities.len()];
        let needed = [self.plan().fields().len(), self.plan().outputs().len(), self.plan().outputs().len()];
        let lengths = columns.iter().map(|c| c.len()).chain(outputs.iter().map(|o| o.len()));
        let lengths = lengths.chain(availabilities.iter().map(|a| a.len())).chain(times_ns.map(<[i64]>::len));
        for (what, given, needed) in
            std::iter::zip(["columns", "outputs", "availabilities"], std::iter::zip(given, needed))
                .map(|(what, (given, needed))| (what, given, needed))
                .chain(lengths.map(|length| ("rows", length, bars)))
        {
            if given != needed {
                return Err(StepError::Shape { what, given, needed });
            }
        }
        let mut inputs = vec![0.0; columns.len()];
        for bar in 0..bars {
            for (input, column) in inputs.iter_mut().zip(columns) {
                *input = column[bar];
            }
            let out = self.step(&Event { time_ns: times_ns.map(|times| times[bar]), inputs: &inputs })?;
            for ((value, output), state) in out.values.iter().zip(&mut *outputs).zip(&mut *availabilities) {
                output[bar] = value.value;
                state[bar] = value.availability as u8;
            }
        }
        Ok(())
    }
}
