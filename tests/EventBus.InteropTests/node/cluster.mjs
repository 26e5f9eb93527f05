// A Socket.IO server with the Postgres adapter on a free port of 127.0.0.1, an emitter, and clients of that server.
import { createServer } from "node:http";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { Server } from "socket.io";
import { io as connectClient } from "socket.io-client";
import { createAdapter } from "@socket.io/postgres-adapter";
import { Emitter } from "@socket.io/postgres-emitter";

export class Cluster {
  #pool;
  #http;
  #io;
  #options;
  #clients = new Map();
  #arrivals = new Map();
  #onError;

  constructor({ connection, namespaces, adapter }, onError) {
    this.#onError = onError;
    this.#pool = new pg.Pool(connection);
    this.#pool.on("error", onError);
    this.#http = createServer();
    this.#io = new Server(this.#http, {
      adapter: createAdapter(this.#pool, { errorHandler: onError, ...adapter }),
      maxHttpBufferSize: 1e8,
    });
    this.#options = adapter;
    for (const name of namespaces) this.#io.of(name).on("connection", (socket) => this.#arrivals.get(socket.handshake.auth.client)?.(socket));
  }

  async start({ adapter, namespaces }) {
    const table = adapter?.tableName ?? "socket_io_attachments";
    // Two nodes that create it at the same moment can clash in spite of IF NOT EXISTS; then the other has created it.
    await this.#pool
      .query(`CREATE TABLE IF NOT EXISTS ${table} (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)`)
      .catch((error) => { if (error.code !== "23505" && error.code !== "42P07") throw error; });
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    for (const name of namespaces) await this.#join(this.#io.of(name).adapter);
    return { port: this.#http.address().port, uid: this.#io.of("/").adapter.uid };
  }

  // The adapter announces itself before it listens, so the answers pass it by: wait until it listens, and announce it once more.
  async #join(adapter) {
    while (!adapter.client.client) await delay(5);
    await adapter.client.client.query("SELECT 1");
    adapter.init();
  }

  async connect({ client, nsp = "/", rooms = [] }, onEvent, onDisconnect) {
    const arrived = new Promise((resolve) => this.#arrivals.set(client, resolve));
    const socket = connectClient(`http://127.0.0.1:${this.#http.address().port}${nsp}`, {
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
      auth: { client },
    });
    this.#clients.set(client, socket);
    socket.onAny(onEvent);
    socket.on("disconnect", onDisconnect);
    const connected = new Promise((resolve, reject) => socket.once("connect", resolve).once("connect_error", reject));
    const [peer] = await Promise.all([arrived, connected]);
    this.#arrivals.delete(client);
    await peer.join(rooms);
    return { id: peer.id };
  }

  disconnect({ client }) {
    this.#clients.get(client).disconnect();
    this.#clients.delete(client);
  }

  emit(command, args) {
    target(this.#io.of(command.nsp ?? "/"), command).emit(command.event, ...args);
  }

  emitterEmit(command, args) {
    // Not Emitter.of, which forgets the options.
    target(new Emitter(this.#pool, command.nsp ?? "/", this.#options), command).emit(command.event, ...args);
  }

  async serverCount({ nsp = "/", atLeast = 0 }) {
    const { adapter } = this.#io.of(nsp);
    for (;;) {
      const count = await adapter.serverCount();
      if (count >= atLeast) return count;
      await delay(10);
    }
  }

  async stop() {
    for (const socket of this.#clients.values()) socket.disconnect();
    await this.#io.close();
    await this.#pool.end();
  }
}

function target(operator, { rooms = [], except = [], flags = {} }) {
  if (rooms.length > 0) operator = operator.to(rooms);
  if (except.length > 0) operator = operator.except(except);
  if (flags.compress !== undefined) operator = operator.compress(flags.compress);
  if (flags.local) operator = operator.local;
  return flags.volatile ? operator.volatile : operator;
}
