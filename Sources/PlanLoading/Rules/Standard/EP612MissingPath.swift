internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let missingPath = Rule(
    "EP612", "missing-path", .warning,
    summary: "a file that the plan describes is not there",
    explanation: """
      Context and Orientation describes what is there now, so the files that it names in backticks must exist, with \
      paths from the root of the repository. Only paths are looked at whose first folder exists, and only while the \
      work is not done: a plan that is done tells of files that may have moved since.
      """,
    bad: StandardExample.plan(
      end: "\n## Context and Orientation\n\nThe loader is in `scripts/laod.py`, beside `scripts/check.py`.\n"),
    good: StandardExample.plan(
      end: "\n## Context and Orientation\n\nThe loader will be the first file of the repository.\n"))
}

/// EP612, one finding for a whole plan.
enum MissingPathRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    guard let files = subject.files, !subject.living.isDone else { return }
    var seen: Set<String> = []
    var found: [(path: String, range: SourceRange)] = []
    subject.eachParagraph {
      $0 == .context
    } _: { index, _ in
      for line in subject.plan.markdown.lines(of: index) {
        for range in CodeSpans(subject.source, line) {
          guard let path = path(subject.source.bytes[range.lowerBound..<range.upperBound]), seen.insert(path).inserted,
            !files.exists(path),
            let folder = path.split(separator: "/").first, files.exists(String(folder))
          else { continue }
          found.append((path, range))
        }
      }
    }
    guard let first = found.first else { return }
    let others = found.dropFirst().prefix(4).map { "\"\($0.path)\"" }.joined(separator: ", ")
    let more = found.count > 5 ? " and \(found.count - 5) more" : ""
    collector.report(
      .missingPath, first.range,
      "there is no file \"\(first.path)\"" + (others.isEmpty ? "" : ", nor \(others)\(more)"),
      notes: ["paths are relative to the project root; say it in words if a file is yet to be made"])
  }

  /// The text of a code span if it is the path of a file in a folder of the repository.
  private static func path(_ text: ArraySlice<UInt8>) -> String? {
    let path = text.starts(with: "./".utf8) ? text.dropFirst(2) : text
    guard path.allSatisfy({ isNameByte($0) || "/_-.+@".utf8.contains($0) }), let first = path.first,
      first != UInt8(ascii: "/"), let slash = path.lastIndex(of: UInt8(ascii: "/"))
    else { return nil }
    for index in path.indices.dropFirst() where path[index] == path[index - 1] {
      if path[index] == UInt8(ascii: ".") || path[index] == UInt8(ascii: "/") { return nil }
    }
    let name = path[(slash + 1)...]
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex, dot + 1 < name.endIndex,
      name[(dot + 1)...].allSatisfy({ isNameByte($0) })
    else { return nil }
    return String(decoding: path, as: UTF8.self)
  }

  /// A letter or digit of ASCII.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || (byte >= 0x30 && byte <= 0x39)
  }
}

/// The texts between single backticks on a line.
private struct CodeSpans: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init(_ source: SourceFile, _ line: SourceRange) {
    bytes = source.bytes
    position = line.lowerBound
    end = line.upperBound
  }

  mutating func next() -> SourceRange? {
    while position < end, bytes[position] != UInt8(ascii: "`") { position += 1 }
    let start = position + 1
    guard start < end else { return nil }
    position = start
    while position < end, bytes[position] != UInt8(ascii: "`") { position += 1 }
    guard position < end else { return nil }
    defer { position += 1 }
    return SourceRange(start: start, end: position)
  }
}
