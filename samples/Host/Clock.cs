using EventBus;
using Microsoft.Extensions.Hosting;

namespace Chat;

internal sealed class Clock(Emitter<IChatEvents> emitter, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await emitter.To("r1").Except("muted").Ping(time.GetUtcNow(), stoppingToken);
    }
}
