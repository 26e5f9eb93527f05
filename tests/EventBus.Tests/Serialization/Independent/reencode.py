# MessagePack, a value a line in hex: decoded, and encoded again.
import sys

import msgpack

for line in sys.stdin:
    value = msgpack.unpackb(bytes.fromhex(line.strip()), timestamp=3, strict_map_key=True)
    print(msgpack.packb(value, datetime=True).hex())
