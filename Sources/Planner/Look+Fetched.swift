internal import Digest
package import PlanModel
internal import SourceText

extension Look {
  /// `fetch` with a digest: a file that has it is not got again.
  mutating func fetched(_ fetch: FetchAction) throws(FileProbeError) -> Judgement {
    if question.isForced { return run(.forced) }
    let wanted: String?
    do throws(EvaluationError) {
      wanted = try fetch.digest(in: scope)
    } catch {
      return decided(undecided(error) ?? StepDecision(.blocked, .error, error.message))
    }
    if let difference = try FetchedFile.difference(fetch, wanted, judge.files) { return run(.differs, difference) }
    if let judgement = deniedByVerify() { return judgement }
    result.inputFiles = try digests(of: step.recordedInputs)
    result.fingerprint.inputs = FileDigests.digest(result.inputFiles)
    result.fingerprint.upstream = upstreamDigest()
    let outputs = try digests(of: step.recordedOutputs)
    return settled(
      .guardHolds, StepDecision(.skip, .asDesired), outputs: outputs,
      result: ResultDigest.ofRun(node, values: [], outputs: outputs, run: 0, attempt: nil))
  }
}

/// How a file that is to be got differs from what is there.
package enum FetchedFile {
  /// The place of the file; what is to be in it is not known here.
  package static func place(_ fetch: FetchAction) -> DesiredFile {
    DesiredFile(path: fetch.path.text, kind: .content([]), mode: fetch.mode, allowsOutside: fetch.allowsOutside)
  }

  /// In words; nil when it is there as desired.
  ///
  /// - Parameter wanted: its digest.
  package static func difference(
    _ fetch: FetchAction, _ wanted: String?, _ files: any FileProbe
  ) throws(FileProbeError) -> String? {
    let path = fetch.path.text
    guard let status = try files.status(path) else { return "\"\(path)\" is not there" }
    guard status.kind != .directory else { return "\"\(path)\" is a folder" }
    guard let wanted else { return "\"\(path)\" may be another one by now" }
    guard let digest = try files.digest(path), digest.hex == wanted else {
      return "the SHA-256 of \"\(path)\" is another"
    }
    if let mode = fetch.mode, status.mode != mode {
      return "the mode of \"\(path)\" is \(String(status.mode, radix: 8)), not \(String(mode, radix: 8))"
    }
    return nil
  }
}
