namespace EventBus.Samples.Demo;

/// <summary>Bytes in place of a picture: the same bytes for the same length.</summary>
internal static class Photograph
{
    public static byte[] Take(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
