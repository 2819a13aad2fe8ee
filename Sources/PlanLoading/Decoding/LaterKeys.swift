/// Keys that belong to the plan format but not to this version of the program: a clear error, so that
/// nobody believes that they took effect.
enum LaterKeys {
  static func explanation(of key: String, in what: String) -> String? {
    switch (what, key) {
    case ("the plan", "notify"): "watch the exit code, or add a step to \"finally\""
    case ("the plan", "approval"): "use a \"manual\" step where a person must agree"
    case ("the plan", "write_back"), ("the plan", "depends_on"), ("the plan", "tasks"):
      "it belongs to markdown plans"
    case ("a step", "fetch"): "use \"run\" with curl and \"creates\""
    case ("a step", "http"): "use \"run\" with curl"
    case ("a step", "wait"): "use \"run\" with a loop and a timeout"
    case ("a step", "approve"): "use \"manual\""
    case ("a step", "uses"), ("a step", "with"): "use \"exec\" with the program"
    case ("a check", "table"): "use \"sql\" checks"
    case ("a check", "http"): "use a \"run\" check with curl"
    default: nil
    }
  }
}
