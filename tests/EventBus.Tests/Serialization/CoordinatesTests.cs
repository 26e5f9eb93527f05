using System.Drawing;
using System.Numerics;
using System.Text.Json;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public sealed class CoordinatesTests
{
    [Fact]
    public void Vectors_and_points_are_maps()
    {
        RoundTrip.Holds<Vector2, Vector2Formatter>(
            new Vector2(1.5f, -0f), "{\"x\":1.5,\"y\":-0}", "82a178ca3fc00000a179ca80000000");
        RoundTrip.Holds<Vector3, Vector3Formatter>(
            new Vector3(0.1f, 2, 3), "{\"x\":0.1,\"y\":2,\"z\":3}", "83a178ca3dcccccda179ca40000000a17aca40400000");
        RoundTrip.Holds<Vector4, Vector4Formatter>(
            new Vector4(1, 2, 3, float.NaN),
            "{\"x\":1,\"y\":2,\"z\":3,\"w\":null}",
            "84a178ca3f800000a179ca40000000a17aca40400000a177c0");
        RoundTrip.Holds<Point, PointFormatter>(new Point(-1, 300), "{\"x\":-1,\"y\":300}", "82a178ffa179cd012c");
    }

    [Fact]
    public void Members_are_read_in_any_order_and_unknown_ones_skipped()
    {
        RoundTrip.Reads<Vector2, Vector2Formatter>(
            new Vector2(1, 2), "{\"y\":2,\"z\":[3],\"xy\":4,\"\":5,\"x\":0,\"x\":1.0}", "84a17902a17a9103a2787904a17801");
        RoundTrip.Reads<Point, PointFormatter>(new Point(1, 2), "{\"y\":2,\"w\":0,\"x\":1}", "83a17902a17700a17801");
    }

    [Fact]
    public void Missing_or_wrong_members_are_rejected()
    {
        RoundTrip.Refuses<Vector3, Vector3Formatter>(
            "{\"x\":1,\"z\":3}", "82a17801a17a03", "The member 'y' of 'Vector3' is missing.");
        RoundTrip.Refuses<Point, PointFormatter>("{}", "80", "The member 'x' of 'Point' is missing.");
        RoundTrip.Refuses<Point, PointFormatter>("{\"x\":\"1\"}", "81a178a131", "Expected an integer, found text.");
        RoundTrip.Refuses<Point, PointFormatter>("{\"x\":null}", "81a178c0", "Expected an integer, found null.");
        RoundTrip.Refuses<Vector2, Vector2Formatter>("[1,2]", "920102", "Expected a map, found an array.");
    }

    [Fact]
    public void Form_is_that_of_System_Text_Json_with_fields_in_camelCase()
    {
        var options = new JsonSerializerOptions { IncludeFields = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

        Assert.Equal(
            JsonSerializer.Serialize(new Vector2(1, 2.5f), options),
            Encoded.Json((ref w) => default(Vector2Formatter).Write(ref w, new Vector2(1, 2.5f))));
        Assert.Equal(
            JsonSerializer.Serialize(new Vector3(1, 2.5f, 3), options),
            Encoded.Json((ref w) => default(Vector3Formatter).Write(ref w, new Vector3(1, 2.5f, 3))));
        Assert.Equal(
            JsonSerializer.Serialize(new Vector4(1, 2.5f, 3, 4), options),
            Encoded.Json((ref w) => default(Vector4Formatter).Write(ref w, new Vector4(1, 2.5f, 3, 4))));
        Assert.Equal(
            new Point(1, 2),
            Encoded.FromJson(
                JsonSerializer.Serialize(new Point(1, 2), options), (ref r) => default(PointFormatter).Read(ref r)));
    }
}
