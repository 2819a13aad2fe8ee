/// What an external action answers to `probe`, `apply` and `undo`.
package struct ActionReply: Hashable, Sendable {
  package struct Failure: Hashable, Sendable {
    package var message: String
    /// Whether trying the same again may help.
    package var isRetryable: Bool
  }

  /// Of a probe: whether what is asked for is there already; nil: it can't tell.
  package var isDone: Bool?
  /// Of `apply` and `undo`: whether anything was changed.
  package var changed: Bool?
  package var reason: String?
  package var values: [Value.Entry]
  /// Paths of files that it made, relative to the project root.
  package var artifacts: [String]
  package var failure: Failure?

  /// Bytes of a reply.
  package static var limit: Int { ReplyReader.limit }
  private static let artifactLimit = 10_000

  /// - Throws: when the text is no reply.
  package init(reading bytes: [UInt8]) throws(ActionReplyProblem) {
    let reader = try ReplyReader(bytes, what: "its reply")
    isDone = try reader.flag("done")
    changed = try reader.flag("changed")
    reason = try reader.text("reason")
    values = []
    artifacts = []
    if let value = reader["values"] {
      guard case .map(let entries) = value else { throw reader.problem("\"values\" is a mapping") }
      for entry in entries {
        guard ActionReply.isName(entry.key) else {
          throw reader.problem("a value can't be called \"\(entry.key.prefix(40))\"")
        }
      }
      values = entries
    }
    if let value = reader["artifacts"] {
      guard case .list(let paths) = value, paths.count <= ActionReply.artifactLimit else {
        throw reader.problem("\"artifacts\" is a list of at most \(ActionReply.artifactLimit) paths")
      }
      for path in paths {
        guard case .string(let text) = path, ActionReply.isInside(text) else {
          throw reader.problem("\"artifacts\" holds something that is no path inside the project")
        }
        artifacts.append(text)
      }
    }
    if let value = reader["error"] { failure = try ActionReply.failure(value, reader) }
  }

  private static func failure(_ value: Value, _ reader: ReplyReader) throws(ActionReplyProblem) -> Failure {
    guard case .map(let fields) = value else { throw reader.problem("\"error\" is a mapping with \"message\"") }
    guard case .string(let text)? = fields.first(where: { $0.key == "message" })?.value else {
      throw reader.problem("\"error\" needs \"message\", a text")
    }
    var isRetryable = true
    switch fields.first(where: { $0.key == "retryable" })?.value {
    case .bool(let flag): isRetryable = flag
    case nil, .null: break
    default: throw reader.problem("\"retryable\" is true or false")
    }
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return Failure(
      message: line.isEmpty ? "it failed" : String(line.prefix(ReplyReader.textLimit)), isRetryable: isRetryable)
  }

  /// `[A-Za-z0-9_][A-Za-z0-9_.-]*`, as for values that a program publishes.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 128, first != UInt8(ascii: "."), first != UInt8(ascii: "-")
    else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
      default: false
      }
    }
  }

  private static func isInside(_ path: String) -> Bool {
    guard !path.isEmpty, !path.hasPrefix("/"), path.utf8.count <= 4096, !path.utf8.contains(where: { $0 < 0x20 }) else {
      return false
    }
    return path.split(separator: "/").allSatisfy { $0 != ".." }
  }
}
