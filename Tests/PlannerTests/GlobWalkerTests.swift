import Foundation
import PlanModel
import Planner
import TestSupport
import Testing

private func tree(_ files: [String]) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  for file in files {
    let url = URL(fileURLWithPath: folder.path + "/" + file)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data().write(to: url)
  }
  return folder
}

private func find(_ folder: TemporaryFolder, _ patterns: [String], folders: Bool = false) -> [String] {
  let walk = GlobWalker(root: folder.path, includingFolders: folders).find(
    patterns.map { $0.hasPrefix("!") ? PathPattern(String($0.dropFirst()), isNegated: true) : PathPattern($0) })
  #expect(walk.problems == [])
  return walk.paths
}

@Test func walksFindWhatMatchesInOrder() throws {
  let folder = try tree([
    "b.csv", "a.csv", "d/c.csv", "d/e/f.csv", "d/e/g.txt", ".git/x.csv", ".execplan/y.csv", ".h/z.csv",
  ])
  defer { folder.remove() }
  #expect(find(folder, ["*.csv"]) == ["a.csv", "b.csv"])
  #expect(find(folder, ["**/*.csv"]) == [".h/z.csv", "a.csv", "b.csv", "d/c.csv", "d/e/f.csv"])
  #expect(find(folder, ["d/**"]) == ["d/c.csv", "d/e/f.csv", "d/e/g.txt"])
  #expect(find(folder, ["d/**", "!d/e/**"]) == ["d/c.csv"])
  #expect(find(folder, ["d/**", "!d/e/**", "d/e/g.txt"]) == ["d/c.csv", "d/e/g.txt"])
  #expect(find(folder, ["d/e/*", "d/*"]) == ["d/c.csv", "d/e/f.csv", "d/e/g.txt"])
  #expect(find(folder, ["a.csv", "missing", "no/*"]) == ["a.csv"])
  #expect(find(folder, ["a.csv", "!*.csv"]) == [])
  #expect(find(folder, ["d", "d/*"]) == ["d/c.csv"])
  #expect(find(folder, ["d/", "d/*"], folders: true) == ["d", "d/c.csv", "d/e"])
  #expect(find(folder, [".git/x.csv"]) == [".git/x.csv"])
  #expect(find(folder, []) == [])
}

@Test func linksToFoldersAreNotFollowed() throws {
  let folder = try tree(["d/x.csv"])
  defer { folder.remove() }
  try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: ".")
  try FileManager.default.createSymbolicLink(atPath: folder.path + "/d/back", withDestinationPath: "..")
  #expect(find(folder, ["**/*.csv"]) == ["d/x.csv"])
  #expect(find(folder, ["**"]) == ["d/back", "d/x.csv", "loop"])
  // A pattern that names the link means what is behind it.
  #expect(find(folder, ["loop/d/*.csv"]) == ["loop/d/x.csv"])
  #expect(find(folder, ["**/*.csv", "loop/d/*.csv"]) == ["d/x.csv", "loop/d/x.csv"])
}

@Test func problemsAreValues() throws {
  let folder = try tree(["a", "b", "c"])
  defer { folder.remove() }
  let walk = GlobWalker(root: folder.path, limit: 2).find([PathPattern("*")])
  #expect(walk.problems == [.init(path: "", message: "more than 2 files match")])
  #expect(GlobWalker(root: folder.path).find([PathPattern("[a")]).problems.count == 1)
}
