// A Socket.IO server with the Postgres adapter, and the reference's emitter. The packages find PostgreSQL by PGHOST and its like.
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { Server } from "socket.io";
import { createAdapter } from "@socket.io/postgres-adapter";
import { BroadcastOperator, Emitter } from "@socket.io/postgres-emitter";

const ROOM = "room1";
const CHANNEL = "socket.io#/";
const BROADCAST = 3;
const TABLE = `CREATE TABLE IF NOT EXISTS socket_io_attachments
  (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)`;
const PROBE = JSON.stringify({
  uid: "emitter",
  nsp: "/",
  type: BROADCAST,
  data: { packet: { type: 2, data: ["probe"], nsp: "/" }, opts: { rooms: ["probe"], flags: {}, except: [] } },
});

const createPool = () => new pg.Pool({ max: 10 });

// Resolves when the server receives. Events are counted in the adapter, behind its own broadcast, so Node.js is spared the encoding for
// clients.
async function startServer(pool, add) {
  await pool.query(TABLE);
  const io = new Server(0, {});
  io.adapter(createAdapter(pool, { errorHandler: (error) => console.error(error) }));
  const { adapter } = io.of("/");
  const receive = adapter.onMessage.bind(adapter);
  let isListening = false;
  adapter.onMessage = (message) => {
    const result = receive(message);
    if (message.type === BROADCAST) {
      isListening = true;
      const { packet, opts } = message.data;
      if (opts.rooms[0] === ROOM) add(packet.data[1], packet.data[2]);
    }
    return result;
  };
  while (!isListening) {
    await pool.query("SELECT pg_notify($1, $2)", [CHANNEL, PROBE]);
    await delay(5);
  }
  return io;
}

export const listen = (add) => startServer(createPool(), add);

// The adapter and the emitter tell nobody when an event is published, so its statement is awaited in the pool.
function onPublished(pool, published) {
  const query = pool.query.bind(pool);
  pool.query = async (text, values) => {
    try {
      return await query(text, values);
    } finally {
      if (text.startsWith("SELECT pg_notify")) published();
    }
  };
}

export async function createSender(kind, published) {
  const pool = createPool();
  await Promise.all(Array.from({ length: 10 }, () => pool.query("SELECT 1")));
  const source = kind === "server" ? await startServer(pool, () => {}) : createEmitter(pool);
  onPublished(pool, published);
  return (name, ...args) => source.to(ROOM).emit(name, ...args);
}

// Adapters since 0.4 drop messages without nsp, which the emitter does not send.
function createEmitter(pool) {
  const { publish } = BroadcastOperator.prototype;
  BroadcastOperator.prototype.publish = function (document) {
    document.nsp = this.emitter.nsp;
    return publish.call(this, document);
  };
  return new Emitter(pool);
}
