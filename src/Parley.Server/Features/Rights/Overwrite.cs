namespace Parley.Server.Features.Rights;

/// <summary>An exception from what is so without it: for one role or one person, in one channel.</summary>
internal readonly record struct Overwrite(ChannelRights Allow, ChannelRights Deny)
{
    public ChannelRights Over(ChannelRights rights) => (rights & ~Deny) | Allow;
}
