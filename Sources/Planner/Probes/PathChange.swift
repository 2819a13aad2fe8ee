internal import PlanModel

/// What a `file` or `edit` step would change, with what is there and what will be.
package struct PathChange: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case file([UInt8])
    /// A file too large to be compared line by line, by its size in bytes.
    case large(Int)
    case folder
    case link(target: String)
    case other
  }

  package struct Side: Hashable, Sendable {
    package var content: Content
    /// Permission bits; nil: as the umask says.
    package var mode: UInt16?

    package init(_ content: Content, mode: UInt16? = nil) {
      self.content = content
      self.mode = mode
    }
  }

  /// Relative to the project root.
  package var path: String
  /// Nil: nothing is there.
  package var before: Side?
  /// Nil: nothing will be there.
  package var after: Side?

  package init(path: String, before: Side?, after: Side?) {
    self.path = path
    self.before = before
    self.after = after
  }

  /// Larger files are not compared, bytes.
  package static let sizeLimit = 1 << 20
}

extension DesiredFile {
  /// The change that makes the file as desired; nil when nothing is to be done.
  package func change(_ files: any FileProbe) throws(FileProbeError) -> PathChange? {
    guard difference != nil else { return nil }
    let status = try files.status(path)
    var change = PathChange(path: path, before: nil, after: nil)
    if let status { change.before = PathChange.Side(try present(status, files), mode: status.mode) }
    let kept = mode ?? change.before?.mode
    switch kind {
    case .content(let bytes):
      // Through a link its target is written, and a link to nothing has none.
      if case .link = status?.kind {
        let old = try files.content(path, limit: DesiredFile.sizeLimit)
        change.before = old.map { PathChange.Side(DesiredFile.content($0), mode: status?.mode) }
      }
      change.after = PathChange.Side(DesiredFile.content(bytes), mode: change.before == nil ? mode : kept)
    case .directory: change.after = PathChange.Side(.folder, mode: kept)
    case .link(let target): change.after = PathChange.Side(.link(target: target))
    case .absent: break
    case .unchanged:
      change.after = change.before
      change.after?.mode = kept
    }
    return change
  }

  private func present(_ status: FileStatus, _ files: any FileProbe) throws(FileProbeError) -> PathChange.Content {
    switch status.kind {
    case .directory: return .folder
    case .link(let target): return .link(target: target)
    case .other: return .other
    case .file:
      if let basis { return DesiredFile.content(basis) }
      guard status.size <= PathChange.sizeLimit else { return .large(status.size) }
      return DesiredFile.content(try files.content(path, limit: DesiredFile.sizeLimit) ?? [])
    }
  }

  private static func content(_ bytes: [UInt8]) -> PathChange.Content {
    bytes.count <= PathChange.sizeLimit ? .file(bytes) : .large(bytes.count)
  }
}
