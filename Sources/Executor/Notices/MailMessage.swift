internal import Digest
internal import PlanModel
internal import SourceText

/// An e-mail as `sendmail -t` reads it (RFC 5322).
struct MailMessage {
  var to: [String]
  var from: String?
  var subject: String
  var text: String

  /// - Throws: when a value would make another message of it.
  init(_ email: Notice.Email, _ outcome: RunOutcome, in scope: some EvaluationScope) throws(EvaluationError) {
    to = []
    for template in email.to { to.append(try MailMessage.address(template, in: scope)) }
    from = try email.from.map { template throws(EvaluationError) in try MailMessage.address(template, in: scope) }
    subject = try email.subject?.renderText(in: scope) ?? "\(outcome.title): \(outcome.state.rawValue)"
    text = try email.text?.renderText(in: scope) ?? outcome.text
    // The title of a plan may have several lines; a header can't.
    subject = subject.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func address(_ template: Template, in scope: some EvaluationScope) throws(EvaluationError) -> String {
    let text = try template.renderText(in: scope)
    if let problem = MailAddress.problem(with: text) { throw EvaluationError(problem, template.range) }
    return text
  }

  /// Line ends are those of the system: sendmail makes of them what goes over the wire.
  var bytes: [UInt8] {
    var lines = ["To: \(to.joined(separator: ", "))"]
    if let from { lines.append("From: \(from)") }
    lines += [
      "Subject: \(MailMessage.encoded(subject))", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit", "Auto-Submitted: auto-generated", "", text, "",
    ]
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// A header holds ASCII; anything else stands in encoded words (RFC 2047), of at most 75 characters each.
  private static func encoded(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !text.contains("=?") { return text }
    var words: [String] = []
    var piece: [UInt8] = []
    func flush() {
      if !piece.isEmpty { words.append("=?utf-8?B?\(base64(piece))?=") }
      piece = []
    }
    for character in text {
      let bytes = Array(String(character).utf8)
      // 45 bytes are 60 characters, and a character is never divided.
      if piece.count + bytes.count > 45 { flush() }
      piece += bytes
    }
    flush()
    return words.joined(separator: "\n ")
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var number = 0
      for index in 0..<3 { number = number << 8 | (index < group.count ? Int(group[start + index]) : 0) }
      for index in 0..<4 {
        text.append(index <= group.count ? digits[number >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
