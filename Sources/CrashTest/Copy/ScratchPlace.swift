internal import Glibc
internal import Subprocess

/// `TMPDIR` can't hold the copies of the project.
package struct ScratchPlaceError: Error {
  package var temporary: String
  /// Where the git repository lies that `TMPDIR` is in.
  package var repository: String
}

/// Where the copies of a project are made.
struct ScratchPlace {
  /// Absolute, without links.
  let temporary: String
  /// What the names of all such folders begin with, relative to the project; nil when they lie outside of it.
  let ownPrefix: String?

  static let stem = "execplan-test-"

  /// - Throws: when git, in a copy, would find a repository that the project lies in or that lies in the project.
  init(of root: String, temporary wanted: String) throws(ScratchPlaceError) {
    let project = RealPath.orSame(root)
    temporary = RealPath.orSame(wanted)
    var place = temporary
    while !place.isEmpty {
      if RealPath.holds(place, project) || RealPath.holds(project, place), TreeItem(".git", in: place) != nil {
        throw ScratchPlaceError(temporary: wanted, repository: place)
      }
      place = RealPath.parent(place)
    }
    if temporary == project {
      ownPrefix = ScratchPlace.stem
    } else if let inner = RealPath.inner(temporary, of: project) {
      ownPrefix = inner + "/" + ScratchPlace.stem
    } else {
      ownPrefix = nil
    }
  }

  /// Whether a path of the project is such a folder: of this test, or of another one.
  func isScratch(_ path: String) -> Bool {
    guard let ownPrefix else { return false }
    return path.utf8.starts(with: ownPrefix.utf8)
  }
}
