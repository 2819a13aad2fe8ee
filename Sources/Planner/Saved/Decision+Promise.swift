extension Decision {
  /// Whether a step may come to this at run time although a saved plan says something else of it (S21): what was
  /// unknown is decided, and what was to run may turn out to be done. Nothing runs of which nobody was told.
  ///
  /// What was unknown may also turn out to wait for a person: nothing is started by that.
  package func keeps(_ promised: Decision) -> Bool {
    switch (promised, self) {
    case (.unknown, .run), (.unknown, .skip), (.unknown, .wait), (.run, .skip): true
    default: promised == self
    }
  }
}
