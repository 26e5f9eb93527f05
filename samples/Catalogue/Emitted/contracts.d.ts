// Written by EventBus from the contracts of EventBus.Samples.Catalogue. What is changed here is lost with the next build.

/** What a Socket.IO server sends to the clients of a namespace: for the client's Socket<ServerToClientEvents, …> and the server's Server<…, ServerToClientEvents>. */
export type ServerToClientEvents<Namespace extends keyof NamespaceEvents> = NamespaceEvents[Namespace];

/** The events of every namespace. */
export interface NamespaceEvents {
  "/cache": CacheEvents & FeatureFlagEvents;
  "/chat": ConversationEvents & PresenceEvents & ReactionEvents;
  "/games": BoardEvents & LobbyEvents & MatchEvents & RaceEvents & RankingEvents;
  "/jobs": JobEvents;
  "/moderation": ModerationEvents;
  "/sessions": SessionEvents;
  "/shop": OrderEvents & PaymentEvents & ShipmentEvents & StockEvents;
  "/telemetry": AlertEvents & DeviceEvents & MetricEvents;
}

/** EventBus.Samples.Catalogue.Caching.ICacheEvents */
export interface CacheEvents {
  invalidate: (keys: string[]) => void;
  invalidateTag: (tag: string) => void;
  clear: () => void;
}

/** EventBus.Samples.Catalogue.Caching.IFeatureFlagEvents */
export interface FeatureFlagEvents {
  switched: (flag: string, isOn: boolean, share: number) => void;
  configured: (setting: string, value: unknown) => void;
}

/** EventBus.Samples.Catalogue.Caching.ISessionEvents */
export interface SessionEvents {
  signedOut: (user: Guid, session: Guid | null) => void;
  rightsChanged: (user: Guid, roles: string[]) => void;
  keysRotated: (keyId: string, validFrom: Timestamp, validTo: Timestamp) => void;
}

/** EventBus.Samples.Catalogue.Chat.IConversationEvents */
export interface ConversationEvents {
  said: (message: Message) => void;
  edited: (message: Guid, text: string, at: Timestamp) => void;
  deleted: (message: Guid) => void;
  read: (user: string, upTo: Guid) => void;
}

/** EventBus.Samples.Catalogue.Chat.IModerationEvents */
export interface ModerationEvents {
  muted: (user: string, by: string, duration: TimeSpan, reason: string | null) => void;
  reported: (message: Guid, by: string, reason: string) => void;
  said: (message: Message) => void;
  edited: (message: Guid, text: string, at: Timestamp) => void;
  deleted: (message: Guid) => void;
  read: (user: string, upTo: Guid) => void;
}

/** EventBus.Samples.Catalogue.Chat.IPresenceEvents */
export interface PresenceEvents {
  presence: (user: string, presence: Presence, since: Timestamp) => void;
  typing: (user: string) => void;
}

/** EventBus.Samples.Catalogue.Chat.IReactionEvents */
export interface ReactionEvents {
  "reaction:add": (message: Guid, user: string, emoji: string) => void;
  "reaction:remove": (message: Guid, user: string, emoji: string) => void;
}

/** EventBus.Samples.Catalogue.Games.IBoardEvents */
export interface BoardEvents {
  moved: (match: Guid, move: Move, clock: TimeSpan) => void;
  drawOffered: (match: Guid, by: Guid) => void;
  replay: (match: Guid, moves: Move[]) => void;
}

/** EventBus.Samples.Catalogue.Games.ILobbyEvents */
export interface LobbyEvents {
  tableOpened: (table: Guid, game: string, by: Player, seats: number) => void;
  seated: (table: Guid, player: Player, seat: number) => void;
  tableFull: (table: Guid, players: Player[]) => void;
}

/** EventBus.Samples.Catalogue.Games.IMatchEvents */
export interface MatchEvents {
  started: (match: Guid, players: Player[], at: Timestamp) => void;
  score: (match: Guid, points: Record<string, number>) => void;
  over: (match: Guid, winner: Guid | null) => void;
}

/** EventBus.Samples.Catalogue.Games.IRaceEvents */
export interface RaceEvents {
  positions: (tick: Int64, cars: [car: number, x: number, y: number, heading: number][]) => void;
  lap: (car: number, lap: number, time: TimeSpan, at: TimeOnly) => void;
}

/** EventBus.Samples.Catalogue.Games.IRankingEvents */
export interface RankingEvents {
  ranked: (season: string, best: Standing[]) => void;
  achieved: (player: Guid, achievement: Achievement) => void;
}

/** EventBus.Samples.Catalogue.Orders.IOrderEvents */
export interface OrderEvents {
  placed: (order: Order) => void;
  statusChanged: (order: Int64, from: OrderStatus, to: OrderStatus, at: Timestamp) => void;
  cancelled: (order: Int64, reason: string | null) => void;
}

/** EventBus.Samples.Catalogue.Orders.IPaymentEvents */
export interface PaymentEvents {
  chosen: (order: Int64, method: PaymentMethod) => void;
  paid: (order: Int64, amount: Money, reference: string) => void;
  declined: (order: Int64, reason: string) => void;
  refunded: (order: Int64, amount: Money) => void;
}

/** EventBus.Samples.Catalogue.Orders.IShipmentEvents */
export interface ShipmentEvents {
  dispatched: (order: Int64, trackingNumber: string, expected: DateOnly) => void;
  located: (trackingNumber: string, at: [latitude: number, longitude: number], when: Timestamp) => void;
  delivered: (trackingNumber: string, at: Timestamp, signature: Binary | null) => void;
}

/** EventBus.Samples.Catalogue.Orders.IStockEvents */
export interface StockEvents {
  counted: (warehouse: string, byArticle: Record<string, number>) => void;
  reserve: (order: Int64, article: string, count: number, callback: (answer: number) => void) => void;
  runningOut: (article: string, left: number) => void;
  repriced: (article: string, price: NumberText, from: Timestamp) => void;
}

/** EventBus.Samples.Catalogue.Telemetry.IAlertEvents */
export interface AlertEvents {
  raised: (alert: Guid, severity: Severity, text: string) => void;
  taken: (alert: Guid, by: string) => void;
  resolved: (alert: Guid, at: Timestamp) => void;
}

/** EventBus.Samples.Catalogue.Telemetry.IDeviceEvents */
export interface DeviceEvents {
  alive: (device: string, firmware: string, battery: number) => void;
  sensed: (device: string, climate: Climate) => void;
  dumped: (device: string, data: Binary) => void;
}

/** EventBus.Samples.Catalogue.Telemetry.IJobEvents */
export interface JobEvents {
  started: (job: Guid, name: string, steps: number) => void;
  progress: (job: Guid, step: number, share: number) => void;
  finished: (job: Guid, took: TimeSpan, result: string | null) => void;
  failed: (job: Guid, error: string) => void;
}

/** EventBus.Samples.Catalogue.Telemetry.IMetricEvents */
export interface MetricEvents {
  measured: (host: string, samples: Sample[]) => void;
  latencies: (service: string, counts: Int64[], longest: TimeSpan) => void;
}

/** EventBus.Samples.Catalogue.Games.Achievement */
export interface Achievement {
  name: string;
  rarity: RarityName;
  after: Achievement[];
}

/** EventBus.Samples.Catalogue.Orders.CardPayment */
export interface CardPayment {
  token: string;
  lastDigits: string;
}

/** EventBus.Samples.Catalogue.Telemetry.Climate */
export interface Climate {
  temp: number;
  hum: number;
  co2: number | null;
}

/** EventBus.Samples.Catalogue.Orders.Invoice */
export interface Invoice {
  address: string;
  due: DateOnly;
}

/** EventBus.Samples.Catalogue.Chat.Message */
export interface Message {
  id: Guid;
  from: string;
  text: string;
  at: Timestamp;
  replyTo: Guid | null;
}

/** EventBus.Samples.Catalogue.Orders.Money */
export interface Money {
  amount: NumberText;
  currency: string;
}

/** EventBus.Samples.Catalogue.Games.Move */
export interface Move {
  from: Square;
  to: Square;
  promotion: string | null;
}

/** EventBus.Samples.Catalogue.Orders.Order */
export interface Order {
  id: Int64;
  customer: string;
  lines: OrderLine[];
  coupon?: string;
}

/** EventBus.Samples.Catalogue.Orders.OrderLine */
export interface OrderLine {
  article: string;
  count: number;
  price: NumberText;
}

/** EventBus.Samples.Catalogue.Orders.OrderStatus: Placed = 0, Paid = 1, Shipped = 2, Delivered = 3, Cancelled = 4 */
export type OrderStatus = 0 | 1 | 2 | 3 | 4;

/** EventBus.Samples.Catalogue.Orders.PaymentMethod */
export type PaymentMethod = ({ $type: "card" } & CardPayment) | ({ $type: "invoice" } & Invoice);

/** EventBus.Samples.Catalogue.Games.Player */
export interface Player {
  id: Guid;
  name: string;
  rating: number;
}

/** EventBus.Samples.Catalogue.Chat.Presence */
export type Presence = "Online" | "Away" | "Offline";

/** EventBus.Samples.Catalogue.Games.Rarity */
export type RarityName = "Common" | "Rare" | "Legendary";

/** EventBus.Samples.Catalogue.Telemetry.Sample */
export interface Sample {
  name: string;
  value: number;
  at: Timestamp;
}

/** EventBus.Samples.Catalogue.Telemetry.Severity: Notice = 0, Warning = 1, Outage = 2 */
export type Severity = 0 | 1 | 2;

/** EventBus.Samples.Catalogue.Games.Square */
export interface Square {
  file: number;
  rank: number;
}

/** EventBus.Samples.Catalogue.Games.Standing */
export interface Standing {
  place: number;
  player: Player;
  points: Int64;
}

/** Bytes. A browser is given an ArrayBuffer, Node.js a Buffer, which is a Uint8Array. */
export type Binary = ArrayBuffer | Uint8Array;

/** A date, as 2026-03-14. */
export type DateOnly = string;

/** As 6f9619ff-8b86-d011-b42d-00c04fc964ff. */
export type Guid = string;

/** A whole number of 64 bits. JavaScript rounds it beyond Number.MAX_SAFE_INTEGER. */
export type Int64 = number;

/** A number with more digits than JavaScript's have, as text. */
export type NumberText = string;

/** A time of day, as 15:09:26 or 15:09:26.5358979. */
export type TimeOnly = string;

/** A length of time, as 03:00:00 or 1.02:03:04.0000005: one day and a bit over two hours. */
export type TimeSpan = string;

/** A point in time, ISO 8601 in UTC, as 2026-03-14T15:09:26.535Z: what new Date(…) takes and toISOString() gives. */
export type Timestamp = string;
