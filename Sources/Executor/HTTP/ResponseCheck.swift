internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Compares a response with what is expected, in words.
struct ResponseCheck {
  let expect: HTTPExpectation
  let scope: RunScope
  let masker: StreamMasker

  /// - Parameter duration: milliseconds that it took.
  /// - Returns: what does not hold; nil when all does.
  func mismatch(_ response: WebResponse, duration: Int) throws(EvaluationError) -> String? {
    if expect.status.isEmpty {
      if !(200...299).contains(response.status) { return unexpected(response) }
    } else if let text = try mismatch(expect.status, .int(response.status), "the status") {
      return text + hint(response)
    }
    for header in expect.headers {
      let name = header.name.value
      guard let value = response.header(name.lowercased()) else {
        return "the response has no header \"\(name)\""
      }
      if let text = try mismatch(header.value, .string(value), "the header \"\(name)\"") { return text }
    }
    if !expect.json.isEmpty, let text = try jsonMismatch(response) { return text }
    if !expect.body.isEmpty {
      guard let body = response.text else { return "the body of the response is not UTF-8 text" }
      if let text = try mismatch(expect.body, .string(body), "the body") { return text }
    }
    return try mismatch(expect.duration, .int(duration), "the time of the response in milliseconds")
  }

  private func jsonMismatch(_ response: WebResponse) throws(EvaluationError) -> String? {
    let document: Value
    do throws(JSONError) {
      document = try response.json()
    } catch {
      return "the response is not JSON: \(error.message) at byte \(error.offset)\(hint(response))"
    }
    for member in expect.json {
      let place = member.pointer.text.isEmpty ? "the response" : "\"\(member.pointer.text)\""
      guard let value = member.pointer.value(in: document) else {
        return "\(place) is not in the response\(hint(response))"
      }
      if let text = try mismatch(member.value, value, place) { return text }
    }
    return nil
  }

  private func mismatch(
    _ comparisons: [Comparison], _ found: Value, _ what: String
  ) throws(EvaluationError) -> String? {
    try ExpectationCheck.mismatch(comparisons, found, what, in: scope, masker: masker)
  }

  private func unexpected(_ response: WebResponse) -> String {
    let place = response.isRedirect ? response.redirect.map { ", redirected to \"\(masked($0).prefix(200))\"" } : nil
    return "the status is \(masked(response.statusText).prefix(60)), expected 200 to 299\(place ?? hint(response))"
  }

  /// The first line of what the server says about it.
  private func hint(_ response: WebResponse) -> String {
    let text = masked(String(decoding: response.body.prefix(4000), as: UTF8.self))
    guard let line = text.split(whereSeparator: \.isNewline).first else { return "" }
    return ": \"\(line.prefix(120))\(line.count > 120 ? "…" : "")\""
  }

  private func masked(_ text: String) -> String { TerminalText.sanitized(masker.masked(text)) }
}
