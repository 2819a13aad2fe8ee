internal import PlanModel

extension DoctorCheck {
  /// State directories of folders further up: their runs are not seen from here.
  static let shadows = DoctorCheck("shadows") { context in
    guard let folder = ProjectRoot.workingDirectory() else { return [] }
    return shadowed(from: folder, by: context.stateDirectory).map { path in
      if context.isStateDirectoryNamed {
        return DoctorFinding(.ok, "other state", "\(path) is not used, because another state directory is named")
      }
      return DoctorFinding(
        .warn, "other state", "\(path) is not used, because \(context.stateDirectory) is nearer",
        advice: "runs recorded there are seen with --state-dir \(path); remove the one that is not meant")
    }
  }

  /// The `.execplan` folders from a folder upwards, without the one in use.
  static func shadowed(from folder: String, by used: String) -> [String] {
    var found: [String] = []
    var folder = folder
    while true {
      let path = (folder == "/" ? "" : folder) + "/.execplan"
      if path != used, PathName.isFolder(path) { found.append(path) }
      guard folder != "/" else { return found }
      folder = PathName.parent(folder)
    }
  }
}
