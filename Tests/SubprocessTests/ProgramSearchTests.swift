internal import Glibc
internal import Subprocess
internal import TestSupport
internal import Testing

@Suite struct ProgramSearchTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("bin/tool", "#!/bin/sh\n")
    try folder.write("plain/tool", "#!/bin/sh\n")
    try folder.write("plain/other", "#!/bin/sh\n")
    try folder.write("dirs/tool/x", "")
    #expect(unsafe chmod(folder.path("bin/tool"), 0o755) == 0)
    return folder
  }

  @Test func firstExecutableFileOfThePathWins() throws {
    let folder = try folder()
    defer { folder.remove() }
    let path = [folder.path("none"), folder.path("plain"), folder.path("dirs"), folder.path("bin")]
    #expect(
      ProgramSearch.find("tool", path: path.joined(separator: ":"), directory: nil) == .found(folder.path("bin/tool")))
  }

  @Test func fileWithoutPermissionIsNamedWhenThereIsNoOther() throws {
    let folder = try folder()
    defer { folder.remove() }
    #expect(
      ProgramSearch.find("other", path: "/no:\(folder.path("plain"))", directory: nil)
        == .notExecutable(folder.path("plain/other")))
    #expect(ProgramSearch.find("tool", path: folder.path("dirs"), directory: nil) == .notFound)
    #expect(ProgramSearch.find("", path: "/bin", directory: nil) == .notFound)
  }

  @Test func relativeNamesStartAtTheWorkingDirectory() throws {
    let folder = try folder()
    defer { folder.remove() }
    #expect(ProgramSearch.find("bin/tool", path: nil, directory: folder.path) == .found("bin/tool"))
    #expect(ProgramSearch.find("./none", path: nil, directory: folder.path) == .notFound)
    #expect(ProgramSearch.find("./plain/tool", path: nil, directory: folder.path) == .notExecutable("./plain/tool"))
    #expect(ProgramSearch.find("./dirs", path: nil, directory: folder.path) == .notExecutable("./dirs"))
    #expect(ProgramSearch.find("tool", path: "bin", directory: folder.path) == .found("bin/tool"))
    #expect(ProgramSearch.find("tool", path: "/no:", directory: folder.path("bin")) == .found("./tool"))
  }

  /// What a shell answers for the same names.
  @Test(arguments: ["tool", "other", "none", "./bin/tool", "./plain/tool", "./none", "./dirs", "dirs/"])
  func exitCodesAreThoseOfBash(name: String) throws {
    let folder = try folder()
    defer { folder.remove() }
    let path = "\(folder.path("plain")):\(folder.path("dirs")):\(folder.path("bin"))"
    var request = shell(name, directory: folder.path)
    request.environment = ["PATH=\(path)"]
    let expected: Subprocess.ExitStatus =
      switch ProgramSearch.find(name, path: path, directory: folder.path) {
      case .found: .exited(0)
      case .notFound: .exited(127)
      case .notExecutable: .exited(126)
      }
    #expect(try Completion.run(request).status == expected)
  }
}
