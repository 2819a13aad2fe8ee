internal import Executor
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// The file in which a repository lists its plans.
enum PlanIndexFile {
  /// Where it may be, relative to the project root.
  static let places = ["PLANS.md", ".agent/PLANS.md", ".agents/PLANS.md", "docs/PLANS.md"]

  /// Writes how a plan stands into each list that has a line for it.
  static func update(
    below root: String, plan: String, title: String?, id: String?, to status: PlanIndexEdit.Status
  ) throws(CommandFailure) {
    for place in places where PathName.exists(root + "/" + place) {
      // A link in the list begins at the list.
      let folder = place.dropLast("PLANS.md".count)
      let depth = folder.split(separator: "/").count
      let file = PathName.name(plan)
      let stem = file.hasSuffix(".md") ? String(file.dropLast(3)) : file
      let linked =
        plan.hasPrefix(folder)
        ? String(plan.dropFirst(folder.count)) : String(repeating: "../", count: depth) + plan
      let names = [title, id, plan, linked, file, stem].compactMap(\.self)
      _ = try EditedFile.edit(root + "/" + place) { bytes throws(CommandFailure) in
        let list = MarkdownPlan.read(SourceFile(path: place, bytes: bytes))
        return SourceEditor.apply(PlanIndexEdit.fixes(in: list, names: names, status: status), to: bytes).bytes
      }
    }
  }
}
