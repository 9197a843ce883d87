using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Parley.UI.Tests.Theme;

/// <summary>What no component may write, because the policy, or an engine, refuses it at run time only.</summary>
public sealed partial class MarkupTests
{
    private static readonly string[] Components =
        [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.razor", SearchOption.AllDirectories).Where(
            path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    // Blazor makes an attribute called "@oncancel" of an event that it does not know. Chromium swallows it, WebKit ends the circuit.
    [Fact]
    public void Every_event_is_one_that_Blazor_knows()
    {
        var known = typeof(Microsoft.AspNetCore.Components.Web.EventHandlers).GetCustomAttributes<EventHandlerAttribute>()
            .Select(handler => handler.AttributeName).ToHashSet();

        foreach (var path in Components)
        {
            foreach (Match attribute in EventAttribute().Matches(File.ReadAllText(path)))
                Assert.True(known.Contains(attribute.Groups["name"].Value), $"{Path.GetFileName(path)}: {attribute.Value}");
        }
    }

    [GeneratedRegex(@"\s@(?<name>on[a-z]+)[:=]")]
    private static partial Regex EventAttribute();
}
