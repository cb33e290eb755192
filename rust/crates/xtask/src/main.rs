//! Benchmarks of the engine: `cargo run --release -p xtask -- bench`.

mod bench;
mod compile;
mod joined;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("bench") => bench::all(std::env::args().nth(2).as_deref()),
        _ => {
            eprintln!("usage: xtask bench [TEXT that a line must contain]");
            std::process::exit(2);
        }
    }
}
