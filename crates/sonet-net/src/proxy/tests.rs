use super::*;

const SOCKS: Kinds = Kinds { socks: true };
const NO_SOCKS: Kinds = Kinds { socks: false };

fn config() -> Config {
    Config::webhook("https://portal.example.com/rest/1/s3cr3t/").unwrap()
}

fn read(config: &Config, kinds: Kinds, vars: &[(&str, &str)]) -> Result<Option<Proxy>, Error> {
    Proxy::of(config, kinds, |name| {
        vars.iter()
            .find(|(var, _)| *var == name)
            .map(|(_, value)| (*value).to_owned())
    })
}

fn url(vars: &[(&str, &str)]) -> Option<String> {
    let proxy = read(&config(), NO_SOCKS, vars).unwrap();
    proxy.map(|proxy| proxy.url().to_owned())
}

fn problem(config: &Config, kinds: Kinds, vars: &[(&str, &str)]) -> String {
    let error = read(config, kinds, vars).err().unwrap();
    assert!(error.is_config());
    assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    error.to_string()
}

#[test]
fn the_variable_for_https_goes_first() {
    assert_eq!(url(&[]), None);
    assert_eq!(url(&[("HTTP_PROXY", "http://a")]), None);
    assert_eq!(
        url(&[("ALL_PROXY", "http://a")]).as_deref(),
        Some("http://a")
    );
    let both = [("ALL_PROXY", "http://a"), ("https_proxy", "b:3128")];
    assert_eq!(url(&both).as_deref(), Some("http://b:3128"));
    assert_eq!(url(&[("HTTPS_PROXY", " ")]), None);
}

#[test]
fn another_kind_of_proxy_is_told_and_not_shown() {
    let socks = [("ALL_PROXY", "socks5://user:canary@a")];
    let problem_of = |vars: &[(&str, &str)], kinds| problem(&config(), kinds, vars);
    let text = problem_of(&socks, NO_SOCKS);
    assert!(
        text.contains("ALL_PROXY") && text.contains("`socks`"),
        "{text}"
    );
    assert!(read(&config(), SOCKS, &socks).unwrap().is_some());
    let text = problem_of(&[("https_proxy", "ftp://user:canary@a")], SOCKS);
    assert!(
        text.contains("https_proxy") && text.contains("scheme"),
        "{text}"
    );
}

#[test]
fn the_setting_goes_before_the_environment() {
    let vars = [("HTTPS_PROXY", "http://env"), ("NO_PROXY", "*")];
    let ours = config().proxy("user:canary@ours:8080");
    let proxy = read(&ours, NO_SOCKS, &vars).unwrap().unwrap();
    assert_eq!(proxy.url(), "http://user:canary@ours:8080");
    assert!(
        proxy.covers("https", "portal.example.com"),
        "NO_PROXY is the environment's"
    );
    assert!(!format!("{ours:?} {proxy:?}").contains("canary"));
    assert!(
        read(&config().no_proxy(), NO_SOCKS, &vars)
            .unwrap()
            .is_none()
    );
    let local = Config::webhook("http://127.0.0.1/rest/1/s3cr3t/").unwrap();
    assert!(
        read(&local.proxy("ours"), NO_SOCKS, &vars)
            .unwrap()
            .is_none()
    );
}

#[test]
fn an_address_that_is_none_is_told_and_not_shown() {
    for address in [
        "",
        " ",
        "http://",
        "http://user:canary@",
        "http://user:can ary@a",
        "http://a/canary",
        "http://a?canary",
        "http://a:99999",
        "http://a:0",
        "socks6://canary@a",
        "canary://a",
    ] {
        let text = problem(&config().proxy(address), SOCKS, &[]);
        assert!(text.contains("`Config::proxy`"), "{address}: {text}");
    }
    for address in [
        "a",
        "a:1",
        "https://a",
        "http://u:p%40@[::1]:3128/",
        "socks5h://a",
    ] {
        let proxy = read(&config().proxy(address), SOCKS, &[]);
        assert!(proxy.unwrap().is_some(), "{address}");
    }
}

#[test]
fn hosts_that_the_settings_except() {
    let vars = [("HTTPS_PROXY", "env"), ("NO_PROXY", "a.org")];
    let config = config()
        .proxy_bypass("b.org, 10.0.0.0/8")
        .proxy_bypass("[fd00::7]");
    let proxy = read(&config, NO_SOCKS, &vars).unwrap().unwrap();
    for host in ["a.org", "x.b.org", "10.1.1.1", "[fd00::7]"] {
        assert!(!proxy.covers("https", host), "{host}");
    }
    assert!(proxy.covers("https", "c.org"));
    for list in [
        "",
        ",",
        "https://a.org",
        "a.org:80",
        "a.org/x",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "a b",
    ] {
        let config = config.clone().proxy_bypass(list);
        let text = problem(&config, NO_SOCKS, &[]);
        assert!(text.contains("`Config::proxy_bypass`"), "{list}: {text}");
    }
    assert!(read(&config.proxy_bypass("*, .d.org, *.e.org"), NO_SOCKS, &vars).is_ok());
}

#[test]
fn hosts_that_need_no_proxy() {
    let bypass = "example.com, .b.org,*.c.org,10.0.0.0/8,192.168.1.1,fd00::/8";
    let proxy = read(
        &config(),
        NO_SOCKS,
        &[("HTTPS_PROXY", "a"), ("NO_PROXY", bypass)],
    )
    .unwrap()
    .unwrap();
    for host in [
        "localhost",
        "127.0.0.1",
        "127.9.9.9",
        "[::1]",
        "example.com",
        "EXAMPLE.com.",
        "x.example.com",
        "b.org",
        "x.b.org",
        "x.c.org",
        "10.1.2.3",
        "192.168.1.1",
        "[fd00::7]",
    ] {
        assert!(!proxy.covers("https", host), "{host}");
    }
    for host in [
        "notexample.com",
        "example.com.evil",
        "11.0.0.1",
        "192.168.1.2",
        "[fe80::1]",
    ] {
        assert!(proxy.covers("https", host), "{host}");
    }
    assert!(!proxy.covers("http", "notexample.com"), "in the clear");
    let nothing = read(
        &config(),
        NO_SOCKS,
        &[("HTTPS_PROXY", "a"), ("NO_PROXY", "*")],
    )
    .unwrap()
    .unwrap();
    assert!(!nothing.covers("https", "example.com"));
    let all = read(
        &config(),
        NO_SOCKS,
        &[("HTTPS_PROXY", "a"), ("NO_PROXY", "0.0.0.0/0")],
    )
    .unwrap()
    .unwrap();
    assert!(!all.covers("https", "8.8.8.8") && all.covers("https", "example.com"));
}
