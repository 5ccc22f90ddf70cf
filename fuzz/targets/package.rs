//! Any bytes, opened as a package: refused, or read, and changed so that the change is what is read back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orthonym::files::Package;

fuzz_target!(|bytes: &[u8]| {
    let Ok(package) = Package::open(bytes) else { return };
    for name in package.names().take(4) {
        let Ok(content) = package.read(name) else { continue };
        let content = [content, b"more".to_vec()].concat();
        let Ok(changed) = package.with(&[(name, content.clone())]) else { continue };
        assert_eq!(Package::open(&changed).and_then(|package| package.read(name)).as_ref(), Ok(&content));
    }
});
