internal import Foundation
internal import TestSupport
internal import Testing

/// The page of `report --format html` in a real browser: Chromium without a window.
///
/// A screenshot wide and narrow is left in `.build/screenshots`, for people.
struct ReportPageTests {
  private static let plan = """
    execplan: 1
    title: A plan whose title is long enough to be broken into several lines on a narrow screen
    phases: [{id: one, title: First phase}, {id: two, title: Second phase}]
    steps:
      - {id: a-step-with-a-very-long-name-indeed-that-fits-nowhere, phase: one, run: "echo ready"}
      - {id: b, phase: one, run: "echo also ready"}
      - {id: c, phase: one, needs: [a-step-with-a-very-long-name-indeed-that-fits-nowhere, b], run: "echo third"}
      - id: check
        phase: one
        needs: [c]
        check: [{exists: nothing/to/see/here/in/a/long/path/that/goes/on/and/on/and/on.txt}]
        allow_failure: true
      - {id: d, phase: two, needs: [c], run: "for i in $(seq 100); do printf 'word-without-an-end-'; done; exit 3"}
      - {id: e, phase: two, needs: [d], run: "true"}
      - {id: f, phase: two, needs: [b], run: "true"}

    """

  private static let screenshots = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".build/screenshots")

  private static func browse(_ folder: TemporaryFolder, _ arguments: [String]) throws -> Execplan.Result {
    try Execplan.startOther(
      "/usr/bin/env",
      [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--no-first-run", "--enable-logging=stderr", "--user-data-dir=\(folder.path)/profile",
      ] + arguments, in: folder
    ).wait()
  }

  /// What the page says of itself, after a script was put into a copy.
  private static func measure(_ page: String, width: Int, _ folder: TemporaryFolder) throws -> (page: Int, window: Int)
  {
    let script =
      "<script>document.title = document.documentElement.scrollWidth + ' ' + document.documentElement.clientWidth"
      + "</script></body>"
    var copy = page.replacingOccurrences(of: "</body>", with: script)
    copy = copy.replacingOccurrences(of: "default-src 'none'", with: "default-src 'unsafe-inline'")
    // A window can be no narrower than 500 pixels, a frame can.
    try folder.write("copy.html", copy)
    try folder.write(
      "frame.html",
      """
      <body style="margin:0"><iframe id="f" src="copy.html" style="border:0;width:\(width)px;height:800px"></iframe>
      <script>document.getElementById('f').onload = function () {
        document.body.setAttribute('data-sizes', this.contentDocument.title) }</script></body>
      """)
    let result = try browse(
      folder,
      [
        "--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom",
        "file://\(folder.path)/frame.html",
      ])
    let sizes = try #require(result.stdout.firstMatch(of: /data-sizes="([0-9]+) ([0-9]+)"/), "\(result)")
    return (try #require(Int(sizes.1)), try #require(Int(sizes.2)))
  }

  @Test func thePageOpensWithoutNetworkErrorsOrSidewaysScroll() throws {
    try withRunProject(Self.plan) { project in
      #expect(try project.run("apply", "--keep-going").exit == 1)
      #expect(try project.run("report", "--format", "html", "-o", "report.html").exit == 0)
      let page = try #require(project.folder.read("report.html"))
      try FileManager.default.createDirectory(at: Self.screenshots, withIntermediateDirectories: true)
      let address = "file://\(project.folder.path)/report.html"
      for (name, width, height) in [("wide", 1280, 1600), ("narrow", 390, 2400)] {
        let picture = Self.screenshots.appendingPathComponent("report-\(name).png").path
        let log = "\(project.folder.path)/net-\(name).json"
        let result = try Self.browse(
          project.folder,
          ["--window-size=\(width),\(height)", "--screenshot=\(picture)", "--log-net-log=\(log)", address])
        #expect(FileManager.default.fileExists(atPath: picture), "\(result)")
        #expect(!result.stderr.contains("CONSOLE"), "\(result)")
        let requests = try #require(project.folder.read("net-\(name).json"))
        // The browser's own servers are asked by the browser, whatever the page is.
        let asked = requests.matches(of: /"url":"((?:https?|wss?):[^"]*)"/).map { String($0.1) }
        #expect(asked.allSatisfy { $0.contains("google") || $0.contains("gvt1") }, "\(asked)")
        let sizes = try Self.measure(page, width: width, project.folder)
        #expect(sizes.window == width && sizes.page <= width, "\(name): \(sizes)")
      }
    }
  }
}
