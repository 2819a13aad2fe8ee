internal import PlanModel
internal import Planner
internal import Subprocess

/// Masks what an attempt or a look at a step has to say, before anything else gets it.
extension AttemptResult {
  /// Its values are left: one that holds a secret makes the attempt fail instead.
  func masked(by masker: StreamMasker) -> AttemptResult {
    guard masker.masksAnything else { return self }
    var result = self
    result.reason = reason.map { masker.masked($0) }
    result.checks = checks.map { $0.masked(by: masker) }
    return result
  }
}

extension CheckResult {
  func masked(by masker: StreamMasker) -> CheckResult {
    var result = self
    result.title = masker.masked(title)
    result.failure = failure.map { masker.masked($0) }
    result.rows?.samples = rows?.samples.map { masker.masked($0) } ?? []
    return result
  }
}

extension PreparationJob.Prepared {
  func masked(by masker: StreamMasker) -> PreparationJob.Prepared {
    guard masker.masksAnything else { return self }
    var prepared = self
    prepared.problem = problem.map { masker.masked($0) }
    prepared.verified = verified?.masked(by: masker)
    for index in prepared.judgement.decision.reasons.indices {
      prepared.judgement.decision.reasons[index].detail = masker.masked(
        prepared.judgement.decision.reasons[index].detail)
    }
    return prepared
  }
}

extension SecretStore {
  /// A text that is about to be cut to what a message has room for: half a secret is not found any more.
  func masked(_ text: String) -> String { masker.masked(text) }

  /// The value that holds a secret, in words; nil if none does.
  func problem(with values: [Value.Entry], in what: String) -> String? {
    guard masker.masksAnything else { return nil }
    for entry in values {
      let text = Array((entry.value.text ?? JSONWriter.compact(entry.value)).utf8)
      guard let name = nameOfSecret(in: text) else { continue }
      return "the value \"\(entry.key)\" of \(what) holds the secret \"\(name)\", and values are kept and shown; "
        + "let the step that needs it name the secret"
    }
    return nil
  }
}
