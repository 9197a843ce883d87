using Parley.Server.Admin;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Features.Channels;

internal static class VisibilityAnswer
{
    /// <summary>What was done. Of a channel that is hidden nobody is told, but those who see it when it is shown again are others.</summary>
    public static AdminChange Change(string text, VisibilityChanged? changed, bool isHidden) => new(AdminAnswer.Done(text))
    {
        Events = changed is null ? [] : [isHidden ? changed with { Announcement = null } : changed],
    };
}
