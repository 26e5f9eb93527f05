// A Socket.IO server with the Postgres adapter on a free port of 127.0.0.1, and clients of that server, which are its sockets.
import { createServer } from "node:http";
import { once } from "node:events";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { Server } from "socket.io";
import { io as connectClient } from "socket.io-client";
import { createAdapter } from "@socket.io/postgres-adapter";
import { adapterOptions, createPool } from "./postgres.mjs";
import { target } from "./target.mjs";
import { toValue } from "./values.mjs";

// Without one, the reference ends broadcasts with acks after a millisecond.
const ackTimeout = 5000;

export class SocketIoServer {
  #pool;
  #http = createServer();
  #io;
  #options;
  #reports;
  #namespaces = new Map();
  #sockets = new Map();
  #arrivals = new Map();
  #publishing;

  commands = {
    subscribe: (command) => this.#subscribe(command),
    unsubscribe: ({ socket }) => this.#unsubscribe(socket),
    join: ({ socket, rooms }) => this.#sockets.get(socket).join(rooms),
    leave: ({ socket, rooms }) => rooms.forEach((room) => this.#sockets.get(socket).leave(room)),
    emit: (command) => this.#publish(command, (to) => to.emit(command.event, ...command.args)),
    emitWithAck: (command) => this.#emitWithAck(command),
    remoteEmit: async (command) => {
      const socket = await this.#find(command);
      await this.#publish(command, () => socket.emit(command.event, ...command.args));
    },
    remoteEmitWithAck: async (command) => (await this.#find(command)).timeout(command.timeoutMs ?? ackTimeout).emitWithAck(command.event, ...command.args),
    socketsJoin: (command) => this.#publish(command, (to) => to.socketsJoin(command.targets)),
    socketsLeave: (command) => this.#publish(command, (to) => to.socketsLeave(command.targets)),
    disconnectSockets: (command) => this.#publish(command, (to) => to.disconnectSockets(command.close)),
    fetchSockets: (command) => this.#fetchSockets(command),
    serverSideEmit: (command) => this.#publish(command, (to) => to.serverSideEmit(command.event, ...command.args)),
    serverSideEmitWithAck: (command) => this.#serverSideEmitWithAck(command),
    onServerSide: (command) => this.#onServerSide(command),
    serverCount: async ({ nsp }) => (await this.#namespace(nsp)).adapter.serverCount(),
    stop: () => this.#stop(),
  };

  constructor(options, reports) {
    this.#reports = reports;
    this.#options = adapterOptions(options);
    this.#pool = createPool(options, reports.error);
    this.#io = new Server(this.#http, {
      adapter: createAdapter(this.#pool, { errorHandler: reports.error, ...this.#options }),
      maxHttpBufferSize: 1e8,
    });
  }

  async start() {
    const table = this.#options.tableName ?? "socket_io_attachments";
    // Two nodes that create it at the same moment can clash in spite of IF NOT EXISTS; then the other has created it.
    await this.#pool
      .query(`CREATE TABLE IF NOT EXISTS ${table} (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)`)
      .catch((error) => { if (!["23505", "42P07", "42710"].includes(error.code)) throw error; });
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    return (await this.#namespace("/")).adapter.uid;
  }

  // A namespace is joined the first time that a command names it.
  #namespace(name) {
    if (!this.#namespaces.has(name)) this.#namespaces.set(name, this.#join(this.#io.of(name)));
    return this.#namespaces.get(name);
  }

  // The adapter announces itself before it listens, so the answers pass it by: wait until it listens, and announce it once more.
  async #join(nsp) {
    const { adapter } = nsp;
    nsp.on("connection", (socket) => this.#arrivals.get(socket.handshake.auth.client)?.(socket));
    const publish = adapter.doPublish.bind(adapter);
    adapter.doPublish = (message) => (this.#publishing = publish(message));
    while (!adapter.client.client) await delay(5);
    await adapter.client.client.query("SELECT 1");
    adapter.init();
    return nsp;
  }

  // Ends when it is published and has been done here, which the reference tells nobody.
  async #publish(command, act) {
    const nsp = await this.#namespace(command.nsp);
    this.#publishing = undefined;
    act(target(nsp, command));
    await this.#publishing;
    await turn();
  }

  async #subscribe(command) {
    const { socket: name, nsp, rooms = [], data, delayMs = 0 } = command;
    await this.#namespace(nsp);
    const arrived = new Promise((resolve) => this.#arrivals.set(name, resolve));
    const client = connectClient(`http://127.0.0.1:${this.#http.address().port}${nsp}`, {
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      auth: { client: name },
    });
    client.onAny((event, ...args) => {
      const ack = takeAck(args);
      this.#reports.received(name, nsp, event, args);
      if (ack && "reply" in command) setTimeout(() => ack(toValue(command.reply)), delayMs);
    });
    client.on("disconnect", () => this.#reports.disconnected(name));
    const connected = new Promise((resolve, reject) => client.once("connect", resolve).once("connect_error", reject));
    const [socket] = await Promise.all([arrived, connected]);
    this.#arrivals.delete(name);
    if (data !== undefined) socket.data = toValue(data);
    await socket.join(rooms);
    this.#sockets.set(name, socket);
    return { socketId: socket.id };
  }

  #unsubscribe(name) {
    this.#sockets.get(name).disconnect(true);
    this.#sockets.delete(name);
  }

  async #emitWithAck(command) {
    const to = target(await this.#namespace(command.nsp), { timeoutMs: ackTimeout, ...command });
    return new Promise((resolve) =>
      to.emit(command.event, ...command.args, (error, responses) =>
        resolve({ responses, expected: error ? null : responses.length, timedOut: Boolean(error) }),
      ),
    );
  }

  async #find({ nsp, socketId }) {
    const [socket] = await (await this.#namespace(nsp)).in(socketId).fetchSockets();
    if (!socket) throw new Error(`There is no socket '${socketId}'.`);
    return socket;
  }

  async #fetchSockets(command) {
    const to = target(await this.#namespace(command.nsp), { ...command, flags: { local: command.local } });
    const sockets = await to.fetchSockets();
    return {
      sockets: sockets.map(({ id, rooms, data, handshake }) => ({ id, rooms: [...rooms], data, handshake: typeof handshake })),
      missing: [],
    };
  }

  // It says how many have not answered, and not which.
  async #serverSideEmitWithAck(command) {
    const nsp = await this.#namespace(command.nsp);
    return new Promise((resolve) =>
      nsp.serverSideEmit(command.event, ...command.args, (error, responses) =>
        resolve({ responses, missing: Array(error ? Number(/missing (\d+)/.exec(error.message)[1]) : 0).fill("unknown") }),
      ),
    );
  }

  async #onServerSide(command) {
    const nsp = await this.#namespace(command.nsp);
    nsp.removeAllListeners(command.event);
    nsp.on(command.event, (...args) => {
      const ack = takeAck(args);
      this.#reports.serverSide(nsp.name, command.event, args);
      if (ack && "reply" in command) ack(toValue(command.reply));
    });
  }

  async #stop() {
    await this.#io.close();
    await this.#pool.end();
  }
}

function takeAck(args) {
  return typeof args.at(-1) === "function" ? args.pop() : undefined;
}
