/// A request, and what its response must be.
package struct HTTPAction: Hashable, Sendable {
  package var request: HTTPRequest
  package var expect: HTTPExpectation

  package init(request: HTTPRequest, expect: HTTPExpectation = HTTPExpectation()) {
    self.request = request
    self.expect = expect
  }
}
