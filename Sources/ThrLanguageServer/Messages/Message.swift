import JSONText

/// One message from the client.
enum Message: Sendable {
  case request(RequestID, method: String, params: JSON?)
  case notification(method: String, params: JSON?)
  /// The client's answer to a request of the server: a result, or `nil` for an error.
  case response(RequestID?, result: JSON?)
  /// Not a message: the error to answer with, and the request that it answers, if that is known.
  case invalid(RequestID?, ResponseError)

  /// Reads the body of a frame.
  init(_ body: some Sequence<UInt8>) {
    do throws(JSONError) {
      self = Message.reading(try JSON(parsing: body))
    } catch {
      self = .invalid(nil, ResponseError(.parseError, "not JSON: \(error)"))
    }
  }

  private static func reading(_ json: JSON) -> Message {
    guard let object = json.object else {
      let isBatch = json.array != nil
      return invalid(nil, isBatch ? "batches are not part of the protocol" : "not an object")
    }
    let id = object["id"].flatMap(RequestID.init)
    guard object["jsonrpc"] == "2.0" else { return invalid(id, "`jsonrpc` must be \"2.0\"") }
    guard let method = object["method"] else {
      if object["error"] != nil { return .response(id, result: nil) }
      guard let result = object["result"] else {
        return invalid(id, "neither a method nor a result")
      }
      return .response(id, result: result)
    }
    guard let name = method.string else { return invalid(id, "`method` must be a string") }
    let params = object["params"]
    if let params, params.object == nil, params.array == nil, !params.isNull {
      return invalid(id, "`params` must be an object or an array")
    }
    guard object["id"] != nil else { return .notification(method: name, params: params) }
    guard let id else { return invalid(nil, "`id` must be an integer or a string") }
    return .request(id, method: name, params: params)
  }

  private static func invalid(_ id: RequestID?, _ why: String) -> Message {
    .invalid(id, ResponseError(.invalidRequest, why))
  }
}

// MARK: - What the server writes

extension JSON {
  static func response(to id: RequestID?, _ result: Result<JSON, ResponseError>) -> JSON {
    let id = id?.json ?? .null
    return switch result {
    case .success(let value): ["jsonrpc": "2.0", "id": id, "result": value]
    case .failure(let error): ["jsonrpc": "2.0", "id": id, "error": error.json]
    }
  }

  static func request(_ id: RequestID, _ method: String, _ params: JSON?) -> JSON {
    message(method, params, id: id)
  }

  static func notification(_ method: String, _ params: JSON?) -> JSON {
    message(method, params, id: nil)
  }

  private static func message(_ method: String, _ params: JSON?, id: RequestID?) -> JSON {
    var object: JSON.Object = ["jsonrpc": "2.0"]
    if let id { object["id"] = id.json }
    object["method"] = .string(method)
    if let params { object["params"] = params }
    return .object(object)
  }
}
