internal import Executor
internal import Glibc
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// A file that holds a saved plan. It is known by what is in it, whatever its name.
struct SavedPlanFile {
  /// Absolute.
  let path: String
  let plan: SavedPlan
  /// Whether it is as it was saved.
  let isSealed: Bool

  /// As the person in this working directory would name it.
  var shown: String { PathName.shown(path) }

  /// The file as a word of a command line.
  var word: String { ShellQuoting.quoted(shown) }

  /// The saved plan that a word of the command line names; nil if it names something else.
  ///
  /// - Throws: exit 3 when it says that it is one and can't be read.
  static func named(_ word: String?) throws(CommandFailure) -> SavedPlanFile? {
    guard let word, word != "-" else { return nil }
    let path = PathName.absolute(word)
    return isOne(path) ? try read(path) : nil
  }

  /// Whether a file says of itself that it is a saved plan.
  static func isOne(_ path: String) -> Bool {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    var info = stat()
    guard unsafe fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return false }
    let head = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = unsafe max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
    }
    return SavedPlan.isClaimed(by: head)
  }

  static func read(_ path: String) throws(CommandFailure) -> SavedPlanFile {
    let bytes = try PlanFile.bytes(path, limit: SavedPlan.sizeLimit)
    do throws(SavedPlanError) {
      let (plan, seal) = try SavedPlan.read(bytes)
      return SavedPlanFile(path: path, plan: plan, isSealed: plan.isSealed(with: seal))
    } catch {
      throw CommandFailure(
        .invalidPlan, "\(place(of: error, in: bytes, path)): no saved plan: \(PrintableText.line(error.message))",
        advice: "save it anew with execplan plan PLAN --out \(ShellQuoting.quoted(PathName.shown(path)))")
    }
  }

  private static func place(of error: SavedPlanError, in bytes: [UInt8], _ path: String) -> String {
    let shown = PathName.shown(path)
    switch error.place {
    case .offset(let offset):
      let location = SourceFile(path: shown, bytes: bytes).location(of: min(offset, bytes.count))
      return "\(shown):\(location.line):\(location.column)"
    case .member(let member): return member.isEmpty ? shown : "\(shown): \(PrintableText.line(member))"
    }
  }

  /// Why it is not taken as it is; nil if it is as it was saved.
  var refusalOfChange: Refusal? {
    if isSealed { return nil }
    return Refusal(
      .refused, "\(word) was changed after it was saved",
      nextCommands: ["plan \(ShellQuoting.quoted(plan.plan.path)) --out \(word)"])
  }

  /// What is to be applied, over the plan as it is now.
  func use(_ runnable: RunnablePlan, _ options: ExecutionOptions) -> SavedPlanUse {
    SavedPlanUse(
      plan: plan, file: word, planned: runnable.planned, site: runnable.site, options: options,
      command: runnable.command)
  }

  /// Why a command that wants a plan does not take a file; nil if it is no saved plan.
  static func refusal(of path: String) -> CommandFailure? {
    guard isOne(path) else { return nil }
    let shown = PathName.shown(path)
    return CommandFailure(
      .usage, "\"\(shown)\" is a saved plan: only apply and show take one",
      advice: "execplan show \(ShellQuoting.quoted(shown))")
  }
}
