import Testing

/// Recorded sessions: keys sent to `thr` in a terminal, and what the screen then shows.
@Suite(.serialized) struct TerminalTests {}
