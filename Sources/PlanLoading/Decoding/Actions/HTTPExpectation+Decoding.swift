internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum HTTPExpectKey: String, FieldKey {
  case status, headers, json, body, duration

  static let table = KeyTable<HTTPExpectKey>()
}

extension DecodingContext {
  /// `expect` of a request.
  mutating func httpExpectation(_ node: YAMLNode, of request: HTTPRequest) -> HTTPExpectation {
    var expect = HTTPExpectation()
    guard mapping(node, "\"expect\"") else { return expect }
    let fields = Fields<HTTPExpectKey>(node, &self, what: "\"expect\" of a request")
    if node.count == 0 {
      report(
        .badValue, node.range, "\"expect\" expects nothing", notes: ["remove it; then a status from 200 to 299 is"])
    }
    if let value = fields[.status] { expect.status = status(value) }
    for key in [HTTPExpectKey.headers, .json] {
      guard let value = fields[key], value.kind == .mapping, value.count == 0 else { continue }
      report(.badValue, value.range, "\"\(key.rawValue)\" expects nothing", notes: ["remove it"])
    }
    if let value = fields[.headers], mapping(value, "\"headers\"") {
      expect.headers = value.entries.compactMap { key, value in
        guard let name = headerName(key) else { return nil }
        return HTTPExpectation.Header(name: name, value: comparisons(value, "the header \"\(name.value)\""))
      }
    }
    if let value = fields[.json], mapping(value, "\"json\"") {
      expect.json = value.entries.compactMap { key, value in
        do throws(JSONPointer.Problem) {
          let pointer = try JSONPointer(key.text)
          return HTTPExpectation.Member(pointer: pointer, value: comparisons(value, "\"\(key.text)\""))
        } catch {
          report(.badValue, key.range, error.message, notes: ["an example: /items/0/id"])
          return nil
        }
      }
    }
    if let value = fields[.body] { expect.body = comparisons(value, "\"body\"") }
    if let value = fields[.duration] { expect.duration = comparisons(value, "\"duration\"", unit: .duration) }
    if request.method == .head, let range = fields.keyRange(.json) ?? fields.keyRange(.body) {
      report(
        .conflictingKeys, range, "the response to a HEAD has no body", notes: ["remove it, or say \"method: GET\""])
    }
    return expect
  }

  /// A status, a list of them, or comparisons.
  private mutating func status(_ node: YAMLNode) -> [Comparison] {
    switch node.kind {
    case .scalar: return statusNumber(node).map { [Comparison(.eq, .value(.int($0)), node.range)] } ?? []
    case .sequence:
      let numbers = node.items.compactMap { statusNumber($0) }
      if node.count == 0 { report(.badValue, node.range, "\"status\" allows none", notes: ["write [200, 204]"]) }
      return [Comparison(.isIn, .list(numbers.map { Template(literal: String($0), node.range) }), node.range)]
    case .mapping: return comparisons(node, "\"status\"")
    }
  }

  private mutating func statusNumber(_ node: YAMLNode) -> Int? { int(node, "\"status\"", in: 100...599) }
}
