//! Values in their order, equal ones together.

/// Puts in place of each value what `made` says of it and of those that equal it: how many are less, and how many they are. The
/// places are room to order them in, one for each.
pub(crate) fn for_each_tie(values: &mut [f64], places: &mut [usize], made: impl Fn(usize, usize) -> f64) {
    for (at, place) in places.iter_mut().enumerate() {
        *place = at;
    }
    places.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut below = 0;
    while below < places.len() {
        let x = values[places[below]];
        let equal = places[below..].iter().take_while(|place| values[**place] == x);
        let end = below + equal.count();
        let value = made(below, end - below);
        for place in &places[below..end] {
            values[*place] = value;
        }
        below = end;
    }
}
