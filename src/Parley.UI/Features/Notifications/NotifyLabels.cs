using Parley.UI.Resources;

namespace Parley.UI.Features.Notifications;

/// <summary>Says why there was no notification, and what to do about it.</summary>
internal static class NotifyLabels
{
    internal static string Of(NotifyFailure failure) => failure.Cause switch
    {
        NotifyCause.System => Strings.NotifyNoSystem,
        NotifyCause.Library => Phrase.Format(Strings.NotifyNoLibrary, failure.Detail),
        NotifyCause.Bus => Strings.NotifyNoBus,
        NotifyCause.Service => Strings.NotifyNoService,
        _ => Phrase.Format(Strings.NotifyRefused, failure.Detail),
    };
}
