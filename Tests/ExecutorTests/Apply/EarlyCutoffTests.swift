internal import Testing

/// What a need that ran again means for the steps after it.
struct EarlyCutoffTests {
  @Test func aNeedThatRanWithTheSameResultRunsNothingAfterIt() throws {
    let plan = """
      steps:
        - {id: a, run: "echo a >> ran; tr -d ' ' < in > mid", inputs: [in], outputs: [mid]}
        - {id: b, needs: [a], run: "echo b >> ran; cp mid out", inputs: [mid], outputs: [out]}
      """
    try TestProject.with(plan) { project in
      try project.write("in", "x")
      _ = try project.apply()
      try project.write("in", "x ")
      let same = try project.apply()
      #expect(same.states == "a succeeded, b skipped")
      try project.write("in", "y")
      let other = try project.apply()
      #expect(other.states == "a succeeded, b succeeded")
      #expect(project.lines("ran") == ["a", "b", "a", "a", "b"])
    }
  }

  @Test func aNeedWithAnotherResultRunsWhatReadsNoneOfItsFiles() throws {
    let plan = #"""
      steps:
        - {id: a, run: "echo v=$(cat in) >> \"$EXECPLAN_OUTPUT\""}
        - {id: b, needs: [a], run: "echo b >> ran; cp const out", inputs: [const], outputs: [out]}
      """#
    try TestProject.with(plan) { project in
      try project.write("const")
      try project.write("in", "1")
      _ = try project.apply()
      let same = try project.apply()
      #expect(same.states == "a succeeded, b skipped")
      try project.write("in", "2")
      let other = try project.apply()
      #expect(other.states == "a succeeded, b succeeded")
    }
  }

  /// The need of `c` gives the same result, but the value that `c` reads comes from further up.
  @Test func aValueFromFurtherUpRunsTheStepAgain() throws {
    let plan = #"""
      steps:
        - {id: a, run: "echo v=$(cat in) >> \"$EXECPLAN_OUTPUT\""}
        - {id: b, needs: [a], run: cp const mid, inputs: [const], outputs: [mid]}
        - {id: c, needs: [b], run: "echo ${{ steps.a.values.v }} > out", inputs: [mid], outputs: [out]}
      """#
    try TestProject.with(plan) { project in
      try project.write("const")
      try project.write("in", "1")
      _ = try project.apply()
      let same = try project.apply()
      #expect(same.states == "a succeeded, b skipped, c skipped")
      try project.write("in", "2")
      let other = try project.apply()
      #expect(other.states == "a succeeded, b succeeded, c succeeded")
      #expect(project.lines("out") == ["2"])
    }
  }

  @Test func ofSeveralWritersOnlyTheLastIsComparedWithWhatIsThere() throws {
    let plan = """
      steps:
        - {id: a, run: cp in out, inputs: [in], outputs: [out]}
        - {id: b, needs: [a], run: cat more >> out, inputs: [more], outputs: [out]}
      """
    try TestProject.with(plan) { project in
      try project.write("in", "x\n")
      try project.write("more", "y\n")
      _ = try project.apply()
      #expect(project.lines("out") == ["x", "y"])
      let again = try project.apply()
      #expect(again.states == "a skipped, b skipped")
      try project.write("out", "z\n")
      let repaired = try project.apply()
      #expect(repaired.states.hasSuffix("b succeeded"))
    }
  }
}
