internal import Diagnostics
internal import Executor
internal import PlanDocument
internal import PlanModel
internal import SourceText
internal import Subprocess

/// `execplan note PLAN KIND TEXT`.
enum NoteCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let path = try PlanArgument(invocation: invocation).path(parsed.positional("PLAN"))
    let shown = PathName.shown(path)
    guard PlanDocument.isMarkdown(path) else {
      throw CommandFailure(
        .usage, "\"\(shown)\" is a YAML plan and has no living sections",
        advice: "write a comment into it, or --note with resolve or checkpoint")
    }
    let entry = try entry(invocation)
    _ = try EditedFile.edit(path) { bytes throws(CommandFailure) in
      do throws(LivingEdits.Refusal) {
        return try LivingEdits.appending(entry, to: SourceFile(path: shown, bytes: bytes))
      } catch {
        throw failure(error, shown)
      }
    }
    invocation.console.say("added to \(entry.section.title) of \(shown)")
    return .success
  }

  private static func failure(_ refusal: LivingEdits.Refusal, _ shown: String) -> CommandFailure {
    switch refusal {
    case .noSection(let kind):
      CommandFailure(
        .invalidPlan, "\"\(shown)\" has no section \"\(kind.title)\"",
        advice: "execplan validate --fix \(ShellQuoting.quoted(shown))")
    case .unreadable:
      CommandFailure(
        .invalidPlan, "the entry would not be read as one at its place in \"\(shown)\"",
        advice: "look at the end of the section, and write it there by hand")
    }
  }

  private static func entry(_ invocation: Invocation) throws -> LivingEntry {
    let parsed = invocation.parsed
    let kind = parsed.positional("KIND") ?? ""
    let text = parsed.positional("TEXT") ?? ""
    guard text.contains(where: { !$0.isWhitespace }) else { throw CommandFailure(.usage, "the text is empty") }
    for (option, owner) in [("why", "decision"), ("by", "decision"), ("evidence", "surprise"), ("done", "progress")]
    where kind != owner && parsed.has(option) {
      throw CommandFailure(.usage, "--\(option) belongs to \"note PLAN \(owner)\"")
    }
    let now = WallClock.now() / 1000
    switch kind {
    case "decision":
      guard let why = parsed.value("why"), why.contains(where: { !$0.isWhitespace }) else {
        throw CommandFailure(.usage, "a decision needs its reason", advice: "add --why \"…\"")
      }
      return .decision(text, why: why, by: parsed.value("by") ?? CheckpointCommand.userName(invocation), at: now)
    case "surprise":
      guard let given = parsed.value("evidence") else {
        throw CommandFailure(.usage, "a surprise needs its evidence", advice: "add --evidence \"…\", or - to read it")
      }
      let evidence =
        given == "-"
        ? String(decoding: try PlanFile.standardInput(name: "-").bytes, as: UTF8.self) : given
      guard evidence.contains(where: { !$0.isWhitespace }) else {
        throw CommandFailure(.usage, "the evidence is empty")
      }
      return .surprise(text, evidence: TerminalText.sanitized(evidence))
    case "progress": return .progress(text, isDone: parsed.has("done"), at: now)
    default: return .outcome(text, at: now)
    }
  }
}
