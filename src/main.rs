use std::process::ExitCode;

fn main() -> ExitCode {
    orthonym::cli::run(std::env::args_os())
}
