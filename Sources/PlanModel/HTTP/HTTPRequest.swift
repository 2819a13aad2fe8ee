package import SourceText

/// A request as a plan describes it.
package struct HTTPRequest: Hashable, Sendable {
  package struct Header: Hashable, Sendable {
    /// As written; names are compared without regard to case.
    package var name: Located<String>
    package var value: Template

    package init(name: Located<String>, value: Template) {
      self.name = name
      self.value = value
    }
  }

  package var url: Template
  package var method: HTTPMethod
  package var headers: [Header]
  package var body: RequestBody?
  /// How many redirects are followed, for methods that only ask for something.
  package var redirects: Int
  /// Bytes that the body of the response may have.
  package var sizeLimit: Int

  /// What `redirects` is when nothing is said.
  package static let usualRedirects = 5
  /// What `max_size` is when nothing is said: the body is held in memory and becomes a value.
  package static let usualSizeLimit = 1 << 20

  package init(
    url: Template, method: HTTPMethod = .get, headers: [Header] = [], body: RequestBody? = nil,
    redirects: Int = HTTPRequest.usualRedirects, sizeLimit: Int = HTTPRequest.usualSizeLimit
  ) {
    self.url = url
    self.method = method
    self.headers = headers
    self.body = body
    self.redirects = redirects
    self.sizeLimit = sizeLimit
  }

  /// Every expression in the request.
  package var expressions: [Expression] {
    url.expressions + headers.flatMap(\.value.expressions) + (body?.expressions ?? [])
  }

  /// The header of a name, which is given in lower case.
  package func header(_ name: String) -> Header? {
    headers.first { $0.name.value.lowercased() == name }
  }
}
