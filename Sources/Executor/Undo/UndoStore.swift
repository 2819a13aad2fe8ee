internal import Digest
package import Journal
internal import Planner
package import Subprocess

/// The undo records of a state directory: `undo/RUN/ATTEMPT.undo`, of mode 0600.
package struct UndoStore: Sendable {
  private let folder: String

  package init(_ state: StateDirectory) {
    folder = state.undo
  }

  /// Runs of one plan whose records are kept; only the latest can be taken back, and the others are for people.
  package static let keptRuns = 5

  private static let suffix = ".undo"
  /// More than a record without its content ever has: paths, and attributes in hexadecimal digits.
  private static let recordLimit = 64 << 10 + 3 * FileTraits.attributeLimit
  /// Almost every record ends within this.
  private static let usualLimit = 16 << 10

  private func path(_ run: Int64, _ attempt: Int64) -> String { "\(folder)/\(run)/\(attempt)\(UndoStore.suffix)" }

  /// Puts a record on the disk, with the content that it tells of.
  package func write(_ record: UndoRecord, content: [UInt8]?) throws(SystemError) {
    try PrivateFolder.make(folder)
    try PrivateFolder.make("\(folder)/\(record.run)")
    try PrivateFile.replace(path(record.run, record.attempt), with: Array(record.json.utf8) + [0x0A] + (content ?? []))
  }

  /// All of a run, in the order of their attempts; what is no record is left out.
  package func records(run: Int64) -> [UndoRecord] {
    let names = (try? DirectoryListing.names(in: "\(folder)/\(run)")) ?? []
    let attempts = names.filter { $0.hasSuffix(UndoStore.suffix) }.compactMap {
      Int64($0.dropLast(UndoStore.suffix.count))
    }
    return attempts.sorted().compactMap { record(run: run, attempt: $0) }
  }

  /// What one attempt changed; nil when nothing is recorded.
  package func record(run: Int64, attempt: Int64) -> UndoRecord? {
    for limit in [UndoStore.usualLimit, UndoStore.recordLimit] {
      guard let bytes = try? PrivateFile.read(path(run, attempt), upTo: limit) else { return nil }
      let line = bytes.prefix { $0 != 0x0A }
      if line.count < limit { return UndoRecord(json: Array(line)) }
    }
    return nil
  }

  /// The content that was there before; nil when none is kept, or when it is not what was kept.
  package func content(of record: UndoRecord) -> [UInt8]? {
    guard let size = record.keptSize,
      let bytes = try? PrivateFile.read(
        path(record.run, record.attempt), upTo: UndoStore.recordLimit + DesiredFile.sizeLimit + 1),
      let end = bytes.firstIndex(of: 0x0A)
    else { return nil }
    let content = Array(bytes[(end + 1)...])
    guard content.count == size, SHA256.digest(of: content) == record.before.digest else { return nil }
    return content
  }

  /// The runs that have records.
  package var runs: [Int64] { ((try? DirectoryListing.names(in: folder)) ?? []).compactMap { Int64($0) }.sorted() }

  /// Removes the records of a run; what can't be removed is left to `runs --prune`.
  package func remove(run: Int64) {
    for name in (try? DirectoryListing.names(in: "\(folder)/\(run)")) ?? [] {
      PrivateFile.remove("\(folder)/\(run)/\(name)")
    }
    PrivateFolder.remove("\(folder)/\(run)")
  }
}
