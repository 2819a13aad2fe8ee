internal import Foundation
internal import TestSupport
internal import Testing

/// Which files are read when a person names none.
struct DiscoveryTests {
  private static let good = "execplan: 1\ntitle: Sample\nsteps:\n  - id: build\n    run: make\n    creates: x\n"

  private func bash(_ text: String, in folder: TemporaryFolder) throws {
    let result = try Execplan.runOther("/bin/bash", ["-ec", text], in: folder)
    #expect(result.exit == 0, "\(result.stderr)")
  }

  @Test func whatGitListsIsRead() throws {
    try withTemporaryFolder { folder in
      for name in ["tracked", "new", "gone", "build/ignored", ".hidden/tracked", "a b/ü"] {
        try folder.write("\(name).execplan.yaml", Self.good)
      }
      try folder.write("Key.YAML", Self.good)
      try folder.write("Upper.EXECPLAN.YML", Self.good)
      try folder.write(".gitignore", "build/\n")
      try bash("git init -q; git add -f tracked.* gone.* .hidden; rm gone.*", in: folder)
      let result = try Execplan.run(["validate", "--format", "json"], in: folder)
      #expect(result.exit == 0 && result.stdout.contains(#""files":6"#), "\(result.stdout)")
      try folder.write("sub/deep/New.YAML", Self.good)
      #expect(try Execplan.run(["validate", "sub"], in: folder).stdout.hasPrefix("no problems in 1 file"))
      // A folder that git ignores holds no plans of the project.
      #expect(try Execplan.run(["validate", "build"], in: folder).exit == 3)
      #expect(try Execplan.run(["validate", "build/ignored.execplan.yaml"], in: folder).exit == 0)
    }
  }

  @Test func aHookOfAnotherRepositoryDoesNotMatter() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      try bash("git init -q", in: folder)
      try withTemporaryFolder { other in
        try bash("git init -q", in: other)
        let result = try Execplan.run(
          ["validate"], in: folder,
          env: ["GIT_DIR": other.path(".git"), "GIT_WORK_TREE": other.path, "GIT_INDEX_FILE": other.path("index")])
        #expect(result.exit == 0 && result.stdout.hasPrefix("no problems in 1 file"), "\(result.stdout)")
      }
    }
  }

  @Test func lookingForPlansRunsNoProgramOfTheRepository() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.execplan.yaml", Self.good)
      try folder.write("monitor", "#!/bin/sh\ntouch ran\n")
      try bash(
        "git init -q; chmod +x monitor; git config core.fsmonitor \"$PWD/monitor\"; git add a.*; rm -f ran", in: folder)
      #expect(try Execplan.run(["validate"], in: folder).exit == 0)
      #expect(folder.read("ran") == nil)
    }
  }

  @Test func withoutGitHiddenFoldersAndDependenciesArePassedOver() throws {
    try withTemporaryFolder { folder in
      for name in ["a", "sub/b", ".build/c", ".venv/d", "node_modules/e", "sub/node_modules/f"] {
        try folder.write("\(name).execplan.yaml", Self.good)
      }
      let result = try Execplan.run(["validate", "--format", "json"], in: folder, env: ["PATH": "/nonexistent"])
      #expect(result.exit == 0 && result.stdout.contains(#""files":2"#))
    }
  }

  @Test func manyFilesAreReportedInTheOrderOfTheirPaths() throws {
    try withTemporaryFolder { folder in
      let names = (0..<60).map { "p\($0 < 10 ? "0" : "")\($0)" }
      for (index, name) in names.enumerated() {
        // Files of very different sizes, so that threads overtake each other.
        let more = (0..<(index % 3 == 0 ? 400 : 1)).map { "  - {id: s\($0), run: make, creates: x\($0)}\n" }.joined()
        try folder.write("\(name).execplan.yaml", "execplan: 1\ntitle: T\ntimeot: 1h\nsteps:\n\(more)")
      }
      let all = try Execplan.run(["validate"], in: folder)
      let lines = all.stdout.split(separator: "\n").filter { $0.contains(": error: ") }
      #expect(lines.map { String($0.prefix(3)) } == names)
      let one = try names.flatMap { name in
        try Execplan.run(["validate", "\(name).execplan.yaml"], in: folder).stdout.split(separator: "\n").dropLast()
      }
      #expect(all.stdout.split(separator: "\n").dropLast() == one[...])
      try folder.write("p31.txt", "")
      let named = try Execplan.run(["validate", "p40.execplan.yaml", "p31.txt", "p02.execplan.yaml"], in: folder)
      #expect(named.stderr == "p31.txt: not a plan, skipped\n")
      #expect(named.stdout.hasPrefix("p40") && named.stdout.contains("\np02"))
    }
  }
}
