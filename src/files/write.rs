//! Writing a file so that whoever reads it finds the old one or the new one, whole.

use super::{FileError, Stamp};
use std::fs::Metadata;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// How the names of temporary files begin: hidden, so that no run reads them.
pub const TEMPORARY: &str = ".orthonym-";

/// Replaces a file's bytes by what `change` makes of them, unless they are no longer those that `stamp` was taken of.
///
/// A temporary file in the same folder takes the place of the old one at once; permissions are kept, and symbolic links
/// are followed: the file that they lead to is replaced.
///
/// # Errors
/// The file is read-only, has changed, or cannot be read or written; it is then as it was.
pub fn replace(path: &Path, stamp: Stamp, change: impl FnOnce(&[u8]) -> Vec<u8>) -> Result<(), FileError> {
    let write_error = |source| FileError::Write { path: path.to_owned(), source };
    let file = path.canonicalize().map_err(write_error)?;
    let metadata = file.metadata().map_err(write_error)?;
    if metadata.permissions().readonly() {
        return Err(FileError::ReadOnly(path.to_owned()));
    }
    if !metadata.is_file() {
        return Err(FileError::Special(path.to_owned()));
    }
    let bytes = std::fs::read(&file).map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    if Stamp::of(&bytes) != stamp {
        return Err(FileError::Changed(path.to_owned()));
    }
    put(&file, &metadata, &change(&bytes)).map_err(write_error)
}

/// Writes a whole file, new or in place of an old one: whoever reads it finds the old bytes or the new ones. The bytes go
/// through `write`, so they need not be in memory at once.
///
/// # Errors
/// It cannot be written; what was there is as it was.
pub fn put_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let file = if path.exists() { path.canonicalize()? } else { path.to_owned() };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = temporary_in(folder)?;
    let mut buffered = io::BufWriter::with_capacity(1 << 18, &mut temporary);
    write(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    if let Ok(metadata) = file.metadata() {
        temporary.as_file().set_permissions(metadata.permissions())?;
        keep_owner(temporary.as_file(), &metadata);
    }
    temporary.as_file().sync_all()?;
    temporary.persist(&file)?;
    Ok(())
}

/// A temporary file that is to become a new one of the folder.
///
/// # Errors
/// It cannot be made.
pub fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    // As if the file were made by any other program: the user's mask decides.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn put(file: &Path, metadata: &Metadata, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut temporary = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.as_file().set_permissions(metadata.permissions())?;
    keep_owner(temporary.as_file(), metadata);
    temporary.as_file().sync_all()?;
    temporary.persist(file)?;
    Ok(())
}

/// Gives the new file the owner of the old one, as far as we may.
#[cfg(unix)]
fn keep_owner(file: &std::fs::File, metadata: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Refused to everybody but root; the file is then ours, as after any editor that saves safely.
    let _ = fchown(file, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &std::fs::File, _: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_or_read_only_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "old").unwrap();
        let stamp = Stamp::of(b"old");
        assert!(matches!(replace(&path, Stamp::of(b"0ld"), |_| b"new".to_vec()), Err(FileError::Changed(_))));

        let mut permissions = path.metadata().unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        assert!(matches!(replace(&path, stamp, |_| b"new".to_vec()), Err(FileError::ReadOnly(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        put_whole(&path, |out| out.write_all(b"old")).unwrap();
        assert!(put_whole(&path, |out| out.write_all(b"new").and(Err(io::ErrorKind::Other.into()))).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
        std::fs::write(&file, "old").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("a.txt", &link).unwrap();
        replace(&link, Stamp::of(b"old"), |old| [old, b"er"].concat()).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"older");
        assert!(link.is_symlink());
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(folder.path().read_dir().unwrap().count(), 2);
    }
}
