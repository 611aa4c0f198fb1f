//! A master, a replica, and three sentinels that watch over them.

use super::{RedisServer, wait_until};

/// A master with a replica. Three sentinels make the replica the master within a few seconds after the master is gone.
#[derive(Debug)]
pub struct SentinelSet {
    pub master: RedisServer,
    pub replica: RedisServer,
    pub sentinels: Vec<RedisServer>,
}

impl SentinelSet {
    /// What the sentinels call the master.
    pub const NAME: &'static str = "sonet";

    /// Starts all five and waits until they know each other. `None` where there is no server on this machine.
    pub fn start() -> Option<Self> {
        let master = RedisServer::start()?;
        let (name, port) = (Self::NAME, master.port());
        let replica = RedisServer::start_with(&format!("replicaof 127.0.0.1 {port}\n"))?;
        let settings = format!(
            "sentinel monitor {name} 127.0.0.1 {port} 2\n\
             sentinel down-after-milliseconds {name} 2000\n\
             sentinel failover-timeout {name} 3000\n"
        );
        let start = |_| RedisServer::start_sentinel(&settings);
        let sentinels = (0..3).map(start).collect::<Option<Vec<_>>>()?;
        let set = Self {
            master,
            replica,
            sentinels,
        };
        wait_until("the replica is in step", || {
            let role = set.replica.try_ask::<String>(&["INFO", "replication"]);
            role.is_ok_and(|role| role.contains("master_link_status:up"))
        });
        wait_until("the sentinels know each other and the replica", || {
            set.sentinels.iter().all(|sentinel| {
                let known: Vec<String> = sentinel.ask(&["SENTINEL", "MASTER", name]);
                let says = |field: &str, value: &str| {
                    known
                        .chunks(2)
                        .any(|pair| pair[0] == field && pair[1] == value)
                };
                says("num-other-sentinels", "2") && says("num-slaves", "1")
            })
        });
        Some(set)
    }

    /// The sentinels' addresses.
    pub fn urls(&self) -> Vec<String> {
        self.sentinels.iter().map(RedisServer::url).collect()
    }

    /// Kills the master and waits until the replica is the master, and all sentinels say so.
    pub fn fail_over(&mut self) {
        self.master.kill();
        self.wait_for_the_new_master();
    }

    /// Waits until the replica is the master, and all sentinels say so.
    pub fn wait_for_the_new_master(&self) {
        let port = self.replica.port().to_string();
        wait_until("the replica is the master", || {
            // It drops connections when it becomes the master.
            let role = self.replica.try_ask::<String>(&["INFO", "replication"]);
            role.is_ok_and(|role| role.contains("role:master"))
        });
        wait_until("the sentinels know the new master", || {
            self.sentinels.iter().all(|sentinel| {
                let command = ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", Self::NAME];
                sentinel.ask::<Vec<String>>(&command).get(1) == Some(&port)
            })
        });
    }
}
