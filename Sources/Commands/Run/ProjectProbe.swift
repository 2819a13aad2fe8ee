internal import PlanLoading
internal import PlanModel
internal import Planner

/// The file system as planning and executing look at it.
enum ProjectProbe {
  static func make(root: String) -> FileSystemProbe {
    FileSystemProbe(root: root) { bytes, path throws(FileProbeError) -> Template in
      do throws(TemplateFile.Problem) {
        return try TemplateFile.read(bytes, path: path)
      } catch {
        throw FileProbeError(path: path, message: error.message)
      }
    }
  }
}
