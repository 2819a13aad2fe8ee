/// Which steps a selection takes in and why, what they stand on, and what is left out.
package struct SelectionView: Sendable {
  package struct Entry: Sendable {
    package var id: String
    package var why: String

    package init(id: String, why: String) {
      self.id = id
      self.why = why
    }
  }

  /// How many steps the plan has.
  package var total: Int
  package var selected: [Entry]
  /// Not selected, but needed by what is: done already.
  package var needed: [Entry]
  package var skipped: [String]
  package var left: [String]
  package var rerun: [Entry]

  package init(
    total: Int, selected: [Entry], needed: [Entry], skipped: [String], left: [String], rerun: [Entry]
  ) {
    self.total = total
    self.selected = selected
    self.needed = needed
    self.skipped = skipped
    self.left = left
    self.rerun = rerun
  }

  /// How many names of each list people are shown.
  private static let shownNames = 12

  /// A line for each list that is not empty, below a heading.
  package func text(_ style: Style) -> String {
    var out = style.paint("selection", .heading) + ": \(selected.count) of \(PeopleText.count(total, "step"))\n"
    let isWhole = needed.isEmpty && skipped.isEmpty && left.isEmpty
    if !isWhole { out += SelectionView.line("takes in", selected.map(SelectionView.words)) }
    out += SelectionView.line("stands on", needed.map(SelectionView.words))
    out += SelectionView.line("runs again", rerun.map(SelectionView.words))
    out += SelectionView.line("skips", skipped)
    out += SelectionView.line("leaves out", left)
    return out
  }

  private static func words(_ entry: Entry) -> String { entry.why.isEmpty ? entry.id : "\(entry.id) (\(entry.why))" }

  private static func line(_ heading: String, _ names: [String]) -> String {
    if names.isEmpty { return "" }
    let padding = String(repeating: " ", count: max(0, 12 - heading.utf8.count))
    return "  \(heading)\(padding)\(PrintableText.line(PeopleText.list(names, atMost: shownNames)))\n"
  }

  func write(to json: inout JSONText) {
    json.object { json in
      json.member("selected", selected) { json, entry in SelectionView.write(entry, to: &json) }
      json.member("needed", needed) { json, entry in SelectionView.write(entry, to: &json) }
      json.member("rerun", rerun) { json, entry in SelectionView.write(entry, to: &json) }
      json.member("skipped", skipped)
      json.member("left_out", left)
    }
  }

  private static func write(_ entry: Entry, to json: inout JSONText) {
    json.object { json in
      json.member("id", entry.id)
      json.member("why", entry.why)
    }
  }
}
