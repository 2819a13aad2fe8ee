internal import Glibc
internal import Journal
internal import PlanModel

/// The project that a plan belongs to: what its paths are relative to, and where its runs are recorded.
struct Project: Hashable, Sendable {
  /// Absolute.
  let root: String
  let state: StateDirectory

  /// The project of a plan file: the nearest folder above it that has a state directory, else its git root, else its
  /// own folder.
  ///
  /// - Parameters:
  ///   - file: absolute.
  ///   - stateDirectory: what the person asked for; nil: `.execplan` at the root.
  init(ofFile file: String, stateDirectory: String?) {
    let folder = PathName.parent(file)
    let root = Project.stateFolder(from: folder) ?? ProjectRoot.git(from: folder) ?? folder
    self.init(root: root, stateDirectory: stateDirectory)
  }

  /// The project of a folder.
  init(ofFolder folder: String, stateDirectory: String?) {
    let root = Project.stateFolder(from: folder) ?? ProjectRoot.git(from: folder) ?? folder
    self.init(root: root, stateDirectory: stateDirectory)
  }

  private init(root: String, stateDirectory: String?) {
    self.root = root
    state = stateDirectory.map { StateDirectory(path: PathName.absolute($0)) } ?? StateDirectory(root: root)
  }

  private static func stateFolder(from folder: String) -> String? {
    var folder = folder
    while true {
      if unsafe access((folder == "/" ? "" : folder) + "/.execplan", F_OK) == 0 { return folder }
      guard folder != "/" else { return nil }
      folder = PathName.parent(folder)
    }
  }

  /// The name of a file within the project; its absolute name when it lies outside.
  func relative(_ path: String) -> String {
    path.hasPrefix(root + "/") ? String(path.dropFirst(root.utf8.count + 1)) : path
  }
}
