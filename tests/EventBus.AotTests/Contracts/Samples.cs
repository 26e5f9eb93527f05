using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

/// <summary>Values that several contracts carry.</summary>
internal static class Samples
{
    public static readonly DateTime Utc = new(2026, 11, 29, 12, 34, 56, 789, DateTimeKind.Utc);

    public static readonly DateTimeOffset At = new(Utc);

    public static readonly Guid Id = new("7c9e6679-7425-40de-944b-e07fc1f90ae7");

    public static readonly byte[] Bytes = [0, 1, 255];

    public static readonly Line Line = new("tea", new Point { X = 1, Y = -0.5 });

    public static readonly Order Order = new(Id, "a note")
    {
        Lines = [Line, default(Line) with { Article = "milk" }],
        Customer = "ann",
        Date = new DateOnly(2026, 11, 29),
        PriorityName = Priority.High,
        Coupon = "half",
        Discount = 1.50m,
        Replaces = new Order(Guid.Empty) { Lines = [], Customer = null, Page = 1 },
    };

    public static readonly Expression Tree = new Sum(new Literal(1), new Sum(new Literal(2), new Literal(3)));
}
