internal import Glibc

/// A point on the clock that starts at boot and goes on while the machine is suspended.
package struct BootInstant: Hashable, Comparable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  package static func < (left: BootInstant, right: BootInstant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// A later instant; one too far away to be told is the last that there is.
  package static func + (instant: BootInstant, duration: Duration) -> BootInstant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
    return BootInstant(nanoseconds: overflow ? .max : sum)
  }

  package static func - (later: BootInstant, earlier: BootInstant) -> Duration {
    .nanoseconds(later.nanoseconds - earlier.nanoseconds)
  }
}

/// `CLOCK_BOOTTIME`: timeouts and durations are measured by it, because wall time jumps and the monotonic clock of
/// Linux stands still while the machine sleeps.
package enum BootClock {
  package static func now() -> BootInstant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_BOOTTIME, &time)
    return BootInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}

/// Wall time, for display and expiry only.
package enum WallClock {
  /// Milliseconds since 1970, UTC.
  package static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension Duration {
  /// Nanoseconds, cut off at what 64 bits hold (292 years).
  var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, carried) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carried ? (seconds < 0 ? .min : .max) : sum
  }
}
