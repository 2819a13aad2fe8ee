package import Journal
internal import PlanModel

/// The files of a run that agents are given, below the state directory: prompts and hand-off packages.
///
/// They have the names of steps, not of attempts, so that the path that somebody was told stays right when the run is gone
/// on with.
package struct AgentFiles: Sendable {
  private let folder: String

  package init(_ state: StateDirectory, run: Int64) {
    self.init(folder: "\(state.logs)/\(run)")
  }

  /// - Parameter folder: that of the run's attempts.
  init(folder: String) { self.folder = folder }

  package func prompt(of step: String) -> String { "\(folder)/prompts/\(AgentFiles.name(step)).md" }

  package func handoff(of step: String, to receiver: String) -> String {
    "\(folder)/handoff/\(AgentFiles.name(step)).\(AgentFiles.name(receiver)).yaml"
  }

  /// Puts a file in place as a whole, for its owner alone.
  func write(_ text: String, to path: String, in world: any ExecutionWorld) throws {
    try world.makePrivateFolder(folder)
    try world.makePrivateFolder(PathName.parent(path))
    try world.replacePrivateFile(path, with: Array(text.utf8))
  }

  /// The id of a step as the name of a file.
  private static func name(_ step: String) -> String {
    var name = ""
    for byte in step.utf8.prefix(180) {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
        name.unicodeScalars.append(Unicode.Scalar(byte))
      default: name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return name
  }
}
