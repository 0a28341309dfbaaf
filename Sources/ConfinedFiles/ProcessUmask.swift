import Glibc

/// The process's umask when it was first asked for.
///
/// The system tells it only to whoever sets it, so it is set and set back: once, and best before
/// the first thread that makes files.
public let processUmask: UInt32 = {
    let mask = umask(0o077)
    _ = umask(mask)
    return UInt32(mask)
}()
