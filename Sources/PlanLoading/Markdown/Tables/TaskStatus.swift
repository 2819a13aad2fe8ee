internal import PlanModel

/// What the words of a status column mean.
enum TaskStatus {
  /// Words win over signs: `⏳ to do` is open. A sign alone counts too.
  static func state(_ text: String) -> TaskState {
    let text = text.lowercased()
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
      .map { String($0).replacing("_", with: "-") }
    for (position, word) in words.prefix(3).enumerated() {
      // `not started`, `in progress`: two words that are one.
      let pair = position + 1 < words.count ? word + "-" + words[position + 1] : word
      if let state = byWord[pair] ?? byWord[word] { return state }
    }
    for (sign, state) in bySign where text.contains(sign) { return state }
    return .open
  }

  private static let byWord: [String: TaskState] = {
    var words: [String: TaskState] = [:]
    for word in [
      "done", "complete", "completed", "closed", "merged", "shipped", "finished", "implemented", "passed", "yes", "x",
      "已完成", "完成", "完了", "완료", "hecho", "completado", "fertig", "erledigt",
    ] { words[word] = .done }
    for word in [
      "in-progress", "active", "started", "wip", "doing", "ongoing", "running", "partial", "in-review", "review",
      "进行中", "進行中", "진행", "진행중", "en-curso",
    ] { words[word] = .active }
    for word in ["blocked", "waiting", "on-hold", "阻塞", "차단", "bloqueado"] { words[word] = .blocked }
    for word in [
      "cancelled", "canceled", "superseded", "dropped", "skipped", "deferred", "obsolete", "rejected", "abandoned",
      "wontfix", "decomposed", "取消", "취소",
    ] { words[word] = .dropped }
    for word in [
      "todo", "to-do", "pending", "open", "planned", "queued", "ready", "not-started", "not-done", "draft", "proposed",
      "no", "backlog", "待开始", "未开始", "未着手", "대기", "pendiente", "offen",
    ] { words[word] = .open }
    return words
  }()

  private static let bySign: [(String, TaskState)] = [
    ("✅", .done), ("☑", .done), ("✔", .done), ("✓", .done), ("[x]", .done), ("🚧", .active), ("🔄", .active),
    ("⏳", .active), ("🟡", .active), ("⛔", .blocked), ("🔴", .blocked), ("❌", .dropped), ("🚫", .dropped),
    ("⬜", .open), ("[ ]", .open),
  ]
}
