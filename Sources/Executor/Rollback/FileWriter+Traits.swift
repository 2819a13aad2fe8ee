internal import Glibc
internal import PlanModel
internal import Subprocess

extension FileWriter {
  /// Makes an open file what it was beside its content and mode. What is not permitted is no failure: the content is
  /// worth more than its owner.
  ///
  /// - Parameters:
  ///   - path: a file whose attributes it gets if its own are not kept.
  ///   - mode: loses the bits that mean the owner if that is another.
  /// - Returns: what it could not be given.
  func give(
    _ traits: FileTraits, to file: Int32, copyingFrom path: String?, mode: inout mode_t
  ) throws(Problem) -> [String] {
    var missing: [String] = []
    if let owner = traits.ownerMissing({ fchown(file, $0, $1) }) {
      missing += owner
      if mode & 0o6000 != 0 { missing.append("its set-user-ID and set-group-ID bits") }
      mode &= 0o1777
    }
    if let loss = traits.attributeLoss {
      missing.append("its extended attributes: \(loss)")
      if let path { try copyAttributes(of: path, to: file) }
      return missing
    }
    let names = ExtendedAttributes.make(traits.attributes, of: file).map { String(decoding: $0, as: UTF8.self) }
    if !names.isEmpty {
      let shown = names.prefix(3).joined(separator: ", ")
      missing.append("its extended attributes \(shown)\(names.count > 3 ? ", …" : "")")
    }
    return missing
  }

  /// The same for a folder, which gets its mode last.
  func giveFolder(_ place: Restoration.Place) throws(Problem) -> [String] {
    guard let mode = place.target.mode else { return [] }
    guard let traits = place.traits else {
      try setMode(mode, place.place)
      return []
    }
    let folder = unsafe open(place.place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { throw failure("open", place.place) }
    defer { close(folder) }
    var bits = mode_t(mode)
    let missing = try give(traits, to: folder, copyingFrom: nil, mode: &bits)
    guard fchmod(folder, bits) == 0 else { throw failure("set the mode of", place.place) }
    return missing
  }
}

extension FileTraits {
  /// Gives something its owner and group, or its group alone if no more is permitted.
  ///
  /// - Returns: what it could not be given; nil: nothing.
  func ownerMissing(_ change: (_ owner: uid_t, _ group: gid_t) -> Int32) -> [String]? {
    if change(owner, group) == 0 { return nil }
    if change(.max, group) == 0 { return ["its owner (user \(owner))"] }
    return [owner == geteuid() ? "its group (\(group))" : "its owner (user \(owner), group \(group))"]
  }
}
