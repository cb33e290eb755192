//! The declaration that gives a kernel its name, its inputs, its parameters and its outputs.

use crate::catalog::Settle;

/// What an indicator's `Params` know beyond their values.
pub trait Declared<const OUT: usize> {
    /// False where a value is ready as soon as one input is.
    const WAITS_FOR_ALL: bool = true;

    /// Per output, ready inputs before the first ready value.
    fn warmup(&self) -> [usize; OUT];

    /// Bars that one value looks at.
    fn lookback(&self) -> usize {
        let longest = self.warmup().into_iter().fold(0, usize::max);
        longest + 1
    }

    /// How long the beginning of history matters: until a seed's remaining weight is below the tolerance.
    fn settle(&self, _tolerance: f64) -> Settle {
        Settle::AT_ONCE
    }

    /// Inputs of the longest window whose blocks go abreast; 0 for a kernel without one.
    fn block(&self) -> usize {
        0
    }

    /// Why these parameters, each in its range, do not go together.
    fn refusal(&self) -> Option<&'static str> {
        None
    }
}

/// Declares an indicator: its documentation, name, inputs, parameters and outputs.
///
/// Gives the module `SPEC`, `Params`, `KernelOf`, `INPUTS` and `OUTPUTS`; the list in `indicators/mod.rs` finds
/// everything by the module's path.
macro_rules! declare {
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: $group:ident, kernel $kernel:ident, version $version:literal,
        $(aliases: [$($alias:literal),+ $(,)?],)?
        $(also: [$($also:tt)+],)?
        source: $source:literal,
        $kind:ident: [$($input:tt)*],
        params: { $($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?,
                    $(aliases [$($palias:ident),+],)? $about:literal),* $(,)? },
        outputs: { $($output:ident: $meaning:ident $(at $sign:tt $shift:tt)?),+ $(,)? }
        $(, warmup: |$warmup_of:pat_param| $warmup:expr)?
        $(, lookback: |$lookback_of:pat_param| $lookback:expr)?
        $(, settle: $($settles:ident)? $(|$settle_of:pat_param, $tolerance:pat_param| $settle:expr)?)?
        $(, block: |$block_of:pat_param| $block:expr)?
        $(, refusal: |$refusal_of:pat_param| $refusal:expr)?
        $(, waits_for_all: $waits:literal)?
        $(, readiness: $readiness:ident)?
        $(,)?
    ) => {
        $crate::kernel::declare!(@params [$($param: $ty, $about;)*]);

        $crate::kernel::declare! {
            @declared [$(|$warmup_of| $warmup)?] [$(|$lookback_of| $lookback)?] [$($($settles)? $(|$settle_of, $tolerance| $settle)?)?]
            [$(|$block_of| $block)?] [$(|$refusal_of| $refusal)?] [$($waits)?]
        }

        /// The kernel over a number type.
        pub type KernelOf<V> = $kernel<V>;
        /// Version of the arithmetic.
        pub const VERSION: u32 = $version;
        /// Name of the kernel.
        pub const KERNEL: &str = concat!(stringify!($name) $(, ".", stringify!($member))?);

        $crate::kernel::declare!(@spec [$($doc)+] [$name $($member)?] $group [$source] [$($($alias)+)?] $kind [$($input)*]
            [$($param: $ty = $default $(in $min..=$max)?, [$($($palias)+)?] $about;)*] [$($output: $meaning [$($sign $shift)?];)+] [$($readiness)?] [kernel] [$($($also)+)?]);
    };
    (@params [$($param:ident: $ty:ident, $about:literal;)*]) => {
        /// Checked parameters.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Params { $(#[doc = $about] pub $param: $ty),* }

        impl Params {
            /// From checked values, in the order of the declaration.
            pub fn from_values(values: &[$crate::catalog::ParamValue]) -> Params {
                #[allow(unused_mut, unused_variables)]
                let mut values = values.iter();
                Params {
                    $($param: <$ty as $crate::catalog::FromParamValue>::from_value(
                        *values.next().expect("one value per parameter"),
                    )),*
                }
            }
        }
    };
    (@settle depends_on_data) => { $crate::catalog::Settle::DependsOnData };
    (@settle never) => { $crate::catalog::Settle::Never };
    // Said apart.
    (@declared [] [] [] [] [] []) => {};
    (
        @declared [|$params:pat_param| $warmup:expr] [$(|$lookback_of:pat_param| $lookback:expr)?]
        [$($settles:ident)? $(|$settle_of:pat_param, $tolerance:pat_param| $settle:expr)?] [$(|$block_of:pat_param| $block:expr)?]
        [$(|$refusal_of:pat_param| $refusal:expr)?] [$($waits:literal)?]
    ) => {
        impl $crate::kernel::Declared<OUTPUTS> for Params {
            $(const WAITS_FOR_ALL: bool = $waits;)?

            fn warmup(&self) -> [usize; OUTPUTS] {
                let $params = self;
                $warmup
            }

            $(fn lookback(&self) -> usize {
                let $lookback_of = self;
                $lookback
            })?

            $(fn settle(&self, $tolerance: f64) -> $crate::catalog::Settle {
                let $settle_of = self;
                $crate::catalog::Settle::from($settle)
            })?

            $(fn settle(&self, _tolerance: f64) -> $crate::catalog::Settle {
                $crate::kernel::declare!(@settle $settles)
            })?

            $(fn block(&self) -> usize {
                let $block_of = self;
                $block
            })?

            $(fn refusal(&self) -> Option<&'static str> {
                let $refusal_of = self;
                $refusal
            })?
        }
    };
    // A text over other indicators.
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: $group:ident, version $version:literal,
        $(aliases: [$($alias:literal),+ $(,)?],)?
        $(also: [$($also:tt)+],)?
        source: $source:literal,
        $kind:ident: [$($input:tt)*],
        params: { $($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?,
                    $(aliases [$($palias:ident),+],)? $about:literal),* $(,)? },
        outputs: { $($output:ident: $meaning:ident $(at $sign:tt $shift:tt)?),+ $(,)? },
        $(refusal: |$refusal_of:pat_param| $refusal:expr,)?
        $(readiness: $readiness:ident,)?
        body: $($text:tt)+
    ) => {
        $crate::kernel::declare!(@params [$($param: $ty, $about;)*]);

        /// Version of the text.
        pub const VERSION: u32 = $version;
        /// Its own name: no kernel is behind it.
        pub const KERNEL: &str = concat!(stringify!($name) $(, ".", stringify!($member))?);

        $crate::kernel::declare!(@spec [$($doc)+] [$name $($member)?] $group [$source] [$($($alias)+)?] $kind [$($input)*]
            [$($param: $ty = $default $(in $min..=$max)?, [$($($palias)+)?] $about;)*] [$($output: $meaning [$($sign $shift)?];)+] [$($readiness)?]
            [body [$($text)+] $($refusal_of, $refusal)?] [$($($also)+)?]);
    };
    // What is computed of the symbols of a row together.
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: $group:ident, across $across:ident $function:path, version $version:literal,
        $(aliases: [$($alias:literal),+ $(,)?],)?
        source: $source:literal,
        $kind:ident: [$($input:tt)*],
        params: { $($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?,
                    $(aliases [$($palias:ident),+],)? $about:literal),* $(,)? },
        outputs: { $($output:ident: $meaning:ident),+ $(,)? } $(,)?
    ) => {
        $crate::kernel::declare!(@params [$($param: $ty, $about;)*]);

        /// Version of the arithmetic.
        pub const VERSION: u32 = $version;
        /// Its own name: no kernel is behind it.
        pub const KERNEL: &str = concat!(stringify!($name) $(, ".", stringify!($member))?);

        $crate::kernel::declare!(@spec [$($doc)+] [$name $($member)?] $group [$source] [$($($alias)+)?] $kind [$($input)*]
            [$($param: $ty = $default $(in $min..=$max)?, [$($($palias)+)?] $about;)*] [$($output: $meaning [];)+] []
            [across $across $function] []);
    };
    // The same arithmetic under another name.
    (
        $(#[doc = $doc:literal])+
        $name:ident $(. $member:ident)?: $group:ident, like $($like:ident)::+,
        $(aliases: [$($alias:literal),+ $(,)?],)?
        $(also: [$($also:tt)+],)?
        source: $source:literal,
        $kind:ident: [$($input:tt)*],
        params: { $($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?,
                    $(aliases [$($palias:ident),+],)? $about:literal),* $(,)? },
        outputs: { $($output:ident: $meaning:ident $(at $sign:tt $shift:tt)?),+ $(,)? } $(,)?
    ) => {
        pub use $($like)::+::{KERNEL, KernelOf, Params, VERSION};

        $crate::kernel::declare!(@spec [$($doc)+] [$name $($member)?] $group [$source] [$($($alias)+)?] $kind [$($input)*]
            [$($param: $ty = $default $(in $min..=$max)?, [$($($palias)+)?] $about;)*] [$($output: $meaning [$($sign $shift)?];)+] [] [kernel] [$($($also)+)?]);
    };
    (@spec [$($doc:literal)+] [$name:ident $($member:ident)?] $group:ident [$source:literal] [$($alias:literal)*]
        $kind:ident [$($input:tt)*]
        [$($param:ident: $ty:ident = $default:literal $(in $min:literal..=$max:literal)?, [$($palias:ident)*] $about:literal;)*]
        [$($output:ident: $meaning:ident [$($plot:tt)*];)+]
        [$($readiness:ident)?]
        [$($made:tt)+]
        [$($also:tt)*]
    ) => {
        const DECLARED: $crate::catalog::IndicatorSpec = $crate::catalog::IndicatorSpec {
            name: concat!(stringify!($name) $(, ".", stringify!($member))?),
            kernel: KERNEL,
            group: $crate::catalog::group::$group,
            version: VERSION,
            description: concat!($($doc, "\n"),+),
            source: $source,
            aliases: &[$($alias),*],
            inputs: INPUT_SPECS,
            params: PARAM_SPECS,
            outputs: &[$($crate::catalog::OutputSpec {
                name: stringify!($output),
                kind: $crate::catalog::OutputKind::$meaning,
                plot_offset: $crate::kernel::declare!(@plot $($plot)*),
            }),+],
            folds: $crate::kernel::declare!(@folds $kind),
            waits_for_all: $crate::kernel::declare!(@waits_for_all $($made)+),
            ready_by_data: $crate::kernel::declare!(@ready $($readiness)?),
            refusal: $crate::kernel::declare!(@refusal $($made)+),
            made: $crate::kernel::declare!(@made $($made)+),
        };
        const PARAM_SPECS: &[$crate::catalog::ParamSpec] = &[$($crate::catalog::ParamSpec {
            name: stringify!($param),
            aliases: &[$(stringify!($palias)),*],
            kind: $crate::kernel::declare!(@param $ty $default $($min $max)?),
            description: $about,
        }),*];
        /// What the catalogue knows of it.
        pub static SPEC: $crate::catalog::IndicatorSpec = DECLARED;
        /// The same under its other names that are indicators of their own.
        pub static ALSO: [$crate::catalog::IndicatorSpec; $crate::kernel::declare!(@count $($also)*)] =
            $crate::kernel::declare!(@also $($also)*);
        const INPUT_SPECS: &[$crate::catalog::InputSpec] = $crate::kernel::declare!(@$kind $($input)*);
        /// How many inputs the kernel reads.
        pub const INPUTS: usize = INPUT_SPECS.len();
        /// How many outputs it gives.
        pub const OUTPUTS: usize = [$(stringify!($output)),+].len();
    };
    // Other names of it, each with its own defaults and other names of parameters, and its own words where it has some.
    (@also $($(#[doc = $doc:literal])* $name:ident $(. $member:ident)?
        ($($param:ident $(= $default:literal)? $(as $($palias:ident)|+)?),* $(,)?)),* $(,)?) => {
        [$($crate::catalog::IndicatorSpec {
            name: concat!(stringify!($name) $(, ".", stringify!($member))?),
            description: $crate::kernel::own_words(concat!($($doc, "\n"),*), DECLARED.description),
            aliases: &[],
            params: &$crate::kernel::varied::<{ PARAM_SPECS.len() }>(PARAM_SPECS, &[$($crate::kernel::Variation {
                param: stringify!($param),
                default: $crate::kernel::declare!(@default $($default)?),
                aliases: &[$($(stringify!($palias)),+)?],
            }),*]),
            ..DECLARED
        }),*]
    };
    (@count $($(#[doc = $doc:literal])* $name:ident $(. $member:ident)? ($($changes:tt)*)),* $(,)?) => {
        <[&str]>::len(&[$(stringify!($name)),*])
    };
    (@default) => { None };
    (@default $default:literal) => { Some($crate::kernel::Given($default).default()) };
    // What a kernel knows, and what is known of a body.
    (@waits_for_all kernel) => { <Params as $crate::kernel::Declared<OUTPUTS>>::WAITS_FOR_ALL };
    (@refusal kernel) => {
        |values| {
            use $crate::kernel::Declared;
            Declared::<OUTPUTS>::refusal(&Params::from_values(values))
        }
    };
    (@made kernel) => {
        $crate::catalog::Made::Kernel {
            timing: |values, tolerance| {
                use $crate::kernel::Declared;
                let params = Params::from_values(values);
                $crate::catalog::Timing {
                    warmup: Declared::<OUTPUTS>::warmup(&params).to_vec(),
                    lookback: Declared::<OUTPUTS>::lookback(&params),
                    settle: Declared::<OUTPUTS>::settle(&params, tolerance),
                    block: Declared::<OUTPUTS>::block(&params),
                }
            },
        }
    };
    (@waits_for_all body $($rest:tt)*) => { true };
    (@waits_for_all across $($rest:tt)*) => { true };
    (@refusal across $($rest:tt)*) => { |_| None };
    (@made across each $function:path) => {
        $crate::catalog::Made::Across {
            by_group: |values| Params::from_values(values).group == $crate::catalog::Among::Own,
            made: $crate::catalog::Across::Each(|params, values, places| {
                $function(&Params::from_values(params), values, places);
            }),
        }
    };
    (@made across one $function:path) => {
        $crate::catalog::Made::Across {
            by_group: |values| Params::from_values(values).group == $crate::catalog::Among::Own,
            made: $crate::catalog::Across::One(|params, values| $function(&Params::from_values(params), values)),
        }
    };
    (@refusal body [$($text:tt)+]) => { |_| None };
    (@refusal body [$($text:tt)+] $refusal_of:pat_param, $refusal:expr) => {
        |values| {
            let $refusal_of = &Params::from_values(values);
            $refusal
        }
    };
    (@made body [|$params:pat_param| $text:expr $(,)?] $($refusal:tt)*) => {
        $crate::catalog::Made::Body {
            text: |values| {
                let $params = &Params::from_values(values);
                std::borrow::Cow::from($text)
            },
        }
    };
    (@made body [$text:literal $(,)?] $($refusal:tt)*) => {
        $crate::catalog::Made::Body { text: |_| std::borrow::Cow::from($text) }
    };
    (@ready) => { false };
    (@ready by_data) => { true };
    (@plot) => { None };
    (@plot + $bars:tt) => {
        Some($crate::catalog::PlotOffset { is_ahead: true, bars: stringify!($bars) })
    };
    (@plot - $bars:tt) => {
        Some($crate::catalog::PlotOffset { is_ahead: false, bars: stringify!($bars) })
    };
    (@param $ty:ident $default:literal) => {
        $crate::catalog::ParamKind::Choice { default: $default, accepted: <$ty as $crate::catalog::Choice>::ACCEPTED }
    };
    (@param usize $default:literal $min:literal $max:literal) => {
        $crate::catalog::ParamKind::Int { default: $default, min: $min, max: $max }
    };
    (@param f64 $default:literal $min:literal $max:literal) => {
        $crate::catalog::ParamKind::Float { default: $default, min: $min, max: $max }
    };
    // One series that a call may replace, and behind it what no call can.
    (@series $default:ident $(, $($given:tt)+)?) => {
        $crate::kernel::declare!(@input $default [None] $($($given)+)?)
    };
    (@series $default:ident by $field:ident $(, $($given:tt)+)?) => {
        $crate::kernel::declare!(@input $default [Some(stringify!($field))] $($($given)+)?)
    };
    (@input $default:ident [$($field_param:tt)+] $($given:ident $(of $param:ident)? $(as $of:expr)?),*) => {
        &[
            $crate::catalog::InputSpec {
                name: stringify!($default),
                role: $crate::catalog::InputRole::Series { default: stringify!($default), field_param: $($field_param)+ },
            },
            $($crate::catalog::InputSpec {
                name: stringify!($given),
                role: $crate::kernel::declare!(@given $given $($param)? $(as $of)?),
            }),*
        ]
    };
    // Fields of the bar, values that are computed of them by a text of the language, the bar's time, and when the interval began
    // that it is part of.
    (@fields $($given:ident $(of $param:ident)? $(as $of:expr)?),+) => {
        &[$($crate::catalog::InputSpec {
            name: stringify!($given),
            role: $crate::kernel::declare!(@given $given $($param)? $(as $of)?),
        }),+]
    };
    (@given time) => { $crate::catalog::InputRole::Time };
    (@given interval $param:ident) => { $crate::catalog::InputRole::Interval { by: stringify!($param) } };
    (@given $field:ident as $of:expr) => { $crate::catalog::InputRole::Computed { of: $of } };
    (@given $field:ident) => { $crate::catalog::InputRole::Field { field: stringify!($field) } };
    // Values passed like parameters: fields or numbers when they are left out, conditions, or given always.
    (@operands $($name:ident $(or $field:ident)? $(= $number:literal)? $(is $truth:ident)?),+) => {
        &[$($crate::catalog::InputSpec {
            name: stringify!($name),
            role: $crate::kernel::declare!(@operand $(or $field)? $(= $number)? $(is $truth)?),
        }),+]
    };
    (@operand) => { $crate::catalog::InputRole::Operand { default: None } };
    (@operand or $field:ident) => { $crate::catalog::InputRole::Operand { default: Some(stringify!($field)) } };
    (@operand = $number:literal) => { $crate::catalog::InputRole::NumberOperand { default: $number } };
    (@operand is bool) => { $crate::catalog::InputRole::Condition };
    // Two operands, of which a text may give more.
    (@folded $a:ident, $b:ident) => { $crate::kernel::declare!(@operands $a, $b) };
    (@folds folded) => { true };
    (@folds $kind:ident) => { false };
}
pub(crate) use declare;

/// Lists the indicators by folder, those that look across symbols and those that are bodies in the language behind the others:
/// declares their modules and gives their specs. `every_kernel!` hands the paths of the others to another macro, so that what is made of each kernel's code is
/// made where it is used.
macro_rules! indicators {
    ($($group:ident { $($name:ident)* $(; across $($across:ident)+)? $(; bodies $($body:ident)+)? })+) => {
        $crate::kernel::indicators!(@list [$] $($group { $($name)* } { $($($across)+)? $($($body)+)? })+);
    };
    // The dollar is handed on for the macro that is written here.
    (@list [$dollar:tt] $($group:ident { $($name:ident)* } { $($body:ident)* })+) => {
        $(
            #[allow(missing_docs)]
            pub mod $group { $(pub mod $name;)* $(pub mod $body;)* }
        )+

        /// What every indicator is called, takes and gives.
        pub(crate) static SPECS: &[&$crate::catalog::IndicatorSpec] =
            &[$($(&$group::$name::SPEC,)* $(&$group::$body::SPEC,)*)+];

        /// The same under other names.
        pub(crate) static ALSO: &[&[$crate::catalog::IndicatorSpec]] =
            &[$($(&$group::$name::ALSO,)* $(&$group::$body::ALSO,)*)+];

        macro_rules! every_kernel {
            ($dollar made:ident) => { $dollar made! { $($($crate::indicators::$group::$name)*)+ } };
        }
        pub(crate) use every_kernel;
    };
}
pub(crate) use indicators;
