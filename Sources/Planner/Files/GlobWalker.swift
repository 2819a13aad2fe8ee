internal import Glibc
internal import PlanModel

/// Walks the folders in which a glob may match. Links to folders are not followed, and the folders of execplan and git
/// are passed over.
struct GlobWalker {
  let root: String
  let glob: Glob

  /// Entries that are looked at before the walk is given up.
  private static let limit = 5_000_000

  func walk(_ found: (String) -> Void) throws(FileProbeError) {
    var folders = [glob.literalPrefix]
    var looked = 0
    while let folder = folders.popLast() {
      let path = folder.isEmpty ? root : folder.hasPrefix("/") ? folder : root + "/" + folder
      var info = stat()
      guard unsafe stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { continue }
      let names = try DirectoryListing.names(in: path)
      looked += names.count
      guard looked <= GlobWalker.limit else {
        throw FileProbeError(path: glob.pattern, message: "more than \(GlobWalker.limit) files would have to be looked at")
      }
      for name in names {
        let relative = folder.isEmpty ? name : folder + "/" + name
        if glob.matches(relative) { found(relative) }
        guard name != ".execplan", name != ".git", glob.mayMatch(below: relative), DirectoryListing.isFolder(path + "/" + name) else {
          continue
        }
        folders.append(relative)
      }
    }
  }
}
