internal import PlanModel

extension SettledConflict {
  /// As `status` and `report` show it.
  func write(to json: inout JSONText) {
    json.object { json in
      json.member("choice", choice.rawValue)
      json.member("by", source.rawValue)
      json.member("detail", detail)
    }
  }
}
