extension Defect {
  static func append(_ step: String, _ moment: KillMoment?, _ difference: TreeDifference) -> Defect {
    let path = difference.path.description
    if case .database = difference.kind {
      return Defect(
        kind: .append, step: step, moment: moment, path: path, what: "\(path) \(difference.text)",
        why: "each further try inserts the same rows once more",
        fix: "`exactly_once: true` on the `sql` step, or an upsert (`insert … on conflict …`), or delete before the "
          + "insert")
    }
    return Defect(
      kind: .append, step: step, moment: moment, path: path, what: "\(path) \(difference.text)",
      why: "what is there already stays, and each further try adds the same once more",
      fix: "write all of \(path) to a new name and rename it, or an `edit` with `line` or `block`, "
        + "or a guard: `unless: grep -q … \(path)`")
  }

  static func leftBehind(_ step: String, _ moment: KillMoment, _ path: String) -> Defect {
    Defect(
      kind: .leftBehind, step: step, moment: moment, path: path,
      what: "\(path) of the cut-off attempt is still there at the end",
      why: "a program that is killed can't clean up, and the next try takes another name or none",
      fix: "one fixed name for it that the next try writes over, or remove what is left at the beginning of the step, "
        + "or `mktemp` in $TMPDIR")
  }

  static func halfWritten(_ step: String, _ moment: KillMoment, _ path: String, _ effect: String) -> Defect {
    Defect(
      kind: .halfWritten, step: step, moment: moment, path: path,
      what: "\(path) was half-written at the kill, and \(effect)",
      why: "the step writes \(path) under its final name bit by bit, so half of it looks like all of it",
      fix: "write to \(path).new and `mv` it to \(path) as the last act, or `verify` what makes it whole")
  }

  static func undeclared(_ step: String, _ paths: [String]) -> Defect {
    let names = paths.prefix(5).joined(separator: ", ") + (paths.count > 5 ? " and \(paths.count - 5) more" : "")
    return Defect(
      kind: .undeclaredOutput, step: step, moment: nil, path: paths.first,
      what: "\(names) \(paths.count == 1 ? "is" : "are") written, and no step declares that",
      why: "execplan neither sees that it is missing or altered, nor moves it aside after a kill",
      fix: "`outputs: [\(paths.prefix(5).joined(separator: ", "))]`")
  }

  static func guardNeverHolds(_ step: String, _ pattern: String, _ made: [String]) -> Defect {
    let names = made.prefix(3).joined(separator: ", ")
    return Defect(
      kind: .wrongGuard, step: step, moment: nil, path: pattern,
      what: "\(pattern) is not there when the step has ended",
      why: "so the guard never holds, and the step runs again each time",
      fix: made.isEmpty
        ? "name in `creates` what the step makes" : "name in `creates` what the step makes last; it makes \(names)")
  }

  static func guardHoldsEarly(_ step: String, _ moment: KillMoment, _ pattern: String, _ missing: [String]) -> Defect {
    Defect(
      kind: .wrongGuard, step: step, moment: moment, path: pattern,
      what: "\(pattern) was there at the kill, and \(missing.prefix(3).joined(separator: ", ")) was not",
      why: "so the guard holds before the step is done",
      fix: "name in `creates` what the step makes last, or add a `verify` that looks at all of it")
  }

  static func unstable(_ step: String, _ difference: TreeDifference) -> Defect {
    Defect(
      kind: .unstable, step: step, moment: nil, path: difference.path.description,
      what: "\(difference.path) \(difference.text) in a second uninterrupted run",
      why: "the content depends on the time, on chance or on the run, so nobody can tell a result from a good one",
      fix: "take the time from a parameter and fix the seed and the order; if it is meant, --ignore "
        + difference.path.pattern)
  }

  static func notRepeatable(_ step: String, _ difference: TreeDifference) -> Defect {
    Defect(
      kind: .notRepeatable, step: step, moment: nil, path: difference.path.description,
      what: "\(difference.path) \(difference.text) after a second apply",
      why: "what the step does depends on what its last run left",
      fix: "a guard (`creates`, `unless`), or `inputs` and `outputs`, or `once: true`, or begin by removing what it "
        + "makes")
  }

  static func differs(_ step: String, _ moment: KillMoment, _ difference: TreeDifference) -> Defect {
    Defect(
      kind: .differs, step: step, moment: moment, path: difference.path.description,
      what: "\(difference.path) \(difference.text)",
      why: difference.kind == .missing
        ? "the step counts as done, or begins behind what it had not made"
        : "the next try goes on from what the cut-off attempt left",
      fix: difference.kind == .missing
        ? "a guard that names what is made last, or `verify`, or `idempotent: false` without a guard"
        : "begin by removing what the step makes, or `inputs` and `outputs`, so that it is moved aside, or "
          + "`on_interrupt: ask`")
  }

  static func fails(_ step: String, _ moment: KillMoment?, _ what: String) -> Defect {
    Defect(
      kind: .fails, step: step, moment: moment, path: nil, what: what,
      why: moment == nil
        ? "the second run meets what the first has left" : "the next try meets what the cut-off attempt left",
      fix: "make the step bear what is there already (`mkdir -p`, `rm -f`, `create table if not exists`), or a guard, "
        + "or `on_interrupt: ask`")
  }
}
