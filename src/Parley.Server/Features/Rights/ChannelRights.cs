namespace Parley.Server.Features.Rights;

/// <summary>What somebody may do in a channel. The numbers are stored: none is ever given another meaning.</summary>
[Flags]
internal enum ChannelRights : long
{
    None = 0,

    /// <summary>To know that the channel is there, and to read it.</summary>
    See = 1,

    /// <summary>To say something in it.</summary>
    Say = 2,

    All = See | Say,
}
