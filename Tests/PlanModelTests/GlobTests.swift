import PlanModel
import Testing

@Test(arguments: [
  ("a.txt", "a.txt", true), ("a.txt", "a.txt2", false), ("*.csv", "x.csv", true), ("*.csv", "d/x.csv", false),
  ("*.csv", ".csv", true), ("data/*/x", "data/a/x", true), ("data/*/x", "data/a/b/x", false), ("?", "é", true),
  ("??", "é", false), ("??", "éa", true), ("a?c", "a/c", false), ("**", "a/b/c", true), ("**/x", "x", true),
  ("**/x", "a/b/x", true), ("**/x", "ax", false), ("a/**", "a/b", true), ("a/**", "a/b/c", true), ("a/**", "a", false),
  ("a/**", "ab", false), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false),
  ("a**b", "axxb", true), ("a**b", "ax/b", false), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false),
  ("[!a-c]x", "dx", true), ("[!a-c]x", "ax", false), ("[!a]x", "éx", true), ("[]a]", "]", true), ("[a-]", "-", true),
  ("[^/]", "/", false), ("a[/]b", "a/b", false), ("{a,b}.c", "b.c", true), ("{a,b}.c", "c.c", false),
  ("{a,b{c,d}}/e", "bd/e", true), ("{,x}y", "y", true), ("{a/**,b}", "a/q/r", true), ("{**/,}x", "p/q/x", true),
  ("x{**/,}y", "x/q/y", false), ("\\*", "*", true), ("\\*", "a", false), ("a\\{b", "a{b", true), ("a,b}", "a,b}", true),
  ("[\\]]", "]", true), ("日本/*", "日本/語", true), ("", "", true), ("*", "", true),
])
func globsMatchPaths(pattern: String, path: String, expected: Bool) throws {
  #expect(try Glob(pattern).matches(path) == expected)
}

@Test(arguments: [
  "[a", "{a", "a\\", "[z-a]", "[é]", String(repeating: "{", count: 20), String(repeating: "a", count: 5000) + "*",
])
func brokenGlobsAreRefused(pattern: String) {
  #expect(throws: GlobError.self) { try Glob(pattern) }
}

@Test(arguments: [
  ("a.csv", "a.csv", true), ("a.csv", "b.csv", false), ("data/*.csv", "data/a.csv", true),
  ("data/*.csv", "out/a.csv", false),
  ("*.csv", "a*", true), ("*.csv", "*.json", false), ("data/**", "**/x.json", true), ("data/**", "out/**", false),
  ("a/*/c", "a/b/*", true), ("a/*/c", "a/*", false), ("x-[0-9]", "x-[a-z]", false), ("x-[0-9]", "x-?", true),
  ("{a,b}/x", "{b,c}/x", true), ("{a,b}/x", "{c,d}/x", false), ("*a", "*b", false), ("**/*.py", "src/**/*.js", false),
])
func overlapIsExact(a: String, b: String, expected: Bool) throws {
  #expect(try Glob.couldOverlap(Glob(a), Glob(b)) == expected)
  #expect(try Glob.couldOverlap(Glob(b), Glob(a)) == expected)
}

@Test func prefixesBoundAWalk() throws {
  #expect(try Glob("data/raw/*.csv").literalPrefix == "data/raw")
  #expect(try Glob("da*/x").literalPrefix == "")
  #expect(try Glob("a/b.txt").literalPrefix == "a")
  #expect(try Glob("a/b.txt").literal == "a/b.txt")
  #expect(try Glob("a/\\*").literal == "a/*")
  #expect(try Glob("a/*/c").mayMatch(below: "a/b"))
  #expect(try !Glob("a/*/c").mayMatch(below: "a/b/c"))
  #expect(try !Glob("a/*/c").mayMatch(below: "b"))
  #expect(try Glob("a/b/c").mayMatch(below: "a"))
}

@Test func matchingDoesNotBlowUp() throws {
  let glob = try Glob(String(repeating: "*a", count: 300) + "b")
  #expect(!glob.matches(String(repeating: "a", count: 5000)))
  let braces = try Glob(String(repeating: "{a,aa}", count: 200) + "b")
  #expect(!braces.matches(String(repeating: "a", count: 400)))
  #expect(!Glob.couldOverlap(glob, try Glob("*c")))
  #expect(Glob.couldOverlap(glob, braces))
}

@Test func randomPatternsNeverTrap() {
  var state: UInt64 = 11
  func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
  let pieces = ["*", "**", "?", "[", "]", "{", "}", ",", "/", "a", "b", "\\", "!", "-", "é", "^"]
  var globs: [Glob] = []
  for _ in 0..<3000 {
    var pattern = ""
    for _ in 0..<next(10) { pattern += pieces[next(pieces.count)] }
    guard let glob = try? Glob(pattern) else { continue }
    var path = ""
    for _ in 0..<next(6) { path += ["a", "b", "/", "é"][next(4)] }
    // What matches both must be seen as an overlap.
    if glob.matches(path), let other = globs.last, other.matches(path) { #expect(Glob.couldOverlap(glob, other)) }
    if glob.matches(path) { globs.append(glob) }
  }
}
