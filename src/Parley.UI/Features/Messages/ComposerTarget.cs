using Parley.Client.Features.Messages;

namespace Parley.UI.Features.Messages;

/// <summary>What the text in the composer is for, where it is no message like any other.</summary>
/// <param name="Message">The message that it is about.</param>
public abstract record ComposerTarget(Message Message)
{
    /// <summary>It answers that message.</summary>
    public sealed record Reply(Message Message) : ComposerTarget(Message);

    /// <summary>It takes the place of that message's words.</summary>
    public sealed record Edit(Message Message) : ComposerTarget(Message);
}
