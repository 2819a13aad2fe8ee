/// The method of a request (RFC 9110, section 9; RFC 5789).
package enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case options = "OPTIONS"
  case put = "PUT"
  case delete = "DELETE"
  case post = "POST"
  case patch = "PATCH"

  /// Whether repeating the request leaves things as one request does (RFC 9110, section 9.2.2).
  package var isRepeatable: Bool {
    switch self {
    case .get, .head, .options, .put, .delete: true
    case .post, .patch: false
    }
  }

  /// Whether it asks for nothing but information (RFC 9110, section 9.2.1).
  package var isSafe: Bool {
    switch self {
    case .get, .head, .options: true
    case .put, .delete, .post, .patch: false
    }
  }

  /// Whether a body may go with the request.
  package var takesBody: Bool {
    switch self {
    case .get, .head: false
    case .options, .put, .delete, .post, .patch: true
    }
  }
}
