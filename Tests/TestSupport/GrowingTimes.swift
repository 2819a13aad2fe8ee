/// Time-outs for a test in which something must have begun before its time is over, in milliseconds, rising.
///
/// A machine under load may need any time until a program has begun. So the test is made anew with a longer time until
/// it was long enough, and asserts what follows only then.
///
/// - Parameter body: returns whether the time was long enough.
/// - Returns: whether one of them was.
package func withGrowingTimes(_ body: (_ milliseconds: Int) throws -> Bool) rethrows -> Bool {
  for milliseconds in [150, 1_500, 15_000, 150_000] where try body(milliseconds) { return true }
  return false
}
