/// What a program may do with files.
public protocol FileSystem: Sendable {}
