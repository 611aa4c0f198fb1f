//! The README names a test for each rule. Here it is made sure that there is one.

use std::fs;
use std::path::Path;

#[test]
fn every_test_that_the_readme_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let quoted = readme.split('`').skip(1).step_by(2);
    let mut named = 0;
    for name in quoted.filter(|text| text.contains(".rs::")) {
        let (file, function) = name.split_once("::").unwrap();
        let folders = ["tests/portal", "tests", "src"];
        let folder = folders
            .iter()
            .find(|folder| root.join(folder).join(file).exists());
        let folder = folder.unwrap_or_else(|| panic!("{name}: there is no such file"));
        let source = fs::read_to_string(root.join(folder).join(file));
        let source = source.unwrap_or_else(|_| panic!("{name}: there is no such file"));
        let test = format!("fn {function}(");
        assert!(source.contains(&test), "{name}: there is no such test");
        named += 1;
    }
    assert!(named > 100, "only {named} tests are named");
}
