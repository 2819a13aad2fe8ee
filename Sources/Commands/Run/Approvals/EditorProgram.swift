internal import Glibc
internal import PlanModel
internal import SourceText

/// The editor of the person, on their terminal.
enum EditorProgram {
  /// Waits until it has ended.
  ///
  /// - Returns: false when there is none, or it says that it failed.
  static func open(_ path: String, _ environment: [String: String]) -> Bool {
    let chosen = [environment["VISUAL"], environment["EDITOR"]].lazy.compactMap(\.self).first { !$0.isEmpty }
    // What a session blocks is not blocked for a program that a person uses.
    var (none, before) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    return unsafe system("\(chosen ?? "vi") \(ShellQuoting.quoted(path))") == 0
  }
}
