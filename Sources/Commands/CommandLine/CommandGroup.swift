/// The groups in which the help lists the commands.
package enum CommandGroup: String, Sendable, CaseIterable {
  case write = "Write"
  case run = "Run"
  case decide = "Decide"
  case look = "Look"
}
