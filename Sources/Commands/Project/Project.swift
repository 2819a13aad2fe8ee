internal import Glibc
internal import Journal
internal import PlanLoading
internal import PlanModel

/// The project that a plan belongs to: what its paths are relative to, where its runs are recorded, and what is
/// configured for it.
struct Project: Sendable {
  /// Absolute.
  let root: String
  let state: StateDirectory
  let settings: ProjectSettings

  /// - Parameter stateDirectory: what the person asked for; nil: what the configuration says, else `.execplan` at the
  ///   root.
  init(root: String, stateDirectory: String?) {
    self.root = root
    settings = ProjectSettings(root: root)
    if let stateDirectory {
      state = StateDirectory(path: PathName.absolute(stateDirectory))
    } else if let configured = settings.configuration.stateDirectory {
      state = StateDirectory(path: (root == "/" ? "" : root) + "/" + configured)
    } else {
      state = StateDirectory(root: root)
    }
  }

  /// The root of the project that a folder belongs to: the nearest folder, from it upwards, that has a state
  /// directory, else its git root, else the nearest one with a configuration, else the folder itself.
  ///
  /// - Parameter folder: absolute.
  static func root(of folder: String) -> String {
    nearest(from: folder, holding: StateDirectory.name) ?? ProjectRoot.git(from: folder)
      ?? nearest(from: folder, holding: ProjectConfiguration.fileName) ?? folder
  }

  private static func nearest(from folder: String, holding name: String) -> String? {
    var folder = folder
    while true {
      if PathName.exists((folder == "/" ? "" : folder) + "/" + name) { return folder }
      guard folder != "/" else { return nil }
      folder = PathName.parent(folder)
    }
  }

  /// The folders with programs of external actions, absolute.
  var actionFolders: [String] { settings.configuration.actions.map { PathName.absolute(root + "/" + $0.text) } }

  /// The name of a file within the project; its absolute name when it lies outside.
  func relative(_ path: String) -> String {
    let prefix = root == "/" ? root : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.utf8.count)) : path
  }
}
