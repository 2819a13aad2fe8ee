/// A program to start, wholly decided: no search, no shell, nothing inherited but what stands here.
///
/// The child gets a session of its own, so it has no terminal and leads a process group; signals are as at boot; of
/// descriptors it has 0, 1 and 2.
package struct SpawnRequest: Sendable {
  /// What `execve` is given. A relative path starts at `directory`.
  package var executable: String
  /// With the program's own name first.
  package var arguments: StringBlock
  package var environment: StringBlock
  /// nil: this process's.
  package var directory: String?
  /// nil: `/dev/null`.
  package var input: Int32?
  /// nil: `/dev/null`.
  package var output: Int32?
  /// nil: `/dev/null`.
  package var errorOutput: Int32?
  /// nil: this process's.
  package var fileCreationMask: UInt32?
  /// Written by the child as its last act before the exec; if that fails the program does not start.
  package var mark: MarkSlot?
  /// Bytes of the largest file that it may write, above 0: SIGXFSZ ends it then. nil: this process's.
  package var fileSizeLimit: UInt64?

  package init(
    executable: String, arguments: StringBlock, environment: StringBlock, directory: String? = nil,
    input: Int32? = nil, output: Int32? = nil, errorOutput: Int32? = nil, fileCreationMask: UInt32? = nil,
    mark: MarkSlot? = nil
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.input = input
    self.output = output
    self.errorOutput = errorOutput
    self.fileCreationMask = fileCreationMask
    self.mark = mark
  }
}
