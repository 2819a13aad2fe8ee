internal import CProcessSpawn
internal import Foundation
internal import Glibc

/// The calls of the system that start a process of a test and take its end.
///
/// Foundation's `Process` tells the end of a program only when everything that the program left running has ended too,
/// and hands on the signals that the tests ignore.
enum SpawnedProcess {
  /// Starts a program in a session of its own with three descriptors, with no others, and with every signal as at boot.
  ///
  /// - Parameter descriptors: what becomes standard input, output and error.
  /// - Returns: its process id; the caller takes its end.
  /// - Throws: `POSIXError` when the program did not start.
  static func start(
    _ program: String, _ arguments: [String], in folder: String, env: [String: String], descriptors: [Int32]
  ) throws -> Int32 {
    let words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    let variables = unsafe env.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
      for index in unsafe variables.indices { unsafe free(variables[index]) }
    }
    var result = execplan_spawn_result()
    let status = unsafe words.withUnsafeBufferPointer { words in
      unsafe variables.withUnsafeBufferPointer { variables in
        unsafe program.withCString { path in
          unsafe folder.withCString { directory in
            var request = unsafe execplan_spawn_request(
              path: path, argv: words.baseAddress, envp: variables.baseAddress, directory: directory,
              input: descriptors[0], output: descriptors[1], error_output: descriptors[2], file_creation_mask: -1,
              mark_descriptor: -1, mark_offset: 0, mark_attempt: 0, file_size_limit: 0)
            return unsafe execplan_spawn(&request, &result)
          }
        }
      }
    }
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: result.error) ?? .EIO) }
    close(result.pidfd)
    return result.pid
  }

  /// Waits for the end of a child and leaves it to be taken.
  static func waitForEnd(of pid: Int32) {
    var info = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) == -1, errno == EINTR {}
  }

  /// Takes the end of a child: its exit code, or 128 and the number of the signal that ended it; nil while it runs.
  static func takeExit(of pid: Int32) -> Int32? {
    var end = execplan_exit()
    guard unsafe execplan_reap(pid, &end) == 1 else { return nil }
    return end.signalled == 0 ? end.code : 128 + end.code
  }
}
