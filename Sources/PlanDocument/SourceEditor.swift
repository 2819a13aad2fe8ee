package import Diagnostics
internal import SourceText

/// Applies fixes to the bytes of a file and leaves every other byte as it is.
package enum SourceEditor {
  package struct Outcome: Sendable {
    package let bytes: [UInt8]
    /// The indices of the fixes that were applied, in order.
    package let applied: [Int]
  }

  private struct Edit {
    var fix: Int
    var replacement: FixIt.Replacement
  }

  /// Applies all fixes that do not overlap with another; each is applied wholly or not at all.
  ///
  /// Of two that overlap, one is left out. It can be tried again on the new bytes, for which it has to be
  /// found anew. At least one fix is applied if any has replacements that are in the file and do not
  /// overlap with each other.
  package static func apply(_ fixes: [FixIt], to bytes: [UInt8]) -> Outcome {
    var isLeftOut = [Bool](repeating: false, count: fixes.count)
    var edits: [Edit] = []
    for (index, fix) in fixes.enumerated() {
      isLeftOut[index] = fix.replacements.isEmpty || fix.replacements.contains { $0.range.upperBound > bytes.count }
      if isLeftOut[index] { continue }
      edits.append(contentsOf: fix.replacements.map { Edit(fix: index, replacement: $0) })
    }
    edits.sort { ($0.replacement.range, $0.fix) < ($1.replacement.range, $1.fix) }
    var last: Edit?
    for edit in edits where !isLeftOut[edit.fix] {
      if let last, overlap(last.replacement, edit.replacement), !isLeftOut[last.fix] {
        isLeftOut[edit.fix] = true
      } else {
        last = edit
      }
    }
    return Outcome(
      bytes: rewrite(bytes, edits.lazy.filter { !isLeftOut[$0.fix] }.map(\.replacement)),
      applied: fixes.indices.filter { !isLeftOut[$0] })
  }

  /// Whether `b`, which does not begin before `a`, touches bytes of `a`, or both insert at one place.
  private static func overlap(_ a: FixIt.Replacement, _ b: FixIt.Replacement) -> Bool {
    b.range.start < a.range.end || (a.range == b.range && a.range.isEmpty)
  }

  private static func rewrite(_ bytes: [UInt8], _ replacements: some Sequence<FixIt.Replacement>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64)
    var position = 0
    for replacement in replacements {
      result.append(contentsOf: bytes[position..<replacement.range.lowerBound])
      result.append(contentsOf: replacement.text.utf8)
      position = replacement.range.upperBound
    }
    result.append(contentsOf: bytes[position...])
    return result
  }
}
