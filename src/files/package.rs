//! Packages: ZIP archives of which single members are read and replaced, every other byte staying as it is.

use flate2::read::{DeflateDecoder, DeflateEncoder};
use flate2::{Compression, Crc};
use std::io::Read;
use thiserror::Error;

/// The most members of a package.
const MAX_MEMBERS: usize = 1 << 14;
/// The largest member that is read, in bytes.
const MAX_SIZE: usize = 1 << 28;
/// How much larger than its compressed bytes a member may be, beyond the first megabyte.
const MAX_RATIO: usize = 200;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
/// Bytes of the headers without what varies in length.
const LOCAL_LEN: usize = 30;
const CENTRAL_LEN: usize = 46;
const END_LEN: usize = 22;
/// Flags of a member: encrypted; its sizes stand behind it.
const ENCRYPTED: u16 = 1;
const DESCRIBED: u16 = 8;

/// Why bytes are no package that we read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PackageError {
    #[error("it is no ZIP archive, or is cut short")]
    Foreign,
    #[error("it is a ZIP archive of a kind that is not read (several volumes, or ZIP64)")]
    Unsupported,
    #[error("its directory is damaged at byte {0}")]
    Damaged(usize),
    #[error("{0} is encrypted")]
    Encrypted(String),
    #[error("{0} is compressed in a way that is not read")]
    Method(String),
    #[error("{0} unpacks to more than it may: over {size} MB, or {MAX_RATIO} times its size", size = MAX_SIZE >> 20)]
    Bomb(String),
    #[error("{0} does not unpack to what the directory says")]
    Corrupt(String),
    #[error("it has no {0}")]
    Missing(String),
}

/// A package in memory.
#[derive(Debug)]
pub struct Package<'b> {
    bytes: &'b [u8],
    /// In the order of the directory.
    members: Vec<Member<'b>>,
    /// Where the directory begins.
    directory: usize,
    /// Where the record at the end begins.
    end: usize,
}

#[derive(Clone, Copy, Debug)]
struct Member<'b> {
    name: &'b str,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: usize,
    size: usize,
    /// Where its own header begins.
    header: usize,
    /// Where its entry in the directory begins.
    entry: usize,
}

impl<'b> Package<'b> {
    /// Reads the directory of a package.
    ///
    /// # Errors
    /// Bytes that are no ZIP archive, a damaged one, or one of a kind that we do not read.
    pub fn open(bytes: &'b [u8]) -> Result<Package<'b>, PackageError> {
        let end = end_record(bytes).ok_or(PackageError::Foreign)?;
        let number = |at: usize| u16_at(bytes, at).map(usize::from);
        let (disk, count) = (number(end + 4), number(end + 10));
        let directory = u32_at(bytes, end + 16).map(|at| at as usize);
        let (Some(0), Some(count), Some(directory)) = (disk, count, directory) else {
            return Err(PackageError::Unsupported);
        };
        if count > MAX_MEMBERS || directory > end {
            return Err(PackageError::Unsupported);
        }
        let mut members = Vec::with_capacity(count);
        let mut at = directory;
        for _ in 0..count {
            let (member, next) = Member::read(bytes, at).ok_or(PackageError::Damaged(at))?;
            if member.header >= directory || next > end {
                return Err(PackageError::Damaged(at));
            }
            members.push(member);
            at = next;
        }
        Ok(Package { bytes, members, directory, end })
    }

    /// The names of the members, in the order of the directory.
    pub fn names(&self) -> impl Iterator<Item = &'b str> + '_ {
        self.members.iter().map(|member| member.name)
    }

    /// Unpacks a member.
    ///
    /// # Errors
    /// There is none of that name, it is encrypted, or it does not unpack to what the directory says within the bounds that
    /// keep a small file from filling the memory.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, PackageError> {
        let member = self.find(name)?;
        let named = || name.to_owned();
        if member.flags & ENCRYPTED != 0 {
            return Err(PackageError::Encrypted(named()));
        }
        let bound = member.packed.saturating_mul(MAX_RATIO).saturating_add(1 << 20).min(MAX_SIZE);
        if member.size > bound {
            return Err(PackageError::Bomb(named()));
        }
        let (start, end) = member.data(self.bytes).ok_or_else(|| PackageError::Corrupt(named()))?;
        let packed = self.bytes.get(start..end).ok_or_else(|| PackageError::Corrupt(named()))?;
        let mut unpacked = Vec::with_capacity(member.size.min(1 << 20));
        // One byte more than is said shows that it says too little.
        let limit = member.size as u64 + 1;
        let read = match member.method {
            0 => packed.take(limit).read_to_end(&mut unpacked),
            8 => DeflateDecoder::new(packed).take(limit).read_to_end(&mut unpacked),
            _ => return Err(PackageError::Method(named())),
        };
        let mut checksum = Crc::new();
        checksum.update(&unpacked);
        let is_whole = read.is_ok() && unpacked.len() == member.size && checksum.sum() == member.checksum;
        is_whole.then_some(unpacked).ok_or_else(|| PackageError::Corrupt(named()))
    }

    /// The package's bytes with other contents of some members. Of the rest only the places in the directory change.
    ///
    /// # Errors
    /// There is no member of a name, or another one lies inside it.
    pub fn with(&self, changed: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, PackageError> {
        let mut new = Vec::with_capacity(changed.len());
        for (name, content) in changed {
            let member = self.find(name)?;
            let corrupt = || PackageError::Corrupt((*name).to_owned());
            let end = member.end(self.bytes).filter(|end| *end <= self.directory).ok_or_else(corrupt)?;
            let mut others = self.members.iter().filter(|other| other.entry != member.entry);
            if let Some(inside) = others.find(|other| (member.header..end).contains(&other.header)) {
                return Err(PackageError::Damaged(inside.entry));
            }
            new.push((*member, end, Packed::of(member.method, content).ok_or_else(corrupt)?));
        }
        new.sort_by_key(|(member, ..)| member.header);
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut copied = 0;
        // Where old places lie behind a changed member, and how far they move.
        let mut moves: Vec<(usize, isize)> = Vec::with_capacity(new.len());
        for (member, end, packed) in &new {
            let data = member.data(self.bytes).map_or(*end, |(start, _)| start);
            if member.header < copied {
                return Err(PackageError::Damaged(member.entry));
            }
            bytes.extend_from_slice(&self.bytes[copied..member.header]);
            let header = bytes.len();
            bytes.extend_from_slice(&self.bytes[member.header..data]);
            packed.write_to(&mut bytes[header + 6..], member.flags);
            bytes.extend_from_slice(&packed.bytes);
            copied = *end;
            moves.push((*end, bytes.len() as isize - *end as isize));
        }
        bytes.extend_from_slice(&self.bytes[copied..self.directory]);
        let moved = |at: usize| {
            let index = moves.partition_point(|(end, _)| *end <= at);
            let by = index.checked_sub(1).map_or(0, |index| moves[index].1);
            (at as isize + by) as u32
        };
        let directory = bytes.len();
        bytes.extend_from_slice(&self.bytes[self.directory..]);
        let place = |old: usize| directory + old - self.directory;
        for member in &self.members {
            put_u32(&mut bytes[place(member.entry) + 42..], moved(member.header));
        }
        for (member, _, packed) in &new {
            packed.write_to(&mut bytes[place(member.entry) + 8..], member.flags);
        }
        put_u32(&mut bytes[place(self.end) + 16..], directory as u32);
        Ok(bytes)
    }

    fn find(&self, name: &str) -> Result<&Member<'b>, PackageError> {
        let found = self.members.iter().find(|member| member.name == name);
        found.ok_or_else(|| PackageError::Missing(name.to_owned()))
    }
}

impl<'b> Member<'b> {
    /// The member whose directory entry begins at a byte, and where the next one begins.
    fn read(bytes: &'b [u8], entry: usize) -> Option<(Member<'b>, usize)> {
        if u32_at(bytes, entry)? != CENTRAL {
            return None;
        }
        let short = |at: usize| u16_at(bytes, entry + at);
        let long = |at: usize| u32_at(bytes, entry + at).map(|n| n as usize);
        let name_end = entry + CENTRAL_LEN + usize::from(short(28)?);
        let next = name_end + usize::from(short(30)?) + usize::from(short(32)?);
        let member = Member {
            name: std::str::from_utf8(bytes.get(entry + CENTRAL_LEN..name_end)?).ok()?,
            flags: short(8)?,
            method: short(10)?,
            checksum: u32_at(bytes, entry + 16)?,
            packed: long(20)?,
            size: long(24)?,
            header: long(42)?,
            entry,
        };
        Some((member, next))
    }

    /// Where its packed bytes begin and end.
    fn data(&self, bytes: &[u8]) -> Option<(usize, usize)> {
        if u32_at(bytes, self.header)? != LOCAL {
            return None;
        }
        let length = |at: usize| u16_at(bytes, self.header + at).map(usize::from);
        let start = self.header + LOCAL_LEN + length(26)? + length(28)?;
        Some((start, start + self.packed))
    }

    /// Where it ends, with the sizes that may stand behind it.
    fn end(&self, bytes: &[u8]) -> Option<usize> {
        let (_, end) = self.data(bytes)?;
        let is_signed = u32_at(bytes, end) == Some(DESCRIPTOR);
        let described = if self.flags & DESCRIBED == 0 { 0 } else { 12 + 4 * usize::from(is_signed) };
        Some(end + described)
    }
}

/// Contents as they stand in a package.
struct Packed {
    bytes: Vec<u8>,
    checksum: u32,
    size: u32,
}

impl Packed {
    fn of(method: u16, content: &[u8]) -> Option<Packed> {
        let mut checksum = Crc::new();
        checksum.update(content);
        let mut bytes = Vec::new();
        match method {
            0 => bytes.extend_from_slice(content),
            _ => {
                DeflateEncoder::new(content, Compression::default()).read_to_end(&mut bytes).ok()?;
            }
        }
        Some(Packed { bytes, checksum: checksum.sum(), size: u32::try_from(content.len()).ok()? })
    }

    /// Writes flags, checksum and sizes into a header, whose flags stand first.
    fn write_to(&self, header: &mut [u8], flags: u16) {
        header[..2].copy_from_slice(&(flags & !DESCRIBED).to_le_bytes());
        put_u32(&mut header[8..], self.checksum);
        put_u32(&mut header[12..], self.bytes.len() as u32);
        put_u32(&mut header[16..], self.size);
    }
}

/// Where the record at the end begins: its comment reaches to the end of the file.
fn end_record(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_LEN)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let is_end = |at: &usize| {
        u32_at(bytes, *at) == Some(END)
            && u16_at(bytes, at + 20).is_some_and(|comment| at + END_LEN + usize::from(comment) == bytes.len())
    };
    (first..=last).rev().find(is_end)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn put_u32(bytes: &mut [u8], number: u32) {
    bytes[..4].copy_from_slice(&number.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive, packed or with its sizes behind the data as streams are written.
    fn archive(members: &[(&str, &[u8])], method: u16, flags: u16) -> Vec<u8> {
        let (mut bytes, mut directory) = (b"before".to_vec(), Vec::new());
        for (name, content) in members {
            let packed = Packed::of(method, content).unwrap();
            let header = bytes.len() as u32;
            let described = flags & DESCRIBED != 0;
            let sizes = [packed.checksum, packed.bytes.len() as u32, packed.size];
            let numbers = |sizes: [u32; 3]| sizes.into_iter().flat_map(u32::to_le_bytes);
            let common = |sizes: [u32; 3]| -> Vec<u8> {
                [20, flags, method, 0, 0]
                    .into_iter()
                    .flat_map(u16::to_le_bytes)
                    .chain(numbers(sizes))
                    .chain((name.len() as u16).to_le_bytes())
                    .chain([0; 2])
                    .collect()
            };
            bytes.extend(LOCAL.to_le_bytes());
            bytes.extend(common(if described { [0; 3] } else { sizes }));
            bytes.extend(name.as_bytes());
            bytes.extend(&packed.bytes);
            if described {
                bytes.extend(DESCRIPTOR.to_le_bytes().into_iter().chain(numbers(sizes)));
            }
            directory.extend(CENTRAL.to_le_bytes().into_iter().chain([20, 0]).chain(common(sizes)).chain([0; 10]));
            directory.extend(header.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let (at, size) = (bytes.len() as u32, directory.len() as u32);
        bytes.extend(directory);
        bytes.extend(END.to_le_bytes().into_iter().chain([0; 4]));
        let count = (members.len() as u16).to_le_bytes();
        bytes.extend(
            count.into_iter().chain(count).chain(size.to_le_bytes()).chain(at.to_le_bytes()).chain([2, 0, b'h', b'i']),
        );
        bytes
    }

    const MEMBERS: &[(&str, &[u8])] = &[("a", b"alpha alpha alpha"), ("b", b"beta"), ("c", b"")];

    #[test]
    fn one_member_changes_and_no_other_byte() {
        for (method, flags) in [(0, 0), (8, 0), (8, DESCRIBED)] {
            let old = archive(MEMBERS, method, flags);
            let package = Package::open(&old).unwrap();
            let long = b"beta, and more than there was".repeat(3);
            let new = package.with(&[("b", long.clone())]).unwrap();
            let changed = Package::open(&new).unwrap();
            assert_eq!(changed.read("b").unwrap(), long);
            for (member, name) in [(0, "a"), (2, "c")] {
                assert_eq!(changed.read(name).unwrap(), MEMBERS[member].1);
                let raw = |package: &Package<'_>| {
                    let member = package.members[member];
                    package.bytes[member.header..member.end(package.bytes).unwrap()].to_vec()
                };
                assert_eq!(raw(&package), raw(&changed));
            }
            assert!(new.starts_with(&old[..package.members[1].header]) && new.ends_with(b"hi"));
            assert_eq!(package.with(&[]).unwrap(), old);
        }
    }

    #[test]
    fn members_that_lie_in_one_another_are_not_replaced() {
        let mut bytes = archive(MEMBERS, 8, 0);
        let members = Package::open(&bytes).unwrap().members;
        // What is packed ends by itself, long before its size says.
        let (first, entry) = (members[0].entry, members[1].entry);
        let size = members[0].packed as u32 + 1;
        put_u32(&mut bytes[first + 20..], size);
        let package = Package::open(&bytes).unwrap();
        assert_eq!(package.read("a").unwrap(), MEMBERS[0].1);
        assert_eq!(package.with(&[("a", b"x".to_vec())]), Err(PackageError::Damaged(entry)));
    }

    #[test]
    fn damage_and_bombs_are_refused() {
        let zeros = vec![0; 3 << 20];
        let mut bytes = archive(&[("a", &zeros)], 8, 0);
        assert_eq!(Package::open(&bytes).unwrap().read("a"), Err(PackageError::Bomb("a".to_owned())));
        // A directory that says less than there is.
        let entry = Package::open(&bytes).unwrap().members[0].entry;
        put_u32(&mut bytes[entry + 24..], 1000);
        assert_eq!(Package::open(&bytes).unwrap().read("a"), Err(PackageError::Corrupt("a".to_owned())));
        put_u32(&mut bytes[entry..], 0);
        assert_eq!(Package::open(&bytes).unwrap_err(), PackageError::Damaged(entry));
        let whole = archive(MEMBERS, 8, 0);
        assert_eq!(Package::open(&whole[..whole.len() - 1]).unwrap_err(), PackageError::Foreign);
        let locked = archive(MEMBERS, 0, ENCRYPTED);
        assert_eq!(Package::open(&locked).unwrap().read("b"), Err(PackageError::Encrypted("b".to_owned())));
        let odd = archive(MEMBERS, 12, 0);
        assert_eq!(Package::open(&odd).unwrap().read("b"), Err(PackageError::Method("b".to_owned())));
    }
}
