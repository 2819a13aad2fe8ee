internal import Foundation
internal import TestSupport

/// A project with an external action `thing` that records what it is asked, and has one effect: the file `effect`.
struct ExternalAction {
  let project: RunProject

  /// - Parameters:
  ///   - steps: of the plan, in YAML.
  ///   - describes: JSON fields of its description, besides the version.
  static func with(
    _ steps: String, describes: String = #""idempotence": "none""#, _ body: (ExternalAction) throws -> Void
  ) throws {
    let plan = "execplan: 1\ntitle: External\nid: external\norder: listed\nsteps:\n" + steps
    try withRunProject(plan) { project in
      let action = ExternalAction(project: project)
      try project.folder.write("execplan.config.yaml", "actions: [tools]\n")
      try project.folder.write(
        "tools/execplan-action-thing", program.replacingOccurrences(of: "$OUT", with: project.outside.path))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: project.folder.path("tools/execplan-action-thing"))
      try action.describe(describes)
      try body(action)
    }
  }

  func describe(_ fields: String) throws {
    try project.outside.write("description", "{\"protocol\": 1, \(fields)}")
  }

  /// The operations that it was asked for, in order.
  var calls: [String] { (project.outside.read("calls") ?? "").split(separator: "\n").map(String.init) }

  /// What it was asked last for an operation.
  func request(_ operation: String) throws -> [String: Any] {
    let text = project.outside.read(operation + ".json") ?? "{}"
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  /// `with.do` says what `apply` does besides: nothing, `before` and `after` hold it up around its effect.
  private static let program = """
    #!/usr/bin/env python3
    import json, os, pathlib, subprocess, sys
    out = pathlib.Path("$OUT")
    operation = sys.argv[1]
    with open(out / "calls", "a") as calls:
        print(operation, file=calls)
    if operation == "describe":
        print((out / "description").read_text())
        sys.exit()
    request = json.load(sys.stdin)
    (out / (operation + ".json")).write_text(json.dumps(request))
    effect = out / "effect"
    wish = request["with"].get("do")
    reply = {}
    if operation == "probe":
        reply = {"done": None if wish == "unsure" else effect.exists(), "reason": "looked", "values": {"n": 7}}
    elif operation == "apply":
        print("working", file=sys.stderr)
        if wish == "before":
            subprocess.run(["sh", out / "block.sh"])
        with open(effect, "a") as file:
            print("x", file=file)
        if wish in ("after", "unsure"):
            subprocess.run(["sh", out / "block.sh"])
        reply = {"changed": True, "reason": "did it", "values": {"n": 7}, "artifacts": request["with"].get("made", [])}
    elif operation == "undo" and '"undo": true' in (out / "description").read_text():
        effect.unlink()
        reply = {"changed": True}
    else:
        sys.exit(64)
    if wish == "raw":
        sys.stdout.write(request["with"]["reply"])
        sys.exit(request["with"].get("exit", 0))
    print(json.dumps(reply))

    """
}
