// PUBLISH and SUBSCRIBE by node-redis, with the text of the other contenders.
import { createClient } from "redis";

const CHANNEL = "socket.io#/";

async function connect() {
  const client = createClient({ url: `redis://${process.env.EVENTBUS_BENCHMARK_REDIS}` });
  client.on("error", (error) => console.error(error));
  await client.connect();
  return client;
}

export async function listen(add) {
  const client = await connect();
  await client.subscribe(CHANNEL, (text) => {
    const [, sentAt, number] = JSON.parse(text).data.packet.data;
    add(sentAt, number);
  });
}

export async function createSender(kind, published) {
  const client = await connect();
  return (name, sentAt, number) => {
    const event = {
      type: 3,
      data: { opts: { rooms: ["room1"], except: [], flags: {} }, packet: { type: 2, data: [name, sentAt, number], nsp: "/" } },
      uid: "emitter",
      nsp: "/",
      eb: { s: "0123456789abcdef", n: number },
    };
    client.publish(CHANNEL, JSON.stringify(event)).then(published);
  };
}
