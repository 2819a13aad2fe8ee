internal import SQLite

extension DoctorCheck {
  static let sqlite = DoctorCheck("sqlite") { _ in
    [DoctorFinding(.ok, "sqlite", libraryDetail(Connection.libraryVersion))]
  }

  /// The version of the library, and why a known fault of it does no harm here.
  ///
  /// SQLite up to 3.51.2 can corrupt a database in WAL mode when two connections write and checkpoint at the same
  /// instant (sqlite.org/wal.html#walresetbug).
  static func libraryDetail(_ version: String) -> String {
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
    let isRepaired = !numbers.lexicographicallyPrecedes([3, 51, 3])
    if isRepaired { return version }
    return "\(version); its write-ahead log has a fault that 3.51.3 repairs, which cannot happen to the journal: "
      + "execplan writes and checkpoints under one lock"
  }
}
