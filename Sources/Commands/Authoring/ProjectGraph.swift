internal import Diagnostics
internal import Executor
internal import Glibc
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText
internal import YAML

/// `execplan graph --all`: the plans of the project and what they say about one another.
enum ProjectGraph {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    try Reply.of(invocation, json: invocation.parsed.value("format") == "json") {
      if let plan = invocation.parsed.positional("PLAN") {
        throw UsageError(
          "--all draws every plan, not only \(UsageError.quoted(plan))", advice: "leave one of them out",
          command: "graph")
      }
      guard let here = ProjectRoot.workingDirectory() else {
        throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
      }
      let project = try invocation.project(ofFolder: here)
      let view = try view(of: project)
      let console = invocation.console
      switch invocation.parsed.value("format") {
      case "dot": console.write(view.dot())
      case "mermaid": console.write(view.mermaid())
      case "json": console.write(view.json())
      default:
        console.write(view.text(console.outputStyle, width: TerminalSize.of(descriptor: STDOUT_FILENO)?.width))
      }
      return .success
    }
  }

  private static func view(of project: Project) throws -> ProjectGraphView {
    let found = PlanDiscovery(project: project).plans(below: project.root)
    if found.isEmpty {
      throw CommandFailure(
        .usage, "there is no plan in \(UsageError.quoted(project.root))",
        advice: "execplan new \"My plan\" writes one")
    }
    var members: [PlanWeb.Member] = []
    var nodes: [ProjectGraphView.Node] = []
    for path in found {
      guard let bytes = try? PlanFile.bytes(path) else { continue }
      var collector = DiagnosticCollector()
      let document = PlanDocument.read(SourceFile(path: path, bytes: bytes), into: &collector)
      let name = project.relative(path)
      members.append(
        PlanWeb.Member(
          path: name, id: document.root?["id"].flatMap { $0.isScalar ? $0.text : nil },
          relations: PlanRelationReader.relations(of: document)))
      let title = document.root?["title"].flatMap { $0.isScalar ? $0.text : nil } ?? document.markdown?.title?.value
      nodes.append(.init(path: name, title: title, dialect: document.dialect.rawValue))
    }
    let exists = { (path: String) in PathName.exists(path.hasPrefix("/") ? path : project.root + "/" + path) }
    let web = PlanWeb(members, exists: exists)
    for path in web.paths.dropFirst(nodes.count) {
      nodes.append(.init(path: path, title: nil, dialect: nil, isMissing: !exists(path)))
    }
    let edges = web.edges.map { edge in
      ProjectGraphView.Edge(from: web.paths[edge.from], to: web.paths[edge.to], kind: edge.kind)
    }
    return ProjectGraphView(nodes: nodes, edges: edges)
  }
}
