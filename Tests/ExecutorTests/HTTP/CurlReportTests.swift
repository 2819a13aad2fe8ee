internal import Testing

@testable internal import Executor

struct CurlReportTests {
  private func report(_ text: String) -> CurlReport { CurlReport(Array(text.utf8), mark: "execplan-1") }

  @Test func headersAndNumbersAreRead() {
    let report = report(
      "HTTP/1.1 201 Created Well\r\nContent-Type: text/plain\r\nX-A: 1\r\nx-a:2 \r\nX-Folded: a\r\n  b\r\n\r\n\nexecplan-1 201 120\n\n"
    )
    #expect(report.status == 201 && report.phrase == "Created Well" && report.bytesSent == 120)
    #expect(report.headers.map(\.name) == ["content-type", "x-a", "x-a", "x-folded"])
    #expect(report.headers.map(\.value) == ["text/plain", "1", "2", "a b"])
    #expect(report.redirect == nil && report.message == nil)
    #expect(WebResponse(status: 201, headers: report.headers).header("x-a") == "1, 2")
  }

  @Test func ofInterimResponsesNothingIsKept() {
    let report = report(
      "HTTP/1.1 100 Continue\r\nX: 1\r\n\r\nHTTP/1.1 204 No Content\r\nY: 2\r\n\r\n\nexecplan-1 204 9\n\n")
    #expect(report.headers.map(\.name) == ["y"] && report.status == 204)
  }

  @Test func whyItFailedIsRead() {
    let report = report("curl: (7) Failed to connect to h port 1: (x)\n\nexecplan-1 000 0\n\n")
    #expect(report.message == "Failed to connect to h port 1: (x)" && report.status == 0 && report.bytesSent == 0)
  }

  @Test func aServerCannotSpeakForCurl() {
    let report = report(
      "HTTP/1.1 200 OK\r\nexecplan-1 500 0: x\r\ncurl: (7) no\r\n\r\n\nexecplan-1 302 80\nhttp://h/next\n")
    #expect(report.status == 302 && report.bytesSent == 80 && report.message == nil)
    #expect(report.redirect == "http://h/next")
  }

  @Test func aCurlThatWasEndedSaysNothing() {
    let report = report("HTTP/1.1 200 OK\r\nX: 1\r\n")
    #expect(report.bytesSent == nil && report.status == 0)
  }
}
