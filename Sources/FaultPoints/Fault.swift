#if DEBUG
  internal import Glibc
  internal import Synchronization

  /// What shall happen at which point: the value of `EXECPLAN_FAULT`, `POINT[:N][:kill|io|full]`.
  ///
  /// At the Nth time (the first without N) that the process comes to the point it kills itself with SIGKILL, or the
  /// call that follows is told that the disk failed (`io`) or is full (`full`). Later calls succeed again.
  /// `EXECPLAN_FAULT_LOG` names a file to which every point is written as it is met, and `!POINT` where the fault struck.
  package struct Fault: Sendable {
    package enum Kind: String, Sendable {
      case kill, io, full
    }

    package let point: FaultPoint
    package let number: Int
    package let kind: Kind

    /// Nil for a text that means nothing.
    package init?(_ text: String) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard let name = parts.first, let point = FaultPoint.allCases.first(where: { $0.name == name }) else {
        return nil
      }
      self.point = point
      var number = 1
      var kind = Kind.kill
      for part in parts.dropFirst() {
        if let count = Int(part), count > 0 {
          number = count
        } else if let named = Kind(rawValue: String(part)) {
          kind = named
        } else {
          return nil
        }
      }
      self.number = number
      self.kind = kind
    }

    // MARK: In this process

    private static let armed: Fault? = {
      guard let text = variable("EXECPLAN_FAULT") else { return nil }
      guard let fault = Fault(text) else {
        // A test that names no point would prove nothing.
        preconditionFailure("EXECPLAN_FAULT names no point: \(text)")
      }
      return fault
    }()

    private static let log: Int32? = {
      guard let path = variable("EXECPLAN_FAULT_LOG") else { return nil }
      let file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      return file < 0 ? nil : file
    }()

    private static let count = Atomic<Int>(0)

    private static func variable(_ name: String) -> String? {
      guard let value = unsafe getenv(name) else { return nil }
      let text = unsafe String(cString: value)
      return text.isEmpty ? nil : text
    }

    /// Dies if this is the time and place to die.
    ///
    /// - Returns: the `errno` with which the call shall fail; 0: it goes on.
    static func meet(_ point: FaultPoint) -> Int32 {
      note(point.name)
      guard let fault = armed, fault.point == point else { return 0 }
      guard count.add(1, ordering: .sequentiallyConsistent).newValue == fault.number else { return 0 }
      note("!" + point.name)
      switch fault.kind {
      case .kill:
        kill(getpid(), SIGKILL)
        // The signal comes to one of the threads, not necessarily to this one at once.
        while true { pause() }
      case .io: return EIO
      case .full: return ENOSPC
      }
    }

    private static func note(_ text: String) {
      guard let log else { return }
      let line = Array("\(text)\n".utf8)
      _ = unsafe line.withUnsafeBytes { unsafe write(log, $0.baseAddress, $0.count) }
    }
  }

  extension FaultPoint {
    /// As `EXECPLAN_FAULT` names it.
    package var name: String { "\(self)" }
  }

  /// Dies here if the process is to die at this point.
  package func faultPoint(_ point: FaultPoint) { _ = Fault.meet(point) }

  /// - Returns: the `errno` with which what is done at this point shall fail; 0: it goes on.
  package func injectedError(_ point: FaultPoint) -> Int32 { Fault.meet(point) }
#else
  /// Nothing, in a release build.
  @inlinable @inline(__always)
  package func faultPoint(_ point: FaultPoint) {}

  /// Always 0, in a release build.
  @inlinable @inline(__always)
  package func injectedError(_ point: FaultPoint) -> Int32 { 0 }
#endif
