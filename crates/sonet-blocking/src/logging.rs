//! What ureq writes to `log`.

/// The targets of `log` under which ureq prints secrets where the level `TRACE` is on: the addresses of requests, which hold
/// a webhook's secret, and whole heads and bodies, which hold tokens and the application's secret key.
///
/// Cap them, and with them all targets below them, at `DEBUG` or higher wherever a log is kept. This library can't: a
/// process has one logger, and that is the program's. The cap has to be the logger's own filter, so that `log_enabled!` knows
/// of it: where ureq takes `TRACE` for on, it prints addresses at `DEBUG` as well. With `tracing-subscriber` it is
/// `EnvFilter::new("trace,ureq=debug,ureq_proto=debug")`, with `env_logger` this:
///
/// ```
/// # #[derive(Default)]
/// # struct Builder(Vec<&'static str>);
/// # impl Builder { fn filter_module(&mut self, target: &'static str, _: Level) { self.0.push(target) } }
/// # enum Level { Debug }
/// # use Level as LevelFilter;
/// # let mut builder = Builder::default();
/// for target in sonet_blocking::SECRET_LOG_TARGETS {
///     builder.filter_module(target, LevelFilter::Debug);
/// }
/// # assert_eq!(builder.0, ["ureq", "ureq_proto"]);
/// ```
pub const SECRET_LOG_TARGETS: [&str; 2] = ["ureq", "ureq_proto"];
