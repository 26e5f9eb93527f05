// The receiving side of Node.js: node receive.mjs postgres|redis. It has the commands of a .NET receiver.
import { setTimeout as delay } from "node:timers/promises";
import { serve, write } from "../../EventBus.InteropTests/node/lines.mjs";
import { listen as listenPostgres } from "./postgres.mjs";
import { listen as listenRedis } from "./redis.mjs";
import { now } from "./clock.mjs";

const SILENCE = 2500;
const MOST_LATENCIES = 1 << 22;
const latencies = new Float64Array(MOST_LATENCIES);
let count = 0;
let warmUps = 0;
let disordered = 0;
let first = 0;
let last = 0;
let lastNumber = 0;
let cpuBefore;

function add(sentAt, number) {
  if (number < 0) {
    warmUps++;
    return;
  }
  last = now();
  if (count === 0) first = sentAt;
  if (number < lastNumber) disordered++;
  lastNumber = number;
  if (count < MOST_LATENCIES) latencies[count] = (last - sentAt) / 1e3;
  count++;
}

// Waits for all events that the command lists. If none arrives any more, the others are lost.
async function until(command) {
  let [seen, at] = [-1, Date.now()];
  while ((warmUps < command.warmUps || count < command.events) && Date.now() - at < SILENCE) {
    if (warmUps + count !== seen) [seen, at] = [warmUps + count, Date.now()];
    await delay(4);
  }
}

function describe() {
  const cpu = process.cpuUsage(cpuBefore);
  const sorted = latencies.subarray(0, Math.min(count, MOST_LATENCIES)).slice().sort();
  return {
    count,
    seconds: (last - first) / 1e9,
    p50: sorted[sorted.length >> 1] ?? 0,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    cpuMicroseconds: cpu.user + cpu.system,
    disordered,
    lost: 0,
    dropped: 0,
  };
}

await (process.argv[2] === "redis" ? listenRedis : listenPostgres)(add);
write({ event: "ready" });
serve(async (command) => {
  switch (command.op) {
    case "begin":
      await until(command);
      cpuBefore = process.cpuUsage();
      return null;
    case "end":
      await until(command);
      return describe();
    case "stop":
      return null;
    default:
      throw new Error(`unknown: ${command.op}`);
  }
});
