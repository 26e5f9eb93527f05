// How values that JSON does not have travel on the lines: {"$bin": hex} and, towards this process, {"$date": iso} and {"$undefined": true}.

export function toValue(json) {
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map(toValue);
  const keys = Object.keys(json);
  if (keys.length === 1 && typeof json.$bin === "string") return Buffer.from(json.$bin, "hex");
  if (keys.length === 1 && typeof json.$date === "string") return new Date(json.$date);
  if (keys.length === 1 && json.$undefined === true) return undefined;
  return Object.fromEntries(keys.map((key) => [key, toValue(json[key])]));
}

export function toJson(value) {
  if (value === undefined) return null;
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (value instanceof ArrayBuffer) return { $bin: Buffer.from(value).toString("hex") };
  if (ArrayBuffer.isView(value)) return { $bin: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex") };
  if (Array.isArray(value)) return value.map(toJson);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member)]));
}
