//! The script that takes places.

use std::sync::LazyLock;
use std::time::Duration;

use redis::Script;
use sonet_core::{LimitAnswer, LimitPlace, Rate, StoreError};

use crate::Redis;

static TAKE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("take.lua")));
static PAUSE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("pause.lua")));

/// What the bucket of a portal is told and asked at once.
pub(super) struct Order<'a> {
    pub(super) rate: Rate,
    /// Until when the bucket must be there, by the server's clock in microseconds.
    pub(super) alive_until: i64,
    /// When the bucket was created, as far as this process knows, by the same clock.
    pub(super) born: i64,
    /// What else is counted: what left while the server was gone.
    pub(super) extra: f64,
    pub(super) refused: bool,
    /// The numbers of places whose requests are over.
    pub(super) ended: &'a [u64],
    /// Those of places that were given back.
    pub(super) given_back: &'a [u64],
    pub(super) asks: &'a [Ask],
}

/// A place that is asked for.
#[derive(Debug, Default)]
pub(super) struct Ask {
    /// The key of the caller's pauses, if it may have any.
    pub(super) pauses: Option<String>,
    pub(super) methods: Vec<String>,
}

/// What the bucket answers.
pub(super) struct Answer {
    /// Whether the server has lost what it was to keep.
    pub(super) vanished: bool,
    pub(super) alive_until: i64,
    pub(super) born: i64,
    /// How much is counted.
    pub(super) level: f64,
    /// What came of each ask.
    pub(super) taken: Vec<LimitAnswer>,
}

/// Runs the script over a bucket and its places: one round trip.
///
/// It may run twice where its first answer is lost: then it has taken each place twice, and those of the first answer are
/// counted until they have drained. [`Order::extra`] is counted twice as well: what left while the
/// server was gone, and has not drained yet. Calls wait somewhat longer than they have to, and nothing is refused for it.
pub(super) fn take(
    redis: &Redis,
    bucket: &str,
    places: &str,
    order: &Order<'_>,
) -> Result<Answer, StoreError> {
    take_by(&TAKE, redis, bucket, places, order)
}

/// The same, by this script: tests have one whose clock they set.
pub(super) fn take_by(
    script: &Script,
    redis: &Redis,
    bucket: &str,
    places: &str,
    order: &Order<'_>,
) -> Result<Answer, StoreError> {
    let mut keys = vec![bucket, places];
    let index = |key: &str, keys: &[&str]| keys.iter().position(|known| *known == key);
    for key in order.asks.iter().filter_map(|ask| ask.pauses.as_deref()) {
        if index(key, &keys).is_none() {
            keys.push(key);
        }
    }
    let mut call = Redis::call(script, &keys);
    let micros = order.rate.per_second().map_or(0.0, |pace| pace / 1e6);
    call.arg(order.rate.room().unwrap_or(0.0))
        .arg(order.rate.threshold().unwrap_or(0))
        .arg(format!("{micros:e}"))
        .arg(order.alive_until)
        .arg(order.born)
        .arg(order.extra)
        .arg(u8::from(order.refused))
        .arg(order.ended.len())
        .arg(order.given_back.len())
        .arg(order.asks.len());
    for id in order.ended.iter().chain(order.given_back) {
        call.arg(*id);
    }
    for ask in order.asks {
        let key = ask.pauses.as_deref().and_then(|key| index(key, &keys));
        call.arg(key.map_or(0, |index| index + 1));
        call.arg(ask.methods.len());
        for method in &ask.methods {
            call.arg(method);
        }
    }
    let (vanished, alive_until, born, level, answers): (i64, i64, i64, i64, Vec<Vec<i64>>) =
        redis.run(&call)?;
    let taken = order.asks.iter().zip(&answers);
    let taken = taken.map(|(ask, answer)| read(ask, answer));
    let taken: Vec<LimitAnswer> = taken.collect::<Option<_>>().unwrap_or_default();
    if taken.len() != order.asks.len() {
        return Err(
            "Redis: a script answered what it never does; do its keys belong to another program?"
                .into(),
        );
    }
    #[allow(clippy::cast_precision_loss, reason = "a count of requests")]
    let level = level as f64 / 1e3;
    Ok(Answer {
        vanished: vanished == 1,
        alive_until,
        born,
        level,
        taken,
    })
}

fn read(ask: &Ask, answer: &[i64]) -> Option<LimitAnswer> {
    match answer {
        [1, id, wait] => {
            let wait = Duration::from_micros(u64::try_from(*wait).ok()?);
            Some(LimitAnswer::Place(LimitPlace::new(
                u64::try_from(*id).ok()?,
                wait,
            )))
        }
        [0, pauses @ ..] => {
            let pause = |pair: &[i64]| {
                let method = ask.methods.get(usize::try_from(pair[0]).ok()?)?;
                let left = u64::try_from(*pair.get(1)?).ok()?;
                Some((method.clone(), Duration::from_micros(left)))
            };
            let pauses: Option<Vec<_>> = pauses.chunks(2).map(pause).collect();
            pauses.map(LimitAnswer::Paused)
        }
        _ => None,
    }
}

/// Lets a method of a caller pause. It may run twice, which does no harm.
pub(super) fn pause(
    redis: &Redis,
    key: &str,
    method: &str,
    pause: Duration,
) -> Result<(), StoreError> {
    let mut call = Redis::call(&PAUSE, &[key]);
    call.arg(method);
    call.arg(u64::try_from(pause.as_micros()).unwrap_or(u64::MAX));
    redis.run::<i64>(&call).map(drop)
}
