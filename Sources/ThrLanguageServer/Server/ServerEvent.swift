/// What the server's thread reacts to, in the order of arrival.
enum ServerEvent: Sendable {
  case message(Message)
  /// The client has closed its end.
  case inputEnded
  case evaluation(EvaluationEvent)
}
