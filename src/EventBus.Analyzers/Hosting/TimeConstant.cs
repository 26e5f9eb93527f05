using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Hosting;

/// <summary>Times that are known when the code is compiled, as <c>TimeSpan.FromSeconds(3)</c>.</summary>
internal static class TimeConstant
{
    private static readonly Dictionary<string, long> TicksPer = new()
    {
        ["FromTicks"] = 1,
        ["FromMicroseconds"] = TimeSpan.TicksPerMillisecond / 1000,
        ["FromMilliseconds"] = TimeSpan.TicksPerMillisecond,
        ["FromSeconds"] = TimeSpan.TicksPerSecond,
        ["FromMinutes"] = TimeSpan.TicksPerMinute,
        ["FromHours"] = TimeSpan.TicksPerHour,
        ["FromDays"] = TimeSpan.TicksPerDay,
    };

    public static TimeSpan? Of(IOperation value) => value switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true } method } call when IsTimeSpan(method.ContainingType) && TicksPer.TryGetValue(method.Name, out var ticks) => Multiply(call, ticks),
        IFieldReferenceOperation { Field: { IsStatic: true } field } => Named(field),
        IObjectCreationOperation { Arguments.Length: 3 } creation when IsTimeSpan(creation.Type) => Clock(creation),
        _ => null,
    };

    private static TimeSpan? Multiply(IInvocationOperation call, long ticks)
    {
        // Of the newer overloads only the first argument is given; the others are zero.
        var given = call.Arguments.Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit).ToList();
        if (given.Count != 1 || Number(given[0].Value) is not { } number)
            return null;
        var total = number * ticks;
        return Math.Abs(total) < long.MaxValue ? TimeSpan.FromTicks((long)total) : null;
    }

    private static TimeSpan? Named(IFieldSymbol field) => (field.ContainingType.GetFullMetadataName(), field.Name) switch
    {
        ("System.TimeSpan", "Zero") => TimeSpan.Zero,
        ("System.TimeSpan", "MaxValue") => TimeSpan.MaxValue,
        ("System.TimeSpan", "MinValue") => TimeSpan.MinValue,
        ("System.Threading.Timeout", "InfiniteTimeSpan") => Timeout.InfiniteTimeSpan,
        _ => null,
    };

    private static TimeSpan? Clock(IObjectCreationOperation creation) =>
        creation.Arguments.Select(static argument => Number(argument.Value)).ToList() is { } parts && parts[0] is { } hours && parts[1] is { } minutes && parts[2] is { } seconds
            ? TimeSpan.FromSeconds((hours * 3600) + (minutes * 60) + seconds)
            : null;

    private static double? Number(IOperation value) => value.ConstantValue is { HasValue: true, Value: IConvertible number and not string }
        ? number.ToDouble(System.Globalization.CultureInfo.InvariantCulture)
        : value is IConversionOperation conversion ? Number(conversion.Operand) : null;

    private static bool IsTimeSpan(ITypeSymbol? type) => (type as INamedTypeSymbol)?.GetFullMetadataName() == "System.TimeSpan";
}
