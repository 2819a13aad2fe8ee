/// Keys that belong to the plan format but not to this version of the program: a clear error, so that
/// nobody believes that they took effect.
enum LaterKeys {
  static func explanation(of key: String, in what: String) -> String? {
    switch (what, key) {
    case ("the plan", "write_back"), ("the plan", "depends_on"), ("the plan", "tasks"):
      "it belongs to markdown plans"
    default: nil
    }
  }
}
