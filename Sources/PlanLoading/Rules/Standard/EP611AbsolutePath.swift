internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let absolutePath = Rule(
    "EP611", "absolute-path", .warning,
    summary: "a path that exists on one machine only",
    explanation: """
      A path below someone's home folder leads nowhere on another machine, so commands with it fail and links to it \
      are dead. Write paths relative to the root of the repository, and name the working directory in words. The \
      living sections and Artifacts and Notes are not looked at, nor others whose headings are those of notes, of a log \
      or of a day: they tell what happened where it happened.
      """,
    bad: StandardExample.plan(end: "\n## Concrete Steps\n\n    cd /home/ada/src/events\n    make load\n"),
    good: StandardExample.plan(end: "\n## Concrete Steps\n\nFrom the repository root:\n\n    make load\n"))
}

/// EP611, one finding for a whole plan.
enum AbsolutePathRule {
  private static let phrases = PhraseSearch(["/users/", "/home/", ":\\"])

  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let bytes = subject.source.bytes
    var found: [SourceRange] = []
    var position = 0
    while let hit = phrases.first(in: bytes, from: position, to: bytes.count) {
      position = hit.place + 2
      let path = hit.phrase == 2 ? windowsPath(hit.place, bytes) : homePath(hit.place, bytes, hit.phrase == 0)
      guard let path, !tellsOfThePast(path, subject) else { continue }
      found.append(path)
      position = path.upperBound
    }
    guard let first = found.first else { return }
    let text = subject.source.text(
      SourceRange(start: first.lowerBound, end: min(first.upperBound, first.lowerBound + 60)))
    collector.report(
      .absolutePath, first,
      found.count == 1
        ? "\"\(text)\" is a path on one machine"
        : "\"\(text)\" is a path on one machine, one of \(found.count): \(subject.lineList(found))",
      notes: ["write it relative to the root of the repository"])
  }

  private static let past: Set<SectionKind> = [.progress, .surprises, .decisions, .outcomes, .artifacts]

  private static func tellsOfThePast(_ range: SourceRange, _ subject: StandardSubject) -> Bool {
    var next = subject.section(at: range.lowerBound)
    while let section = next {
      if past.contains(subject.kinds[section]) || isRecord(subject.plan.sections[section].heading.value) { return true }
      next = subject.plan.sections[section].parent
    }
    return false
  }

  /// `Validation notes`, `Change Log`, `2026-04-19 M2 corrections`.
  private static func isRecord(_ heading: String) -> Bool {
    let words = heading.lowercased().split(separator: " ")
    guard let first = words.first, let last = words.last else { return false }
    return ["notes", "log", "history"].contains(last) || isDate(first.utf8)
  }

  /// `2026-04-19`.
  private static func isDate(_ word: Substring.UTF8View) -> Bool {
    guard word.count == 10 else { return false }
    return word.enumerated().allSatisfy { place, byte in
      place == 4 || place == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
    }
  }

  /// Names that stand for anyone's.
  private static let anyone: Set<String> = [
    "you", "me", "name", "username", "yourname", "your-name", "example", "runner",
  ]

  /// `/home/NAME/…`, `/Users/NAME/…`.
  private static func homePath(_ start: Int, _ bytes: [UInt8], _ isMac: Bool) -> SourceRange? {
    guard bytes[start + 1] == (isMac ? UInt8(ascii: "U") : UInt8(ascii: "h")),
      start == 0 || begins(after: bytes[start - 1])
    else {
      return nil
    }
    let name = start + (isMac ? 7 : 6)
    var position = name
    while position < bytes.count, isPathByte(bytes[position]), bytes[position] != UInt8(ascii: "/") { position += 1 }
    guard position > name, position < bytes.count, bytes[position] == UInt8(ascii: "/"),
      !anyone.contains(String(decoding: bytes[name..<position], as: UTF8.self).lowercased())
    else { return nil }
    return SourceRange(start: start, end: end(position, bytes))
  }

  /// `C:\Users\…`: a capital, and not the end of a word.
  private static func windowsPath(_ colon: Int, _ bytes: [UInt8]) -> SourceRange? {
    guard colon > 0, bytes[colon - 1] >= UInt8(ascii: "A"), bytes[colon - 1] <= UInt8(ascii: "Z"),
      colon < 2 || begins(after: bytes[colon - 2]), colon + 2 < bytes.count,
      isLetter(bytes[colon + 2])
    else { return nil }
    return SourceRange(start: colon - 1, end: end(colon + 1, bytes))
  }

  private static func end(_ start: Int, _ bytes: [UInt8]) -> Int {
    var position = start
    while position < bytes.count, isPathByte(bytes[position]) { position += 1 }
    while position > start, bytes[position - 1] == UInt8(ascii: ".") { position -= 1 }
    return position
  }

  /// Whether a path may begin after a byte: no part of a longer path or of a URL.
  private static func begins(after byte: UInt8) -> Bool {
    byte <= 0x20 || byte >= 0x80 || "`'\"(<[=,:>|".utf8.contains(byte)
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80 || "/\\_-.+@~".utf8.contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }
}
