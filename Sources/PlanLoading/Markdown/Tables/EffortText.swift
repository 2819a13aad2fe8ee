internal import PlanModel

/// Efforts as tables write them: `2h`, `~0.5 day`, `4-8h`, `2 days (with review)`.
enum EffortText {
  /// Nil if the text is no working time: `M`, `5 points`.
  static func estimate(_ text: String, _ calendar: WorkCalendar) -> Estimate? {
    var plain = text.split { $0 == "(" || $0 == "（" }.first.map(String.init) ?? ""
    plain = String(plain.drop { "~≈<≤ ".contains($0) }).lowercased()
    while let last = plain.last, " +.".contains(last) { plain.removeLast() }
    guard case .success(var estimate) = EstimateText.read(plain, calendar: calendar) else { return nil }
    estimate.text = text
    return estimate
  }
}
