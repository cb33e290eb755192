//! What the three crossings share: two operands and their values one bar before.

/// Declares a crossing of `a` and `b`, from their values now and one value before (`a1`, `b1`).
macro_rules! crossing {
    (
        $(#[doc = $doc:literal])+
        $name:ident: $kernel:ident, |$a:ident, $b:ident, $a1:ident, $b1:ident| $crossed:expr
    ) => {
        use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
        use crate::lanes::{Lanes, Mask};

        declare! {
            $(#[doc = $doc])+
            $name: event, kernel $kernel, version 1,
            source: "Two lines that change sides",
            operands: [a or close, b],
            params: {},
            outputs: { value: Bool },
        }

        /// The operands one value before; NaN before the first.
        #[derive(Debug)]
        pub struct $kernel<V> {
            before: [V; 2],
        }

        impl<V: Lanes> Kernel<V, 2, 1> for $kernel<V> {
            type Params = Params;

            const WARM_BEFORE_FIRST: bool = true;

            fn new(_params: &Params) -> Self {
                $kernel { before: [V::NAN; 2] }
            }

            #[inline(always)]
            fn step<const WARM: bool>(&mut self, [$a, $b]: [V; 2], ready: V::Mask) -> [V; 1] {
                let [$a1, $b1] = self.before;
                let crossed = V::from_mask($crossed);
                let value = if WARM { crossed } else { V::select($a1.is_number(), crossed, V::NAN) };
                self.before = [V::keep::<WARM>(ready, $a, $a1), V::keep::<WARM>(ready, $b, $b1)];
                [value]
            }

            fn is_warm(&self) -> bool {
                // One value in, the next one is ready.
                self.before[0].is_number().all()
            }

            fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
                visitor.lanes(&mut self.before[0])?;
                visitor.lanes(&mut self.before[1])
            }
        }

        impl Declared<1> for Params {
            fn warmup(&self) -> [usize; 1] {
                [1]
            }
        }
    };
}
pub(crate) use crossing;
