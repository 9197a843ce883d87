using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Parley.Desktop.Hosting;

/// <summary>
/// Keeps what comes from the page in its order. An event waits for the renderer to be free, but the page's acknowledgement of a drawing is taken at once: where
/// that comes while the same drawing is still being finished (a slow machine, the first seconds of a process), the framework forgets the handlers that were
/// replaced in it, and the event before it, which has one of them, is lost with what was typed. So all of it enters the renderer one after another. One for
/// each circuit.
/// </summary>
internal sealed class InboundOrder : CircuitHandler
{
    private Func<Func<Task>, Task>? _enter;

    /// <summary>From now on everything enters by this: a component's <c>InvokeAsync</c>.</summary>
    internal void EnterBy(Func<Func<Task>, Task> enter) => _enter = enter;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        context => _enter is { } enter ? enter(() => next(context)) : next(context);
}
