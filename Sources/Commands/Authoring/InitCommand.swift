internal import Executor
internal import Glibc
internal import PlanModel

/// `execplan init`.
enum InitCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let console = invocation.console
    guard let here = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
    }
    let setup = RepositorySetup(root: ProjectRoot.git(from: here) ?? here)
    let proposal = try setup.proposal()
    for hint in proposal.hints { console.say("by hand: \(hint)") }
    guard !proposal.changes.isEmpty else {
      console.say("nothing to do: \(PathName.shown(setup.root)) is prepared for plans")
      return .success
    }
    for change in proposal.changes { console.write(change.diff(console.outputStyle)) }
    if invocation.parsed.has("dry-run") { return .success }
    if !invocation.parsed.has("yes") {
      guard !invocation.globals.neverAsks, isatty(STDIN_FILENO) == 1 else {
        throw CommandFailure(.waiting, "nothing was written: nobody can be asked", advice: "execplan init --yes")
      }
      console.writeError("make these changes? [y/N] ")
      guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
        console.say("nothing was written")
        return .success
      }
    }
    for change in proposal.changes { try change.write(below: setup.root) }
    console.say("done; next: execplan new \"My plan\"")
    return .success
  }
}
