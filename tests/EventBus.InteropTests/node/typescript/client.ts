// A client as an application has it: it listens to what EventBus sends. What is marked must not compile.
import { io, type Socket } from "socket.io-client";
import type { Order, ServerToClientEvents, Size } from "../../obj/contracts";

const shop: Socket<ServerToClientEvents> = io("http://localhost:3000");
const guests: Socket<ServerToClientEvents<"/guests">> = io("http://localhost:3000/guests");

const orders = new Map<string, Order>();
const stock: Partial<Record<Size, number>> = {};

shop.on("opened", (at, counters, visitors, float_) => {
  const opened: Date = new Date(at);
  const total: number = counters + visitors;
  console.log(opened.toISOString(), total, float_.padStart(10));
  // @ts-expect-error a date is text, as JSON has no dates
  at.getTime();
  // @ts-expect-error a decimal is text, as JavaScript's numbers would round it
  const sum: number = float_ + 1;
});

shop.on("placed", (order) => {
  orders.set(order.id, order);
  console.log(order.articles.map((article) => article.toUpperCase()), order.note?.length ?? 0, order.coupon?.length ?? 0);
  if (order.size === "Large" && order.urgency === 1) console.log("hurry");
  // @ts-expect-error a note may be null
  console.log(order.note.length);
  // @ts-expect-error members are called as on the wire
  console.log(order.Id);
  // @ts-expect-error an enum has the names that C# gives it
  if (order.size === "Huge") console.log("huge");
  // @ts-expect-error an enum without names has the numbers that C# gives it
  if (order.urgency === 2) console.log("hurry");
});

shop.on("picture", (article, jpeg) => {
  const bytes = jpeg instanceof ArrayBuffer ? new Uint8Array(jpeg) : jpeg;
  console.log(article, bytes.byteLength, bytes[0]);
  // @ts-expect-error what is binary is no text
  jpeg.toUpperCase();
});

shop.on("stock", (byArticle, bySize, shelves, remark) => {
  Object.assign(stock, bySize);
  for (const [shelf, label] of shelves) console.log(shelf + 1, label ?? "none");
  if (typeof remark === "string") console.log(remark.length, (byArticle["tea"] ?? 0) + 1);
  // @ts-expect-error it may be any value
  remark.length;
});

shop.on("reserve", (article, count, callback) => {
  callback(Math.min(count, stock.Large ?? article.length));
  // @ts-expect-error an answer has the type that the contract says
  callback("none");
  // @ts-expect-error an answer has a value
  callback();
});

shop.on("lookup", (callback, callback_) => {
  callback_(orders.get(callback) ?? null);
  // @ts-expect-error what is answered is as whole as what is sent
  callback_({ id: callback });
});

shop.on("paid", (order, payment) => {
  if (payment.$type === "card") console.log(order, payment.lastDigits);
  else console.log(order, payment.change.padStart(10), payment.amount);
  // @ts-expect-error only one case has it
  console.log(payment.change);
  // @ts-expect-error there is no such case
  if (payment.$type === "cheque") console.log("cheque");
});

guests.on("came in", (name) => console.log(name.length));

// @ts-expect-error there is no such event
shop.on("closed", () => {});
// @ts-expect-error that one is in another namespace
shop.on("came in", () => {});
// @ts-expect-error listeners are given what the event carries and no more
shop.on("picture", (article, jpeg, quality) => {});
// @ts-expect-error the order of the parameters is the contract's
shop.on("picture", (jpeg: Uint8Array, article: string) => {});
