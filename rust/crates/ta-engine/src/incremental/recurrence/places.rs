//! The numbers that a loop's program works on.

use std::fmt::Debug;

use crate::lanes::Lanes;

/// How many numbers there is room for, and how a place among them is written.
pub(super) trait Room: Debug + Send + Sync + 'static {
    /// A place.
    type Place: Copy + Debug + Send + Sync;
    /// The numbers.
    type Numbers<V: Lanes>: Debug + Send + Sync + ?Sized;

    /// A place by its number.
    fn place(at: usize) -> Self::Place;
    /// So many numbers, none of them ready.
    fn numbers<V: Lanes>(count: usize) -> Box<Self::Numbers<V>>;
    /// All of them.
    fn slice<V: Lanes>(numbers: &mut Self::Numbers<V>) -> &mut [V];
    /// The number at a place.
    fn get<V: Lanes>(numbers: &Self::Numbers<V>, place: Self::Place) -> V;
    /// Puts a number to a place.
    fn put<V: Lanes>(numbers: &mut Self::Numbers<V>, place: Self::Place, x: V);
}

/// As many numbers as a byte can tell apart: no access needs a check.
#[derive(Debug)]
pub(super) struct Few;

/// Any number of numbers.
#[derive(Debug)]
pub(super) struct Many;

impl Few {
    /// How many there is room for.
    pub(super) const MOST: usize = 1 << u8::BITS;
}

impl Room for Few {
    type Place = u8;
    type Numbers<V: Lanes> = [V; Few::MOST];

    fn place(at: usize) -> u8 {
        u8::try_from(at).expect("there are few")
    }

    fn numbers<V: Lanes>(_count: usize) -> Box<[V; Few::MOST]> {
        vec![V::NAN; Few::MOST].try_into().expect("as many as there is room for")
    }

    #[inline(always)]
    fn slice<V: Lanes>(numbers: &mut [V; Few::MOST]) -> &mut [V] {
        numbers
    }

    #[inline(always)]
    fn get<V: Lanes>(numbers: &[V; Few::MOST], place: u8) -> V {
        numbers[usize::from(place)]
    }

    #[inline(always)]
    fn put<V: Lanes>(numbers: &mut [V; Few::MOST], place: u8, x: V) {
        numbers[usize::from(place)] = x;
    }
}

impl Room for Many {
    type Place = u32;
    type Numbers<V: Lanes> = [V];

    fn place(at: usize) -> u32 {
        at as u32
    }

    fn numbers<V: Lanes>(count: usize) -> Box<[V]> {
        vec![V::NAN; count].into()
    }

    #[inline(always)]
    fn slice<V: Lanes>(numbers: &mut [V]) -> &mut [V] {
        numbers
    }

    #[inline(always)]
    fn get<V: Lanes>(numbers: &[V], place: u32) -> V {
        numbers[place as usize]
    }

    #[inline(always)]
    fn put<V: Lanes>(numbers: &mut [V], place: u32, x: V) {
        numbers[place as usize] = x;
    }
}
