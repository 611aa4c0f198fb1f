//! Generates typed methods from the spec of the application.

fn main() {
    sonet_codegen::Build::new("../api.toml")
        .client("sonet_blocking")
        .run();
}
