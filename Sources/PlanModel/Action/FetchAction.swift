/// A file that is got from a URL.
package struct FetchAction: Hashable, Sendable {
  package var url: Template
  package var headers: [HTTPRequest.Header]
  package var path: PathPattern
  /// 64 hexadecimal digits, in lower case unless an expression makes them. With it a file that is there already is not
  /// got again.
  package var sha256: Template?
  /// Bytes of the largest file that is taken.
  package var sizeLimit = FetchAction.usualSizeLimit
  /// Permission bits, `0o644`.
  package var mode: UInt16?
  /// Whether the path may lie outside the project, or lead there through links.
  package var allowsOutside: Bool

  package init(
    url: Template, headers: [HTTPRequest.Header] = [], path: PathPattern, sha256: Template? = nil,
    mode: UInt16? = nil, allowsOutside: Bool = false
  ) {
    self.url = url
    self.headers = headers
    self.path = path
    self.sha256 = sha256
    self.mode = mode
    self.allowsOutside = allowsOutside
  }

  /// What `max_size` is when nothing is said: an answer that never ends fills no disk.
  package static let usualSizeLimit = 10_000_000_000

  var expressions: [Expression] {
    url.expressions + headers.flatMap(\.value.expressions) + (sha256?.expressions ?? [])
  }

  /// The digest that the file must have, in lower case; nil when the plan says none.
  package func digest(in scope: some EvaluationScope) throws(EvaluationError) -> String? {
    guard let sha256 else { return nil }
    let text = try sha256.renderText(in: scope)
    let digest = text.lowercased()
    guard Check.isSHA256(digest) else {
      throw EvaluationError(
        "\"sha256\" is \"\(text.prefix(80))\", and a SHA-256 digest has 64 hexadecimal digits", sha256.range)
    }
    return digest
  }
}
