internal import PlanModel

/// What a server answered.
struct WebResponse: Sendable {
  struct Header: Hashable, Sendable {
    /// In lower case.
    var name: String
    var value: String
  }

  var status: Int
  /// What stands behind the status, if the server says it: `Service Unavailable`.
  var phrase = ""
  var headers: [Header] = []
  var body: [UInt8] = []
  /// Where the server redirects to, as an address of its own.
  var redirect: String?

  var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }

  /// `503 Service Unavailable`.
  var statusText: String { phrase.isEmpty ? String(status) : "\(status) \(phrase)" }

  /// All values of a header, with commas.
  func header(_ name: String) -> String? {
    let values = headers.filter { $0.name == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  /// The text of the body; nil when it is not UTF-8.
  var text: String? { String(validating: body, as: UTF8.self) }

  /// What the body says, if it is JSON, whatever its type is called.
  func json() throws(JSONError) -> Value { try JSONReader.read(body) }
}
