internal import Digest
internal import PlanModel

/// What is to be done so that the paths of one step are again as they were before it.
struct Restoration: Sendable {
  /// What happened to one path, the latest first.
  struct Place: Sendable {
    var records: [UndoRecord]

    var place: String { records[0].place }
    var path: String { records[0].path }
    /// As it was before the first of them.
    var target: UndoRecord.Place { records[records.count - 1].before }

    /// Whose it was then, and its extended attributes.
    var traits: FileTraits? { records[records.count - 1].traits }

    /// Whether somebody of the run left it like this: a cut-off attempt may have come to nothing.
    func knows(_ present: UndoRecord.Place) -> Bool {
      records.contains { present.matches($0.after) || present.matches($0.before) }
    }

    /// The record that holds the content as it was.
    var source: UndoRecord? {
      records.last { $0.before.digest == target.digest && $0.keptSize != nil }
    }

    /// Why it can't be made as it was; nil: it can.
    var loss: String? {
      guard !records[0].after.isAlike(target) else { return nil }
      switch target.kind {
      case .absent, .folder, .link: return nil
      case .other: return "\"\(path)\" was neither a file, a folder nor a link"
      case .file:
        if source != nil { return nil }
        let why = records.last { $0.loss != nil }?.loss ?? "its content is not kept any more"
        return "what was at \"\(path)\" is not kept: \(why)"
      }
    }
  }

  var places: [Place]
  /// Folders that the run made, by the place in the order of undoing from which on they may go.
  var folders: MadeFolders
  /// The place of the step in that order.
  var turn: Int
  /// Whether what somebody else has changed since is replaced.
  var overwrites = false

  var loss: String? { places.lazy.compactMap(\.loss).first }
}

/// Folders that a run made, which go when they are empty and all is taken back that was to be in them.
struct MadeFolders: Sendable {
  /// By absolute path.
  let turns: [String: Int]

  /// All that may go at the end of a rollback that came so far, the inner ones first.
  func upTo(_ turn: Int) -> [String] {
    turns.filter { $0.value <= turn }.keys.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }
}

extension UndoRecord.Place {
  /// Whether what is there is this; of a file too large to be read the content is not compared.
  func matches(_ other: UndoRecord.Place) -> Bool {
    guard isAlike(other) else { return false }
    guard kind == .file || kind == .folder, let mode, let wanted = other.mode else { return true }
    return mode == wanted
  }

  /// The same, but for the mode.
  func isAlike(_ other: UndoRecord.Place) -> Bool {
    kind == other.kind && digest == other.digest && target == other.target
  }
}
