package import Digest
package import PlanModel

/// What dependents compare: equal results mean that, for them, nothing changed.
package enum ResultDigest {
  /// The result of a step that ran.
  ///
  /// With outputs or values it is what they are. A step that checks or waits changes nothing, so its result never does. Any
  /// other step counts as changed whenever it ran, so its result names the attempt.
  package static func ofRun(
    _ node: PlannedNode, values: [Value.Entry], outputs: [FileDigest], run: Int64, attempt: Int64?
  ) -> SHA256Digest {
    let isCheck = node.step.action.onlyLooks
    var values = values
    // The headers of a response hold its time, so they are never the same.
    if case .http = node.step.action { values.removeAll { $0.key == ResponseValue.headers.rawValue } }
    if case .file = node.step.action, node.step.recordedOutputs.isEmpty {
      // Whatever it took, it is now as described.
      return SHA256.digest(of: "as described\n" + node.digest.hex)
    }
    return of(
      node.id, produces: !node.step.recordedOutputs.isEmpty, isCheck: isCheck, values: values, outputs: outputs,
      run: run,
      attempt: attempt)
  }

  /// The same for a step that is known by its stored definition only.
  package static func of(
    _ id: String, produces: Bool, isCheck: Bool, values: [Value.Entry], outputs: [FileDigest], run: Int64,
    attempt: Int64?
  ) -> SHA256Digest {
    var text = ""
    // What checks count is no change: a step that reads one of their values compares that.
    if produces || !outputs.isEmpty || !values.isEmpty && !isCheck {
      text = "produced\n"
      for file in outputs { text += "\(file.path)\u{0}\(file.digest?.hex ?? "-")\n" }
      text += "values\n" + JSONWriter.compact(.map(values))
    } else if isCheck {
      text = "checked"
    } else {
      text = "ran\n\(run)\n\(attempt ?? 0)\n\(id)"
    }
    return SHA256.digest(of: text)
  }

  /// The result of a step that was skipped without any evidence of an earlier success.
  package static let skipped = SHA256.digest(of: "skipped")
}
