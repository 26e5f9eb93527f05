// One question a line, one answer a line: what does JavaScript make of what .NET wrote, and what does it write itself?
import { decode, encode } from "@msgpack/msgpack";
import { isDeepStrictEqual, inspect } from "node:util";
import { createInterface } from "node:readline";

const evaluate = (expression) => (0, eval)(`(${expression})`);

// As the adapter reads and writes: text with JSON, attachments, which pg gives as Buffers, with msgpack.
const read = {
  Json: (data) => JSON.parse(data),
  MessagePack: (data) => decode(Buffer.from(data, "hex")),
};
const write = {
  Json: (value) => JSON.stringify(value),
  MessagePack: (value) => Buffer.from(encode(value)).toString("hex"),
};
const attempt = (step, action) => {
  try {
    return action();
  } catch (error) {
    throw new Error(`${step}: ${error.message}`);
  }
};
const answers = {
  // The arguments of an event, and the JavaScript that they must be.
  read: ({ encoding, data, expression }) => {
    const [, ...found] = read[encoding](data);
    return isDeepStrictEqual(found, [evaluate(expression)]) ? "" : `read ${inspect(found)}`;
  },
  // The same event, as a server sends it that has received it.
  echo: ({ encoding, data }) => {
    try {
      const found = attempt("decode", () => read[encoding](data));
      return attempt("encode", () => write[encoding](found));
    } catch (error) {
      return error.message;
    }
  },
  write: ({ encoding, name, expression }) => write[encoding]([name, evaluate(expression)]),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(JSON.stringify(answers[question.op](question)) + "\n");
}
