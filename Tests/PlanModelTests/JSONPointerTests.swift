import PlanModel
import Testing

struct JSONPointerTests {
  /// The document and the answers of RFC 6901, section 5.
  @Test(arguments: [
    ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"),
    ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
  ])
  func theExamplesOfTheStandard(text: String, answer: String) throws {
    let document = try JSONReader.read(
      Array(
        #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#.utf8))
    #expect(try JSONPointer(text).value(in: document).map { JSONWriter.compact($0) } == answer)
    #expect(try JSONPointer("").value(in: document) == document)
  }

  @Test(arguments: [
    "/foo/2", "/foo/-", "/foo/01", "/foo/x", "/foo/-1", "/foo/99999999999999999999", "/bar", "/foo/0/x", "/foo//",
  ])
  func placesThatAreNotThere(text: String) throws {
    let document = Value.map([.init("foo", .list([.string("bar"), .null]))])
    #expect(try JSONPointer(text).value(in: document) == nil)
  }

  @Test func nullIsThere() throws {
    #expect(try JSONPointer("/a").value(in: .map([.init("a", .null)])) == Value.null)
  }

  @Test(arguments: ["foo", "a/b", "/~", "/~2", "/a~", "~0"])
  func otherTextsAreNoPointers(text: String) {
    #expect(throws: JSONPointer.Problem.self) { try JSONPointer(text) }
  }
}
