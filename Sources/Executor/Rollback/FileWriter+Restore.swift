internal import Digest
internal import Glibc
internal import PlanModel
internal import Planner
internal import Subprocess

extension FileWriter {
  /// Makes the paths of a step as they were, and removes folders that were made for them and are empty.
  ///
  /// - Returns: what was done, a line.
  func restore(_ restoration: Restoration) throws(Problem) -> String {
    var done: [String] = []
    for place in restoration.places {
      if let text = try restore(place, overwrites: restoration.overwrites) { done.append(text) }
      removeFolders(above: place.place, restoration)
    }
    if done.isEmpty { return "already as it was" }
    return done.count == 1 ? done[0] : "\(done[0]), and \(done.count - 1) more"
  }

  /// Folders that are still empty when all is taken back; what is in the others is somebody else's.
  func removeFolders(_ folders: [String]) {
    for folder in folders where unsafe rmdir(folder) == 0 { try? syncFolder(PathName.parent(folder)) }
  }

  private func removeFolders(above place: String, _ restoration: Restoration) {
    var folder = PathName.parent(place)
    while let turn = restoration.folders.turns[folder], turn <= restoration.turn, unsafe rmdir(folder) == 0 {
      try? syncFolder(PathName.parent(folder))
      folder = PathName.parent(folder)
    }
  }

  private func restore(_ place: Restoration.Place, overwrites: Bool) throws(Problem) -> String? {
    let (present, content) = try FileWriter.present(at: place.place, site)
    let target = place.target
    if present.matches(target) { return nil }
    guard overwrites || place.knows(present) else {
      throw Problem(
        message: "\"\(place.path)\" was changed by somebody else since, and would be replaced; look at the difference "
          + "with --dry-run")
    }
    if present.isAlike(target) {
      return FileWriter.text("\"\(place.path)\" has its mode again", missing: try giveMode(place))
    }
    if let loss = place.loss { throw Problem(message: loss) }
    let missing: [String]
    switch target.kind {
    case .absent: return try remove(place, present)
    case .folder:
      try clear(place.place, present)
      try makeFolder(place.place)
      missing = try giveFolder(place)
    case .link:
      if present.kind == .folder { try remove(place.place) }
      missing = try makeLink(target.target ?? "", at: place.place, traits: place.traits)
    case .file:
      guard let record = place.source, let old = UndoStore(site.state).content(of: record) else {
        throw Problem(message: "what was at \"\(place.path)\" is not kept any more")
      }
      try clear(place.place, present)
      var desired = DesiredFile(path: place.place, content: old, basis: content)
      desired.mode = target.mode
      missing = try write(old, to: place.place, desired, traits: place.traits)
    case .other: throw Problem(message: "\"\(place.path)\" was neither a file, a folder nor a link")
    }
    return FileWriter.text("\"\(place.path)\" is as it was", missing: missing)
  }

  private static func text(_ done: String, missing: [String]) -> String {
    missing.isEmpty ? done : "\(done), but not \(missing.joined(separator: ", nor "))"
  }

  /// Gives what has its content its mode.
  ///
  /// - Returns: what it could not be given.
  private func giveMode(_ place: Restoration.Place) throws(Problem) -> [String] {
    guard var mode = place.target.mode else { return [] }
    // A rollback that was cut off made it, and may have come no further.
    if place.target.kind == .folder, place.records[0].after.kind != .folder { return try giveFolder(place) }
    var status = stat()
    if mode & 0o6000 != 0, let traits = place.traits, unsafe lstat(place.place, &status) == 0,
      status.st_uid != traits.owner || status.st_gid != traits.group
    {
      // They mean an owner that it does not have.
      mode &= 0o1777
      try setMode(mode, place.place)
      return ["its set-user-ID and set-group-ID bits"]
    }
    try setMode(mode, place.place)
    return []
  }

  private func remove(_ place: Restoration.Place, _ present: UndoRecord.Place) throws(Problem) -> String {
    guard present.kind == .folder else {
      try remove(place.place)
      return "\"\(place.path)\" is gone again"
    }
    guard unsafe rmdir(place.place) == 0 else {
      guard errno == ENOTEMPTY || errno == EEXIST else { throw failure("remove", place.place) }
      return "the folder \"\(place.path)\" stays, as something else is in it"
    }
    try syncFolder(PathName.parent(place.place))
    return "\"\(place.path)\" is gone again"
  }

  /// Makes room for something of another kind; a file makes room for a file when that is in place.
  private func clear(_ place: String, _ present: UndoRecord.Place) throws(Problem) {
    switch present.kind {
    case .absent, .file: break
    case .folder, .link, .other: try remove(place)
    }
  }

  /// What is at an absolute path, and the content if it is a file that is not too large.
  static func present(
    at place: String, _ site: ExecutionSite
  ) throws(Problem) -> (UndoRecord.Place, content: [UInt8]?) {
    var status = stat()
    guard unsafe lstat(place, &status) == 0 else { return (UndoRecord.Place(.absent), nil) }
    let mode = UInt16(status.st_mode & 0o7777)
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return (UndoRecord.Place(.folder, mode: mode), nil)
    case S_IFLNK: return (UndoRecord.Place(.link, target: FileWriter.linkTarget(place)), nil)
    case S_IFREG: break
    default: return (UndoRecord.Place(.other, mode: mode), nil)
    }
    // The mode of a large file may be set without a look at its content.
    guard status.st_size <= DesiredFile.sizeLimit else { return (UndoRecord.Place(.file, mode: mode), nil) }
    do throws(FileProbeError) {
      let content = try site.files.content(place, limit: DesiredFile.sizeLimit) ?? []
      return (UndoRecord.Place(.file, mode: mode, digest: SHA256.digest(of: content)), content)
    } catch {
      throw Problem(message: "what is at \"\(place)\" can't be looked at: \(error.message)")
    }
  }
}
