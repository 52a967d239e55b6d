import Synchronization
import TableIO
import Testing
import ThrLibrary
import ThrModel

/// Calls builtins by their declarations, as the runtime does, and keeps what they reported.
final class Caller: Sendable {
  let files: MemoryFileSystem
  let warnings = Mutex<[Warning]>([])
  let printed = Mutex<[String]>([])
  let display = ValueDisplay(Library.standard)
  /// Whether builtins are asked to stop.
  let isCancelled: Bool

  init(files: [String: String] = [:], isCancelled: Bool = false) {
    self.files = MemoryFileSystem(texts: files)
    self.isCancelled = isCancelled
  }

  var context: CallContext {
    CallContext(
      files: files, scriptFolder: "scripts", isCancelled: { self.isCancelled },
      warn: { warning in self.warnings.withLock { $0.append(warning) } },
      print: { line in self.printed.withLock { $0.append(line) } }, display: display)
  }

  /// Calls a builtin by positional, then named arguments.
  func call(
    _ name: String, _ positional: any ValueConvertible...,
    named: [String: any ValueConvertible] = [:]
  ) throws -> Value {
    let builtin = try #require(Library.standard.builtin(name))
    let labels = positional.map { _ in String?.none } + named.keys.map(Optional.some)
    let types = (positional + named.values).map(\.value.type)
    let index = try #require(
      builtin.signature.forms(labels: labels, types: types).first, "no form of \(name) for \(types)"
    )
    let form = builtin.signature.forms[index]
    var arguments: [Argument?] = Array(repeating: nil, count: form.parameters.count)
    if form.parameters.first?.kind == .variadic {
      arguments[0] = .value(.list(List(positional.map(\.value))))
    } else {
      for (position, value) in positional.enumerated() {
        try #require(position < form.parameters.count, "too many arguments for \(name)")
        arguments[position] = .value(value.value)
      }
    }
    for (label, value) in named {
      let position = try #require(
        form.parameters.firstIndex { $0.name == label }, "\(name) has no parameter \(label)")
      arguments[position] = .value(value.value)
    }
    return try builtin.call(form: index, arguments, in: context)
  }

  /// The message of the error that a call throws.
  func fault(_ body: (Caller) throws -> Value) -> String {
    do {
      return "gave \(try body(self))"
    } catch let error as CallError {
      return [error.message, error.remedy].compactMap { $0 }.joined(separator: "; ")
    } catch {
      return "\(error)"
    }
  }
}

extension Value {
  /// A member, read by the declaration of its type.
  func member(_ name: String) throws -> Value {
    guard case .object(let object) = self,
      let member = Library.standard.type(object.typeName)?.member(name)
    else {
      throw CallError(.typeMismatch, "no member \(name) of \(self)")
    }
    return try member.read(self)
  }
}
