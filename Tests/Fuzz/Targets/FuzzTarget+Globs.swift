internal import PlanLoading
internal import PlanModel

extension FuzzTarget {
  /// The lines of the input: two patterns, and then paths.
  ///
  /// A path that both match proves an overlap, and what matches lies in the folders that a walk enters.
  static let globs = FuzzTarget("globs") { bytes in
    let lines = bytes.split(separator: 0x0A, maxSplits: 63, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var globs: [Glob] = []
    for line in lines.prefix(2) {
      do throws(GlobError) {
        globs.append(try Glob(line))
      } catch {
        try promise((0...line.utf8.count).contains(error.offset), "\(error) is outside of the pattern")
      }
    }
    // No path of a plan is longer.
    for path in lines where path.utf8.count <= 4096 {
      let matches = globs.map { $0.matches(path) }
      for (glob, isMatch) in zip(globs, matches) where isMatch {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(path.utf8[..<$0]) ?? "" } ?? ""
        try promise(glob.mayMatch(below: folder), "\"\(path)\" matches \"\(glob.pattern)\", but not its folder")
        try promise(folder.utf8.starts(with: glob.literalPrefix.utf8), "\"\(path)\" is not below its prefix")
      }
      if matches == [true, true] {
        try promise(Glob.couldOverlap(globs[0], globs[1]), "\"\(path)\" matches both, and they do not overlap")
      }
      let normalized = PathText.normalized(path)
      try promise(PathText.normalized(normalized) == normalized, "\"\(normalized)\" is not normalized")
    }
    if globs.count == 2 {
      try promise(
        Glob.couldOverlap(globs[0], globs[1]) == Glob.couldOverlap(globs[1], globs[0]), "overlap has a direction")
    }
  }
}
