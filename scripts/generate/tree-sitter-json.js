// Prints as JSON what a Tree-sitter grammar.js means, in the form that `tree-sitter generate` writes
// to src/grammar.json. Parse tables need that command itself.
//
//   node tree-sitter-json.js grammar.js

const path = require("path");

const rule = (value) => {
  if (typeof value === "string") return { type: "STRING", value };
  if (value instanceof RegExp) return { type: "PATTERN", value: value.source };
  if (value && value.type) return value;
  throw new Error(`no rule: ${value}`);
};
const members = (type) => (...values) => ({ type, members: values.map(rule) });
const content = (type) => (value) => ({ type, content: rule(value) });
const blank = () => ({ type: "BLANK" });

Object.assign(globalThis, {
  seq: members("SEQ"),
  choice: members("CHOICE"),
  optional: (value) => ({ type: "CHOICE", members: [rule(value), blank()] }),
  repeat: content("REPEAT"),
  repeat1: content("REPEAT1"),
  token: Object.assign(content("TOKEN"), { immediate: content("IMMEDIATE_TOKEN") }),
  prec: (value, inner) => ({ type: "PREC", value, content: rule(inner) }),
  blank,
  grammar: (description) => description,
});

const description = require(path.resolve(process.argv[2]));
const names = new Set(Object.keys(description.rules));
const symbol = (name) => ({ type: "SYMBOL", name });
const externals = [];
const $ = new Proxy({}, {
  get: (_, name) => {
    if (!names.has(name) && !externals.includes(name)) throw new Error(`no rule is named ${name}`);
    return symbol(name);
  },
});
// The names of external tokens are declared by being listed.
description.externals(new Proxy({}, { get: (_, name) => externals.push(name) && symbol(name) }));

const rules = {};
for (const [name, define] of Object.entries(description.rules)) rules[name] = rule(define($));
console.log(JSON.stringify({
  name: description.name,
  word: description.word($).name,
  rules,
  extras: description.extras($).map(rule),
  conflicts: [],
  precedences: [],
  externals: externals.map(symbol),
  inline: [],
  supertypes: [],
}, null, 2));
