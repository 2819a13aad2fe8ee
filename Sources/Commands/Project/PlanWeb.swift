internal import PlanLoading
internal import PlanModel
internal import SourceText

/// The plans of a project and what they say about one another.
struct PlanWeb {
  struct Member {
    /// Relative to the project root.
    var path: String
    var id: String?
    var relations: [PlanRelation]
  }

  struct Edge: Hashable {
    /// The plan that comes first, or that lists the other.
    var from: Int
    var to: Int
    var kind: PlanRelation.Kind
  }

  /// The members that were given, then the plans that they name and that are none of them.
  private(set) var paths: [String]
  private(set) var edges: [Edge] = []
  /// For every edge the plan that says so, and where.
  private(set) var origins: [(member: Int, range: SourceRange)] = []
  private let memberCount: Int
  private var byPath: [String: Int] = [:]
  private var byID: [String: Int] = [:]
  private var seen: Set<Edge> = []

  /// - Parameter exists: whether something is at a path relative to the project root.
  init(_ members: [Member], exists: (String) -> Bool) {
    paths = members.map(\.path)
    memberCount = members.count
    for (index, member) in members.enumerated() {
      byPath[member.path] = index
      for name in [member.id, PlanWeb.stem(member.path)] {
        if let name, byID[name] == nil { byID[name] = index }
      }
    }
    for (index, member) in members.enumerated() {
      for relation in member.relations { add(relation, of: index, member, exists) }
    }
  }

  private mutating func add(
    _ relation: PlanRelation, of index: Int, _ member: Member, _ exists: (String) -> Bool
  ) {
    let target = resolve(relation.target.value, member, exists)
    let subject = relation.subject.map { resolve($0.value, member, exists) } ?? index
    if target == subject { return }
    let edge =
      switch relation.kind {
      case .dependsOn, .soft: Edge(from: target, to: subject, kind: relation.kind)
      case .precedes: Edge(from: subject, to: target, kind: .dependsOn)
      case .lists: Edge(from: subject, to: target, kind: .lists)
      case .master: Edge(from: target, to: subject, kind: .lists)
      }
    guard seen.insert(edge).inserted else { return }
    edges.append(edge)
    origins.append((index, relation.target.range))
  }

  private mutating func resolve(_ name: String, _ member: Member, _ exists: (String) -> Bool) -> Int {
    let candidates = PlanPath.isPlan(name) ? PlanPath.candidates(name, of: member.path) : []
    for path in candidates { if let known = byPath[path] { return known } }
    if candidates.isEmpty, let known = byID[name] { return known }
    let path = candidates.first(where: exists) ?? candidates.first ?? name
    byPath[path] = paths.count
    paths.append(path)
    return paths.count - 1
  }

  /// `12-api` of `plans/12-api.md`.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.firstIndex(of: ".").map { name[..<$0] } ?? name)
  }

  /// Whether a node is one of the members that were given.
  func isMember(_ node: Int) -> Bool { node < memberCount }

  /// Circles of plans that must each be done before the next: the edge that closes one, and the paths on it.
  var cycles: [(edge: Int, path: [String])] {
    var needs = [[Int]](repeating: [], count: paths.count)
    var edgeOfNeed = needs
    for (index, edge) in edges.enumerated() where edge.kind == .dependsOn {
      needs[edge.to].append(edge.from)
      edgeOfNeed[edge.to].append(index)
    }
    return CycleCut.closings(needs).map { closing in
      (edgeOfNeed[closing.node][closing.place], closing.path.map { $0.map { paths[$0] } ?? "…" })
    }
  }
}
