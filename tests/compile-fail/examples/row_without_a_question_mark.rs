//! Each row may be an error, which is told before the row.
use sonet_async::Client;
use sonet_async::sonet_group::Get;

async fn run(client: &Client) {
    let mut groups = client.list(&Get::new());
    while let Some(group) = groups.next().await {
        println!("{}", group.id);
    }
}

fn main() {
    let _ = run;
}
