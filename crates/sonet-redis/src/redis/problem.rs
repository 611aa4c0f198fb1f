//! What a server's error means.

use std::time::Duration;

use redis::{ErrorKind, RedisError, ServerErrorKind};

/// What an error says of the connection that it came from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the server's answer, and the connection is good.
    Answer,
    /// The server does not take the command now, or is not the one to ask: nothing was run.
    NotYet,
    /// The connection is gone.
    Broken,
    /// No answer came in time: it may still come, so the connection is of no use.
    Late,
}

pub(super) fn verdict(error: &RedisError) -> Verdict {
    match error.kind() {
        ErrorKind::Io if error.is_timeout() => Verdict::Late,
        ErrorKind::Server(
            ServerErrorKind::BusyLoading
            | ServerErrorKind::ClusterDown
            | ServerErrorKind::MasterDown
            | ServerErrorKind::ReadOnly
            | ServerErrorKind::TryAgain
            | ServerErrorKind::Moved
            | ServerErrorKind::Ask,
        ) => Verdict::NotYet,
        // Before Redis 7, a script's error has the cause in its text alone.
        ErrorKind::Server(ServerErrorKind::ResponseError)
            if error.to_string().contains("READONLY") =>
        {
            Verdict::NotYet
        }
        ErrorKind::Server(_) | ErrorKind::Extension | ErrorKind::UnexpectedReturnType => {
            Verdict::Answer
        }
        _ => Verdict::Broken,
    }
}

/// What happened, and what to do.
pub(super) fn explain(error: &RedisError, server: &str, timeout: Duration) -> String {
    let what = advice(error);
    match verdict(error) {
        Verdict::Late => format!(
            "Redis at {server} did not answer within {timeout:?}: look at its load and the network, or allow more by \
             `Redis::timeout`"
        ),
        Verdict::Broken => format!("Redis at {server} can't be reached: {error}; {what}"),
        Verdict::Answer | Verdict::NotYet => format!("Redis at {server} refused: {error}; {what}"),
    }
}

fn advice(error: &RedisError) -> &'static str {
    let text = error.to_string();
    match error.kind() {
        ErrorKind::AuthenticationFailed => "check the user and the password in its address",
        ErrorKind::Server(ServerErrorKind::NoPerm) => {
            "let its user run EVALSHA, SCRIPT LOAD and TIME, and read and write the keys of `Redis::prefix`"
        }
        ErrorKind::Server(ServerErrorKind::ReadOnly) => {
            "it is a replica: give the master's address, or find the master by `Redis::sentinel`"
        }
        ErrorKind::Server(ServerErrorKind::Moved | ServerErrorKind::Ask) => {
            "it is a node of a cluster: connect by `Redis::cluster`"
        }
        ErrorKind::Server(_) if text.contains("READONLY") => {
            "it is a replica: give the master's address, or find the master by `Redis::sentinel`"
        }
        ErrorKind::Server(
            ServerErrorKind::BusyLoading
            | ServerErrorKind::MasterDown
            | ServerErrorKind::ClusterDown,
        ) => "it starts or fails over: try again soon",
        _ if text.contains("NOAUTH") || text.contains("WRONGPASS") => {
            "check the user and the password in its address"
        }
        _ if text.contains("OOM") => {
            "it is out of memory: raise its maxmemory, or give it less to keep"
        }
        _ if text.contains("MISCONF") => {
            "it can't save to its disk, and takes no writes: see its log"
        }
        ErrorKind::MasterNameNotFoundBySentinel => "check the master's name",
        ErrorKind::Server(_) | ErrorKind::Extension => "see its log",
        _ => "check that it runs, and its address",
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn what_was_not_run_is_told_from_what_may_have_been() {
        let io = |kind: io::ErrorKind| RedisError::from(io::Error::from(kind));
        assert_eq!(verdict(&io(io::ErrorKind::WouldBlock)), Verdict::Late);
        assert_eq!(verdict(&io(io::ErrorKind::TimedOut)), Verdict::Late);
        assert_eq!(verdict(&io(io::ErrorKind::UnexpectedEof)), Verdict::Broken);
        let server = |kind| RedisError::from((ErrorKind::Server(kind), "said"));
        assert_eq!(verdict(&server(ServerErrorKind::ReadOnly)), Verdict::NotYet);
        assert_eq!(
            verdict(&server(ServerErrorKind::BusyLoading)),
            Verdict::NotYet
        );
        assert_eq!(verdict(&server(ServerErrorKind::NoPerm)), Verdict::Answer);
    }

    #[test]
    fn an_error_says_what_to_do() {
        let late = RedisError::from(io::Error::from(io::ErrorKind::TimedOut));
        let text = explain(&late, "h:1", Duration::from_secs(1));
        assert!(
            text.contains("h:1") && text.contains("`Redis::timeout`"),
            "{text}"
        );
        let full = RedisError::from((
            ErrorKind::Server(ServerErrorKind::ResponseError),
            "said",
            "OOM command not allowed".to_owned(),
        ));
        let text = explain(&full, "h:1", Duration::from_secs(1));
        assert!(text.contains("maxmemory"), "{text}");
    }
}
