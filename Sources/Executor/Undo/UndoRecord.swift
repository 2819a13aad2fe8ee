package import Digest
internal import PlanModel

/// What was at a path before a `file` or `edit` step changed it, and what it made of it.
///
/// It is on the disk before the change is made, so that there is one for every change, whatever comes between. One
/// without its change is possible: then what is there is still what was before.
package struct UndoRecord: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case absent, file, folder, link, other
  }

  package struct Place: Hashable, Sendable {
    package var kind: Kind
    /// Permission bits.
    package var mode: UInt16?
    /// Of a file's content.
    package var digest: SHA256Digest?
    /// Where a link leads.
    package var target: String?

    package init(_ kind: Kind, mode: UInt16? = nil, digest: SHA256Digest? = nil, target: String? = nil) {
      self.kind = kind
      self.mode = mode
      self.digest = digest
      self.target = target
    }
  }

  package var run: Int64
  package var attempt: Int64
  package var step: String
  /// As the plan names it.
  package var path: String
  /// The real place, absolute: what a link of the plan's path led to.
  package var place: String
  package var before: Place
  package var after: Place
  /// Whose it was before, and its extended attributes; nil when nothing was there.
  package var traits: FileTraits?
  /// Folders that are made for it, the outermost first, absolute.
  package var madeFolders: [String]
  /// Why the content of before is not kept; nil when it is, or when there was none or it stays.
  package var loss: String?
  /// Bytes of the content of before; nil when none is kept.
  package var keptSize: Int?

  package init(
    run: Int64, attempt: Int64, step: String, path: String, place: String, before: Place, after: Place,
    traits: FileTraits? = nil, madeFolders: [String] = [], loss: String? = nil, keptSize: Int? = nil
  ) {
    self.run = run
    self.attempt = attempt
    self.step = step
    self.path = path
    self.place = place
    self.before = before
    self.after = after
    self.traits = traits
    self.madeFolders = madeFolders
    self.loss = loss
    self.keptSize = keptSize
  }
}

/// One line of JSON; in its file the content of before follows, byte by byte.
extension UndoRecord {
  private static let format = 1

  package var json: String {
    JSONWriter.stored(
      .map([
        .init("undo", .int(UndoRecord.format)), .init("run", .int(Int(run))), .init("attempt", .int(Int(attempt))),
        .init("step", .string(step)), .init("path", .string(path)), .init("place", .string(place)),
        .init("before", UndoRecord.value(before)), .init("after", UndoRecord.value(after)),
        .init("traits", traits?.value ?? .null),
        .init("made_folders", .list(madeFolders.map(Value.string))), .init("loss", loss.map(Value.string) ?? .null),
        .init("kept_bytes", keptSize.map(Value.int) ?? .null),
      ]))
  }

  /// Nil when the text is no record.
  package init?(json: [UInt8]) {
    guard let value = try? JSONReader.read(json, from: .stored), case .int(UndoRecord.format)? = value["undo"],
      case .int(let run)? = value["run"], case .int(let attempt)? = value["attempt"],
      case .string(let step)? = value["step"], case .string(let path)? = value["path"],
      case .string(let place)? = value["place"], let before = UndoRecord.place(value["before"]),
      let after = UndoRecord.place(value["after"]), case .list(let folders)? = value["made_folders"]
    else { return nil }
    self.init(
      run: Int64(run), attempt: Int64(attempt), step: step, path: path, place: place, before: before, after: after,
      traits: FileTraits(value["traits"]),
      madeFolders: folders.compactMap { if case .string(let text) = $0 { text } else { nil } })
    if case .string(let text)? = value["loss"] { loss = text }
    if case .int(let size)? = value["kept_bytes"] { keptSize = size }
  }

  private static func value(_ place: Place) -> Value {
    .map([
      .init("kind", .string(place.kind.rawValue)),
      .init("mode", place.mode.map { .string(octal($0)) } ?? .null),
      .init("sha256", place.digest.map { .string($0.hex) } ?? .null),
      .init("target", place.target.map(Value.string) ?? .null),
    ])
  }

  private static func place(_ value: Value?) -> Place? {
    guard case .string(let word)? = value?["kind"], let kind = Kind(rawValue: word) else { return nil }
    var place = Place(kind)
    if case .string(let digits)? = value?["mode"] { place.mode = UInt16(digits, radix: 8) }
    if case .string(let hex)? = value?["sha256"] { place.digest = SHA256Digest(hex: hex) }
    if case .string(let target)? = value?["target"] { place.target = target }
    return place
  }

  private static func octal(_ mode: UInt16) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
