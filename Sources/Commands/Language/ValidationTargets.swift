internal import Executor
internal import Glibc
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// The files that `validate` was asked to look at.
struct ValidationTargets {
  enum Target: Hashable {
    case file(String)
    case standardInput
  }

  /// Absolute paths, each file once, in the order of the words; those of a folder sorted.
  private(set) var targets: [Target] = []
  /// Files that a person named, which may turn out to be no plans.
  private var named: Set<String> = []
  /// What could be plans by their names, below which folders: for the message when none is found.
  let places: String

  /// - Throws: `UsageError` for a path that does not exist.
  init(_ invocation: Invocation) throws {
    let words = invocation.parsed.words("PATH")
    var seen: Set<Target> = []
    if words.isEmpty {
      guard let here = ProjectRoot.workingDirectory() else {
        throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
      }
      let root = Project(ofFolder: here, stateDirectory: invocation.stateDirectory).root
      places = UsageError.quoted(root)
      targets = PlanDiscovery.candidates(below: root).sorted().map { .file($0) }
      return
    }
    places = words.map { UsageError.quoted($0) }.joined(separator: ", ")
    for word in words {
      let path = PathName.absolute(word)
      if word == "-" {
        add(.standardInput, &seen)
      } else if PathName.isFolder(path) {
        for found in PlanDiscovery.candidates(below: path).sorted() { add(.file(found), &seen) }
      } else if Self.isThere(path) {
        named.insert(path)
        add(.file(path), &seen)
      } else {
        throw UsageError(
          "there is no file or folder \(UsageError.quoted(word))",
          advice: "give plans, folders with plans, or nothing for every plan of the project", command: "validate")
      }
    }
  }

  private mutating func add(_ target: Target, _ seen: inout Set<Target>) {
    var key = target
    if case .file(let path) = target { key = .file(Self.real(path)) }
    if seen.insert(key).inserted { targets.append(target) }
  }

  /// Whether a person named this very file.
  func isNamed(_ path: String) -> Bool { named.contains(path) }

  /// A link that leads nowhere is there too: it can't be read, and that is a finding.
  private static func isThere(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0
  }

  private static func real(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
