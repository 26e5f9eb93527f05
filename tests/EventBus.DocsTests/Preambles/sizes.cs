global using static Preamble.Sizes;

namespace Preamble;

public static class Sizes
{
    public static string Shorten(string text) => text[..100];
}
