package import Digest
package import PlanModel

/// Digests of declared files, and what differs between two looks at them.
package enum FileDigests {
  package struct Change: Hashable, Sendable {
    package var path: String
    package var isMissing: Bool
  }

  /// The files that patterns match now, each with its digest; a literal path that is not there has none.
  package static func of(_ patterns: [PathPattern], _ files: any FileProbe) throws(FileProbeError) -> [FileDigest] {
    if patterns.isEmpty { return [] }
    var paths = try files.matches(patterns)
    let found = Set(paths)
    for pattern in patterns where pattern.isLiteral && !pattern.isNegated && !found.contains(pattern.text) {
      paths.append(pattern.text)
    }
    var digests: [FileDigest] = []
    digests.reserveCapacity(paths.count)
    for path in paths { digests.append(FileDigest(path: path, digest: try files.digest(path))) }
    return digests
  }

  package static func digest(_ files: [FileDigest]) -> SHA256Digest? {
    if files.isEmpty { return nil }
    return SHA256.digest(of: files.map { "\($0.path)\u{0}\($0.digest?.hex ?? "-")\n" }.joined())
  }

  package static func firstDifference(
    from old: [FileDigest], to new: [FileDigest], except superseded: Set<String> = []
  ) -> Change? {
    if old == new { return nil }
    return differences(from: old, to: new, except: superseded).first
  }

  /// What is missing comes first.
  package static func differences(
    from old: [FileDigest], to new: [FileDigest], except superseded: Set<String> = []
  ) -> [Change] {
    let before = Dictionary(old.map { ($0.path, $0.digest) }, uniquingKeysWith: { a, _ in a })
    let after = Dictionary(new.map { ($0.path, $0.digest) }, uniquingKeysWith: { a, _ in a })
    var changes: [Change] = []
    for file in old where !superseded.contains(file.path) && after[file.path] == nil {
      changes.append(Change(path: file.path, isMissing: true))
    }
    for file in new where !superseded.contains(file.path) {
      if let was = before[file.path], was == file.digest { continue }
      changes.append(Change(path: file.path, isMissing: before[file.path] != nil && file.digest == nil))
    }
    return changes
  }
}
