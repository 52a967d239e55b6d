import JSONText

/// Why a request has no result, as JSON-RPC and the protocol number it.
struct ResponseError: Error, Hashable, Sendable {
  enum Code: Int, Hashable, Sendable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    /// The request is well-formed and its answer is “no”, with a reason for people.
    case requestFailed = -32803
    case contentModified = -32801
    case requestCancelled = -32800
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  var json: JSON {
    ["code": .number(Double(code.rawValue)), "message": .string(message)]
  }
}
