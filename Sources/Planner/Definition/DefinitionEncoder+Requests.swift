internal import PlanModel
internal import SourceText

extension DefinitionEncoder {
  mutating func encode(_ http: HTTPAction) {
    let request = http.request
    add("url", request.url)
    add("method", [request.method.rawValue])
    add(request.headers)
    switch request.body {
    case .text(let template)?: add("body", template)
    case .json(let json)?: add("body.json", [json.folded(in: statics)])
    case nil: break
    }
    if request.method.isSafe { add("redirects", [String(request.redirects)]) }
    add("max_size", [String(request.sizeLimit)])
    add("expect.response", texts(http.expect))
  }

  mutating func encode(_ fetch: FetchAction) {
    add("url", fetch.url)
    add(fetch.headers)
    add("path", [text(fetch.path)])
    if let digest = fetch.sha256 { add("sha256", digest) }
    if fetch.sizeLimit != FetchAction.usualSizeLimit { add("max_size", [String(fetch.sizeLimit)]) }
    if let mode = fetch.mode { add("mode", [String(mode, radix: 8)]) }
    if fetch.allowsOutside { add("allow_outside", ["true"]) }
  }

  /// How often is looked is outside: it changes nothing of what is waited for.
  mutating func encode(_ wait: WaitAction) {
    switch wait.condition {
    case .checks(let checks): add("for", checks.flatMap { texts($0) })
    case .port(let port, let host): add("for", ["port", String(port), text(host)])
    case .duration(let duration): add("for", ["duration", String(duration.wholeMilliseconds)])
    }
  }

  private mutating func add(_ headers: [HTTPRequest.Header]) {
    for header in headers { add("header.\(header.name.value.lowercased())", header.value) }
  }

  /// The request of a check.
  func texts(_ request: HTTPRequest) -> [String] {
    let body: [String] =
      switch request.body {
      case .text(let template)?: ["body", text(template)]
      case .json(let json)?: ["json", json.folded(in: statics)]
      case nil: []
      }
    return [request.method.rawValue, text(request.url), String(request.redirects), String(request.sizeLimit)]
      + request.headers.flatMap { ["header", $0.name.value.lowercased(), text($0.value)] } + body
  }

  func texts(_ expect: HTTPExpectation) -> [String] {
    expect.named.flatMap { texts($0.name, $0.comparisons) }
  }
}
