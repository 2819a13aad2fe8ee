internal import FaultPoints
internal import Glibc
internal import PlanModel
internal import Planner
internal import Subprocess

/// Makes a file as desired: the old one or the new one is there at every moment, never half of it, and what is
/// reported as done is on the disk.
package struct FileWriter {
  let site: ExecutionSite
  /// Marks the temporary file, so that a leftover can be told from the plan's own files.
  package let attempt: Int64
  /// Nil: nothing is kept for undo.
  var origin: Origin?

  struct Problem: Error {
    var message: String
  }

  /// - Returns: why what was there can't be brought back; nil when it can.
  @discardableResult
  func apply(_ desired: DesiredFile) throws(Problem) -> String? {
    let path = try target(of: desired)
    let loss = try keepForUndo(desired, at: path)
    switch desired.kind {
    case .content(let bytes): try write(bytes, to: path, desired)
    case .directory:
      try makeFolder(path)
      if let mode = desired.mode { try setMode(mode, path) }
    case .link(let link): try makeLink(link, at: path)
    case .absent: try remove(path)
    case .unchanged:
      if let mode = desired.mode { try setMode(mode, path) }
    }
    return loss
  }

  /// The real place: through links of the plan's path, but never out of the project.
  func target(of desired: DesiredFile) throws(Problem) -> String {
    guard let root = RealPath.of(site.root) else { throw Problem(message: "the project root is gone") }
    var path = site.absolute(desired.path)
    // As many links as the kernel follows.
    for _ in 0..<40 {
      let place = try place(of: path, below: root, desired)
      // A link itself is replaced or removed; content goes through it to what it names.
      if case .link = desired.kind { return place }
      if case .absent = desired.kind { return place }
      if let resolved = RealPath.of(place) {
        guard desired.allowsOutside || FileWriter.isInside(resolved, root) else { throw outside(desired) }
        return resolved
      }
      // Nothing is there, or a link whose target is still to be made.
      guard let link = FileWriter.linkTarget(place) else { return place }
      path = link.hasPrefix("/") ? link : PathName.parent(place) + "/" + link
    }
    throw Problem(message: "\"\(desired.path)\" is a link that leads in a circle")
  }

  /// A path with the links of its folders resolved; folders may still be missing.
  private func place(of path: String, below root: String, _ desired: DesiredFile) throws(Problem) -> String {
    var folder = PathName.parent(path)
    var missing: [String] = []
    while RealPath.of(folder) == nil, folder != "/" {
      missing.insert(PathName.name(folder), at: 0)
      folder = PathName.parent(folder)
    }
    guard let base = RealPath.of(folder), desired.allowsOutside || FileWriter.isInside(base, root) else {
      throw outside(desired)
    }
    guard !missing.contains(".."), PathName.name(path) != ".." else { throw outside(desired) }
    return ([base] + missing + [PathName.name(path)]).joined(separator: "/")
  }

  private func outside(_ desired: DesiredFile) -> Problem {
    Problem(
      message: "\"\(desired.path)\" leads out of the project through a link; if that is meant, say "
        + "\"allow_outside: true\" beside the path")
  }

  /// - Parameter traits: what it gets in the place of those of the file that it replaces.
  /// - Returns: what of them it could not be given.
  @discardableResult
  func write(
    _ bytes: [UInt8], to path: String, _ desired: DesiredFile, traits: FileTraits? = nil
  ) throws(Problem) -> [String] {
    let folder = PathName.parent(path)
    try makeFolder(folder)
    let temporary = temporary(for: path)
    var old = stat()
    let exists = unsafe stat(path, &old) == 0
    var mode = mode_t(desired.mode ?? UInt16(exists ? old.st_mode & 0o7777 : 0o666 & ~FileWriter.mask))
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure("make", temporary) }
    var isOpen = true
    var missing: [String] = []
    defer {
      if isOpen { close(file) }
    }
    do throws(Problem) {
      guard writeAll(bytes, to: file) == nil else { throw failure("write", temporary) }
      try injected(.fileWritten, "write", temporary)
      if let traits {
        missing = try give(traits, to: file, copyingFrom: exists ? path : nil, mode: &mode)
      } else if exists {
        if old.st_uid != geteuid() || old.st_gid != getegid() { _ = fchown(file, old.st_uid, old.st_gid) }
        // Before the mode: an access list sets a mode, too.
        try copyAttributes(of: path, to: file)
      }
      guard fchmod(file, mode) == 0 else { throw failure("set the mode of", temporary) }
      guard fsync(file) == 0 else { throw failure("sync", temporary) }
      close(file)
      isOpen = false
      // Somebody may have written the file since it was compared.
      let now = (try? site.files.content(desired.path, limit: DesiredFile.sizeLimit)) ?? nil
      guard now == desired.basis else {
        throw Problem(message: "\"\(desired.path)\" was changed by somebody else meanwhile")
      }
      guard unsafe rename(temporary, path) == 0 else { throw failure("put in place", path) }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    try injected(.fileRenamed, "sync the folder", folder)
    try syncFolder(folder)
    return missing
  }

  /// Where the new content is made, in the same folder; what attempts that were killed left there is removed.
  private func temporary(for path: String) -> String {
    let folder = PathName.parent(path)
    let prefix = ".\(PathName.name(path).prefix(100)).execplan-"
    for name in (try? DirectoryListing.names(in: folder)) ?? [] where name.hasPrefix(prefix) {
      // No attempt before this one is alive: a plan is executed once at a time, and no two write one path.
      if let number = Int64(name.dropFirst(prefix.count)), number <= attempt { unsafe unlink("\(folder)/\(name)") }
    }
    return "\(folder)/\(prefix)\(attempt)"
  }

  func copyAttributes(of path: String, to new: Int32) throws(Problem) {
    let old = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard old >= 0 else { throw failure("open", path) }
    defer { close(old) }
    let code = ExtendedAttributes.copy(from: old, to: new)
    guard code == 0 else {
      errno = code
      throw failure("keep the extended attributes of", path)
    }
  }

  func makeFolder(_ path: String) throws(Problem) {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw Problem(message: "\"\(path)\" is not a folder") }
      return
    }
    let above = PathName.parent(path)
    if above != path { try makeFolder(above) }
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure("make the folder", path) }
    try syncFolder(above)
  }

  /// - Returns: what of the traits it could not be given.
  @discardableResult
  func makeLink(_ link: String, at path: String, traits: FileTraits? = nil) throws(Problem) -> [String] {
    let folder = PathName.parent(path)
    try makeFolder(folder)
    let temporary = temporary(for: path)
    guard unsafe symlink(link, temporary) == 0 else { throw failure("make the link", path) }
    let missing = traits.flatMap { $0.ownerMissing { unsafe lchown(temporary, $0, $1) } } ?? []
    guard unsafe rename(temporary, path) == 0 else {
      let problem = failure("put in place", path)
      unsafe unlink(temporary)
      throw problem
    }
    try syncFolder(folder)
    return missing
  }

  func remove(_ path: String) throws(Problem) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    let result = isFolder ? unsafe rmdir(path) : unsafe unlink(path)
    guard result == 0 else {
      if errno == ENOTEMPTY { throw Problem(message: "the folder \"\(path)\" is not empty, so it is not removed") }
      throw failure("remove", path)
    }
    try syncFolder(PathName.parent(path))
  }

  func setMode(_ mode: UInt16, _ path: String) throws(Problem) {
    guard unsafe chmod(path, mode_t(mode)) == 0 else { throw failure("set the mode of", path) }
  }

  func syncFolder(_ path: String) throws(Problem) {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure("open the folder", path) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure("sync the folder", path) }
  }

  /// Fails, or dies, where a debug build is told to.
  func injected(_ point: FaultPoint, _ what: String, _ path: String) throws(Problem) {
    let code = injectedError(point)
    guard code != 0 else { return }
    errno = code
    throw failure(what, path)
  }

  func failure(_ what: String, _ path: String) -> Problem {
    Problem(message: "cannot \(what) \"\(path)\": \(unsafe String(cString: strerror(errno)))")
  }

  // MARK: Paths

  /// The mask with which this process was started, as permission bits.
  package static var creationMask: UInt16 { UInt16(mask & 0o777) }

  /// The mask with which this process was started.
  static let mask: mode_t = {
    let mask = umask(0o077)
    umask(mask)
    return mask
  }()

  /// What a link says; nil when it is none.
  static func linkTarget(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink(path, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  static func isInside(_ path: String, _ root: String) -> Bool {
    root == "/" || path == root || path.hasPrefix(root + "/")
  }
}
