internal import Diagnostics
internal import SourceText

/// The lines and columns of all places that the findings of one file name.
///
/// Worked out in one pass over sorted offsets: 10,000 findings in a file that is one long line would
/// otherwise count the columns of that line 10,000 times.
struct LocationIndex {
  private var offsets: [UInt32] = []
  private var locations: [SourceLocation] = []

  init(_ findings: FileDiagnostics) {
    var wanted: [UInt32] = []
    for diagnostic in findings.diagnostics {
      wanted += [diagnostic.range.start, diagnostic.range.end]
      for related in diagnostic.related { wanted += [related.range.start, related.range.end] }
      for replacement in diagnostic.fix?.replacements ?? [] {
        wanted += [replacement.range.start, replacement.range.end]
      }
    }
    wanted.sort()
    let file = findings.file
    var lineIndex = -1
    var position = 0
    var column = 1
    for offset in wanted where offsets.last != offset {
      let end = min(Int(offset), file.bytes.count)
      let line = file.lineIndex(of: end)
      if line != lineIndex {
        lineIndex = line
        position = Int(file.lineStarts[line])
        if position == 0, file.hasByteOrderMark { position = 3 }
        column = 1
      }
      while position < end {
        if file.bytes[position] & 0xC0 != 0x80 { column += 1 }
        position += 1
      }
      offsets.append(offset)
      locations.append(SourceLocation(line: line + 1, column: column, offset: end))
    }
  }

  /// The place of an offset that one of the findings names.
  subscript(offset: UInt32) -> SourceLocation {
    var low = 0
    var high = offsets.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if offsets[middle] <= offset { low = middle } else { high = middle }
    }
    return locations.isEmpty ? SourceLocation(line: 1, column: 1, offset: 0) : locations[low]
  }

  func start(_ range: SourceRange) -> SourceLocation { self[range.start] }
  func end(_ range: SourceRange) -> SourceLocation { self[range.end] }
}
