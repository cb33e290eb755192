//! What is done to this workspace: benchmarks of the engine, and the files that are written from its catalogue.
//!
//! `cargo run --release -p xtask -- bench`, `cargo run -p xtask -- generate [--check]`.

mod bench;
mod compile;
mod generate;
mod joined;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["bench"] => bench::all(None),
        ["bench", part] => bench::all(Some(part)),
        ["generate"] => match generate::write(&generate::root()) {
            Ok(written) => written.iter().for_each(|path| println!("{path}")),
            Err(error) => fail(1, &format!("the files cannot be written: {error}")),
        },
        ["generate", "--check"] => match generate::check(&generate::root()) {
            Ok(stale) if stale.is_empty() => {}
            Ok(stale) => fail(1, &format!("stale, `make generate` writes them:\n{}", stale.join("\n"))),
            Err(error) => fail(1, &format!("the files cannot be read: {error}")),
        },
        _ => fail(2, "usage: xtask bench [TEXT that a line must contain] | generate [--check]"),
    }
}

fn fail(code: i32, message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(code);
}
