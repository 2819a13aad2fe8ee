/// The families into which the codes of rules fall, by their first digit.
enum RuleFamily: Character, CaseIterable {
  case syntax = "1"
  case schema = "2"
  case graph = "3"
  case safety = "4"
  case expressions = "5"
  case standard = "6"
  case livingSections = "7"
  case hints = "8"

  var title: String {
    switch self {
    case .syntax: "Syntax"
    case .schema: "Keys, types and values"
    case .graph: "Order and files"
    case .safety: "Repeating and safety"
    case .expressions: "Expressions"
    case .standard: "ExecPlan standard"
    case .livingSections: "Living sections"
    case .hints: "Hints"
    }
  }

  init?(code: String) {
    guard let digit = code.dropFirst(2).first else { return nil }
    self.init(rawValue: digit)
  }
}
