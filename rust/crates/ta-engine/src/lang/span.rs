//! Where a thing stands in the text of a rule or of a definition.

/// Half-open range of byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Which text, and through which calls of functions it is read: place in the list of origins; 0 is the rule's text.
    pub(crate) origin: u32,
}

impl Span {
    /// Most bytes of a text.
    pub(super) const MOST: usize = u32::MAX as usize;

    /// The range from `start` to before `end` of the rule's text; both are at most 2<sup>32</sup> - 1.
    pub fn new(start: usize, end: usize) -> Span {
        let narrow = |offset: usize| offset.min(Span::MOST) as u32;
        Span { start: narrow(start), end: narrow(end), origin: 0 }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// The least range that holds both, which stand in one text.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end), ..self }
    }
}
