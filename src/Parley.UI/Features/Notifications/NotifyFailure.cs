namespace Parley.UI.Features.Notifications;

/// <summary>Why a notification could not be shown.</summary>
/// <param name="Cause">What is missing.</param>
/// <param name="Detail">What the system says of it; may be empty.</param>
public sealed record NotifyFailure(NotifyCause Cause, string Detail = "");

/// <summary>What a notification is missing.</summary>
public enum NotifyCause
{
    /// <summary>Parley cannot do it on this kind of system yet.</summary>
    System,

    /// <summary>A library (GLib) is not installed.</summary>
    Library,

    /// <summary>There is no session bus to ask on.</summary>
    Bus,

    /// <summary>Nobody on the bus shows notifications.</summary>
    Service,

    /// <summary>The service refused, or did not answer.</summary>
    Refused,
}
