internal import SourceText
internal import Testing

@testable internal import PlanLoading

/// What is passed over by its first bytes must be nothing that a full reading would find.
@Suite struct FirstWordTests {
  private static let marks = [
    "", "**", "_", "`", "~~", "[", "![", "\\", "<", "&nbsp;", " ", "\t", "3. ", "1.2) ", "**3.** ", "é",
  ]

  @Test func headingsOfPhasesAreNotPassedOver() {
    var found = 0
    for before in Self.marks {
      for word in ["Phase", "MILESTONE", "stage", "Component:", "Epic", "阶段", "Ph**as**e", "Phases", "Context"] {
        for after in [" 1", "** 1: x", "` 2 — x", "~~ 3", "](x) 1", " 1_", "&nbsp;1", " x"] {
          let text = before + word + after
          guard PhaseLabel(text) != nil else { continue }
          found += 1
          #expect(mayBe(PhaseLabel.firstWords, text), "\(text)")
        }
      }
    }
    #expect(found > 50)
  }

  @Test func headingsOfStepsAndPhasesAreNotPassedOver() {
    var found = 0
    for before in Self.marks {
      for word in ["Step", "step", "Undo of", "Phase", "Milestone", "Stepping", "Context"] {
        for after in [" `a`", " `a`: x", "** `a`", " build: x", " 1", " 2a: x", ": x"] {
          let text = before + word + after
          let source = SourceFile(path: "x.md", text: text)
          let prose = ProseText(source, lines: [source.lineRange(0)])
          if StepHeading(heading: prose) != nil || StepHeading.nearMiss(prose) != nil {
            found += 1
            #expect(mayBe(StepHeading.words, text), "\(text)")
          }
          if PhaseHeading.read(prose) != nil {
            found += 1
            #expect(mayBe(PhaseHeading.words, text), "\(text)")
          }
        }
      }
    }
    #expect(found > 50)
  }

  @Test func storiesAreNotPassedOver() {
    var found = 0
    for before in Self.marks {
      for word in ["Story/Task", "Task", "story", "User-Story", "T*as*k", "Tasks"] {
        for after in [" 1: x", "** 1: x", " 1.2b: x", "` 3: x", ": x"] {
          let text = before + word + after
          guard StoryLine(CellText(text).text, .fileStart) != nil else { continue }
          found += 1
          #expect(mayBe(StoryLine.firstWords, text), "\(text)")
        }
      }
    }
    #expect(found > 20)
  }

  @Test(arguments: [
    "Outcomes & Retrospective", "`src/task.swift`", "Phased work", "- Phase 1", "", "12", "Step-by-step é",
  ])
  func otherTextsArePassedOver(text: String) {
    #expect(!mayBe(PhaseLabel.firstWords, text))
  }

  @Test func attributesOfPhasesAreNotPassedOver() {
    var found = 0
    for before in ["", " ", "**", "_", "· ", "| ", ". ", ", ", "`x` ", "It "] {
      for label in ["Needs", "Depends on", "estimated_effort", "Owner\nNeeds", "Key\ndeliverables", "Note", "Nedes"] {
        for after in [": `a`", ":** `a`", "**: a", ":", " a", "_: x"] {
          let source = SourceFile(path: "x.md", text: before + label + after)
          let lines = source.lineStarts.indices.map { source.lineRange($0) }[...]
          guard AttributeReader(ProseText(source, lines: lines), names: .phase).beginsWithAttribute else { continue }
          found += 1
          #expect(AttributeReader.mayBegin(source.bytes, lines, names: .phase), "\(before + label + after)")
        }
      }
    }
    #expect(found > 20)
  }

  private func mayBe(_ words: [[UInt8]], _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return FirstWord.mayBe(words, in: bytes, SourceRange(start: 0, end: bytes.count))
  }
}
