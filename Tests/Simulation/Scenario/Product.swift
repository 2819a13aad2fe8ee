/// What a step makes of what it reads: a pure function, so that anybody can say what a file must hold in the end.
enum Product {
  /// - Parameter inputs: contents of files and values, in the order of the plan; nil where nothing is.
  static func of(_ step: SimulatedStep, _ inputs: [String?]) -> String {
    // What only a guard decides about is not made anew when something that it reads changes.
    if step.kind == .creates || step.kind == .unless { return step.id }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    add(step.id)
    add(String(step.version))
    for input in inputs { add(input ?? "-") }
    // The low bits of this hash mix badly.
    hash ^= hash >> 32
    return step.isCoarse ? "\(step.id)=\(hash % 2)" : "\(step.id)=\(String(hash, radix: 16))"
  }

  /// The text that the program of a step publishes.
  static func published(_ step: SimulatedStep, _ product: String) -> String {
    step.publishes ? "v=\(product)\nk=\(step.id)\n" : ""
  }
}
