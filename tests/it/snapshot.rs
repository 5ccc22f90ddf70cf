//! Output kept as files under `tests/it/snapshots`. A test that finds a difference fails; it never writes there.

use std::path::Path;

/// Fails unless `actual` is what the file `name` holds.
pub fn assert_snapshot(name: &str, actual: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots").join(name);
    let expected = std::fs::read_to_string(&kept).unwrap_or_default();
    if expected == actual {
        return;
    }
    let found = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&found, actual).unwrap();
    let diff = orthonym::emit::diff::unified(name, &expected, actual);
    panic!("{name} differs; if the change is right: cp {} {}\n{diff}", found.display(), kept.display());
}
