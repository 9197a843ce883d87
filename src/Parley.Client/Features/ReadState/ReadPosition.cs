namespace Parley.Client.Features.ReadState;

/// <summary>How far the user has read in one room.</summary>
/// <param name="Number">The number of the last event read; 0 before the first. It never goes back.</param>
/// <param name="Unread">Messages and actions of others above it, the deleted ones, too, counted up to <see cref="Protocol.Features.ReadState.MaxUnread"/>,
/// which means "that many or more".</param>
/// <param name="Mentions">Messages above it that mean the user, counted likewise.</param>
public sealed record ReadPosition(long Number, int Unread, int Mentions = 0)
{
    /// <summary>Nothing read, nothing to read.</summary>
    public static ReadPosition None { get; } = new(0, 0);
}
