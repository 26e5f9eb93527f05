// A Socket.IO server among .NET nodes: it sends what handlers of the contracts take. What is marked must not compile.
import { Server } from "socket.io";
import type { Order, ServerToClientEvents } from "../../obj/contracts";

type ClientToServerEvents = Record<string, never>;

const io = new Server<ClientToServerEvents, ServerToClientEvents>(3000);
const guests = io.of("/guests") as unknown as Server<ClientToServerEvents, ServerToClientEvents<"/guests">>;

const order: Order = {
  id: "6f9619ff-8b86-d011-b42d-00c04fc964ff",
  articles: ["tea", "milk"],
  size: "Small",
  note: null,
  urgency: 0,
};

io.to("r1").emit("opened", new Date().toISOString(), 2, 40, "3.50");
io.emit("placed", order);
io.emit("placed", { ...order, coupon: "ten percent" });
io.except("r2").emit("picture", "tea", Buffer.from([1, 2, 3]));
io.emit("picture", "tea", new Uint8Array(3).buffer);
io.emit("stock", { tea: 3, milk: null }, { Small: 1 }, [[1, "top"], [2, null]], { anything: [true] });
io.emit("paid", order.id, { $type: "cash", amount: "3.50", change: "1.50" });
guests.emit("came in", "ann");

io.timeout(1000).emit("reserve", "tea", 2, (error, counts) => console.log(error?.message, counts.map((count) => count + 1)));
const found: (Order | null)[] = await io.to("r1").timeout(1000).emitWithAck("lookup", "tea");
const [remote] = await io.fetchSockets();
const one: number | undefined = await remote?.timeout(1000).emitWithAck("reserve", "tea", 2);
console.log(found.length, one);

io.on("connection", (socket) => socket.emit("picture", "tea", new Uint8Array(3)));

// @ts-expect-error there is no such event
io.emit("closed");
// @ts-expect-error an argument is missing
io.emit("picture", "tea");
// @ts-expect-error the arguments have their types
io.emit("opened", Date.now(), 2, 40, "3.50");
// @ts-expect-error a member is missing
io.emit("placed", { id: order.id, articles: [], size: "Small", note: null });
// @ts-expect-error there is no such key
io.emit("stock", {}, { Huge: 1 }, [], null);
// @ts-expect-error a pair has two items
io.emit("stock", {}, {}, [[1, "top", true]], null);
// @ts-expect-error every receiver answers, so there are many answers
const alone: number = await io.timeout(1000).emitWithAck("reserve", "tea", 2);
// @ts-expect-error an answer has the type that the contract says
io.timeout(1000).emit("reserve", "tea", 2, (error: Error, texts: string[]) => console.log(error, texts));
// @ts-expect-error a case has its members
io.emit("paid", order.id, { $type: "cash", amount: "3.50" });
// @ts-expect-error that one is in another namespace
guests.emit("placed", order);
