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
  /// As the plan names it.
  let name: String
  /// Folders that were made for it, absolute.
  let madeFolders: [String]

  func digest() throws -> SHA256Digest { try SHA256.digest(ofFile: temporary) }

  /// What is there before the file is put in place.
  func present() throws(FileWriter.Problem) -> UndoRecord.Place {
    try FileWriter.present(at: path, writer.site).0
  }

  /// Keeps what is there for undo.
  ///
  /// - Returns: why its content is not kept; nil when it is, or when there is none.
  func keepOld(for new: SHA256Digest?) throws(FileWriter.Problem) -> String? {
    guard writer.origin != nil else { return nil }
    let (before, old) = try FileWriter.present(at: path, writer.site)
    guard let new else { return try writer.keep(name, at: path, before, old, after: before, madeFolders: madeFolders) }
    var status = stat()
    // What is too large to be kept is not looked into later either.
    let isLarge = unsafe stat(temporary, &status) == 0 && status.st_size > DesiredFile.sizeLimit
    let after = UndoRecord.Place(
      .file, mode: mode ?? before.mode ?? 0o666 & ~FileWriter.creationMask, digest: isLarge ? nil : new)
    return try writer.keep(name, at: path, before, old, after: after, madeFolders: madeFolders)
  }

  /// Puts the file in place: the old one or the new one is there at every moment, and the new one is on the disk.
  ///
  /// - Parameter kept: what was there when it was kept.
  func put(over kept: UndoRecord.Place) throws(FileWriter.Problem) {
    var old = stat()
    let exists = unsafe stat(path, &old) == 0
    let bits = mode_t(mode ?? UInt16(exists ? old.st_mode & 0o7777 : 0o666 & ~FileWriter.mask))
    let file = unsafe open(temporary, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw writer.failure("open", temporary) }
    defer { close(file) }
    try writer.injected(.fileWritten, "write", temporary)
    guard fchmod(file, bits) == 0 else { throw writer.failure("set the mode of", temporary) }
    guard fsync(file) == 0 else { throw writer.failure("sync", temporary) }
    // Somebody may have written the file since it was kept.
    guard try present() == kept else {
      throw FileWriter.Problem(message: "\"\(name)\" was changed by somebody else meanwhile")
    }
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
    let missing = missingFolders(above: path)
    let place = FetchPlace(
      writer: self, path: path, temporary: temporary(ofFetch: path), mode: fetch.mode, name: fetch.path.text,
      madeFolders: missing)
    // Folders are left even if nothing ever comes.
    if !missing.isEmpty { _ = try place.keepOld(for: nil) }
    try makeFolder(folder)
    removeLeftovers(stem(ofFetch: path), in: folder)
    let temporary = place.temporary
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure("make", temporary) }
    close(file)
    return place
  }

  /// Not the name itself, which may be as long as a name may be.
  private func stem(ofFetch path: String) -> String {
    ".\(SHA256.digest(of: PathName.name(path)).hex.prefix(16)).execplan-fetch-"
  }

  private func temporary(ofFetch path: String) -> String {
    "\(PathName.parent(path))/\(stem(ofFetch: path))\(attempt)"
  }

  private func removeLeftovers(_ stem: String, in folder: String) {
    for name in (try? DirectoryListing.names(in: folder)) ?? [] where name.hasPrefix(stem) {
      let rest = name.dropFirst(stem.count)
      if !rest.isEmpty, rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { _ = unsafe unlink("\(folder)/\(name)") }
    }
  }
}
