using EventBus.Analyzers.Tests.Using;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Analyzers.Tests.Pages;

/// <summary>The context of the examples of the pages.</summary>
internal static class PageContext
{
    /// <summary>Types of the reader's application, of the MVVM toolkit, of ASP.NET, and of EF Core.</summary>
    public const string Source = $$"""
        namespace Microsoft.AspNetCore.Builder
        {
            public class WebApplication;
            public static class EndpointRouteBuilderExtensions {
                public static void MapPost(this WebApplication app, string pattern, System.Delegate handler) { } }
        }

        namespace CommunityToolkit.Mvvm.ComponentModel
        {
            public class ObservableObject;
            [System.AttributeUsage(System.AttributeTargets.Field)]
            public sealed class ObservablePropertyAttribute : System.Attribute;
        }

        {{EntityFrameworkStubs.EntityFramework}}
        {{EntityFrameworkStubs.Package}}

        namespace Context
        {
            using EventBus;

            public interface IStore { System.Threading.Tasks.Task SaveAsync(object value); }
            public record Order(System.Guid Id, string Shop);
            public static class Manual { public const string WholeText =
                "{{TenTimes}}{{TenTimes}}{{TenTimes}}{{TenTimes}}{{TenTimes}}{{TenTimes}}{{TenTimes}}{{TenTimes}}{{TenTimes}}"; }
            public class MoneyConverter : System.Text.Json.Serialization.JsonConverter<string>
            {
                public override string? Read(ref System.Text.Json.Utf8JsonReader reader, System.Type type,
                    System.Text.Json.JsonSerializerOptions options) => null;
                public override void Write(System.Text.Json.Utf8JsonWriter writer, string value,
                    System.Text.Json.JsonSerializerOptions options) { }
            }

            [BroadcastEvent(Namespace = "/context")]
            public interface IShopEvents { ValueTask Placed(Order order); }

            [BroadcastEvent(Namespace = "/context")]
            public interface IChatEvents
            {
                void Ping(System.DateTimeOffset at);
                ValueTask Message(string text);
                ValueTask Explained(string user, string text);
            }
        }
        """;

    /// <summary>The version of C# that an example is compiled as.</summary>
    public static LanguageVersion Version(string id) => id is "EVB1027" ? LanguageVersion.CSharp12 : LanguageVersion.Default;

    private const string Hundred = "----------------------------------------------------------------------------------------------------";
    private const string TenTimes = $"{Hundred}{Hundred}{Hundred}{Hundred}{Hundred}{Hundred}{Hundred}{Hundred}{Hundred}{Hundred}";

    /// <summary>The variables around statements, and the context of single pages.</summary>
    public static string Ambient(string id)
    {
        var contract = id is "EVB2003" ? "Context.IShopEvents" : "Context.IChatEvents";
        return $$"""
            using EventBus;
            using EventBus.Serialization;

            public static class Ambient
            {
                public static IEventBus bus => null!;
                public static Emitter<{{contract}}> emitter => null!;
                public static Npgsql.NpgsqlConnection connection => null!;
                public static Npgsql.NpgsqlDataSource dataSource => null!;
                public static Microsoft.EntityFrameworkCore.DbContext db => null!;
                public static Microsoft.AspNetCore.Builder.WebApplication app => null!;
                public static Builder builder => null!;
                public static Context.Order order => null!;
                public static Context.Order[] orders => [];
                public static string user => "";
                public static Task SaveAsync(Context.Order order, Npgsql.NpgsqlTransaction transaction) => Task.CompletedTask;

                public class Builder { public Microsoft.Extensions.DependencyInjection.IServiceCollection Services => null!; }
            }

            {{(id is "EVB1015" ? PriceFormatter : id is "EVB1028" ? OtherFormatters : "")}}
            """;
    }

    private const string OtherFormatters = """
        public readonly struct EndPointFormatter : IFormatter<System.Net.IPEndPoint>
        {
            public void Write<TWriter>(ref TWriter writer, in System.Net.IPEndPoint value) where TWriter : IValueWriter, allows ref struct
                => writer.WriteString(value.ToString());
            public System.Net.IPEndPoint Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct
                => System.Net.IPEndPoint.Parse(reader.ReadString());
        }

        public readonly struct HexFormatter : IFormatter<long>
        {
            public void Write<TWriter>(ref TWriter writer, in long value) where TWriter : IValueWriter, allows ref struct
                => writer.WriteString($"{value:x}");
            public long Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct
                => Convert.ToInt64(reader.ReadString(), 16);
        }
        """;

    private const string PriceFormatter = """
        public readonly struct PriceFormatter : IFormatter<Price>
        {
            public void Write<TWriter>(ref TWriter writer, in Price value) where TWriter : IValueWriter, allows ref struct
                => writer.WriteDouble((double)value.Amount);
            public Price Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct
                => new(reader.ReadDecimal());
        }
        """;
}
