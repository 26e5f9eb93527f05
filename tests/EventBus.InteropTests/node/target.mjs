// Whom a command concerns: rooms, except and flags, on a namespace, a server or an emitter.
export function target(operator, { rooms = [], except = [], flags = {}, timeoutMs }) {
  if (rooms.length > 0) operator = operator.to(rooms);
  if (except.length > 0) operator = operator.except(except);
  if (flags.compress !== undefined) operator = operator.compress(flags.compress);
  if (flags.local) operator = operator.local;
  if (timeoutMs !== undefined) operator = operator.timeout(timeoutMs);
  return flags.volatile ? operator.volatile : operator;
}
