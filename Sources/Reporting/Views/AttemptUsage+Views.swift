package import PlanModel

extension AttemptUsage {
  /// `cpu 1.2 s, memory 50.0 MiB, read 4.0 KiB, wrote 1.0 MiB`; memory only where it is known, I/O where there was any.
  package var text: String {
    var parts = ["cpu \(cpuText)"]
    if let peakMemory { parts.append("memory \(PeopleText.size(bytes: peakMemory))") }
    if readBytes > 0 { parts.append("read \(PeopleText.size(bytes: readBytes))") }
    if writtenBytes > 0 { parts.append("wrote \(PeopleText.size(bytes: writtenBytes))") }
    return parts.joined(separator: ", ")
  }

  /// CPU time in and outside the kernel.
  var cpuText: String { PeopleText.duration(milliseconds: (userTime + systemTime + 500) / 1000) }

  /// As the value of `resources`.
  func write(to json: inout JSONText) {
    json.object { json in
      json.member("user_ms", userMilliseconds)
      json.member("system_ms", systemMilliseconds)
      json.member("max_memory_bytes", peakMemory)
      json.member("read_bytes", readBytes)
      json.member("written_bytes", writtenBytes)
    }
  }
}
