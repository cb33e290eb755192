//! A kernel's state as bytes and back, and its undoing: the visitors that walk it.
//!
//! Saved state is canonical: little-endian, NaN in one form, one lane at a time, so that a symbol has the same bytes
//! whether it ran alone or in a tile.

use std::fmt::Debug;

use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask, canonical_bits};

/// Writes one lane's state.
pub(crate) struct Saver<'a> {
    /// Which lane.
    pub(crate) lane: usize,
    /// Where to.
    pub(crate) out: &'a mut Vec<u8>,
}

impl Saver<'_> {
    pub(crate) fn number(&mut self, x: f64) {
        self.out.extend_from_slice(&canonical_bits(x).to_le_bytes());
    }
}

impl Visitor for Saver<'_> {
    fn saves(&self) -> bool {
        true
    }

    fn lanes<V: Lanes>(&mut self, value: &mut V) -> Result<(), StateError> {
        self.number(value.lane(self.lane));
        Ok(())
    }

    fn count<V: Lanes>(&mut self, value: &mut V, _most: usize) -> Result<(), StateError> {
        self.out.extend_from_slice(&(value.lane(self.lane) as u32).to_le_bytes());
        Ok(())
    }

    fn index<V: Lanes>(&mut self, index: &mut V::Index, _most: usize) -> Result<(), StateError> {
        self.out.extend_from_slice(&index[self.lane].to_le_bytes());
        Ok(())
    }

    fn flag<V: Lanes>(&mut self, mask: &mut V::Mask) -> Result<(), StateError> {
        self.out.push(mask.lane(self.lane) as u8);
        Ok(())
    }

    fn each<V: Lanes, T: State<f64> + Debug + Send + Sync + 'static>(
        &mut self,
        each: &mut V::Each<T>,
    ) -> Result<(), StateError> {
        each[self.lane].visit(&mut Saver { lane: 0, out: self.out })
    }

    fn cells<V: Lanes, const C: usize>(
        &mut self,
        cells: &mut [[V; C]],
        _next: &V::Index,
    ) -> Result<(), StateError> {
        self.out.reserve(cells.len() * C * 8);
        for cell in cells.iter() {
            for x in cell {
                self.number(x.lane(self.lane));
            }
        }
        Ok(())
    }
}

/// Counts the bytes that one lane's state takes when it is saved.
pub(crate) struct Measure(pub(crate) usize);

impl Visitor for Measure {
    fn lanes<V: Lanes>(&mut self, _value: &mut V) -> Result<(), StateError> {
        self.0 += 8;
        Ok(())
    }

    fn count<V: Lanes>(&mut self, _value: &mut V, _most: usize) -> Result<(), StateError> {
        self.0 += 4;
        Ok(())
    }

    fn index<V: Lanes>(&mut self, _index: &mut V::Index, _most: usize) -> Result<(), StateError> {
        self.0 += 4;
        Ok(())
    }

    fn flag<V: Lanes>(&mut self, _mask: &mut V::Mask) -> Result<(), StateError> {
        self.0 += 1;
        Ok(())
    }

    fn each<V: Lanes, T: State<f64> + Debug + Send + Sync + 'static>(
        &mut self,
        each: &mut V::Each<T>,
    ) -> Result<(), StateError> {
        each[0].visit(self)
    }

    fn cells<V: Lanes, const C: usize>(
        &mut self,
        cells: &mut [[V; C]],
        _next: &V::Index,
    ) -> Result<(), StateError> {
        self.0 += cells.len() * C * 8;
        Ok(())
    }
}

/// Reads one lane's state.
pub(crate) struct Loader<'a> {
    /// Which lane.
    pub(crate) lane: usize,
    /// What is left to read.
    pub(crate) bytes: &'a [u8],
}

impl Loader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], StateError> {
        let (head, rest) = self
            .bytes
            .split_first_chunk::<N>()
            .ok_or(StateError::Truncated { need: N, have: self.bytes.len() })?;
        self.bytes = rest;
        Ok(*head)
    }

    pub(crate) fn number(&mut self) -> Result<f64, StateError> {
        let bits = u64::from_le_bytes(self.take()?);
        let x = f64::from_bits(bits);
        if canonical_bits(x) == bits { Ok(x) } else { Err(StateError::NotCanonical { bits }) }
    }

    pub(crate) fn bytes_of(&mut self, length: usize) -> Result<&[u8], StateError> {
        let truncated = StateError::Truncated { need: length, have: self.bytes.len() };
        let (head, rest) = self.bytes.split_at_checked(length).ok_or(truncated)?;
        self.bytes = rest;
        Ok(head)
    }

    pub(crate) fn whole(&mut self, most: usize) -> Result<u32, StateError> {
        let value = u32::from_le_bytes(self.take()?);
        if value as usize <= most {
            Ok(value)
        } else {
            Err(StateError::OutOfRange { value: value.into(), most: most as u64 })
        }
    }
}

impl Visitor for Loader<'_> {
    fn loaded_lane(&self) -> Option<usize> {
        Some(self.lane)
    }

    fn lanes<V: Lanes>(&mut self, value: &mut V) -> Result<(), StateError> {
        let x = self.number()?;
        value.set_lane(self.lane, x);
        Ok(())
    }

    fn count<V: Lanes>(&mut self, value: &mut V, most: usize) -> Result<(), StateError> {
        let count = self.whole(most)?;
        value.set_lane(self.lane, count.into());
        Ok(())
    }

    fn index<V: Lanes>(&mut self, index: &mut V::Index, most: usize) -> Result<(), StateError> {
        index[self.lane] = self.whole(most)?;
        Ok(())
    }

    fn flag<V: Lanes>(&mut self, mask: &mut V::Mask) -> Result<(), StateError> {
        let [byte] = self.take()?;
        if byte > 1 {
            return Err(StateError::OutOfRange { value: byte.into(), most: 1 });
        }
        mask.set_lane(self.lane, byte == 1);
        Ok(())
    }

    fn each<V: Lanes, T: State<f64> + Debug + Send + Sync + 'static>(
        &mut self,
        each: &mut V::Each<T>,
    ) -> Result<(), StateError> {
        let lane = std::mem::replace(&mut self.lane, 0);
        let loaded = each[lane].visit(self);
        self.lane = lane;
        loaded
    }

    fn cells<V: Lanes, const C: usize>(
        &mut self,
        cells: &mut [[V; C]],
        _next: &V::Index,
    ) -> Result<(), StateError> {
        for cell in cells.iter_mut() {
            for x in cell {
                let number = self.number()?;
                x.set_lane(self.lane, number);
            }
        }
        Ok(())
    }
}

/// Remembers what the next step may overwrite: every scalar, and of a window the one cell it writes.
pub(crate) struct Remember<'a>(pub(crate) &'a mut Vec<u64>);

impl Visitor for Remember<'_> {
    fn implied<V: Lanes>(&mut self, value: &mut V) {
        self.0.extend((0..V::LANES).map(|lane| value.lane(lane).to_bits()));
    }

    fn implied_words<V: Lanes>(&mut self, words: &mut V::Words) {
        self.0.extend((0..V::LANES).map(|lane| words[lane] as u64));
    }

    fn lanes<V: Lanes>(&mut self, value: &mut V) -> Result<(), StateError> {
        self.implied(value);
        Ok(())
    }

    fn count<V: Lanes>(&mut self, value: &mut V, _most: usize) -> Result<(), StateError> {
        self.lanes(value)
    }

    fn index<V: Lanes>(&mut self, index: &mut V::Index, _most: usize) -> Result<(), StateError> {
        self.0.extend((0..V::LANES).map(|lane| u64::from(index[lane])));
        Ok(())
    }

    fn flag<V: Lanes>(&mut self, mask: &mut V::Mask) -> Result<(), StateError> {
        self.0.extend((0..V::LANES).map(|lane| u64::from(mask.lane(lane))));
        Ok(())
    }

    fn each<V: Lanes, T: State<f64> + Debug + Send + Sync + 'static>(
        &mut self,
        each: &mut V::Each<T>,
    ) -> Result<(), StateError> {
        (0..V::LANES).try_for_each(|lane| each[lane].visit(self))
    }

    fn cells<V: Lanes, const C: usize>(
        &mut self,
        cells: &mut [[V; C]],
        next: &V::Index,
    ) -> Result<(), StateError> {
        for lane in 0..V::LANES {
            self.0.extend(cells[next[lane] as usize].map(|x| x.lane(lane).to_bits()));
        }
        Ok(())
    }
}

/// Puts back what [`Remember`] took, in the same order.
pub(crate) struct PutBack<'a>(pub(crate) std::slice::Iter<'a, u64>);

impl PutBack<'_> {
    pub(crate) fn word(&mut self) -> u64 {
        *self.0.next().expect("as many words as were remembered")
    }
}

impl Visitor for PutBack<'_> {
    fn undoes(&self) -> bool {
        true
    }

    fn implied<V: Lanes>(&mut self, value: &mut V) {
        for lane in 0..V::LANES {
            value.set_lane(lane, f64::from_bits(self.word()));
        }
    }

    fn implied_words<V: Lanes>(&mut self, words: &mut V::Words) {
        for lane in 0..V::LANES {
            words[lane] = self.word() as i64;
        }
    }

    fn lanes<V: Lanes>(&mut self, value: &mut V) -> Result<(), StateError> {
        self.implied(value);
        Ok(())
    }

    fn count<V: Lanes>(&mut self, value: &mut V, _most: usize) -> Result<(), StateError> {
        self.lanes(value)
    }

    fn index<V: Lanes>(&mut self, index: &mut V::Index, _most: usize) -> Result<(), StateError> {
        for lane in 0..V::LANES {
            index[lane] = self.word() as u32;
        }
        Ok(())
    }

    fn flag<V: Lanes>(&mut self, mask: &mut V::Mask) -> Result<(), StateError> {
        for lane in 0..V::LANES {
            mask.set_lane(lane, self.word() == 1);
        }
        Ok(())
    }

    fn each<V: Lanes, T: State<f64> + Debug + Send + Sync + 'static>(
        &mut self,
        each: &mut V::Each<T>,
    ) -> Result<(), StateError> {
        (0..V::LANES).try_for_each(|lane| each[lane].visit(self))
    }

    // `next` has been put back before its cells: it names the cells that were remembered.
    fn cells<V: Lanes, const C: usize>(
        &mut self,
        cells: &mut [[V; C]],
        next: &V::Index,
    ) -> Result<(), StateError> {
        for lane in 0..V::LANES {
            for x in &mut cells[next[lane] as usize] {
                x.set_lane(lane, f64::from_bits(self.word()));
            }
        }
        Ok(())
    }
}
