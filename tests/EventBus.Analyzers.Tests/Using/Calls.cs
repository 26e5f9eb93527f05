namespace EventBus.Analyzers.Tests.Using;

/// <summary>Puts statements into functions that run once per call, and into some that the rules must ignore.</summary>
internal static class Calls
{
    /// <summary>The types of ASP.NET and gRPC that the rules look for.</summary>
    public const string Types = """
        namespace Microsoft.AspNetCore.Http { public class HttpContext; }
        namespace Microsoft.AspNetCore.Mvc { public class ControllerBase; public class ApiControllerAttribute : Attribute; }
        namespace Microsoft.AspNetCore.Mvc.RazorPages { public class PageModel; }
        namespace Microsoft.AspNetCore.SignalR { public class Hub; }
        namespace Microsoft.AspNetCore.Builder { public static class EndpointRouteBuilderExtensions {
            public static void MapPost(this object app, string pattern, Delegate handler) { } } }
        namespace Grpc.Core { public class ServerCallContext; }
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(string input); }
        """;

    /// <summary>
    /// Functions that run for each request or event, with <c>{0}</c> in their bodies; each has <c>input</c>, and the class the rest.
    /// </summary>
    public static readonly string[] PerCall =
    [
        "public class Handler : Services, IChatEvents { public async ValueTask Ping(string input) { await Task.Yield(); {0} } }",
        "public class Chats : Microsoft.AspNetCore.Mvc.ControllerBase { "
            + "public async Task Post(string input, IEventBus bus, Npgsql.NpgsqlDataSource dataSource) { await Task.Yield(); {0} } }",
        "[Microsoft.AspNetCore.Mvc.ApiController] public class Chats : Services { public async Task Post(string input) { "
            + "await Task.Yield(); {0} } }",
        "public class Page : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { "
            + "public async Task OnPost(string input, IEventBus bus, Npgsql.NpgsqlDataSource dataSource) { await Task.Yield(); {0} } }",
        "public class ChatHub : Microsoft.AspNetCore.SignalR.Hub { "
            + "public async Task Send(string input, IEventBus bus, Npgsql.NpgsqlDataSource dataSource) { await Task.Yield(); {0} } }",
        "public class Middleware : Services { public async Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context, string "
            + "input) { await Task.Yield(); {0} } }",
        "public class Service : Services { public async Task Call(string input, Grpc.Core.ServerCallContext context) { "
            + "await Task.Yield(); {0} } }",
        "public class App : Services { public void Map(object app) => "
            + "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPost(app, \"/\", async (string input) => { "
            + "await Task.Yield(); {0} }); }",
    ];

    /// <summary>A function that does not run once per call.</summary>
    public const string Other = "public class Worker : Services { public async Task Run(string input) { await Task.Yield(); {0} } }";

    private const string Services =
        "public class Services { protected IEventBus bus = null!; protected Npgsql.NpgsqlDataSource dataSource = null!; }";

    public static string Around(string function, string statements) => $"{Types}\n{Services}\n{function.Replace("{0}", statements)}";
}
