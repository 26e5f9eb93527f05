// A member of a cluster as a process, driven line by line over standard input (see lines.mjs) with the commands of EventBus's conformance node: a Socket.IO server with
// the Postgres adapter and its clients or, with --emitter, the reference's emitter.
import { parseArgs } from "node:util";
import { EmitterMember } from "./emitter-member.mjs";
import { serve, write } from "./lines.mjs";
import { SocketIoServer } from "./socket-io-server.mjs";
import { toJson, toValue } from "./values.mjs";

const text = { type: "string" };
const { values: options } = parseArgs({
  options: {
    connection: text, prefix: text, table: text, "payload-threshold": text,
    "heartbeat-interval": text, "heartbeat-timeout": text, "cleanup-interval": text,
    emitter: { type: "boolean", default: false },
  },
});

const now = () => performance.timeOrigin + performance.now();
const reports = {
  received: (socket, nsp, name, args) => write({ event: "received", socket, nsp, name, args: args.map(toJson), at: now() }),
  serverSide: (nsp, name, args) => write({ event: "serverSide", nsp, name, args: args.map(toJson) }),
  disconnected: (socket) => write({ event: "disconnected", socket }),
  error: (error) => write({ event: "error", message: String(error?.message ?? error) }),
};
process.on("unhandledRejection", reports.error);

const member = options.emitter ? new EmitterMember(options, reports) : new SocketIoServer(options, reports);
write({ event: "ready", uid: await member.start() });

serve(async (command) => {
  if (!(command.op in member.commands)) throw Object.assign(new Error(`There is no command '${command.op}'.`), { type: "Unsupported" });
  const at = now();
  const result = await member.commands[command.op]({ nsp: "/", ...command, args: (command.args ?? []).map(toValue) });
  // What an emit has no result for, the demo measures: when it was started.
  return command.op === "emit" ? at : toJson(result);
});
