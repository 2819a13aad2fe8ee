extension CrashView {
  /// JUnit XML: one suite a step, one case a moment. A step that is not tested is skipped; where a person is asked the
  /// case has passed and says so.
  package func junit() -> [UInt8] {
    var suites = ""
    var (tests, failures, skipped) = (0, 0, 0)
    for step in steps {
      var cases = ""
      var counts = (failures: 0, skipped: 0)
      for (moment, cell) in zip(CrashView.momentNames, step.cells) {
        // What shows without a kill shows in the second apply, or beside it.
        let found = defects(of: step.id, at: moment == "again" ? nil : moment)
        let name = moment == "again" ? "applied again" : "killed \(moment)"
        cases += "    <testcase classname=\"\(XMLText.escaped(plan))\" name=\"\(XMLText.escaped(step.id)): \(name)\""
        if !found.isEmpty || cell == .differs || cell == .fails {
          counts.failures += 1
          let kind = found.first?.kind ?? cell.rawValue
          let lines = found.map { "\($0.what)\nwhy: \($0.why)\nadd: \($0.fix)" }
          let text = lines.isEmpty ? cell.rawValue : lines.joined(separator: "\n\n")
          let message = XMLText.escaped(found.first?.what ?? cell.rawValue)
          cases +=
            ">\n      <failure message=\"\(message)\" type=\"\(kind)\">\(XMLText.escaped(text))</failure>\n    </testcase>\n"
        } else if cell == .untested {
          counts.skipped += 1
          cases += ">\n      <skipped message=\"\(XMLText.escaped(step.reason ?? "not tested"))\"/>\n    </testcase>\n"
        } else if cell == .asks {
          cases += ">\n      <system-out>a person is asked what it did</system-out>\n    </testcase>\n"
        } else {
          cases += "/>\n"
        }
      }
      suites += "  <testsuite name=\"\(XMLText.escaped(step.id))\" tests=\"4\" failures=\"\(counts.failures)\""
      suites += " errors=\"0\" skipped=\"\(counts.skipped)\">\n\(cases)  </testsuite>\n"
      (tests, failures, skipped) = (tests + 4, failures + counts.failures, skipped + counts.skipped)
    }
    let known = Set(steps.map(\.id))
    let rest = ([failure].compactMap(\.self) + defects.filter { !known.contains($0.step) }.map(\.what))
    if !rest.isEmpty {
      suites += "  <testsuite name=\"plan\" tests=\"\(rest.count)\" failures=\"\(rest.count)\""
      suites += " errors=\"0\" skipped=\"0\">\n"
      for text in rest {
        suites += "    <testcase classname=\"\(XMLText.escaped(plan))\" name=\"plan\">\n"
        suites += "      <failure message=\"\(XMLText.escaped(text))\"/>\n    </testcase>\n"
      }
      suites += "  </testsuite>\n"
      (tests, failures) = (tests + rest.count, failures + rest.count)
    }
    let head = "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
    let name = XMLText.escaped("crash test of \(plan)")
    return Array(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(name)\" \(head)>\n\(suites)</testsuites>\n".utf8
    )
  }
}
