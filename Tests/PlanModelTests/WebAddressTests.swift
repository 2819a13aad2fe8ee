import PlanModel
import SourceText
import Testing

struct WebAddressTests {
  @Test(arguments: [
    "http://localhost", "https://example.org/a?b=c#d", "HTTP://Example.org:8080/x", "http://[::1]:80/",
    "http://10.0.0.7:1",
    "https://example.org/[1-3]/{a,b}", "http://h/@x",
  ])
  func addressesThatMayBeAsked(text: String) {
    #expect(throws: Never.self) { try WebAddress(text) }
  }

  @Test(arguments: [
    ("", "the URL is empty"), ("example.org", "the URL does not begin with http:// or https://"),
    ("/x", "the URL does not begin with http:// or https://"),
    ("file:///etc/passwd", "\"file\" is not a protocol that is asked"),
    ("gopher://h/", "\"gopher\" is not a protocol that is asked"), ("http://", "the URL names no host"),
    ("http:///x", "the URL names no host"), ("http://:80/", "the URL names no host"),
    ("http://me:pw@example.org/", "the URL holds a user or a password"),
    ("http://example.org\\@evil/", nil), ("http://a b/", "the URL holds a blank or a control character"),
    ("http://a/\nHost: b", "the URL holds a blank or a control character"),
    ("http://h:0/", "the port \"0\" is not a number from 1 to 65535"),
    ("http://h:x/", "the port \"x\" is not a number from 1 to 65535"),
    ("http://h:70000/", "the port \"70000\" is not a number from 1 to 65535"),
  ])
  func others(text: String, message: String?) {
    do throws(WebAddress.Problem) {
      _ = try WebAddress(text)
      #expect(message == nil)
    } catch {
      #expect(error.message == message)
    }
  }

  @Test func originsAreComparedWithTheirPorts() throws {
    func same(_ a: String, _ b: String) throws -> Bool {
      try WebAddress(a).hasSameOrigin(as: WebAddress(b))
    }
    #expect(try same("http://h/a", "http://H:80/b"))
    #expect(try same("https://h:443", "https://h/x?y"))
    #expect(try !same("http://h", "https://h"))
    #expect(try !same("http://h:8080", "http://h:8081"))
    #expect(try !same("http://h", "http://h.evil"))
    #expect(try !same("http://[::1]", "http://[::1]:81"))
  }

  // MARK: Values in URLs

  private func render(_ segments: [Template.Segment], _ value: Value) throws -> String {
    let scope = StaticScope(
      parameters: [.init(name: Located("v", .fileStart), kind: .string, value: value)], planID: nil, title: "",
      path: "p")
    return try Template(segments, .fileStart).renderURL(in: scope)
  }

  private let value = Template.Segment.expression(.reference(.parameter("v"), .fileStart))

  @Test func aValueStaysWithinItsComponent() throws {
    #expect(
      try render([.literal("http://h/a/"), value, .literal("/b?q="), value], .string("../x?y=1&z#f é%"))
        == "http://h/a/..%2Fx%3Fy%3D1%26z%23f%20%C3%A9%25/b?q=..%2Fx%3Fy%3D1%26z%23f%20%C3%A9%25")
    #expect(try render([.literal("http://h/"), value], .string("\r\nX: y")) == "http://h/%0D%0AX%3A%20y")
    #expect(try render([.literal("http://h/"), value], .int(7)) == "http://h/7")
  }

  @Test func aValueAtTheBeginningIsTheBeginning() throws {
    #expect(try render([value, .literal("/x")], .string("http://h:1/base")) == "http://h:1/base/x")
    #expect(try render([value], .string("http://h/?a=b")) == "http://h/?a=b")
  }

  @Test func inTheHostOnlyAHostCanStand() throws {
    #expect(
      try render([.literal("http://"), value, .literal(":80/")], .string("db-1.internal")) == "http://db-1.internal:80/"
    )
    #expect(try render([.literal("http://h:"), value, .literal("/")], .int(8080)) == "http://h:8080/")
    for text in ["evil/", "a@b", "a?b", "a#b", "a b", "a\\b", "a%b"] {
      #expect(throws: EvaluationError.self) {
        try render([.literal("http://"), value, .literal(".example.org/")], .string(text))
      }
    }
  }
}
