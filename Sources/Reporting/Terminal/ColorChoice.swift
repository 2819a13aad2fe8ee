/// What `--color` says.
package enum ColorChoice: String, Sendable, CaseIterable {
  case auto, always, never
}
