internal import CProcessSpawn
internal import Glibc

/// A program that was started and whose end has not been taken yet.
package struct Child: Hashable, Sendable {
  /// Also the id of its process group and session.
  package let pid: Int32
  /// Readable when the process has ended. Owned by whoever waits: `EventLoop.watch` or `close()`.
  package let descriptor: Int32

  package var group: ProcessGroup { ProcessGroup(id: pid) }

  /// Starts a program.
  ///
  /// - Throws: when the program did not start; a mark may have been written then.
  package static func spawn(_ request: SpawnRequest) throws(SpawnError) -> Child {
    let program = request.executable
    guard !request.arguments.hasEmbeddedNUL, !request.environment.hasEmbeddedNUL, !program.utf8.contains(0),
      !(request.directory?.utf8.contains(0) ?? false)
    else { throw .embeddedNUL(program: program) }
    var result = execplan_spawn_result()
    let status = unsafe request.arguments.withPointers { arguments in
      unsafe request.environment.withPointers { environment in
        unsafe program.withCString { path in
          unsafe withOptionalCString(request.directory) { directory in
            var raw = unsafe execplan_spawn_request(
              path: path, argv: arguments, envp: environment, directory: directory, input: request.input ?? -1,
              output: request.output ?? -1, error_output: request.errorOutput ?? -1,
              file_creation_mask: request.fileCreationMask.map { Int32($0 & 0o777) } ?? -1,
              mark_descriptor: request.mark?.descriptor ?? -1, mark_offset: request.mark?.offset ?? 0,
              mark_attempt: request.mark?.attempt ?? 0, file_size_limit: request.fileSizeLimit ?? 0)
            return unsafe execplan_spawn(&raw, &result)
          }
        }
      }
    }
    guard status == 0 else { throw SpawnError(request, stage: UInt32(result.stage), code: result.error) }
    return Child(pid: result.pid, descriptor: result.pidfd)
  }

  /// Takes the end of the process if it has one, without waiting; nil while it runs.
  ///
  /// - Throws: `ECHILD` when somebody else took it.
  package func reap() throws(SystemError) -> (status: ExitStatus, usage: ResourceUsage)? {
    var end = execplan_exit()
    let outcome = unsafe execplan_reap(pid, &end)
    guard outcome >= 0 else { throw SystemError("wait for process \(pid)", code: -outcome) }
    guard outcome == 1 else { return nil }
    let usage = ResourceUsage(end.usage, maxResidentKiB: ProcessMemory.own(ofChild: end.usage.max_resident))
    return (end.signalled != 0 ? .signalled(Int(end.code)) : .exited(Int(end.code)), usage)
  }

  package func close() {
    _ = Glibc.close(descriptor)
  }
}

extension SpawnError {
  fileprivate init(_ request: SpawnRequest, stage: UInt32, code: Int32) {
    let program = request.executable
    switch (stage, code) {
    case (EXECPLAN_STAGE_DIRECTORY.rawValue, _): self = .directory(path: request.directory ?? "", code: code)
    case (EXECPLAN_STAGE_MARK.rawValue, _): self = .mark(code: code)
    case (EXECPLAN_STAGE_EXEC.rawValue, ENOENT):
      let path = ProgramSearch.path(program, in: request.directory)
      let isThere = unsafe access(path, F_OK) == 0
      self = isThere ? .interpreterNotFound(program: program) : .notFound(program: program)
    case (EXECPLAN_STAGE_EXEC.rawValue, ENOTDIR): self = .notFound(program: program)
    case (EXECPLAN_STAGE_EXEC.rawValue, EACCES), (EXECPLAN_STAGE_EXEC.rawValue, EISDIR):
      self = .notExecutable(program: program)
    case (EXECPLAN_STAGE_EXEC.rawValue, ENOEXEC): self = .unknownFormat(program: program)
    case (EXECPLAN_STAGE_EXEC.rawValue, E2BIG):
      self = .argumentsTooLong(program: program, largestVariable: SpawnError.largestVariable(request.environment))
    default: self = .other(program: program, code: code)
    }
  }

  /// The name of the longest variable, if it is longer than 4 KiB.
  private static func largestVariable(_ environment: StringBlock) -> String? {
    guard let longest = environment.strings.max(by: { $0.count < $1.count }), longest.count > 4096 else { return nil }
    return String(decoding: longest.prefix { $0 != 0x3D }, as: UTF8.self)
  }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
  guard let text else { return body(nil) }
  return unsafe text.withCString { unsafe body($0) }
}
