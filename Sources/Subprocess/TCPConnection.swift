internal import Glibc

/// Tries whether a server takes connections.
package enum TCPConnection {
  /// Connects and closes again.
  ///
  /// - Parameter cancellation: ends the attempt when it is signalled.
  /// - Returns: why no connection could be made; nil when one could.
  package static func problem(host: String, port: Int, until instant: BootInstant, cancellation: Wakeup?) -> String? {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>? = nil
    let code = unsafe getaddrinfo(host, String(port), &hints, &found)
    guard code == 0 else { return unsafe String(cString: gai_strerror(code)).lowercased() }
    defer { unsafe freeaddrinfo(found) }
    var problem = "it has no address"
    var next = unsafe found
    while let address = unsafe next {
      guard let text = unsafe connect(address.pointee, until: instant, cancellation) else { return nil }
      problem = text
      unsafe next = address.pointee.ai_next
    }
    return problem
  }

  private static func connect(_ address: addrinfo, until instant: BootInstant, _ cancellation: Wakeup?) -> String? {
    let kind = unsafe address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let connection = unsafe socket(address.ai_family, kind, address.ai_protocol)
    guard connection >= 0 else { return words(errno) }
    defer { close(connection) }
    if unsafe Glibc.connect(connection, address.ai_addr, address.ai_addrlen) == 0 {
      return meetsItself(connection) ? words(ECONNREFUSED) : nil
    }
    guard errno == EINPROGRESS else { return words(errno) }
    while true {
      let left = (instant.nanoseconds - BootClock.now().nanoseconds + 999_999) / 1_000_000
      guard left > 0 else { return "no answer" }
      var polled = [
        pollfd(fd: connection, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: cancellation?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      // poll's clock stands still while the machine sleeps; so look at ours once a second.
      let count = unsafe poll(&polled, 2, Int32(min(left, 1000)))
      if count < 0, errno != EINTR { return words(errno) }
      if polled[1].revents != 0 { return "no answer yet" }
      guard count > 0, polled[0].revents != 0 else { continue }
      var code: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      guard unsafe getsockopt(connection, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return words(errno) }
      if code != 0 { return words(code) }
      return meetsItself(connection) ? words(ECONNREFUSED) : nil
    }
  }

  /// Whether the other end of a connection is its own: where nobody listens, the system may give a connection the very
  /// port that it asks for, and TCP takes two that open at the same moment for one (RFC 9293, 3.5).
  package static func meetsItself(_ connection: Int32) -> Bool {
    func address(_ ask: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) -> [UInt8]? {
      var bytes = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_storage>.size)
      var size = socklen_t(bytes.count)
      let code = unsafe bytes.withUnsafeMutableBytes { bytes in
        unsafe ask(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), &size)
      }
      return code == 0 ? Array(bytes.prefix(Int(size))) : nil
    }
    let own = unsafe address { unsafe getsockname(connection, $0, $1) }
    let other = unsafe address { unsafe getpeername(connection, $0, $1) }
    return own != nil && own == other
  }

  private static func words(_ code: Int32) -> String { unsafe String(cString: strerror(code)).lowercased() }
}
