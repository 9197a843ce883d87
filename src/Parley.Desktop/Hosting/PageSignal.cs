using Microsoft.AspNetCore.Components.Server.Circuits;
using Parley.Desktop.Windows;

namespace Parley.Desktop.Hosting;

/// <summary>Tells the window that its page is alive: its script runs, and has found its way to this process.</summary>
internal sealed class PageSignal(AppWindow window) : CircuitHandler
{
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        window.PageIsAlive();
        return Task.CompletedTask;
    }
}
