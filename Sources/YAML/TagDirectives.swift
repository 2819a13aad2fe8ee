internal import Diagnostics
internal import SourceText

/// `%TAG` lines before a document.
enum TagDirectives {
  /// libyaml compares each with all others, so a file of nothing else would take it for ever. No plan has
  /// a use for one, as tags are errors.
  private static let most = 16

  /// Counts them from an offset up to the first line that is neither blank, nor a comment, nor a
  /// directive; reports and returns false if there are too many.
  static func areFew(
    _ bytes: [UInt8], from start: Int, to end: Int, into collector: inout DiagnosticCollector
  ) -> Bool {
    var count = 0
    var offset = start
    while offset < end {
      var lineEnd = offset
      while lineEnd < end, bytes[lineEnd] != 0x0A, bytes[lineEnd] != 0x0D { lineEnd += 1 }
      let line = bytes[offset..<lineEnd]
      if line.starts(with: "%TAG".utf8) {
        count += 1
        if count > most {
          collector.report(
            YAMLRules.tag, SourceRange(start: offset, end: lineEnd), "too many \"%TAG\" lines; a plan can not use tags")
          return false
        }
      } else if line.first != UInt8(ascii: "%") {
        let text = line.drop { $0 == 0x20 || $0 == 0x09 }
        if let first = text.first, first != UInt8(ascii: "#") { return true }
      }
      offset = lineEnd + 1
    }
    return true
  }
}
