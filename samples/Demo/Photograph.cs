namespace EventBus.Samples.Demo;

/// <summary>Bytes that stand for a picture: the same for everyone who asks for as many.</summary>
internal static class Photograph
{
    public static byte[] Take(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
