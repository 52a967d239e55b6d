// A connection to a language server over its standard streams: JSON-RPC in frames with a length.
"use strict";

const { spawn } = require("child_process");

class Connection {
  /** @param handle answers what the server asks or reports: (method, params) => result */
  constructor(command, args, handle, closed) {
    this.handle = handle;
    this.pending = new Map();
    this.last = 0;
    this.buffer = Buffer.alloc(0);
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.process.stdout.on("data", (data) => this.read(data));
    this.process.stdin.on("error", () => {});
    this.process.on("error", (error) => this.end(error, closed));
    this.process.on("exit", () => this.end(new Error("the language server has ended"), closed));
  }

  end(error, closed) {
    if (this.ended) return;
    this.ended = error;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
    if (closed) closed(error);
  }

  write(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    if (this.process.stdin.writable)
      this.process.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  notify(method, params) { this.write({ method, params }); }

  /** Asks the server; a cancelled question is answered by nothing. */
  request(method, params, cancellation) {
    if (this.ended) return Promise.reject(this.ended);
    const id = ++this.last;
    const answer = new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }));
    this.write({ id, method, params });
    if (cancellation)
      cancellation.onCancellationRequested(() => this.notify("$/cancelRequest", { id }));
    return answer;
  }

  read(data) {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (;;) {
      const end = this.buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.buffer.toString("ascii", 0, end))[1]);
      if (this.buffer.length < end + 4 + length) return;
      const body = this.buffer.toString("utf8", end + 4, end + 4 + length);
      this.buffer = this.buffer.subarray(end + 4 + length);
      this.take(JSON.parse(body));
    }
  }

  async take(message) {
    if (message.method === undefined) {
      const waiting = this.pending.get(message.id);
      this.pending.delete(message.id);
      // Cancelled, or overtaken by an edit: there is nothing to show, and nothing to complain of.
      const isGone = message.error && [-32800, -32801, -32802].includes(message.error.code);
      if (!waiting) return;
      if (message.error && !isGone) waiting.reject(new Error(message.error.message));
      else waiting.resolve(isGone ? null : message.result);
      return;
    }
    try {
      const result = await this.handle(message.method, message.params);
      if (message.id !== undefined) this.write({ id: message.id, result: result ?? null });
    } catch (error) {
      if (message.id !== undefined)
        this.write({ id: message.id, error: { code: -32603, message: String(error) } });
    }
  }

  async stop() {
    if (this.ended) return;
    await this.request("shutdown", null).catch(() => null);
    this.notify("exit", null);
  }
}

module.exports = { Connection };
