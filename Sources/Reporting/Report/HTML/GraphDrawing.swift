internal import PlanModel

/// The graph of a run as SVG, each step in the colour of its state.
struct GraphDrawing {
  private let report: RunReport
  private let layout: LayeredGraph

  /// Of more nobody sees anything.
  private static let nodeLimit = 300
  private static let edgeLimit = 1500

  private static let box = (width: 168, height: 40)
  private static let gap = (column: 56, row: 14)
  private static let margin = 12
  /// Characters that fit into a box.
  private static let labelLimit = 22

  /// Nil: the run is too large for a drawing.
  init?(_ report: RunReport) {
    let places = Dictionary(
      report.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let needs = report.steps.map { step in Array(Set(step.needs.compactMap { places[$0] })).sorted() }
    let edges = needs.reduce(0) { $0 + $1.count }
    guard report.steps.count <= GraphDrawing.nodeLimit, edges <= GraphDrawing.edgeLimit,
      let layout = LayeredGraph(needs: needs, last: Set(report.steps.indices.filter { report.steps[$0].isFinally }))
    else { return nil }
    self.report = report
    self.layout = layout
  }

  private var width: Int {
    layout.columnCount * (GraphDrawing.box.width + GraphDrawing.gap.column) - GraphDrawing.gap.column
      + 2 * GraphDrawing.margin
  }

  private var height: Int {
    layout.rowCount * (GraphDrawing.box.height + GraphDrawing.gap.row) - GraphDrawing.gap.row + 2 * GraphDrawing.margin
  }

  private func left(_ column: Int) -> Int {
    GraphDrawing.margin + column * (GraphDrawing.box.width + GraphDrawing.gap.column)
  }

  private func top(_ row: Int) -> Int { GraphDrawing.margin + row * (GraphDrawing.box.height + GraphDrawing.gap.row) }

  private func middle(_ row: Int) -> Int { top(row) + GraphDrawing.box.height / 2 }

  func svg() -> String {
    var out = "<svg class=\"graph\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" "
    out += "role=\"img\" aria-label=\"the graph of the steps\">\n"
    for route in layout.routes { out += "<path class=\"edge\" d=\"\(path(route))\"/>\n" }
    for node in report.steps.indices { out += box(node) }
    return out + "</svg>\n"
  }

  /// From the right side of the first box to the left side of the last one, through the columns between.
  private func path(_ route: LayeredGraph.Route) -> String {
    let column = layout.columns[route.from]
    var (x, y) = (left(column) + GraphDrawing.box.width, middle(layout.rows[route.from]))
    var out = "M\(x) \(y)"
    func curve(_ newX: Int, _ newY: Int) {
      let half = (x + newX) / 2
      out += "C\(half) \(y) \(half) \(newY) \(newX) \(newY)"
      (x, y) = (newX, newY)
    }
    for (index, row) in route.rows.enumerated() {
      let start = left(column + 1 + index)
      curve(start, middle(row))
      x = start + GraphDrawing.box.width
      out += "H\(x)"
    }
    curve(left(layout.columns[route.to]), middle(layout.rows[route.to]))
    return out
  }

  private func box(_ node: Int) -> String {
    let step = report.steps[node]
    let (x, y) = (left(layout.columns[node]), top(layout.rows[node]))
    let (width, height) = GraphDrawing.box
    var tip = step.title.map { "\(step.id): \($0)" } ?? step.id
    tip += ", \(step.state.word)"
    if !step.words.isEmpty { tip += ": \(step.words)" }
    let radius = step.isGate ? 0 : 7
    var out = "<a href=\"#\(HTMLText.anchor(node))\"><g class=\"node \(HTMLText.tone(step))\">"
    out += "<title>\(HTMLText.escaped(tip))</title>"
    out += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"\(radius)\"/>"
    out += "<text x=\"\(x + 10)\" y=\"\(y + 17)\">\(HTMLText.escaped(GraphDrawing.short(step.id)))</text>"
    var second = step.state.word
    if let duration = step.duration { second += ", \(PeopleText.duration(milliseconds: duration))" }
    out += "<text class=\"small\" x=\"\(x + 10)\" y=\"\(y + 32)\">\(HTMLText.escaped(second))</text>"
    return out + "</g></a>\n"
  }

  private static func short(_ text: String) -> String {
    let line = PrintableText.line(text)
    return line.count <= labelLimit ? line : line.prefix(labelLimit - 1) + "…"
  }
}
