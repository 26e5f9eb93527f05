// What the command line says of PostgreSQL and the adapter, as the reference's packages want it.
import pg from "pg";

export function createPool(options, onError) {
  // Few connections: many of these processes share one server.
  const pool = new pg.Pool({ ...JSON.parse(options.connection), max: 4 });
  pool.on("error", onError);
  // Without this a connection that PostgreSQL terminates ends the process.
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

export function adapterOptions(options) {
  const given = {
    channelPrefix: options.prefix,
    tableName: options.table,
    payloadThreshold: number(options["payload-threshold"]),
    heartbeatInterval: number(options["heartbeat-interval"]),
    heartbeatTimeout: number(options["heartbeat-timeout"]),
    cleanupInterval: number(options["cleanup-interval"]),
  };
  // An undefined one would take the place of a default.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const number = (text) => (text === undefined ? undefined : Number(text));
