//! What functions of one value share: no state, and a value on every bar that has one.

/// Declares a function of one value, given lane by lane or for all lanes at once.
macro_rules! elementwise {
    (
        $(#[doc = $doc:literal])+
        $name:ident: $kernel:ident, $meaning:ident, source: $source:literal, |$x:ident| $value:expr
    ) => {
        use std::marker::PhantomData;

        use crate::kernel::{Declared, Kernel, StateError, Visitor, declare};
        use crate::lanes::Lanes;

        declare! {
            $(#[doc = $doc])+
            $name: math, kernel $kernel, version 1,
            source: $source,
            series: [close],
            params: {},
            outputs: { value: $meaning },
        }

        /// It has no state.
        #[derive(Debug)]
        pub struct $kernel<V>(PhantomData<V>);

        impl<V: Lanes> Kernel<V, 1, 1> for $kernel<V> {
            type Params = Params;

            fn new(_params: &Params) -> Self {
                $kernel(PhantomData)
            }

            #[inline(always)]
            fn step<const WARM: bool>(&mut self, [$x]: [V; 1], _ready: V::Mask) -> [V; 1] {
                [$value]
            }

            fn is_warm(&self) -> bool {
                true
            }

            fn visit(&mut self, _visitor: &mut impl Visitor) -> Result<(), StateError> {
                Ok(())
            }
        }

        impl Declared<1> for Params {
            fn warmup(&self) -> [usize; 1] {
                [0]
            }
        }
    };
}
pub(crate) use elementwise;
