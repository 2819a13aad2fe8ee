internal import Diagnostics
internal import Testing

@Suite struct NearestNameTests {
  private static let keys = ["needs", "inputs", "outputs", "timeout", "retry", "run", "exec", "env", "when", "title"]

  @Test(arguments: [
    ("need", "needs"), ("needs", "needs"), ("nedes", "needs"), ("input", "inputs"), ("ouputs", "outputs"),
    ("Timeout", "timeout"), ("timeuot", "timeout"), ("rnu", "run"), ("titel", "title"), ("retries", nil),
    ("depends_on", nil),
    ("x", nil), ("", nil), ("whn", "when"), ("ennv", "env"),
  ])
  func aSlipFindsTheNameThatWasMeant(name: String, expected: String?) {
    #expect(NearestName.of(name, among: Self.keys) == expected)
  }

  @Test func ofEquallyNearNamesTheFirstIsTaken() {
    #expect(NearestName.of("steq", among: ["step", "stew"]) == "step")
  }

  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
    ("ab", "b", 1),
    ("a", "b", 1),
  ])
  func distancesCountInsertionsDeletionsSubstitutionsAndSwaps(a: String, b: String, expected: Int) {
    #expect(NearestName.editDistance(Array(a.utf8), Array(b.utf8)) == expected)
    #expect(NearestName.editDistance(Array(b.utf8), Array(a.utf8)) == expected)
  }
}
