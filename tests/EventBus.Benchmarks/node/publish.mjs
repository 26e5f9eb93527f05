// The publishing side of Node.js: node publish.mjs server|emitter|redis KIND [name=value …]. It has the arguments and the commands of a
// .NET publisher. A load of the kind post has at most `width` events under way.
import { randomBytes } from "node:crypto";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { serve, write } from "../../EventBus.InteropTests/node/lines.mjs";
import { createSender as createPostgresSender } from "./postgres.mjs";
import { createSender as createRedisSender } from "./redis.mjs";
import { now } from "./clock.mjs";

const [, , kind, loadKind, ...fields] = process.argv;
const load = Object.fromEntries(fields.map((field) => field.split("=")).map(([name, value]) => [name, Number(value)]));
const WARM_UPS = load.bytes ? 20 : 2000;
const bytes = load.bytes ? randomBytes(load.bytes) : undefined;
let underWay = 0;

const create = kind === "redis" ? createRedisSender : createPostgresSender;
const emit = await create(kind, () => underWay--);

function send(sentAt, number) {
  underWay++;
  if (bytes) emit("photo", sentAt, number, bytes);
  else emit("ping", sentAt, number);
}

async function untilAtMost(count) {
  while (underWay > count) await turn();
}

async function run() {
  const cpuBefore = process.cpuUsage();
  const began = Date.now();
  const isOver = () => Date.now() - began >= load.seconds * 1000;
  let sent = 0;
  if (loadKind === "paced") {
    for (; !isOver(); await delay(load.pause)) send(now(), ++sent);
  } else {
    for (; sent < load.events && !isOver(); await turn()) {
      while (underWay < load.width && sent < load.events) send(now(), ++sent);
    }
  }
  await untilAtMost(0);
  const cpu = process.cpuUsage(cpuBefore);
  return { sent, seconds: (Date.now() - began) / 1000, cpuMicroseconds: cpu.user + cpu.system };
}

for (let i = 0; i < WARM_UPS; i++) {
  send(0, -1);
  await untilAtMost(63);
}
await untilAtMost(0);
write({ event: "ready", warmUps: WARM_UPS });
serve(async (command) => {
  switch (command.op) {
    case "run":
      return await run();
    case "stop":
      return null;
    default:
      throw new Error(`unknown: ${command.op}`);
  }
});
