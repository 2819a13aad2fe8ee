internal import Glibc
internal import Reporting
internal import Subprocess

extension DoctorCheck {
  static let stateDirectory = DoctorCheck("state") { context in
    let path = context.stateDirectory
    var status = stat()
    if unsafe stat(path, &status) != 0 {
      return notThere(path, reason: errno)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return [
        DoctorFinding(.fail, "state directory", "\(path) is not a folder", advice: "move it, or use --state-dir DIR")
      ]
    }
    return [writable(path, detail: path), fileSystem(of: path)] + room(in: path)
  }

  /// The first apply makes the folder: what counts is the nearest folder above that is there.
  private static func notThere(_ path: String, reason: Int32) -> [DoctorFinding] {
    guard reason == ENOENT else {
      return [
        DoctorFinding(.fail, "state directory", "\(path): \(ErrnoText.text(reason))", advice: "use --state-dir DIR")
      ]
    }
    let parent = nearestFolder(above: path)
    return [writable(parent, detail: "\(path), made by the first apply"), fileSystem(of: parent)] + room(in: parent)
  }

  private static func nearestFolder(above path: String) -> String {
    var folder = path[...]
    while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
      folder = folder[..<slash]
      if unsafe access(String(folder), F_OK) == 0 { return String(folder) }
    }
    return path.hasPrefix("/") ? "/" : "."
  }

  private static func writable(_ folder: String, detail: String) -> DoctorFinding {
    if unsafe access(folder, W_OK | X_OK) == 0 { return DoctorFinding(.ok, "state directory", detail) }
    return DoctorFinding(
      .fail, "state directory", "cannot write to \(folder): \(ErrnoText.text(errno))",
      advice: "make it writable, or use --state-dir DIR")
  }

  /// The log of the journal alone takes 4 MiB, and output comes on top.
  private static let leastRoom: UInt64 = 16 << 20

  /// A finding only if there is too little room to record a run.
  private static func room(in folder: String) -> [DoctorFinding] {
    var status = statvfs()
    guard unsafe statvfs(folder, &status) == 0 else { return [] }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    guard free < leastRoom else { return [] }
    return [
      DoctorFinding(
        .fail, "room", "only \(PeopleText.size(bytes: Int64(free))) are free at \(folder)",
        advice: "make room, or use --state-dir DIR on another disk; \"execplan runs --prune\" makes the journal smaller"
      )
    ]
  }

  private static func fileSystem(of folder: String) -> DoctorFinding {
    let place = RealPath.orSame(folder)
    guard let kind = MountTable.current.flatMap({ $0.fileSystem(of: place) }).map(FileSystemKind.init) else {
      return DoctorFinding(.warn, "file system", "unknown: /proc/self/mountinfo does not say")
    }
    switch kind.durability {
    case .durable: return DoctorFinding(.ok, "file system", kind.name)
    case .memory:
      return DoctorFinding(
        .warn, "file system", "\(kind.name): the journal is lost at a restart of the machine",
        advice: "use --state-dir DIR on a disk")
    case .network:
      return DoctorFinding(
        .warn, "file system", "\(kind.name): locks may hold on this host only, and the journal is slower",
        advice: "use --state-dir DIR on a local disk")
    }
  }
}
