internal import Markdown
internal import SourceText

/// What stands after the opening fence of a code block: a language, and attributes in braces.
struct FenceInfo {
  /// In lower case; empty if none is named.
  var language = ""
  /// `{#build}`
  var id: Located<String>?
  /// `{needs="fetch"}`, and words without a value.
  var entries: [Entry] = []
  /// Whether there are braces.
  var isMarked = false

  struct Entry {
    var key: Located<String>
    var value: Located<String>?
  }

  init(_ source: SourceFile, _ range: SourceRange?) {
    guard let range, !range.isEmpty else { return }
    let bytes = source.bytes
    var index = range.lowerBound
    let end = range.upperBound
    let start = index
    // `rust,no_run` is Rust.
    while index < end, !FenceInfo.endsLanguage(bytes[index]) { index += 1 }
    language = source.text(SourceRange(start: start, end: index)).lowercased()
    while index < end, bytes[index] != UInt8(ascii: "{") { index += 1 }
    guard index < end else { return }
    isMarked = true
    index += 1
    while index < end {
      while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == UInt8(ascii: ",") {
        index += 1
      }
      if index == end || bytes[index] == UInt8(ascii: "}") { return }
      readEntry(source, &index, end)
    }
  }

  private static func endsLanguage(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "{") || byte == UInt8(ascii: ",")
  }

  private mutating func readEntry(_ source: SourceFile, _ index: inout Int, _ end: Int) {
    let bytes = source.bytes
    func word() -> Located<String> {
      let start = index
      while index < end, !FenceInfo.endsWord(bytes[index]) { index += 1 }
      // A lone quote or sign: it is passed over, so that the reading ends.
      if index == start { index += 1 }
      let range = SourceRange(start: start, end: index)
      return Located(source.text(range), range)
    }
    if bytes[index] == UInt8(ascii: "#") {
      index += 1
      if index < end { id = word() }
      return
    }
    let key = word()
    guard index < end, bytes[index] == UInt8(ascii: "=") else {
      entries.append(Entry(key: key, value: nil))
      return
    }
    index += 1
    guard index < end, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
      entries.append(Entry(key: key, value: index < end ? word() : nil))
      return
    }
    let quote = bytes[index]
    index += 1
    let start = index
    while index < end, bytes[index] != quote { index += 1 }
    let range = SourceRange(start: start, end: index)
    entries.append(Entry(key: key, value: Located(source.text(range), range)))
    index = min(index + 1, end)
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "}")
      || byte == UInt8(ascii: ",")
  }

  func has(_ word: String) -> Bool { entries.contains { $0.key.value == word && $0.value == nil } }

  func value(_ key: String) -> Located<String>? { entries.first { $0.key.value == key }?.value }
}
