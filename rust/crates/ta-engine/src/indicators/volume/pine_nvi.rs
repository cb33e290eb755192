//! Negative volume index as in Pine Script.

use crate::kernel::declare;

declare! {
    /// 1 at first, and changed like the close on bars whose volume fell.
    ///
    /// ```text
    /// nvi[1] * close / close[1] where volume < volume[1], else nvi[1]
    /// ```
    pine.nvi: volume, version 1,
    source: "Pine Script v6, ta.nvi",
    fields: [close, volume],
    params: {},
    outputs: { value: Number },
    readiness: by_data,
    body: "let change = close / nz(close[1], close);
        let counts = volume < nz(volume[1], volume);
        let index = if(counts and close != 0 and nz(close[1], close) != 0, index[1] * change, index[1]) from 1;
        index",
}
