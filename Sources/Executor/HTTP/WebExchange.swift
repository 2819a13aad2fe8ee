internal import Glibc
internal import PlanModel
internal import SourceText

/// A request with the redirects that follow it.
struct WebExchange {
  let transfer: CurlTransfer

  /// Redirects are followed here and not by curl, which would take headers with secrets along to other servers.
  ///
  /// - Parameter file: where the body of the last response is written; nil: it is kept in memory.
  func perform(_ request: WebRequest, to file: String? = nil) throws -> CurlTransfer.Outcome {
    var request = request
    var left = request.redirects
    while true {
      let outcome = try transfer.send(request, to: file)
      guard case .answered(let response) = outcome, response.isRedirect, request.redirects > 0,
        let place = response.redirect
      else { return outcome }
      guard left > 0 else {
        return .failed("it was redirected more than \(request.redirects) times", isSent: true, status: response.status)
      }
      left -= 1
      // What the redirect itself said is no part of the file.
      if let file { _ = unsafe truncate(file, 0) }
      do throws(WebAddress.Problem) {
        let (old, new) = (try WebAddress(request.url), try WebAddress(place))
        if old.scheme == .https, new.scheme == .http {
          return .failed(
            "it was redirected from https to http, which everybody on the way can read", isSent: true,
            status: response.status)
        }
        request = request.redirected(to: place, isSameOrigin: new.hasSameOrigin(as: old))
      } catch {
        return .failed(
          "it was redirected to where nothing is asked: \(error.message)", isSent: true, status: response.status)
      }
    }
  }
}
