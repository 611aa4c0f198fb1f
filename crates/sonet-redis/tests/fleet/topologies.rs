//! Limits and tokens with sentinels and in a cluster.

use crate::orders::Servers;
use crate::sharing::share_one_bucket;
#[cfg(feature = "cluster")]
use crate::support::Cluster;
use crate::support::SentinelSet;
use crate::tokens::meet_an_expired_token;

#[test]
fn limits_and_tokens_are_shared_by_way_of_sentinels() {
    let Some(mut set) = SentinelSet::start() else {
        return;
    };
    let servers = Servers::Sentinels {
        urls: set.urls(),
        name: SentinelSet::NAME.to_owned(),
    };
    share_one_bucket(&servers);
    meet_an_expired_token(&servers);
    set.fail_over();
    share_one_bucket(&servers);
    meet_an_expired_token(&servers);
}

#[cfg(feature = "cluster")]
#[test]
fn limits_and_tokens_are_shared_by_way_of_a_cluster() {
    let Some(cluster) = Cluster::start() else {
        return;
    };
    let servers = Servers::Cluster(cluster.urls());
    share_one_bucket(&servers);
    meet_an_expired_token(&servers);
}
