//! What the three crossings share: two operands and their values one bar before.

/// Declares a crossing of `a` and `b`, from their values now and one value before (`a1`, `b1`).
macro_rules! crossing {
    (
        $(#[doc = $doc:literal])+
        $name:ident: $kernel:ident, $(aliases: [$($alias:literal),+],)? $(also: [$($also:tt)+],)? |$a:ident, $b:ident, $a1:ident, $b1:ident| $crossed:expr
    ) => {
        use crate::kernel::{Kernel, declare, state};
        use crate::lanes::Lanes;

        declare! {
            $(#[doc = $doc])+
            $name: event, kernel $kernel, version 1,
            $(aliases: [$($alias),+],)?
            $(also: [$($also)+],)?
            source: "Two lines that change sides",
            operands: [a or close, b],
            params: {},
            outputs: { value: Bool },
            warmup: |_| [1],
        }

        // One value in, the next one is ready.
        state! {
            /// State of a crossing.
            $kernel(_) {
                /// The operands one value before; NaN before the first.
                before: [V; 2] = [V::NAN; 2],
            }
        }

        impl<V: Lanes> Kernel<V, 2, 1> for $kernel<V> {
            const WARM_BEFORE_FIRST: bool = true;

            #[inline(always)]
            fn step<const WARM: bool>(&mut self, [$a, $b]: [V; 2], ready: V::Mask) -> [V; 1] {
                let [$a1, $b1] = self.before;
                let crossed = V::from_mask($crossed);
                let value = if WARM { crossed } else { V::select($a1.is_number(), crossed, V::NAN) };
                self.before = [V::keep::<WARM>(ready, $a, $a1), V::keep::<WARM>(ready, $b, $b1)];
                [value]
            }
        }
    };
}
pub(crate) use crossing;
