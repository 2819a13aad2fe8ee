internal import Digest
internal import Glibc
internal import PlanModel
internal import Planner
internal import Subprocess

extension FileWriter {
  /// For whom undo records are kept.
  package struct Origin: Sendable {
    package var run: Int64
    package var step: String

    package init(run: Int64, step: String) {
      self.run = run
      self.step = step
    }
  }

  /// Keeps what is at a place before it is changed.
  ///
  /// - Returns: what of it is not kept, and why; nil when all is, or when there is nothing or it stays.
  func keepForUndo(_ desired: DesiredFile, at place: String) throws(Problem) -> String? {
    guard origin != nil else { return nil }
    let (before, old) = try FileWriter.present(at: place, site)
    return try keep(
      desired.path, at: place, before, old, after: after(desired, before), madeFolders: missingFolders(above: place))
  }

  /// Writes down what was at a place, and what becomes of it.
  ///
  /// - Returns: what of it is not kept, and why.
  func keep(
    _ path: String, at place: String, _ before: UndoRecord.Place, _ old: [UInt8]?, after: UndoRecord.Place,
    madeFolders: [String]
  ) throws(Problem) -> String? {
    guard let origin else { return nil }
    var record = UndoRecord(
      run: origin.run, attempt: attempt, step: origin.step, path: path, place: place, before: before, after: after,
      traits: FileTraits.of(place, site), madeFolders: madeFolders)
    var content: [UInt8]?
    if let old, record.after.digest != before.digest {
      record.loss = FileWriter.loss(of: old, site)
      if record.loss == nil {
        content = old
        record.keptSize = old.count
      }
    } else if before.kind == .file, before.digest == nil, record.after.kind != .file || record.after.digest != nil {
      record.loss = FileWriter.lossOfLarge
    }
    do throws(SystemError) {
      try UndoStore(site.state).write(record, content: content)
    } catch {
      throw Problem(message: "what is at \"\(path)\" can't be kept for undo: \(error)")
    }
    return record.loss ?? (record.after.isAlike(before) ? nil : record.traits?.attributeLoss)
  }

  /// Why the content of what a step would replace can't be kept; nil: it can, or it has none.
  static func loss(of path: String, by step: Step, _ site: ExecutionSite) -> String? {
    var place = site.absolute(path)
    // A link itself is replaced by a link; content goes through it to what it names.
    if case .file(let file) = step.action, case .link = file.content {} else { place = RealPath.orSame(place) }
    guard let (before, old) = try? present(at: place, site), before.kind == .file else { return nil }
    guard let old else { return lossOfLarge }
    site.secrets.readAhead()
    return loss(of: old, site)
  }

  /// What holds a secret is written nowhere, and half of it would be of no use.
  private static func loss(of content: [UInt8], _ site: ExecutionSite) -> String? {
    site.secrets.nameOfSecret(in: content).map { "it holds the secret \"\($0)\"" }
  }

  private static var lossOfLarge: String { "it is larger than \(DesiredFile.sizeLimit >> 20) MiB" }

  private func after(_ desired: DesiredFile, _ before: UndoRecord.Place) -> UndoRecord.Place {
    let mode = desired.mode ?? (before.kind == .absent ? nil : before.mode)
    switch desired.kind {
    case .content(let bytes):
      return UndoRecord.Place(
        .file, mode: mode ?? 0o666 & ~FileWriter.creationMask, digest: SHA256.digest(of: bytes))
    case .directory: return UndoRecord.Place(.folder, mode: mode ?? 0o777 & ~FileWriter.creationMask)
    case .link(let target): return UndoRecord.Place(.link, target: target)
    case .absent: return UndoRecord.Place(.absent)
    case .unchanged: return UndoRecord.Place(before.kind, mode: mode, digest: before.digest)
    }
  }

  func missingFolders(above place: String) -> [String] {
    var missing: [String] = []
    var folder = PathName.parent(place)
    while folder != "/", RealPath.of(folder) == nil {
      missing.insert(folder, at: 0)
      folder = PathName.parent(folder)
    }
    return missing
  }
}
