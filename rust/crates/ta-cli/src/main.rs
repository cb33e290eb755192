//! The `ta` command.

fn main() {
    std::process::exit(ta_cli::main(std::env::args_os()));
}
