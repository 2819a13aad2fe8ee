internal import PlanModel

extension EvaluationError {
  /// Any error in words, without what a debugger would print of it.
  static func message(of error: any Error) -> String {
    switch error {
    case let error as EvaluationError: error.message
    case let error as FileWriter.Problem: error.message
    default: "\(error)"
    }
  }
}
