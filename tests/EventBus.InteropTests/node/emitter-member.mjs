// The reference's emitter, which joins nothing.
import { BroadcastOperator, Emitter } from "@socket.io/postgres-emitter";
import { adapterOptions, createPool } from "./postgres.mjs";
import { target } from "./target.mjs";

// It tells nobody when it has published.
let publishing;
const { publish } = BroadcastOperator.prototype;
BroadcastOperator.prototype.publish = function (document) {
  return (publishing = publish.call(this, document));
};

export class EmitterMember {
  #pool;
  #options;

  commands = {
    emit: (command) => this.#publish(command, (to) => to.emit(command.event, ...command.args)),
    socketsJoin: (command) => this.#publish(command, (to) => to.socketsJoin(command.targets)),
    socketsLeave: (command) => this.#publish(command, (to) => to.socketsLeave(command.targets)),
    disconnectSockets: (command) => this.#publish(command, (to) => to.disconnectSockets(command.close)),
    serverSideEmit: (command) => this.#publish(command, (to) => to.serverSideEmit(command.event, ...command.args)),
    stop: () => this.#pool.end(),
  };

  constructor(options, reports) {
    this.#pool = createPool(options, reports.error);
    this.#options = adapterOptions(options);
  }

  async start() {
    await this.#pool.query("SELECT 1");
    return "emitter";
  }

  async #publish(command, act) {
    // Not Emitter.of, which forgets the options.
    act(target(new Emitter(this.#pool, command.nsp, this.#options), command));
    await publishing;
  }
}
