/// Why a file is no saved plan that can be read, and where.
package struct SavedPlanError: Error, Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    /// A byte of the file.
    case offset(Int)
    /// A member: `steps[3].decision`; empty: the whole.
    case member(String)
  }

  package var place: Place
  /// Lower case, no full stop.
  package var message: String

  package init(_ place: Place, _ message: String) {
    self.place = place
    self.message = message
  }
}
