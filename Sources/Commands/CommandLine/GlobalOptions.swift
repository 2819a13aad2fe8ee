package import Reporting

/// What the options that every command takes were set to.
package struct GlobalOptions: Hashable, Sendable {
  package var isQuiet = false
  package var isVerbose = false
  /// `-C`: work as if started there.
  package var directory: String?
  /// `--state-dir`.
  package var stateDirectory: String?
  package var color: ColorChoice = .auto
  /// `--no-input`: never ask.
  package var neverAsks = false

  package init() {}

  init(_ options: [String: [String?]]) {
    isQuiet = options["quiet"] != nil
    isVerbose = options["verbose"] != nil
    directory = options["directory"]?.last ?? nil
    stateDirectory = options["state-dir"]?.last ?? nil
    color = (options["color"]?.last ?? nil).flatMap(ColorChoice.init(rawValue:)) ?? .auto
    neverAsks = options["no-input"] != nil
  }
}
