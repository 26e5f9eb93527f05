// A Socket.IO server with the Postgres adapter that ends with its first event from PostgreSQL.
import { write } from "../../EventBus.InteropTests/node/lines.mjs";
import { listen } from "./postgres.mjs";

await listen(() => {});
write({ event: "first" });
process.exit(0);
