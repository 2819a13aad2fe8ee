/// A file that is got from a URL.
package struct FetchAction: Hashable, Sendable {
  package var url: Template
  package var headers: [HTTPRequest.Header]
  package var path: PathPattern
  /// 64 hexadecimal digits, lower case. With it a file that is there already is not got again.
  package var sha256: Check.SHA256Text?
  /// Permission bits, `0o644`.
  package var mode: UInt16?
  /// Whether the path may lie outside the project, or lead there through links.
  package var allowsOutside: Bool

  package init(
    url: Template, headers: [HTTPRequest.Header] = [], path: PathPattern, sha256: Check.SHA256Text? = nil,
    mode: UInt16? = nil, allowsOutside: Bool = false
  ) {
    self.url = url
    self.headers = headers
    self.path = path
    self.sha256 = sha256
    self.mode = mode
    self.allowsOutside = allowsOutside
  }

  var expressions: [Expression] { url.expressions + headers.flatMap(\.value.expressions) }
}
