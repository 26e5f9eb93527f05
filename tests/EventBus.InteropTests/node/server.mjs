// A Socket.IO server, its clients and an emitter as one process, driven line by line over standard input (see lines.mjs).
import { Cluster } from "./cluster.mjs";
import { serve, write } from "./lines.mjs";
import { toJson, toValue } from "./values.mjs";

let cluster;

const now = () => performance.timeOrigin + performance.now();
const reportError = (error) => write({ event: "error", message: String(error?.message ?? error) });
const timed = (emit) => {
  const at = now();
  emit();
  return at;
};
const args = (command) => (command.args ?? []).map(toValue);

serve({
  async start(command) {
    const settings = { namespaces: ["/"], ...command };
    cluster = new Cluster(settings, reportError);
    return await cluster.start(settings);
  },
  connect: (command) =>
    cluster.connect(
      command,
      (name, ...values) =>
        write({ event: "received", socket: command.client, nsp: command.nsp ?? "/", name, args: values.map(toJson), at: now() }),
      () => write({ event: "disconnected", socket: command.client }),
    ),
  disconnect: (command) => cluster.disconnect(command),
  // The result of both is when it was emitted.
  emit: (command) => timed(() => cluster.emit(command, args(command))),
  emitter: (command) => timed(() => cluster.emitterEmit(command, args(command))),
  serverCount: (command) => cluster.serverCount(command),
  stop: () => cluster.stop(),
});

process.on("unhandledRejection", reportError);
