/// How much working time a day, a week and a sprint hold; converts estimates.
package struct WorkCalendar: Hashable, Sendable {
  package var minutesPerDay: Int
  package var daysPerWeek: Int
  package var weeksPerSprint: Int

  package init(minutesPerDay: Int = 480, daysPerWeek: Int = 5, weeksPerSprint: Int = 2) {
    self.minutesPerDay = minutesPerDay
    self.daysPerWeek = daysPerWeek
    self.weeksPerSprint = weeksPerSprint
  }
}
