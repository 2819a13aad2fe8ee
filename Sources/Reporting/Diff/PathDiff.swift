package import Planner

/// What a step would change at a path, in the form that `git diff` writes and `git apply` reads.
package struct PathDiff: Sendable {
  package enum Kind: String, Sendable {
    case created, changed, deleted
  }

  struct Line: Hashable {
    enum Kind { case header, hunk, context, removed, added, note }

    var kind: Kind
    var text: String
  }

  package let path: String
  package let kind: Kind
  /// Whether what is in the file is no text.
  package internal(set) var isBinary = false
  /// Lines that are left out because there are too many.
  package internal(set) var omittedLines = 0
  var lines: [Line] = []

  /// Lines of one diff that are shown at most.
  static let lineLimit = 400
  /// Characters of one line that are shown at most.
  static let widthLimit = 1000

  /// - Parameters:
  ///   - creationMask: the umask, for modes that the plan leaves to it.
  ///   - mask: puts something else in the place of secrets.
  package init(_ change: PathChange, creationMask: UInt16 = 0o022, mask: @escaping ([UInt8]) -> [UInt8] = { $0 }) {
    path = change.path
    kind = change.before == nil ? .created : change.after == nil ? .deleted : .changed
    var writer = PathDiffWriter(path: change.path, creationMask: creationMask, mask: mask)
    if let before = change.before, let after = change.after, !before.content.isAlike(after.content) {
      // A file in the place of a folder or a link: one goes, and the other comes.
      writer.write(from: before, to: nil)
      writer.write(from: nil, to: after)
    } else {
      writer.write(from: change.before, to: change.after)
    }
    isBinary = writer.isBinary
    lines = writer.lines
    if lines.count > PathDiff.lineLimit {
      omittedLines = lines.count - PathDiff.lineLimit
      lines.removeLast(omittedLines)
    }
  }

  /// For people: coloured, and harmless for a terminal.
  package func text(_ style: Style) -> String {
    var out = ""
    for line in lines { out += line.painted(style, atMost: PathDiff.widthLimit) }
    if omittedLines > 0 { out += style.paint("… (\(PeopleText.count(omittedLines, "more line"))", .skipped) + ")\n" }
    return out
  }

  /// For programs: as it is.
  package var patch: String { lines.map { $0.text + "\n" }.joined() }

  func write(to json: inout JSONText) {
    json.object { json in
      json.member("path", path)
      json.member("change", kind.rawValue)
      json.member("binary", isBinary)
      json.member("omitted_lines", omittedLines)
      json.member("patch", patch)
    }
  }
}

extension PathDiff.Line {
  /// - Parameter limit: how many characters are shown; nil: all.
  func painted(_ style: Style, atMost limit: Int? = nil) -> String {
    var shown = text
    if let limit, text.utf8.count > limit, text.count > limit { shown = "\(text.prefix(limit))…" }
    return style.paint(PrintableText.code(shown), kind.role) + "\n"
  }
}

extension PathDiff.Line.Kind {
  fileprivate var role: Style.Role? {
    switch self {
    case .header: .heading
    case .hunk: .running
    case .context: nil
    case .removed: .error
    case .added: .success
    case .note: .skipped
    }
  }
}

extension PathChange.Content {
  /// Whether one can be changed into the other.
  fileprivate func isAlike(_ other: PathChange.Content) -> Bool {
    switch (self, other) {
    case (.file, .file), (.file, .large), (.large, .file), (.large, .large), (.folder, .folder), (.link, .link),
      (.other, .other):
      true
    default: false
    }
  }
}
