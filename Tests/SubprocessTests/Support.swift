internal import Subprocess

/// What a test needs to start a shell with the environment of the tests.
func shell(_ script: String, directory: String? = nil) -> SpawnRequest {
  SpawnRequest(
    executable: "/bin/bash", arguments: ["bash", "-c", script], environment: ProcessEnvironment.inherited().block,
    directory: directory)
}

func program(_ words: String...) -> SpawnRequest {
  SpawnRequest(
    executable: words[0], arguments: StringBlock(words), environment: ProcessEnvironment.inherited().block)
}

extension Completion {
  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }
}
