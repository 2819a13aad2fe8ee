/// Where the search stands; positions count the bytes of the whole stream.
struct MaskScan: Sendable {
  /// Blanks and line breaks that may stand between two characters of a secret in base64 or hex: a line break and an
  /// indentation. More end the search, so that what is held back is bounded.
  private static let gapLimit = 64

  private var plain: PatternSearch
  private var percent: PatternSearch
  private var escaped: PatternSearch
  private var folded: PatternSearch
  private var percentReader = EscapeReader(.percent)
  private var escapeReader = EscapeReader(.backslash)
  private var gap = 0
  var position = 0
  /// What was read and not given out yet, from `position - held.count` on.
  var held: [UInt8] = []
  /// Stretches of secrets that were not given out yet, in order, none touching another.
  private(set) var covered: [Range<Int>] = []
  /// Where the last `***` that was given out ends.
  private var maskEnd = -1

  init(_ forms: SecretForms) {
    plain = PatternSearch(forms.plain)
    percent = PatternSearch(forms.percent)
    escaped = PatternSearch(forms.escaped)
    folded = PatternSearch(forms.folded)
  }
}

extension MaskScan {
  /// Whether there is nothing to find.
  var isEmpty: Bool { plain.automaton.isEmpty }

  /// Whether the byte does something when nothing has begun.
  func mayBegin(with byte: UInt8) -> Bool {
    byte == percentReader.kind.mark || byte == escapeReader.kind.mark
      || [plain, percent, escaped, folded].contains { $0.automaton.begins(with: byte) }
  }

  mutating func search(_ bytes: [UInt8], _ begins: [Bool]) {
    let base = position
    var isIdle = self.isIdle
    for index in bytes.indices {
      let byte = bytes[index]
      if isIdle, !begins[Int(byte)] { continue }
      take(byte, at: base + index)
      isIdle = self.isIdle
    }
    position += bytes.count
  }

  private var isIdle: Bool {
    plain.isIdle && percent.isIdle && escaped.isIdle && folded.isIdle && percentReader.openCount == 0
      && escapeReader.openCount == 0
  }

  private mutating func take(_ byte: UInt8, at position: Int) {
    if let start = plain.take(byte, from: position) { cover(start..<position + 1) }
    if percentReader.passes(byte) {
      if let start = percent.take(byte, from: position) { cover(start..<position + 1) }
    } else {
      // The reader is taken out, as what it calls changes the rest.
      var reader = EscapeReader(.percent)
      swap(&reader, &percentReader)
      reader.take(byte, at: position) { byte, range in
        if let start = percent.take(byte, from: range.lowerBound) { cover(start..<range.upperBound) }
      }
      swap(&reader, &percentReader)
    }
    if escapeReader.passes(byte) {
      if let start = escaped.take(byte, from: position) { cover(start..<position + 1) }
    } else {
      var reader = EscapeReader(.backslash)
      swap(&reader, &escapeReader)
      reader.take(byte, at: position) { byte, range in
        if let start = escaped.take(byte, from: range.lowerBound) { cover(start..<range.upperBound) }
      }
      swap(&reader, &escapeReader)
    }
    if byte == 0x20 || (byte <= 0x0D && byte >= 0x09) {
      gap += 1
      if gap > MaskScan.gapLimit { folded.reset() }
    } else {
      gap = 0
      if let start = folded.take(byte, from: position) { cover(start..<position + 1) }
    }
  }

  /// Where what may be the beginning of a secret begins; the end of what was read when nothing may be.
  var undecided: Int {
    var place = position - max(percentReader.openCount, escapeReader.openCount)
    for begun in [plain.begun, percent.begun, escaped.begun, folded.begun] {
      if let begun { place = min(place, begun) }
    }
    return place
  }

  /// Notes a stretch; it ends a few bytes before the last byte read, or there.
  private mutating func cover(_ range: Range<Int>) {
    var range = range
    var index = covered.count
    while index > 0, covered[index - 1].upperBound >= range.lowerBound {
      index -= 1
      guard covered[index].lowerBound <= range.upperBound else { continue }
      range =
        min(covered[index].lowerBound, range.lowerBound)..<max(covered[index].upperBound, range.upperBound)
      covered.remove(at: index)
    }
    covered.insert(range, at: index)
  }

  mutating func giveOut(upTo end: Int) -> [UInt8] {
    let start = position - held.count
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var place = start
    var done = 0
    for range in covered {
      if range.lowerBound >= end { break }
      if place < range.lowerBound { result += held[(place - start)..<(range.lowerBound - start)] }
      if range.lowerBound != maskEnd { result += StreamMasker.mask }
      place = min(range.upperBound, end)
      maskEnd = place
      if range.upperBound > end {
        covered[done] = end..<range.upperBound
        break
      }
      done += 1
    }
    covered.removeFirst(done)
    if place < end { result += held[(place - start)..<(end - start)] }
    held.removeFirst(end - start)
    return result
  }

  mutating func restart() {
    plain.reset()
    percent.reset()
    escaped.reset()
    folded.reset()
    percentReader = EscapeReader(.percent)
    escapeReader = EscapeReader(.backslash)
    gap = 0
    position = 0
    held = []
    covered = []
    maskEnd = -1
  }
}
