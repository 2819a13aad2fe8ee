internal import SourceText

/// What a reader sees of a piece of markdown inside one line: without the marks of emphasis, code and links.
struct CellText: Hashable {
  struct Link: Hashable {
    /// What is shown.
    var text: String
    var target: String
  }

  private(set) var text = ""
  private(set) var links: [Link] = []

  init(_ source: SourceFile, _ range: SourceRange) {
    self.init(source.bytes[range.lowerBound..<range.upperBound])
  }

  init(_ bytes: ArraySlice<UInt8>) {
    guard bytes.contains(where: CellReader.isMark) else {
      text = CellText.shown(bytes)
      return
    }
    var reader = CellReader(bytes)
    reader.read()
    text = reader.finish()
    links = reader.links
  }

  init(_ text: String) { self.init(Array(text.utf8)[...]) }

  /// A text without blanks around it, and with one for each run of them.
  fileprivate static func shown(_ bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.underestimatedCount)
    for byte in bytes {
      if byte == 0x20, result.last ?? 0x20 == 0x20 { continue }
      result.append(byte)
    }
    while result.last == 0x20 { result.removeLast() }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Reads the inline marks that plans use, in one pass.
private struct CellReader {
  /// A run of `*`, `_` or `~` that may begin an emphasis.
  private struct Opener {
    var character: UInt8
    var length: Int
    /// Where the run stands in `out`.
    var place: Int
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var out: [UInt8] = []
  /// Places in `out` whose bytes are marks of emphasis.
  private var isMark: [Bool] = []
  private var openers: [Opener] = []
  /// Where `[` stands in `out`.
  private var brackets: [Int] = []
  private(set) var links: [CellText.Link] = []
  /// Of each length, whether no further run of that many backticks follows: each is looked for once only.
  private var missingRuns: Set<Int> = []

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func read() {
    while position < bytes.endIndex {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\\"): readEscape()
      case UInt8(ascii: "`"): readCode()
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): readRun(byte)
      case UInt8(ascii: "["):
        brackets.append(out.count)
        put(byte)
      case UInt8(ascii: "]"): readBracketEnd()
      case UInt8(ascii: "<"): readAngle()
      case UInt8(ascii: "&"): readEntity()
      case UInt8(ascii: "!") where next == UInt8(ascii: "["): position += 1
      case 0x0A, 0x0D, 0x09: putBlank()
      default: put(byte)
      }
    }
  }

  func finish() -> String {
    CellText.shown(out.indices.lazy.filter { !isMark[$0] }.map { out[$0] })
  }

  /// Whether a byte is read otherwise than as it stands.
  static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "!"), 0x0A, 0x0D, 0x09:
      true
    default: false
    }
  }

  private var next: UInt8? { position + 1 < bytes.endIndex ? bytes[position + 1] : nil }

  private mutating func put(_ byte: UInt8) {
    add(byte)
    position += 1
  }

  private mutating func add(_ byte: UInt8) {
    out.append(byte)
    isMark.append(false)
  }

  private mutating func putBlank() {
    add(0x20)
    position += 1
  }

  private mutating func readEscape() {
    if let next, ASCII.isPunctuation(next) { position += 1 }
    put(bytes[position])
  }

  private mutating func readCode() {
    var end = position
    while end < bytes.endIndex, bytes[end] == UInt8(ascii: "`") { end += 1 }
    let length = end - position
    if let close = missingRuns.contains(length) ? nil : closingRun(of: length, from: end) {
      var index = end
      while index < close {
        // A pipe inside a table's cell is escaped even in code.
        if bytes[index] == UInt8(ascii: "\\"), index + 1 < close, bytes[index + 1] == UInt8(ascii: "|") { index += 1 }
        add(bytes[index])
        index += 1
      }
      position = close + length
    } else {
      missingRuns.insert(length)
      for _ in 0..<length { put(UInt8(ascii: "`")) }
    }
  }

  private func closingRun(of length: Int, from start: Int) -> Int? {
    var index = start
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "`") else {
        index += 1
        continue
      }
      let begin = index
      while index < bytes.endIndex, bytes[index] == UInt8(ascii: "`") { index += 1 }
      if index - begin == length { return begin }
    }
    return nil
  }

  /// A run is a mark when it can be paired with one of the same length: nothing else is emphasis here.
  private mutating func readRun(_ character: UInt8) {
    let before = out.last ?? 0x20
    let place = out.count
    let start = position
    while position < bytes.endIndex, bytes[position] == character { put(character) }
    let length = position - start
    let after = position < bytes.endIndex ? bytes[position] : 0x20
    if character == UInt8(ascii: "~"), length != 2 { return }
    let isWord = character == UInt8(ascii: "_")
    let closes = !ASCII.isSpace(before) && !(isWord && ASCII.isWord(after))
    if closes, let index = openers.lastIndex(where: { $0.character == character && $0.length == length }) {
      for offset in 0..<length {
        isMark[openers[index].place + offset] = true
        isMark[place + offset] = true
      }
      openers.removeSubrange(index...)
    } else if !ASCII.isSpace(after), !(isWord && ASCII.isWord(before)), openers.count < 32 {
      openers.append(Opener(character: character, length: length, place: place))
    }
  }

  /// `[text](target)` and `[text][name]` show their text.
  private mutating func readBracketEnd() {
    guard let begin = brackets.popLast() else { return put(bytes[position]) }
    let following = next
    if following == UInt8(ascii: "("), let end = closing(UInt8(ascii: ")"), from: position + 2) {
      let raw = String(decoding: bytes[position + 2..<end], as: UTF8.self)
      let target = raw.split(separator: " ").first.map(String.init) ?? ""
      isMark[begin] = true
      let shown = zip(out[(begin + 1)...], isMark[(begin + 1)...]).filter { !$0.1 }.map(\.0)
      let address = target.hasPrefix("<") && target.hasSuffix(">") ? String(target.dropFirst().dropLast()) : target
      links.append(CellText.Link(text: String(decoding: shown, as: UTF8.self), target: address))
      position = end + 1
    } else if following == UInt8(ascii: "["), let end = closing(UInt8(ascii: "]"), from: position + 2) {
      isMark[begin] = true
      position = end + 1
    } else {
      put(bytes[position])
    }
  }

  private func closing(_ character: UInt8, from start: Int) -> Int? {
    guard start <= bytes.endIndex else { return nil }
    // A link's target is short; without a bound many open brackets would be looked at again and again.
    return bytes[start...].prefix(2_048).firstIndex(of: character)
  }

  /// `<br>` is a blank, an address in angle brackets is itself; other tags stay as they are.
  private mutating func readAngle() {
    guard let end = bytes[position...].prefix(256).firstIndex(of: UInt8(ascii: ">")) else {
      return put(bytes[position])
    }
    let inside = bytes[(position + 1)..<end]
    if inside.starts(with: "br".utf8), inside.dropFirst(2).allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "/") }) {
      add(0x20)
      position = end + 1
    } else if inside.contains(UInt8(ascii: ":")), !inside.contains(0x20) {
      for byte in inside { add(byte) }
      position = end + 1
    } else {
      put(bytes[position])
    }
  }

  private mutating func readEntity() {
    for (name, text) in CellReader.entities where bytes[position...].starts(with: name.utf8) {
      for byte in text.utf8 { add(byte) }
      position += name.utf8.count
      return
    }
    put(bytes[position])
  }

  private static let entities = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&#124;", "|"),
  ]
}
