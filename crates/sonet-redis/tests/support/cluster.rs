//! A cluster.

use std::fmt::Write as _;

use super::{RedisServer, wait_until};

/// How many slots the keys of a cluster are in.
const SLOTS: u16 = 16_384;

/// Three masters that share the keys, without replicas.
#[derive(Debug)]
pub struct Cluster {
    pub nodes: Vec<RedisServer>,
}

impl Cluster {
    /// Starts three nodes and waits until they are a cluster. `None` where there is no server on this machine.
    pub fn start() -> Option<Self> {
        // What another node has is served while one is gone.
        let settings = "cluster-enabled yes\n\
                        cluster-node-timeout 1000\n\
                        cluster-require-full-coverage no\n";
        let start = |_| RedisServer::start_with(settings);
        let nodes = (0..3).map(start).collect::<Option<Vec<_>>>()?;
        let slots: Vec<String> = (0..SLOTS).map(|slot| slot.to_string()).collect();
        let parts = slots.chunks(slots.len().div_ceil(nodes.len()));
        for ((number, node), part) in (1..).zip(&nodes).zip(parts) {
            let number: u8 = number;
            let mut command = vec!["CLUSTER", "ADDSLOTS"];
            command.extend(part.iter().map(String::as_str));
            node.ask::<()>(&command);
            node.ask::<()>(&["CLUSTER", "SET-CONFIG-EPOCH", &number.to_string()]);
        }
        let port = nodes[0].port().to_string();
        for node in &nodes[1..] {
            node.ask::<()>(&["CLUSTER", "MEET", "127.0.0.1", &port]);
        }
        let cluster = Self { nodes };
        wait_until("the nodes are a cluster", || {
            cluster.nodes.iter().all(|node| {
                let info: String = node.ask(&["CLUSTER", "INFO"]);
                [
                    "cluster_state:ok",
                    "cluster_known_nodes:3",
                    "cluster_size:3",
                ]
                .iter()
                .all(|fact| info.contains(fact))
            })
        });
        Some(cluster)
    }

    /// The nodes' addresses.
    pub fn urls(&self) -> Vec<String> {
        self.nodes.iter().map(RedisServer::url).collect()
    }

    /// The node that has a key.
    pub fn node_of(&self, key: &str) -> &RedisServer {
        let slot: u16 = self.nodes[0].ask(&["CLUSTER", "KEYSLOT", key]);
        let part = SLOTS.div_ceil(u16::try_from(self.nodes.len()).unwrap());
        &self.nodes[usize::from(slot / part)]
    }

    /// What the nodes have said of themselves.
    pub fn log(&self) -> String {
        self.nodes.iter().fold(String::new(), |mut all, node| {
            let _ = writeln!(all, "{}", node.log());
            all
        })
    }
}
