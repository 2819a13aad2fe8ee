internal import PlanModel
internal import Testing

@testable internal import CrashTest

/// Literal paths and globs are one set, and a plan with very many of them is no slower for each file.
@Suite struct PathSetTests {
  @Test func literalsAndGlobsAreOneSet() throws {
    let set = PathSet([
      PathPattern("./a/b"), PathPattern("out/"), PathPattern("x/*.txt"), PathPattern("no", isNegated: true),
    ])
    #expect(["a/b", "a/b/c", "out", "out/1", "x/1.txt"].allSatisfy(set.covers))
    #expect(!["a", "a/c", "b", "x", "x/1", "no"].contains(where: set.covers))
    #expect(["a", "out", "x"].map(set.mayCover) == [true, false, true])
    #expect(PathSet([PathPattern("a/b/c/d"), PathPattern("a/b/e")]).mayCover(below: "a/b/c"))
    #expect(PathSet([try Glob("a\\*b")]).covers("a*b"))
  }

  @Test func manyLiteralsAreLookedUp() {
    let count = 20_000
    let set = PathSet((0..<count).map { PathPattern("out/\($0).txt") })
    // One by one this would be 400,000,000 comparisons.
    #expect((0..<count).allSatisfy { set.covers("out/\($0).txt") && !set.covers("in/\($0).txt") })
  }
}
