// One JSON object a line, both ways. Commands start in the order in which they come; each is answered when it is done.
import { createInterface } from "node:readline";

export function write(line) {
  process.stdout.write(JSON.stringify(line) + "\n");
}

export function serve(run) {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", async (line) => {
    const command = JSON.parse(line);
    try {
      write({ id: command.id, ok: true, result: (await run(command)) ?? null });
      if (command.op === "stop") process.exit(0);
    } catch (error) {
      write({ id: command.id, ok: false, error: { type: error?.type ?? "Internal", message: String(error?.stack ?? error) } });
    }
  });
  // The driver is gone: so is this process.
  lines.on("close", () => process.exit(0));
}
