/// Why what an external action answered can't be used, in words.
package struct ActionReplyProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line.
  package var message: String

  /// - Parameter message: may hold names that the program wrote; line ends in them become U+FFFD.
  package init(_ message: String) {
    self.message = String(message.map { $0.isNewline ? "\u{FFFD}" : $0 })
  }

  package var description: String { message }
}

/// The fields of one JSON object that a program wrote: anything may stand in it.
struct ReplyReader {
  /// Bytes of a reply.
  static let limit = 1 << 20
  /// Characters of a text that is shown in one line.
  static let textLimit = 500

  private let fields: [Value.Entry]
  private let what: String

  init(_ bytes: [UInt8], what: String) throws(ActionReplyProblem) {
    self.what = what
    guard bytes.count <= ReplyReader.limit else { throw ActionReplyProblem("\(what) has more than 1 MiB") }
    guard bytes.contains(where: { !($0 == 0x20 || (0x09...0x0D).contains($0)) }) else {
      throw ActionReplyProblem("it wrote nothing where \(what) is due")
    }
    let value: Value
    do throws(JSONError) {
      value = try JSONReader.read(bytes)
    } catch {
      throw ActionReplyProblem("\(what) is no JSON: \(error.message) at byte \(error.offset)")
    }
    guard case .map(let fields) = value else { throw ActionReplyProblem("\(what) is no JSON object") }
    self.fields = fields
  }

  func problem(_ message: String) -> ActionReplyProblem { ActionReplyProblem("\(what) can't be used: \(message)") }

  /// Nil for what is not there, and for null.
  subscript(name: String) -> Value? {
    guard let value = fields.first(where: { $0.key == name })?.value, value != .null else { return nil }
    return value
  }

  func flag(_ name: String) throws(ActionReplyProblem) -> Bool? {
    guard let value = self[name] else { return nil }
    guard case .bool(let flag) = value else { throw problem("\"\(name)\" is true or false") }
    return flag
  }

  /// A text of one line, cut to what a message has room for.
  func text(_ name: String) throws(ActionReplyProblem) -> String? {
    guard let value = self[name] else { return nil }
    guard case .string(let text) = value else { throw problem("\"\(name)\" is a text") }
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.count > ReplyReader.textLimit ? line.prefix(ReplyReader.textLimit - 1) + "…" : line
  }
}
