//! What functions of one value share: no state, and a value on every bar that has one.

/// Declares a function of one value, given lane by lane or for all lanes at once.
macro_rules! elementwise {
    (
        $(#[doc = $doc:literal])+
        $name:ident: $kernel:ident, $meaning:ident,
        $(aliases: [$($alias:literal),+],)?
        $(also: [$($also:tt)+],)?
        source: $source:literal, |$x:ident| $value:expr
    ) => {
        use crate::kernel::{Kernel, declare, state};
        use crate::lanes::Lanes;

        declare! {
            $(#[doc = $doc])+
            $name: math, kernel $kernel, version 1,
            $(aliases: [$($alias),+],)?
            $(also: [$($also)+],)?
            source: $source,
            series: [close],
            params: {},
            outputs: { value: $meaning },
            warmup: |_| [0],
        }

        state! {
            /// It has no state.
            $kernel(_) {}
        }

        impl<V: Lanes> Kernel<V, 1, 1> for $kernel<V> {
            #[inline(always)]
            fn step<const WARM: bool>(&mut self, [$x]: [V; 1], _ready: V::Mask) -> [V; 1] {
                [$value]
            }
        }
    };
}
pub(crate) use elementwise;
