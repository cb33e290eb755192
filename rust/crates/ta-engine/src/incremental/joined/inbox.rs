//! Bars of one stream that wait for the others: oldest first, in a ring that grows by doubling and never shrinks.

use crate::lanes::Lanes;

/// Most bars of one stream that wait for the others.
pub(crate) const MOST_WAITING: usize = 1 << 16;

/// Closes of bars and their fields.
#[derive(Clone, Debug)]
pub(crate) struct Inbox {
    /// As many as a power of two.
    closes: Vec<i64>,
    /// `width` numbers per bar.
    fields: Vec<f64>,
    width: usize,
    first: usize,
    length: usize,
}

impl Inbox {
    /// Room for so many bars of `width` fields before anything is allocated.
    pub(crate) fn new(width: usize, room: usize) -> Inbox {
        let room = room.next_power_of_two();
        let (closes, fields) = (vec![0; room], vec![0.0; room * width]);
        Inbox { closes, fields, width, first: 0, length: 0 }
    }

    /// How many wait.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Fields of a bar.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    #[inline]
    fn place(&self, at: usize) -> usize {
        (self.first + at) & (self.closes.len() - 1)
    }

    /// When the oldest closed.
    #[inline]
    pub(crate) fn front(&self) -> Option<i64> {
        (self.length > 0).then(|| self.closes[self.first])
    }

    /// Adds the newest; what is not finite is brought to the canonical form.
    #[inline]
    pub(crate) fn push(&mut self, close_ns: i64, fields: &[f64]) {
        if self.length == self.closes.len() {
            self.grow();
        }
        let place = self.place(self.length);
        self.closes[place] = close_ns;
        for (kept, x) in self.fields[place * self.width..][..self.width].iter_mut().zip(fields) {
            *kept = x.finite_or_nan();
        }
        self.length += 1;
    }

    #[cold]
    fn grow(&mut self) {
        let mut wider = Inbox::new(self.width, 2 * self.closes.len());
        for (close_ns, fields) in self.bars() {
            wider.push(close_ns, fields);
        }
        *self = wider;
    }

    /// Removes the oldest and hands its fields out.
    #[inline]
    pub(crate) fn pop(&mut self) -> &[f64] {
        let place = self.first;
        self.first = self.place(1);
        self.length -= 1;
        &self.fields[place * self.width..][..self.width]
    }

    /// All of them, oldest first.
    pub(crate) fn bars(&self) -> impl DoubleEndedIterator<Item = (i64, &[f64])> {
        (0..self.length).map(|at| {
            let place = self.place(at);
            (self.closes[place], &self.fields[place * self.width..][..self.width])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_come_out_in_the_order_in_which_they_came_in_while_the_ring_turns_and_grows() {
        let mut queue = Inbox::new(2, 3);
        let (mut next, mut out) = (0i64, 0i64);
        for (pushed, popped) in [(3, 2), (2, 1), (4, 0), (30, 36), (5, 5)] {
            for _ in 0..pushed {
                queue.push(next, &[next as f64, f64::INFINITY]);
                next += 1;
            }
            let newest = queue.bars().next_back().map(|(close, fields)| (close, fields[0]));
            assert_eq!(newest, Some((next - 1, (next - 1) as f64)));
            for _ in 0..popped {
                assert_eq!(queue.front(), Some(out));
                let fields = queue.pop();
                assert!(fields[0] == out as f64 && fields[1].is_nan());
                out += 1;
            }
            assert_eq!(queue.len() as i64, next - out);
        }
        assert_eq!(queue.front(), None);
    }
}
