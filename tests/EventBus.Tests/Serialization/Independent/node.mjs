// One question a line on standard input, one answer a line on standard output. The first argument says what is asked.
import { createInterface } from "node:readline";

// Only what needs the package loads it: the rest is asked without "npm ci".
const packed = ["encode", "reencode", "decode", "return"].includes(process.argv[2]);
const { decode, encode } = packed ? await import("@msgpack/msgpack") : {};

const evaluate = (expression) => (0, eval)(`(${expression})`);
const hex = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");

const attempt = (action) => {
  try {
    return action();
  } catch (error) {
    return error.message;
  }
};

const answers = {
  // A double's bits: the text that ECMAScript prints.
  print: (line) => String(Buffer.from(line, "hex").readDoubleBE()),
  // A single's text: the bits of the single that it stands for.
  single: (line) => {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatBE(Number(line));
    return bytes.toString("hex");
  },
  // An expression: its JSON.
  stringify: (line) => JSON.stringify(evaluate(line)),
  // An expression: its MessagePack.
  encode: (line) => hex(encode(evaluate(line), { maxDepth: 200 })),
  // MessagePack: decoded, as JSON, or the message of the exception.
  decode: (line) => attempt(() => JSON.stringify(decode(Buffer.from(line, "hex")))),
  // MessagePack: decoded, and encoded again with the limits of an adapter; true, or the message of the exception.
  return: (line) => attempt(() => encode(decode(Buffer.from(line, "hex"))) && "true"),
  // MessagePack: decoded, and encoded again.
  reencode: (line) => hex(encode(decode(Buffer.from(line, "hex")), { maxDepth: 200 })),
};

const answer = answers[process.argv[2]];
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${answer(line)}\n`);
}
