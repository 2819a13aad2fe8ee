internal import PlanModel
internal import Planner
internal import SourceText

/// A request with all its values, ready to be sent.
struct WebRequest: Sendable {
  struct Header: Hashable, Sendable {
    var name: String
    var value: String
    /// Not for another server than the one that it was written for.
    var isPrivate: Bool
  }

  var url: String
  var method: HTTPMethod = .get
  var headers: [Header] = []
  var body: [UInt8]?
  /// Whether the body holds a secret, and so may not lie on a disk.
  var hasSecretBody = false
  var redirects = HTTPRequest.usualRedirects
  var sizeLimit = HTTPRequest.usualSizeLimit

  init(url: String) { self.url = url }

  /// - Throws: when an expression has no value, or a value can't stand where it is to.
  init(_ request: HTTPRequest, in scope: RunScope) throws(EvaluationError) {
    url = try WebRequest.url(request.url, in: scope)
    method = request.method
    redirects = request.method.isSafe ? request.redirects : 0
    sizeLimit = request.sizeLimit
    for header in request.headers { headers.append(try WebRequest.header(header, in: scope)) }
    switch request.body {
    case .text(let template)?:
      body = Array(try template.renderText(in: scope).utf8)
      hasSecretBody = template.readsSecret
      addHeader("content-type", "text/plain; charset=utf-8")
    case .json(let json)?:
      body = Array(JSONWriter.compact(try json.render(in: scope)).utf8)
      hasSecretBody = json.expressions.contains { !$0.secretNames.isEmpty }
      addHeader("content-type", "application/json")
    case nil: break
    }
  }

  /// A file that is to be got.
  init(_ fetch: FetchAction, in scope: RunScope) throws(EvaluationError) {
    url = try WebRequest.url(fetch.url, in: scope)
    sizeLimit = fetch.sizeLimit
    for header in fetch.headers { headers.append(try WebRequest.header(header, in: scope)) }
  }

  /// Adds a header, unless the plan gives one of this name.
  mutating func addHeader(_ name: String, _ value: String) {
    if headers.contains(where: { $0.name.lowercased() == name }) { return }
    headers.append(Header(name: name, value: value, isPrivate: false))
  }

  /// The same request for where it was redirected to: what is private stays with the server that it was meant for.
  func redirected(to url: String, isSameOrigin: Bool) -> WebRequest {
    var next = self
    next.url = url
    if !isSameOrigin { next.headers.removeAll(where: \.isPrivate) }
    return next
  }

  private static func url(_ template: Template, in scope: RunScope) throws(EvaluationError) -> String {
    let url = try template.renderURL(in: scope)
    do throws(WebAddress.Problem) {
      _ = try WebAddress(url)
    } catch {
      throw EvaluationError(error.message, template.range)
    }
    return url
  }

  static func header(_ header: HTTPRequest.Header, in scope: RunScope) throws(EvaluationError) -> Header {
    let value = try header.value.renderText(in: scope)
    // A line break would begin another header.
    guard !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
      throw EvaluationError(
        "the header \"\(header.name.value)\" would hold a line break or another control character", header.value.range)
    }
    let isPrivate =
      header.value.readsSecret
      || ["authorization", "cookie", "proxy-authorization"].contains(header.name.value.lowercased())
    return Header(name: header.name.value, value: value, isPrivate: isPrivate)
  }
}
