// Sends every event of every sample contract between a program that was published with Native AOT and the same program under the JIT.
// Usage: dotnet EventBus.AotTests.dll PUBLISHED. It starts PostgreSQL and the published program, which takes a connection string and the
// prefix of the channels. The last line is: N passed, N failed, N skipped
using System.Runtime.CompilerServices;
using System.Text;
using EventBus.AotTests;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// For the AOT compiler this is the constant false, so the published program contains neither the driver nor the server.
if (RuntimeFeature.IsDynamicCodeSupported)
    return await Driver.RunAsync(args.Single());
return await PublishedProgram.RunAsync(args[0], args[1]);
