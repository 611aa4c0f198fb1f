//! Processes behind addresses of their own: the portal counts each address by itself, and so do they.

use std::collections::BTreeSet;
use std::env;
use std::net::{IpAddr, Ipv4Addr};
use std::process::Command;
use std::time::SystemTime;

use rustix::process::geteuid;
use sonet_portal::{Portal, Rules, Server};

use crate::fleet::{Fleet, calls};
use crate::orders::{Credential, End, Pace, Servers};
use crate::support::{RedisServer, missing, skipped};
use crate::witness;

const PROCESSES: u8 = 4;

/// Namespaces of the network, each with an address of its own on one bridge. They are gone when this is dropped.
struct Network {
    /// In the names of all that is created, so that tests of several checkouts don't meet.
    number: u8,
}

impl Network {
    /// Creates them. `None` where a test may not, or can't.
    fn create() -> Option<Self> {
        // It changes the network of the machine, so root alone is no permission.
        if env::var_os("SONET_NETNS").is_none() {
            skipped("network namespaces (they are created with SONET_NETNS=1 only)");
            return None;
        }
        if !geteuid().is_root() || !ip("netns list") {
            missing(
                "SONET_NETNS",
                "network namespaces (they need root and iproute2)",
            );
            return None;
        }
        #[allow(clippy::cast_possible_truncation, reason = "any number will do")]
        let number = (std::process::id() % 200) as u8;
        let network = Self { number };
        let bridge = network.bridge();
        let own = network.host();
        // What somebody else has made is left as it is.
        if !ip(&format!("link add {bridge} type bridge")) {
            std::mem::forget(network);
            missing(
                "SONET_NETNS",
                "network namespaces (a bridge can't be made here)",
            );
            return None;
        }
        let mut is_made =
            ip(&format!("addr add {own}/24 dev {bridge}")) && ip(&format!("link set {bridge} up"));
        for process in 0..PROCESSES {
            let (space, address) = (network.space(process), network.address(process));
            is_made = is_made
                && ip(&format!("netns add {space}"))
                && ip(&format!(
                    "link add {space} type veth peer name eth0 netns {space}"
                ))
                && ip(&format!("link set {space} master {bridge} up"))
                && ip(&format!("-n {space} addr add {address}/24 dev eth0"))
                && ip(&format!("-n {space} link set eth0 up"));
        }
        if !is_made {
            missing(
                "SONET_NETNS",
                "network namespaces (they can't be made here)",
            );
            return None;
        }
        Some(network)
    }

    fn bridge(&self) -> String {
        format!("sonet{}", self.number)
    }

    fn space(&self, process: u8) -> String {
        format!("sonet{}-{process}", self.number)
    }

    /// What the portal and Redis are reached by.
    fn host(&self) -> Ipv4Addr {
        Ipv4Addr::new(198, 18, self.number, 1)
    }

    fn address(&self, process: u8) -> Ipv4Addr {
        Ipv4Addr::new(198, 18, self.number, 2 + process)
    }

    /// Whether a process with an address of its own can connect to this port.
    fn reaches_the_host(&self, port: u16) -> bool {
        let (space, host) = (self.space(0), self.host());
        let connect = format!("exec 3<>/dev/tcp/{host}/{port}");
        let connected = Command::new("ip")
            .args(["netns", "exec", &space, "timeout", "5", "bash", "-c"])
            .arg(connect)
            .status();
        connected.is_ok_and(|status| status.success())
    }

    fn remove(&self) {
        for process in 0..PROCESSES {
            ip(&format!("netns del {}", self.space(process)));
        }
        ip(&format!("link del {}", self.bridge()));
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Runs a command of iproute2; whether it succeeds.
fn ip(arguments: &str) -> bool {
    let output = Command::new("ip")
        .args(arguments.split_whitespace())
        .output();
    output.is_ok_and(|output| output.status.success())
}

/// Lets each process call from its own address, under a scope of its own or all under one.
fn fleet(network: &Network, server: &RedisServer, portal: &Server, pace: Pace) -> Fleet {
    let host = network.host();
    let servers = Servers::One(format!("redis://{host}:{}/", server.port()));
    let webhook = portal
        .webhook()
        .replace("127.0.0.1", &network.host().to_string());
    let orders = (0..PROCESSES).map(|process| {
        let mut orders = witness::orders(process.into(), portal, &servers, pace);
        orders.credential = Credential::Webhook(webhook.clone());
        orders.scope = Some(network.address(process).to_string());
        orders.calls = 60;
        orders
    });
    Fleet::start_by(orders, |process, command| {
        let space = network.space(u8::try_from(process).unwrap());
        let program = command.get_program().to_owned();
        *command = Command::new("ip");
        command.args(["netns", "exec", &space]).arg(program);
    })
}

#[test]
fn each_address_has_a_bucket_of_its_own() {
    let Some(network) = Network::create() else {
        return;
    };
    let settings = format!("bind 127.0.0.1 {}\nprotected-mode no\n", network.host());
    let Some(server) = RedisServer::start_with(&settings) else {
        return;
    };
    if !network.reaches_the_host(server.port()) {
        missing(
            "SONET_NETNS",
            "network namespaces (the machine's firewall lets nothing through)",
        );
        return;
    }
    // It falls so slowly that one bucket would not do: 4 times 60 are far above 50.
    let pace = Pace::faster(10);
    let mut rules = Rules::default();
    rules.rate = Some(pace.of_the_portal());
    let portal = Portal::builder()
        .groups(1)
        .rules(rules)
        .listen("0.0.0.0:0")
        .start()
        .unwrap();
    let (reports, took) = fleet(&network, &server, &portal, pace).run();
    for call in calls(&reports) {
        assert_eq!(call.end, End::Done, "{call:?}");
    }
    let number = calls(&reports).count();
    println!("{number} calls from four addresses took {took:?}");
    assert!(
        took < pace.floor(number),
        "as long as with one bucket: {took:?}"
    );
    portal.with(|portal| {
        assert_eq!(portal.refused_for_rate(), 0);
        let now = SystemTime::now();
        let counted: BTreeSet<_> = (0..PROCESSES)
            .map(|process| IpAddr::from(network.address(process)))
            .filter(|address| portal.requests_counted(*address, now) > 0)
            .collect();
        assert_eq!(counted.len(), usize::from(PROCESSES));
    });
}
