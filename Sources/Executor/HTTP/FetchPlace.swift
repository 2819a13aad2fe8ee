internal import Digest
internal import FaultPoints
internal import Glibc
internal import PlanModel
internal import Planner
internal import SourceText

/// Where a fetched file goes, and the temporary file beside it into which it comes.
struct FetchPlace {
  let writer: FileWriter
  let path: String
  let temporary: String
  let mode: UInt16?

  func digest() throws -> SHA256Digest { try SHA256.digest(ofFile: temporary) }

  /// Puts the file in place: the old one or the new one is there at every moment, and the new one is on the disk.
  func put() throws(FileWriter.Problem) {
    var old = stat()
    let exists = unsafe stat(path, &old) == 0
    let bits = mode_t(mode ?? UInt16(exists ? old.st_mode & 0o7777 : 0o666 & ~FileWriter.mask))
    let file = unsafe open(temporary, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw writer.failure("open", temporary) }
    defer { close(file) }
    try writer.injected(.fileWritten, "write", temporary)
    guard fchmod(file, bits) == 0 else { throw writer.failure("set the mode of", temporary) }
    guard fsync(file) == 0 else { throw writer.failure("sync", temporary) }
    guard unsafe rename(temporary, path) == 0 else { throw writer.failure("put in place", path) }
    let folder = PathName.parent(path)
    try writer.injected(.fileRenamed, "sync the folder", folder)
    try writer.syncFolder(folder)
  }

  /// Removes the temporary file, if it is still there.
  func discard() { _ = unsafe unlink(temporary) }
}

extension FileWriter {
  /// Finds the real place of a fetched file and makes its temporary file; removes those that dead attempts left.
  func prepareFetch(_ fetch: FetchAction) throws(Problem) -> FetchPlace {
    let path = try target(of: FetchedFile.place(fetch))
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw Problem(message: "\"\(fetch.path.text)\" is there and is no file")
    }
    let folder = PathName.parent(path)
    try makeFolder(folder)
    // Not the name itself, which may be as long as a name may be.
    let stem = ".\(SHA256.digest(of: PathName.name(path)).hex.prefix(16)).execplan-fetch-"
    removeLeftovers(stem, in: folder)
    let temporary = "\(folder)/\(stem)\(attempt)"
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure("make", temporary) }
    close(file)
    return FetchPlace(writer: self, path: path, temporary: temporary, mode: fetch.mode)
  }

  private func removeLeftovers(_ stem: String, in folder: String) {
    for name in (try? DirectoryListing.names(in: folder)) ?? [] where name.hasPrefix(stem) {
      let rest = name.dropFirst(stem.count)
      if !rest.isEmpty, rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { _ = unsafe unlink("\(folder)/\(name)") }
    }
  }
}
