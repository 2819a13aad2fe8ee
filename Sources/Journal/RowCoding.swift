internal import Digest
internal import PlanModel

/// How values stand in the columns of the journal: as JSON text that people can read with `sqlite3`.
///
/// Maps keep the order of their keys, and numbers come back as they were.
enum RowCoding {
  // MARK: Writing

  static func encode(_ value: Value) -> String { JSONWriter.stored(value) }

  static func encode(_ entries: [Value.Entry]) -> String {
    entries.isEmpty ? "{}" : encode(.map(entries))
  }

  static func encode(_ digests: [String: SHA256Digest]) -> String {
    encode(digests.sorted { $0.key < $1.key }.map { Value.Entry($0.key, .string($0.value.hex)) })
  }

  /// `[["path","digest"],["path",null]]`
  static func encode(_ files: [FileDigest]) -> String {
    if files.isEmpty { return "[]" }
    return encode(
      .list(files.map { .list([.string($0.path), $0.digest.map { .string($0.hex) } ?? .null]) }))
  }

  /// Nil when there are none.
  static func encode(_ conflicts: [SettledConflict]) -> String? {
    conflicts.isEmpty ? nil : encode(.list(conflicts.map(\.value)))
  }

  static func encode(_ holder: LockHolder) -> String {
    encode([
      Value.Entry("pid", .int(holder.pid)), Value.Entry("host", .string(holder.host)),
      Value.Entry("since", .int(Int(holder.since))),
      Value.Entry("command", .list(holder.command.map { .string($0) })),
      Value.Entry("run", holder.run.map { .int(Int($0)) } ?? .null),
    ])
  }

  // MARK: Reading

  static func decodeValue(_ text: String) throws(JournalError) -> Value {
    guard let value = try? JSONReader.read(Array(text.utf8), from: .stored) else { throw unreadable(text) }
    return value
  }

  static func decodeEntries(_ text: String) throws(JournalError) -> [Value.Entry] {
    if text == "{}" { return [] }
    guard case .map(let entries) = try decodeValue(text) else { throw unreadable(text) }
    return entries
  }

  static func decodeDigests(_ text: String) throws(JournalError) -> [String: SHA256Digest] {
    var digests: [String: SHA256Digest] = [:]
    for entry in try decodeEntries(text) {
      guard case .string(let hex) = entry.value, let digest = SHA256Digest(hex: hex) else { throw unreadable(text) }
      digests[entry.key] = digest
    }
    return digests
  }

  static func decodeConflicts(_ text: String?) throws(JournalError) -> [SettledConflict] {
    guard let text else { return [] }
    guard case .list(let items) = try decodeValue(text) else { throw unreadable(text) }
    var conflicts: [SettledConflict] = []
    for item in items {
      guard let conflict = SettledConflict(item) else { throw unreadable(text) }
      conflicts.append(conflict)
    }
    return conflicts
  }

  static func decodeFiles(_ text: String) throws(JournalError) -> [FileDigest] {
    if text == "[]" { return [] }
    guard case .list(let items) = try decodeValue(text) else { throw unreadable(text) }
    var files: [FileDigest] = []
    files.reserveCapacity(items.count)
    for item in items {
      guard case .list(let pair) = item, pair.count == 2, case .string(let path) = pair[0] else {
        throw unreadable(text)
      }
      switch pair[1] {
      case .null: files.append(FileDigest(path: path, digest: nil))
      case .string(let hex):
        guard let digest = SHA256Digest(hex: hex) else { throw unreadable(text) }
        files.append(FileDigest(path: path, digest: digest))
      default: throw unreadable(text)
      }
    }
    return files
  }

  /// Nil for a note that is no note: its writer may be in the middle of it.
  static func decodeHolder(_ bytes: [UInt8]) -> LockHolder? {
    guard let value = try? JSONReader.read(bytes, from: .stored), case .int(let pid) = value["pid"],
      case .string(let host) = value["host"],
      case .int(let since) = value["since"], case .list(let words) = value["command"]
    else { return nil }
    let command = words.compactMap { if case .string(let word) = $0 { word } else { nil } }
    var run: Int64?
    if case .int(let id) = value["run"] { run = Int64(id) }
    return LockHolder(pid: pid, host: host, since: Int64(since), command: command, run: run)
  }

  private static func unreadable(_ text: String) -> JournalError {
    .damaged("the journal holds a value that cannot be read: \"\(text.prefix(80))\"")
  }
}
