namespace EventBus.MessagePackTests.Codec;

/// <summary>Damages encoded values: changes, removes or inserts a few bytes, often at the beginning, where the headers are.</summary>
internal sealed class Damage(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Apply(byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var times = _random.Next(1, 4); times > 0 && damaged.Count > 0; times--)
        {
            var at = _random.Next(_random.Next(2) == 0 ? damaged.Count : Math.Min(damaged.Count, 4));
            switch (_random.Next(4))
            {
                case 0:
                    damaged[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    damaged.RemoveAt(at);
                    break;
                case 2:
                    damaged.Insert(at, (byte)_random.Next(0x80, 256));
                    break;
                default:
                    damaged[at] ^= (byte)(1 << _random.Next(8));
                    break;
            }
        }

        return [.. damaged];
    }
}
