internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum HTTPKey: String, FieldKey {
  case url, method, headers, body, expect, redirects
  case maxSize = "max_size"

  static let table = KeyTable<HTTPKey>()
}

extension DecodingContext {
  mutating func httpAction(_ node: YAMLNode) -> HTTPAction? {
    exchange(node, "an http action", methods: HTTPMethod.allCases).map { HTTPAction(request: $0, expect: $1) }
  }

  /// A check changes nothing, so its request may only ask; some servers are asked by POST.
  mutating func httpCheck(_ node: YAMLNode) -> Check.HTTP? {
    exchange(node, "an http check", methods: [.get, .head, .options, .post]).map { Check.HTTP(request: $0, expect: $1) }
  }

  /// A URL, or a request with what is expected of its response.
  private mutating func exchange(
    _ node: YAMLNode, _ what: String, methods: [HTTPMethod]
  ) -> (HTTPRequest, HTTPExpectation)? {
    if node.kind == .scalar, !node.isNull {
      return url(node, "\"http\"").map { (HTTPRequest(url: $0), HTTPExpectation()) }
    }
    guard mapping(node, what, or: "a URL") else { return nil }
    let fields = Fields<HTTPKey>(node, &self, what: what)
    var address: Template?
    if let value = fields[.url] {
      address = url(value, "\"url\"")
    } else {
      reportMissing(HTTPKey.url, fields, what: what)
    }
    var request = HTTPRequest(url: address ?? Template(literal: ""))
    var knowsMethod = true
    if let value = fields[.method] {
      let method = httpMethod(value, among: methods, what)
      knowsMethod = method != nil
      request.method = method ?? .get
    }
    if let value = fields[.headers] { request.headers = headers(value) }
    if let value = fields[.body] {
      request.body = requestBody(value)
      if knowsMethod, !request.method.takesBody { reportBody(fields, request.method) }
    }
    if let value = fields[.redirects] {
      let count = int(value, "\"redirects\"", in: 0...20)
      request.redirects = count ?? request.redirects
      if knowsMethod, !request.method.isSafe, count ?? 0 > 0, let range = fields.keyRange(.redirects) {
        report(
          .conflictingKeys, range, "a \(request.method.rawValue) is not sent again to where it is redirected",
          notes: ["remove \"redirects\", and write the URL that is meant"])
      }
    }
    if let value = fields[.maxSize], let size = size(value, "\"max_size\"") {
      if (1...HTTPKey.largestSize).contains(size) {
        request.sizeLimit = size
      } else {
        report(
          .badValue, value.range, "\"max_size\" must be between 1 and 16MiB",
          notes: ["what is larger is got into a file, with \"fetch\""])
      }
    }
    var expect = HTTPExpectation()
    if let value = fields[.expect] { expect = httpExpectation(value, of: request) }
    return address == nil ? nil : (request, expect)
  }

  mutating func httpMethod(_ node: YAMLNode, among methods: [HTTPMethod], _ what: String) -> HTTPMethod? {
    guard let text = text(node, "\"method\"") else { return nil }
    if let method = HTTPMethod(rawValue: text), methods.contains(method) { return method }
    let names = methods.map(\.rawValue)
    if let method = HTTPMethod(rawValue: text.uppercased()) {
      if methods.contains(method) {
        report(
          .badValue, node.range, "the method is written in capital letters",
          fix: FixIt("write \(method.rawValue)", [FixIt.Replacement(node.range, with: method.rawValue)], isSafe: true))
        return method
      }
      // A webhook may put something, a check may not.
      let isCheck = !methods.contains(.put)
      report(
        .badValue, node.range,
        isCheck
          ? "\(what) asks and changes nothing, so its method can't be \(method.rawValue)"
          : "the method of \(what) can't be \(method.rawValue)",
        notes: ["allowed: \(names.joined(separator: ", "))"] + (isCheck ? ["make it a step with an http action"] : []))
      return nil
    }
    var notes = ["allowed: \(names.joined(separator: ", "))"]
    if let near = NearestName.of(text.uppercased(), among: names) { notes.insert("did you mean \"\(near)\"?", at: 0) }
    report(.badValue, node.range, "unknown method \"\(text.prefix(40))\"", notes: notes)
    return nil
  }

  private mutating func reportBody(_ fields: Fields<HTTPKey>, _ method: HTTPMethod) {
    guard let range = fields.keyRange(.body) else { return }
    report(
      .conflictingKeys, range, "a \(method.rawValue) has no body",
      notes: [
        fields.has(.method) ? "remove \"body\", or use another method" : "say \"method: POST\", or remove \"body\""
      ])
  }

  // MARK: Parts of a request

  /// The URL of a request. Secrets can't stand in it: servers and proxies write URLs into their logs.
  ///
  /// - Parameter allowsSecrets: the address itself is the secret, as that of a webhook.
  mutating func url(_ node: YAMLNode, _ what: String, allowsSecrets: Bool = false) -> Template? {
    guard let template = template(node, what, allowsSecrets: allowsSecrets) else { return nil }
    guard let text = template.literal ?? urlStart(template) else { return template }
    do throws(WebAddress.Problem) {
      _ = try WebAddress(text)
      return template
    } catch {
      report(.badValue, node.range, error.message, notes: [error.note])
      return nil
    }
  }

  /// What is known of a URL with expressions, if that is its beginning: a value never becomes a part of its syntax.
  private func urlStart(_ template: Template) -> String? {
    guard case .literal(let first)? = template.segments.first else { return nil }
    var text = ""
    for segment in template.segments {
      switch segment {
      case .literal(let part): text += part
      // A port must be a number, a host not.
      case .expression: text += "1"
      }
    }
    return first.isEmpty ? nil : text
  }

  mutating func headers(_ node: YAMLNode) -> [HTTPRequest.Header] {
    guard mapping(node, "\"headers\"") else { return [] }
    var seen: [String: SourceRange] = [:]
    return node.entries.compactMap { key, value in
      guard let name = headerName(key) else { return nil }
      if let first = seen.updateValue(key.range, forKey: name.value.lowercased()) {
        report(
          .conflictingKeys, key.range, "the header \"\(name.value)\" stands twice",
          notes: ["names of headers are the same in capital and small letters", "write both values with a comma"],
          related: [.init("the other one", first)])
        return nil
      }
      guard let template = template(value, "the header \"\(name.value)\"", allowsSecrets: true) else { return nil }
      if let literal = template.literal, literal.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
        report(
          .badValue, value.range, "the header \"\(name.value)\" holds a line break or another control character",
          notes: ["a header is one line"])
        return nil
      }
      return HTTPRequest.Header(name: name, value: template)
    }
  }

  mutating func headerName(_ key: YAMLNode) -> Located<String>? {
    guard !key.utf8.isEmpty, key.utf8.allSatisfy(DecodingContext.isTokenByte) else {
      report(
        .badIdentifier, key.range, "a header can't be called \"\(key.text.prefix(40))\"",
        notes: ["the name of a header holds letters, digits and -, as in content-type"])
      return nil
    }
    // What curl and the connection decide.
    let name = key.text.lowercased()
    if ["host", "content-length", "transfer-encoding", "connection", "expect"].contains(name) {
      report(
        .badValue, key.range, "the header \"\(key.text)\" follows from the URL, the body and the connection",
        notes: ["remove it"])
      return nil
    }
    return Located(key.text, key.range)
  }

  /// A token (RFC 9110, section 5.6.2).
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// A number of bytes, written `10KiB`.
  mutating func size(_ node: YAMLNode, _ what: String) -> Int? {
    guard case .value(.int(let bytes))? = operand(node, what, unit: .size) else { return nil }
    return bytes
  }

  mutating func requestBody(_ node: YAMLNode) -> RequestBody? {
    if node.kind == .scalar { return template(node, "\"body\"", allowsSecrets: true).map { .text($0) } }
    return jsonTemplate(node).map { .json($0) }
  }

  private mutating func jsonTemplate(_ node: YAMLNode) -> JSONTemplate? {
    switch node.kind {
    case .scalar:
      if case .string = node.resolved { return valueTemplate(node, "\"body\"", allowsSecrets: true).map { .text($0) } }
      return .value(node.plainValue)
    case .sequence: return .list(node.items.compactMap { jsonTemplate($0) })
    case .mapping:
      return .map(node.entries.compactMap { key, value in jsonTemplate(value).map { .init(key.text, $0) } })
    }
  }
}

extension HTTPKey {
  /// Bytes; a response is held in memory.
  static let largestSize = 16 << 20
}
