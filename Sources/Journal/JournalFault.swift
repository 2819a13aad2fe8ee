internal import FaultPoints
internal import Glibc
internal import PlanModel
internal import SQLite

#if DEBUG
  /// Where in a commit a fault can strike.
  enum CommitMoment {
    case before, inside, after
  }

  /// Dies or fails in a debug build, as SQLite fails when the disk does.
  func journalFault(_ moment: CommitMoment, _ writes: [JournalWrite]) throws(SQLiteError) {
    try journalFault(FaultPoint.of(moment, writes))
  }

  func journalFault(_ point: FaultPoint) throws(SQLiteError) {
    let code = injectedError(point)
    guard code != 0 else { return }
    let isFull = code == ENOSPC
    throw SQLiteError(
      code: (isFull ? SQLiteError.Kind.full : .io).rawValue,
      message: isFull ? "database or disk is full" : "disk I/O error")
  }

  extension FaultPoint {
    private static let ends: Set<Event.Kind> = [.stepFinished, .gate]

    fileprivate static func of(_ moment: CommitMoment, _ writes: [JournalWrite]) -> FaultPoint {
      let points: [FaultPoint] =
        if writes.contains(where: { if case .beginLeg = $0 { true } else { false } }) {
          [.beforeBeginCommit, .inBeginCommit, .afterBeginCommit]
        } else if writes.contains(where: { if case .endLeg = $0 { true } else { false } }) {
          [.beforeFinishCommit, .inFinishCommit, .afterFinishCommit]
        } else if writes.contains(where: {
          if case .event(_, let event) = $0 { ends.contains(event.kind) } else { false }
        }) {
          [.beforeEndCommit, .inEndCommit, .afterEndCommit]
        } else if writes.contains(where: { if case .claim = $0 { true } else { false } }) {
          [.beforeClaimCommit, .inClaimCommit, .afterClaimCommit]
        } else {
          [.beforeOtherCommit, .inOtherCommit, .afterOtherCommit]
        }
      return switch moment {
      case .before: points[0]
      case .inside: points[1]
      case .after: points[2]
      }
    }
  }
#else
  enum CommitMoment {
    case before, inside, after
  }

  @inline(__always)
  func journalFault(_ moment: CommitMoment, _ writes: [JournalWrite]) throws(SQLiteError) {}

  @inline(__always)
  func journalFault(_ point: FaultPoint) throws(SQLiteError) {}
#endif
