internal import Diagnostics
internal import PlanLoading
internal import SourceText

@testable internal import Commands

/// Loads texts as `validate` does, in a project without files.
enum LoadedExample {
  static func load(_ bytes: [UInt8]) -> LoadedPlan {
    let isMarkdown = String(decoding: bytes, as: UTF8.self).contains("\n## ")
    let path = isMarkdown ? "example.md" : "example.execplan.yaml"
    return LoadedPlan.load(
      SourceFile(path: path, bytes: bytes), path: path,
      in: Project(root: "/nonexistent", stateDirectory: nil), input: ParameterInput())
  }

  static func findings(_ text: String) -> [Diagnostic] { load(Array(text.utf8)).diagnostics }
}
