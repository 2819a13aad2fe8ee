internal import Glibc
internal import Subprocess
internal import Synchronization

/// Scratch copies of a project, in a folder of their own outside of it.
///
/// The first is made of the project; all others are made of the first, so that they are equal even if somebody goes on
/// working in the project meanwhile. Each has a folder for temporary files beside it, and an empty state directory.
package final class ProjectCopies: Sendable {
  /// One copy.
  package struct Copy: Hashable, Sendable {
    package var root: String
    /// Its `TMPDIR`, which also tells its processes from others.
    package var temporary: String
    /// What its execplans say.
    package var log: String
    let folder: String
    /// Its PostgreSQL database, if it has one.
    var database: String?

    /// Each tells its processes from others: a step may set a `TMPDIR` of its own.
    var marks: [String] { ["\(ProjectCopies.variable)=\(folder)", "TMPDIR=\(temporary)"] }

    /// Ends what was started in it, as far as variables tell.
    func end(with variables: [String] = []) {
      for mark in marks { ProcessTable.kill(startedWith: variables + [mark]) }
    }
  }

  /// The variable that names the copy in which a program was started.
  static let variable = "EXECPLAN_TRIAL"

  package let folder: String
  /// How many files the project's copy holds, and their bytes.
  package let size: (files: Int, bytes: Int64)
  /// Ways to repositories elsewhere that are not copied.
  package let severed: [String]
  private let name: String
  /// Makes a database for each copy; nil: none has one.
  private let server: ServerCopies?
  private let made = Mutex<(number: Int, live: Set<Copy>)>((0, []))

  /// - Parameters:
  ///   - root: the project, absolute.
  ///   - leavesOut: whether a path of it is not copied.
  ///   - server: makes a database for each copy.
  ///   - isCancelled: looked at all the time, for a project may be large.
  package init(
    of root: String, leavesOut: @escaping (String) -> Bool, server: ServerCopies? = nil,
    isCancelled: @escaping () -> Bool = { false }
  ) throws {
    self.server = server
    var temporary = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    if !temporary.hasPrefix("/") { temporary = "/tmp" }
    let place = try ScratchPlace(of: root, temporary: temporary)
    var template = Array("\(place.temporary)/\(ScratchPlace.stem)XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw SystemError("make a folder in \"\(temporary)\"", code: errno)
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Programs that show where they are shall show the same word in each copy.
    name = root.split(separator: "/").last.map(String.init) ?? "project"
    let first = "\(folder)/project"
    do {
      let copied = try TreeCopy(
        source: root, target: first, linkRoot: root,
        leavesOut: { path in path == ".git" || place.isScratch(path) || leavesOut(path) }, isCancelled: isCancelled
      ).run()
      size = (copied.files, copied.bytes)
      severed = copied.severed
      try GitCopy.make(from: root, to: first)
      guard unsafe mkdir(first + "/" + ProjectCopies.state, 0o700) == 0 else {
        throw SystemError("make the folder \"\(first)/\(ProjectCopies.state)\"", code: errno)
      }
    } catch {
      TreeWalk.remove(folder)
      throw error
    }
  }

  /// The state directory within a copy.
  package static let state = ".execplan"

  /// Names of copies are equally long, so that no text in them shifts.
  package func make(_ isCancelled: @escaping () -> Bool = { false }) throws -> Copy {
    let number = made.withLock { made in
      made.number += 1
      return made.number
    }
    let digits = String(repeating: "0", count: max(0, 5 - String(number).count)) + String(number)
    let place = "\(folder)/\(digits)"
    var copy = Copy(root: "\(place)/\(name)", temporary: "\(place)/tmp", log: "\(place)/log", folder: place)
    for path in [place, copy.temporary] where unsafe mkdir(path, 0o700) != 0 {
      throw SystemError("make the folder \"\(path)\"", code: errno)
    }
    copy.database = try server?.make(digits)
    made.withLock { [copy] made in _ = made.live.insert(copy) }
    let first = "\(folder)/project"
    try TreeCopy(
      source: first, target: copy.root, linkRoot: first, leavesOut: { _ in false }, isCancelled: isCancelled
    ).run()
    return copy
  }

  /// Ends what still runs of a copy, and removes it unless it is to be looked at.
  package func discard(_ copy: Copy, keeps: Bool) {
    copy.end()
    if !keeps {
      if let database = copy.database { server?.remove(database) }
      TreeWalk.remove(copy.folder)
    }
    made.withLock { _ = $0.live.remove(copy) }
  }

  /// Ends what still runs of any copy, and removes all of them unless they are to be looked at.
  ///
  /// - Returns: whether nothing of them is left.
  @discardableResult
  package func close(keeps: Bool) -> Bool {
    for copy in made.withLock({ $0.live }) { discard(copy, keeps: keeps) }
    return keeps ? false : TreeWalk.remove(folder)
  }
}
