using Parley.Client;

namespace Parley.UI.Tests.Support;

internal static class ClientVerbs
{
    /// <summary>Waits until the subscribers have heard of what was changed, which they do on another thread.</summary>
    internal static void UntilTold(this ChatClient client) =>
        Assert.True(
            SpinWait.SpinUntil(() => !client.Store.IsNotifying && !client.Members.IsNotifying, Deadline.Default),
            "The subscribers of a client did not come to an end.");
}
