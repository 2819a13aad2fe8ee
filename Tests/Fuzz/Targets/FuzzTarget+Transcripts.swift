internal import PlanModel

extension FuzzTarget {
  /// An expected output, and behind a line `====` the output that it is held against.
  static let transcripts = FuzzTarget("transcripts") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: "\n====\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let expected = parts[0]
    let output = parts.count > 1 ? parts[1] : parts[0]
    let problem = Transcript.problem(with: expected)
    for mode in [Transcript.Mode.whole, .part] {
      let transcript: Transcript
      do throws(EvaluationError) {
        transcript = try Transcript(expected, mode: mode)
      } catch {
        try promise(problem != nil, "a transcript without a problem can't be read: \(error)")
        continue
      }
      try promise(problem == nil, "a transcript with a problem is read")
      // Whether a pattern with several repetitions matches may take time without end, as with every search that goes
      // back; docs/plan-format.md says so.
      if hasRepetitions(expected) { continue }
      guard let mismatch = transcript.mismatch(in: output) else { continue }
      let lines = expected.utf8.count { $0 == 0x0A } + 1
      try promise((mismatch.expectedLine ?? 1) <= lines, "line \(mismatch.expectedLine ?? 0) of \(lines)")
      let found = output.utf8.count { $0 == 0x0A } + 1
      try promise((mismatch.foundLine ?? 1) <= found, "line \(mismatch.foundLine ?? 0) of \(found)")
    }
    if !expected.contains(" (re)"), !expected.contains(" (glob)"), expected == output {
      let isSame = try Transcript(expected, mode: .whole).mismatch(in: output) == nil
      try promise(isSame, "a text is not what it is")
    }
  }

  private static func hasRepetitions(_ text: String) -> Bool {
    text.contains(" (re)") && text.utf8.count { "*+?{".utf8.contains($0) } > 1
  }
}
