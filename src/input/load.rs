//! The bytes of a file, as far as its size allows. It does not look at what they say.

use super::{InputError, ReadOptions};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Reads the bytes of a file.
///
/// # Errors
/// [`InputError`] where the file cannot be opened or is larger than the limit, whatever its size
/// is said to be: devices and pipes have none.
pub fn load(path: &Path, options: &ReadOptions) -> Result<Vec<u8>, InputError> {
    // To open a pipe that nobody writes to takes for ever; those that a shell makes are written to.
    let pipe = std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) && !path.starts_with("/dev");
    if pipe {
        return Err(InputError::Closed("it is a pipe or device and no file".to_owned()));
    }
    let file = File::open(path).map_err(|e| InputError::Closed(e.to_string()))?;
    let size = file.metadata().map_or(0, |m| m.len());
    if size > options.max_bytes {
        return Err(too_large(options));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    let mut file = file.take(options.max_bytes.saturating_add(1));
    file.read_to_end(&mut bytes).map_err(|e| InputError::Closed(e.to_string()))?;
    if bytes.len() as u64 > options.max_bytes {
        return Err(too_large(options));
    }
    Ok(bytes)
}

fn too_large(options: &ReadOptions) -> InputError {
    InputError::Limit(format!("it is larger than {} MB; save a smaller copy or split it", options.max_bytes >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_is_limited_whatever_the_system_says() {
        let options = ReadOptions { max_bytes: 3, ..ReadOptions::default() };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, b"abc").unwrap();
        assert_eq!(load(&path, &options).unwrap(), b"abc");
        std::fs::write(&path, b"abcd").unwrap();
        assert!(matches!(load(&path, &options), Err(InputError::Limit(_))));
        assert!(matches!(load(&folder.path().join("b"), &options), Err(InputError::Closed(_))));
        #[cfg(unix)]
        assert!(matches!(load(Path::new("/dev/zero"), &options), Err(InputError::Limit(_))));
    }
}
